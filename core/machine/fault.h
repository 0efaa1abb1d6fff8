// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/integer.h"

#include <cstddef>
#include <cstdint>

namespace interleave {

// Why a thread cannot go on.
struct Fault {
    enum class Kind : std::uint8_t {
        OutOfRange,     // address is that of no cell
        HoldsCode,      // address is that of an instruction and was used as a cell
        NoCode,         // pc is that of no instruction
        NumberTooLarge, // a result beyond Integer::mostBits
        NotHeld,        // the lock at address is not held by the thread that unlocks it
    };

    Kind kind = Kind::OutOfRange;
    Integer address;        // where it is an address that is at fault
    std::int64_t pc = 0;    // the instruction at fault
    std::size_t thread = 0; // who was running
    std::size_t line = 0;   // of the source; 0 where pc is that of no instruction
};

} // namespace interleave
