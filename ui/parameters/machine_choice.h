// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_settings.h"
#include "program/builtin.h"

#include <QString>

namespace interleave {

// What the user set for runs of the machine.
struct MachineChoice {
    // Null: the program of the user's own.
    const BuiltInProgram* program = nullptr;
    // What is typed as text stands here as far as it means something.
    MachineSettings settings;
    QString registers;
    QString schedule;

    // A built-in program as it is good to begin with.
    static MachineChoice beginningWith(const BuiltInProgram& program);
};

} // namespace interleave
