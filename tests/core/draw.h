// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <random>

namespace interleave {

// Draws of our own, so that a seed means the same on every platform.
class Draw {
public:
    explicit Draw(std::uint64_t seed) : m_generator(seed) {}

    // 0 to below - 1. The bias of a remainder is far below what a test could notice.
    std::uint64_t below(std::uint64_t bound) { return m_generator() % bound; }
    std::uint32_t between(std::uint32_t least, std::uint32_t most)
    {
        return least + static_cast<std::uint32_t>(below(std::uint64_t{most} - least + 1));
    }
    bool oneIn(std::uint64_t n) { return below(n) == 0; }

private:
    std::mt19937_64 m_generator;
};

} // namespace interleave
