// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace interleave {

// What the program ends with.
enum ExitCode : int { exitDone = 0, exitFailure = 1, exitUsage = 2, exitUnfinished = 3, exitInterrupted = 130 };

// The whole program: a command, or without arguments the window.
int runProgram(int& argc, char** argv);

} // namespace interleave
