// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/classroom/python_random.h"

#include <algorithm>
#include <vector>

namespace interleave {

PythonRandom::PythonRandom(const Integer& seed)
{
    // init_by_array of Matsumoto and Nishimura.
    const std::vector<std::uint32_t> key = seed.words();
    seedWith(19650218);
    std::size_t i = 1;
    std::size_t j = 0;
    const auto stepOn = [&] {
        if (++i >= length) {
            m_state[0] = m_state[length - 1];
            i = 1;
        }
    };
    const auto mixed = [&] { return m_state[i - 1] ^ (m_state[i - 1] >> 30); };
    for (std::size_t k = std::max(length, key.size()); k > 0; --k) {
        m_state[i] = (m_state[i] ^ (mixed() * 1664525U)) + key[j] + static_cast<std::uint32_t>(j);
        stepOn();
        j = (j + 1) % key.size();
    }
    for (std::size_t k = length - 1; k > 0; --k) {
        m_state[i] = (m_state[i] ^ (mixed() * 1566083941U)) - static_cast<std::uint32_t>(i);
        stepOn();
    }
    m_state[0] = 0x80000000U;
}

void PythonRandom::seedWith(std::uint32_t seed)
{
    m_state[0] = seed;
    for (std::size_t i = 1; i < length; ++i)
        m_state[i] = 1812433253U * (m_state[i - 1] ^ (m_state[i - 1] >> 30)) + static_cast<std::uint32_t>(i);
}

void PythonRandom::refill()
{
    constexpr std::size_t middle = 397;
    for (std::size_t i = 0; i < length; ++i) {
        const std::uint32_t y = (m_state[i] & 0x80000000U) | (m_state[(i + 1) % length] & 0x7fffffffU);
        m_state[i] = m_state[(i + middle) % length] ^ (y >> 1) ^ ((y & 1U) != 0 ? 0x9908b0dfU : 0U);
    }
    m_next = 0;
}

std::uint32_t PythonRandom::word()
{
    if (m_next == length)
        refill();
    std::uint32_t y = m_state[m_next++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680U;
    y ^= (y << 15) & 0xefc60000U;
    return y ^ (y >> 18);
}

double PythonRandom::random()
{
    const std::uint32_t high = word() >> 5;
    const std::uint32_t low = word() >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
}

} // namespace interleave
