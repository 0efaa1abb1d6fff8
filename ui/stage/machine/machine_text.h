// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_state.h"
#include "program/integer.h"
#include "program/program.h"

#include <QString>

namespace interleave {

struct MachineRun;

// A whole number of any length; one that is longer than `most` characters about: "≈9.2e18".
[[nodiscard]] QString valueText(const Integer& value, int most = 24);

// An address: without separators, as programs write it.
[[nodiscard]] QString addressText(std::int64_t address);

// What a function is called: its label without the dot; "main" where a program begins without one.
[[nodiscard]] QString functionText(const Program& program, std::int64_t address);

// The line of the source that an instruction was made of; empty where there is none.
[[nodiscard]] QString sourceText(const Program& program, std::int64_t address);

[[nodiscard]] QString registerText(Register r);
// A value as that register holds it: the stack pointer's is an address.
[[nodiscard]] QString registerValueText(Register r, const Integer& value, int most = 24);

// What a core is at, in a word or two; `brief`: by signs.
[[nodiscard]] QString coreText(const CoreState& core, bool brief);

// Why a thread is blocked: "lock held by A", "sleeps 12"; empty if it is not.
[[nodiscard]] QString blockedText(const MachineRun& run, const MachineState& state, ThreadIndex thread);

// "thread C, running on core 0, ax 8, sp 126000, next 1003 mov %ax, 100".
[[nodiscard]] QString machineCardText(const MachineRun& run, const MachineState& state, ThreadIndex thread);

// Everything on the stage: the cores, the queues, the variables and the locks.
[[nodiscard]] QString machineStageText(const MachineRun& run, const MachineState& state, std::uint64_t tick);

} // namespace interleave
