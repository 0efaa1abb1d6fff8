// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "x86_options.h"

namespace interleave {

// `interleave x86`: runs the program and prints what the classroom simulator prints. Returns the exit code.
int runX86(const X86Options& options);

} // namespace interleave
