// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_state.h"
#include "program/program.h"
#include "sentences/narration.h"

namespace interleave {

// What one instruction did: "A executes sub $1, %bx: bx is now 2." `step` is one that executed an instruction, `before`
// and `after` are its thread around it.
[[nodiscard]] Narration narrateInstruction(const Program& program, const MachineStep& step, const MachineThread& before,
                                           const MachineThread& after);

// The register that the instruction at an address writes its result to; Register::None if it is none.
[[nodiscard]] Register changedRegister(const Program& program, std::int64_t pc);

} // namespace interleave
