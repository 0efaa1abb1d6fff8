// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"
#include "program/instruction.h"
#include "program/integer.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace interleave {

// How the last `test` came out: b beside a. Before the first one no flag is set at all.
enum class Comparison : std::uint8_t { None, Less, Equal, Greater };

// Which cell a register's value comes from, and how many stores that cell had had. The value may have been changed
// since, but nothing else was put in its place.
struct Origin {
    static constexpr std::int32_t none = -1; // no cell: addresses stay below 2^30
    static constexpr Step notLoaded = UINT64_MAX;
    std::int32_t address = none;
    Position position = initialPosition;
    Step loadedAt = notLoaded; // the step; notLoaded: the register itself was stored to the cell
};

// A call that has not returned.
struct Frame {
    std::int64_t function = 0; // address of its first instruction
    std::int64_t base = 0;     // the cell that holds the return address
};

// What a thread takes with it when it leaves a core; and, of no use to the thread, what is told about it.
struct Context {
    std::array<Integer, registerSlots> registers;
    std::int64_t pc = 0;
    Comparison comparison = Comparison::None;
    ThreadIndex thread = 0;
    std::array<Origin, registerSlots> origins;
    std::vector<Frame> frames; // the latest last; without the one that the thread began in

    [[nodiscard]] Integer& operator[](Register r) { return registers[static_cast<std::size_t>(r)]; }
    [[nodiscard]] const Integer& operator[](Register r) const { return registers[static_cast<std::size_t>(r)]; }
    [[nodiscard]] Origin& origin(Register r) { return origins[static_cast<std::size_t>(r)]; }
    [[nodiscard]] const Origin& origin(Register r) const { return origins[static_cast<std::size_t>(r)]; }
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
