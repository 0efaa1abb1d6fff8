// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"
#include "program/assembler.h"

#include <cstdint>
#include <memory>

namespace interleave {

// Threads of a machine that count in one cell without a lock.
inline std::shared_ptr<const MachineHistory> counterRun(ThreadIndex threads, CoreIndex cores, std::uint64_t quantum,
                                                        std::int64_t updatesOfEach)
{
    const auto program = assemble(".var count\n.top\nmov count, %ax\nadd $1, %ax\nmov %ax, count\n"
                                  "sub $1, %bx\ntest $0, %bx\njgt .top\nhalt\n",
                                  {});
    MachineSettings settings;
    settings.threads = threads;
    settings.cores = cores;
    settings.quantum = quantum;
    settings.maxSteps = 1'000'000'000;
    settings.registers = {{{Register::Bx, Integer(updatesOfEach)}}};
    return MachineHistory::run(std::make_shared<const Program>(*program), settings).value();
}

} // namespace interleave
