// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "parameters/machine_choice.h"

#include <QString>
#include <stop_token>

namespace interleave {

class MachineHistory;
class RecordedHistory;

// A race recorded on real threads, as a run of the unlocked counter on the machine.

// Threads and iterations as they were recorded; the schedule is still to come.
[[nodiscard]] MachineChoice choiceForReplayOf(const RecordedHistory& recorded);
// One sentence on why the machine cannot replay it; empty if it can.
[[nodiscard]] QString obstacleToReplayOf(const RecordedHistory& recorded);
// Works the schedule out and sees that the step limit does not come before its end. One sentence if there is none.
[[nodiscard]] QString prepareReplayOf(const RecordedHistory& recorded, MachineSettings& settings,
                                      const std::stop_token& stop);
// How the two compare, in a sentence.
[[nodiscard]] QString replayed(const RecordedHistory& recorded, const MachineHistory& replay);

} // namespace interleave
