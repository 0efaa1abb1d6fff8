// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QSizeF>
#include <QString>
#include <cstdint>

class QPainter;

namespace interleave {

struct Theme;

// The small pictures of the help. They are painted, so they follow theme and size as the looks do.
enum class HelpPicture : std::uint8_t {
    None,
    OneLostUpdate,   // four moments: two loads, two stores, the second destroys the first
    ProcessMemory,   // code, data and heap shared, a stack for each thread
    StackFrames,     // a stack that grows down
    SavedRegister,   // on a core, and dashed in the TCB
    ThreadStates,    // five states and what leads from one to the other
    OneCore,         // concurrent
    TwoCores,        // parallel
    ClobberingStore, // a counter and the token that a store erased
    SetAside,        // a hollow token beside an erased one
    SurvivingPath,   // from the last store back through what was seen
    Streaks,         // updates in the order of their stores
    CriticalSection, // one inside, one waiting
    Deadlock,        // a circle of two threads and two locks
    Quantum,         // turns of equal length on an axis of ticks
    Departures,      // a triangle filled and one outlined
    ReadyQueue,      // letters in a row before a core
    LoadToStore,     // the window
    TimelineParts,   // track, span, playhead, loss
    Spread,          // trials, their median and their range
};

inline constexpr HelpPicture lastHelpPicture = HelpPicture::Spread;

// In design pixels: as large as it is at a UI scale of 1.
[[nodiscard]] QSizeF sizeOf(HelpPicture picture);

// Paints it into `in`, whose proportions are those of its size.
void paintPicture(QPainter& painter, const QRectF& in, HelpPicture picture, const Theme& theme);

// What is to be seen on it, in a sentence, for those who do not see it.
[[nodiscard]] QString descriptionOf(HelpPicture picture);

} // namespace interleave
