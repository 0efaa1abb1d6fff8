// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/classroom/python_random.h"

#include <cstdint>

namespace interleave {

// When the classroom simulator interrupts: after a fixed number of instructions, or after one that is drawn anew each
// time. An interval of 0 or below never counts down to 0.
class Countdown {
public:
    Countdown(std::int64_t interval, bool random, const Integer& seed)
        : m_interval(interval),
          m_isRandom(random),
          m_random(seed)
    {
        restart();
    }

    void restart()
    {
        m_left = m_isRandom ? static_cast<std::int64_t>(m_random.random() * static_cast<double>(m_interval)) + 1
                            : m_interval;
    }

    // One instruction less; whether that was the last.
    bool countDown() { return m_left > 0 && --m_left == 0; }

private:
    std::int64_t m_interval;
    bool m_isRandom;
    PythonRandom m_random;
    std::int64_t m_left = 0;
};

} // namespace interleave
