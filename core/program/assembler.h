// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/assembly_error.h"
#include "program/program.h"
#include "result.h"

#include <cstdint>
#include <string_view>

namespace interleave {

struct AssemblyOptions {
    std::int64_t loadAddress = 1000;
    std::int64_t memoryCells = 128 * 1024; // addresses below this exist
    bool extensions = false;               // lock, unlock, sleep
};

// Variables begin here and lie this far apart.
inline constexpr std::int64_t firstVariableAddress = 100;
inline constexpr std::int64_t cellDistance = 4;

// Text to program, or the first thing that is wrong with it.
[[nodiscard]] Result<Program, AssemblyError> assemble(std::string_view source, const AssemblyOptions& options);

} // namespace interleave
