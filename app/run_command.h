// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run_options.h"

namespace interleave {

// Runs the race as asked, prints the results and writes the files. Returns the exit code of the program.
int runRace(const RunOptions& options, int& argc, char** argv);

} // namespace interleave
