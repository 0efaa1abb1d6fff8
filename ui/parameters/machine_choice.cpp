// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/machine_choice.h"

#include "parameters/start_registers_text.h"

namespace interleave {

MachineChoice MachineChoice::beginningWith(const BuiltInProgram& program)
{
    MachineChoice choice;
    choice.program = &program;
    choice.settings.threads = program.threads;
    // With this one every program shows at once what it is there to show: updates get lost where they can, locks meet.
    choice.settings.quantum = 7;
    choice.settings.switchCost = 3;
    choice.settings.counter = program.counter;
    choice.registers = QString::fromLatin1(program.startRegisters.data(), qsizetype(program.startRegisters.size()));
    choice.settings.registers = parsedStartRegisters(choice.registers).value_or(StartRegisterSets{});
    return choice;
}

} // namespace interleave
