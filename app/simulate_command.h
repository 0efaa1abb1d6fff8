// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulate_options.h"

namespace interleave {

// Runs the program on the machine as asked and prints what came of it. Returns the exit code of the program.
int runSimulation(const SimulateOptions& options);

} // namespace interleave
