// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commands.h"
#include "program/builtin.h"
#include "program/program.h"
#include "result.h"

#include <QString>
#include <memory>

namespace interleave {

struct SimulatedProgram {
    std::shared_ptr<const Program> program;
    const BuiltInProgram* builtIn = nullptr; // null for a file
};

struct Refusal {
    QString sentence;
    ExitCode code = exitFailure;
};

// A file where the name has a slash or ends in .s, else the built-in program of that name, else a file again.
[[nodiscard]] Result<SimulatedProgram, Refusal> loadProgram(const QString& name);

// That there is no such program, where to find those that there are, and which one could have been meant.
[[nodiscard]] QString unknownProgram(const QString& name);

} // namespace interleave
