// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run_parameters.h"
#include "hardware/tick_clock.h"

#include <chrono>

namespace interleave {

// Lets sleeping threads be woken early, all at once: an event file descriptor that becomes readable for good.
// (eventfd(2))
class WakeUp {
public:
    WakeUp();
    ~WakeUp();
    WakeUp(const WakeUp&) = delete;
    WakeUp& operator=(const WakeUp&) = delete;

    void wakeEverybody();
    // Sleeps for a time, or until wakeEverybody().
    void sleep(std::chrono::nanoseconds time) const;

private:
    int m_descriptor;
};

// The work between load and store: computes below RunParameters::sleepingWindow, sleeps from there on, which gives up
// the core and so forces a context switch.
class Window {
public:
    Window(std::chrono::nanoseconds length, const TickScale& scale, const WakeUp& wakeUp)
        : m_length(length), m_ticks(scale.ticksIn(length)), m_wakeUp(wakeUp),
          m_sleeps(length >= RunParameters::sleepingWindow)
    {
    }

    void pass() const
    {
        if (m_sleeps) {
            m_wakeUp.sleep(m_length);
            return;
        }
        const std::uint64_t begin = ticksNow();
        while (ticksNow() - begin < m_ticks) {
        }
    }

private:
    std::chrono::nanoseconds m_length;
    std::uint64_t m_ticks;
    const WakeUp& m_wakeUp;
    bool m_sleeps;
};

} // namespace interleave
