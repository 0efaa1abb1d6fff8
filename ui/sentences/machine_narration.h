// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"
#include "sentences/narration.h"

#include <QString>

namespace interleave {

// The narration of the state after `step` steps of the machine: what its last instruction did with which values, or
// which part of a context switch it was; of the last step of all, how the run ended.
[[nodiscard]] Narration narrateMachine(const MachineHistory& history, Step step);

// The instruction at an address as its source has it: "mov %ax, g_num"; empty where there is none.
[[nodiscard]] QString instructionText(const Program& program, std::int64_t pc);
// A number of any length; one that nobody could read is shortened.
[[nodiscard]] QString integerText(const Integer& number);

} // namespace interleave
