// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/instruction.h"
#include "program/integer.h"

#include <utility>
#include <vector>

namespace interleave {

// Registers that a thread starts with; the others are 0.
using StartRegisters = std::vector<std::pair<Register, Integer>>;

} // namespace interleave
