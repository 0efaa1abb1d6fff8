// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"

#include <cstdint>

namespace interleave {

// The word a recorded run counts in: who wrote it, which of the writer's updates it was, and the value.
//   writer, 1 to 1000 (10 bits) | number (27 bits) | value (27 bits)
// The initial word is 0: writer 0, number 0, value 0.
namespace tagged {

inline constexpr int valueBits = 27;
inline constexpr int numberBits = 27;
inline constexpr std::uint64_t valueMask = (std::uint64_t{1} << valueBits) - 1;
inline constexpr std::uint64_t numberMask = (std::uint64_t{1} << numberBits) - 1;

constexpr std::uint64_t word(ThreadIndex thread, std::uint32_t number, std::uint64_t value)
{
    return (std::uint64_t{thread} + 1) << (numberBits + valueBits) | std::uint64_t{number} << valueBits | value;
}

constexpr std::uint64_t valueOf(std::uint64_t word)
{
    return word & valueMask;
}

// Writer and number without the value, in 37 bits.
constexpr std::uint64_t linkOf(std::uint64_t word)
{
    return word >> valueBits;
}

constexpr UpdateName nameOfLink(std::uint64_t link)
{
    const auto writer = static_cast<std::uint32_t>(link >> numberBits);
    const auto number = static_cast<std::uint32_t>(link & numberMask);
    return writer == 0 ? UpdateName{} : UpdateName{writer - 1, number};
}

constexpr std::uint64_t linkOfName(UpdateName name)
{
    return name.isInitialValue() ? 0 : linkOf(word(name.thread, name.number, 0));
}

} // namespace tagged

} // namespace interleave
