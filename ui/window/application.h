// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace interleave {

// Opens the window and runs until it is closed. Returns the exit code of the program.
int runWindow(int& argc, char** argv);

} // namespace interleave
