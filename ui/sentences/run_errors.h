// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run_parameters.h"

#include <QString>

namespace interleave {

// How the parameters are called where the error is read: labels in the window, flags on the command line.
struct ParameterNames {
    QString threads;
    QString iterations;
    QString cores;
    QString window;

    static ParameterNames ofTheWindow();
    static ParameterNames ofTheCommandLine();
};

// One sentence that says what was wrong, where, and what is allowed.
[[nodiscard]] QString sentenceOf(const RunError& error, const ParameterNames& names);

} // namespace interleave
