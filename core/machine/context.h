// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/instruction.h"
#include "program/integer.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace interleave {

// How the last `test` came out: b beside a. Before the first one no flag is set at all.
enum class Comparison : std::uint8_t { None, Less, Equal, Greater };

// What a thread takes with it when it leaves a core.
struct Context {
    std::array<Integer, registerSlots> registers;
    std::int64_t pc = 0;
    Comparison comparison = Comparison::None;

    [[nodiscard]] Integer& operator[](Register r) { return registers[static_cast<std::size_t>(r)]; }
    [[nodiscard]] const Integer& operator[](Register r) const { return registers[static_cast<std::size_t>(r)]; }
};

// The six flags in the order >= > <= < != ==.
[[nodiscard]] constexpr std::array<bool, 6> flagsOf(Comparison c)
{
    const bool less = c == Comparison::Less;
    const bool equal = c == Comparison::Equal;
    const bool greater = c == Comparison::Greater;
    return {greater || equal, greater, less || equal, less, less || greater, equal};
}

} // namespace interleave
