// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/integer.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace interleave {

// The numbers that CPython's random module draws: MT19937 seeded by the words of the absolute seed, and doubles of 53
// bits. std::mt19937 seeded with the same number goes another way.
class PythonRandom {
public:
    explicit PythonRandom(const Integer& seed);

    // From 0 to just below 1.
    double random();

private:
    static constexpr std::size_t length = 624;

    void seedWith(std::uint32_t seed);
    void refill();
    std::uint32_t word();

    std::array<std::uint32_t, length> m_state{};
    std::size_t m_next = length;
};

} // namespace interleave
