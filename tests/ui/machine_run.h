// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"
#include "program/assembler.h"
#include "program/builtin.h"

#include <memory>

namespace interleave {

// A built-in program with a quantum so short that unlocked ones lose updates.
inline std::shared_ptr<const MachineHistory> machineRun(BuiltIn id, std::uint32_t threads, std::int64_t iterations,
                                                        CoreIndex cores = 2)
{
    const BuiltInProgram& builtIn = builtInProgram(id);
    auto program = assemble(builtIn.assembly, {1000, MachineSettings::memoryCells, true});
    MachineSettings settings;
    settings.threads = threads;
    settings.cores = cores;
    settings.quantum = 5;
    settings.switchCost = 2;
    if (builtIn.iterations)
        settings.registers = {{{*builtIn.iterations, Integer(iterations)}}};
    settings.counter = std::string(builtIn.counter);
    auto run = MachineHistory::run(std::make_shared<const Program>(std::move(program.value())), settings);
    return run ? run.value() : nullptr;
}

} // namespace interleave
