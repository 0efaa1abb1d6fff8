// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace interleave {

class Sketch;

// One function for each picture, in design pixels from its top left corner.

// Of memory and of updates.
void paintOneLostUpdate(const Sketch& sketch);
void paintProcessMemory(const Sketch& sketch);
void paintStackFrames(const Sketch& sketch);
void paintSavedRegister(const Sketch& sketch);
void paintClobberingStore(const Sketch& sketch);
void paintSetAside(const Sketch& sketch);
void paintSurvivingPath(const Sketch& sketch);
void paintStreaks(const Sketch& sketch);

// Of threads and of time.
void paintThreadStates(const Sketch& sketch);
void paintOneCore(const Sketch& sketch);
void paintTwoCores(const Sketch& sketch);
void paintCriticalSection(const Sketch& sketch);
void paintDeadlock(const Sketch& sketch);
void paintQuantum(const Sketch& sketch);
void paintDepartures(const Sketch& sketch);
void paintReadyQueue(const Sketch& sketch);
void paintLoadToStore(const Sketch& sketch);
void paintTimelineParts(const Sketch& sketch);
void paintSpread(const Sketch& sketch);

} // namespace interleave
