// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/spin_lock.h"
#include "hardware/tick_clock.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <sched.h>

namespace interleave {

// The threads wait here until all exist. They go on only when every core of the race has one of them on it: a loop of
// 0.1 ms would otherwise be over before the scheduler has spread the threads, and the race would be none.
class StartLine {
public:
    StartLine(std::uint32_t threads, std::uint32_t cores, const TickScale& scale)
        : m_threads(threads), m_together(std::min(threads, cores)), m_patienceTicks(scale.ticksIn(patience))
    {
    }

    // False if the run will not take place.
    bool wait()
    {
        m_arrived.fetch_add(1, std::memory_order_acq_rel);
        m_arrived.notify_all();
        m_signal.wait(Signal::Wait, std::memory_order_acquire);
        if (m_signal.load(std::memory_order_acquire) == Signal::GiveUp)
            return false;
        // On a busy machine a core comes free within some time slices; after that, go on with those there are.
        const std::uint64_t begin = m_startTicks.load(std::memory_order_relaxed);
        while (!everyCoreIsTaken() && ticksNow() - begin < m_patienceTicks)
            pauseCore();
        return true;
    }

    void startWhenAllAreHere()
    {
        for (auto here = m_arrived.load(); here < m_threads; here = m_arrived.load())
            m_arrived.wait(here);
        m_startTicks.store(ticksNow(), std::memory_order_relaxed);
        signal(Signal::Start);
    }

    void giveUp() { signal(Signal::GiveUp); }

private:
    static constexpr std::chrono::milliseconds patience{20};

    // Notes the core that the calling thread is on.
    bool everyCoreIsTaken()
    {
        const int core = sched_getcpu();
        if (core >= 0 && core < CPU_SETSIZE && !m_taken[static_cast<std::size_t>(core)].exchange(true))
            m_coresTaken.fetch_add(1, std::memory_order_relaxed);
        return m_coresTaken.load(std::memory_order_relaxed) >= m_together;
    }

    enum class Signal : int { Wait, Start, GiveUp };
    void signal(Signal signal)
    {
        m_signal.store(signal, std::memory_order_release);
        m_signal.notify_all();
    }

    std::uint32_t m_threads;
    std::uint32_t m_together;
    std::uint64_t m_patienceTicks;
    std::atomic<std::uint32_t> m_arrived{0};
    std::atomic<std::uint64_t> m_startTicks{0};
    std::array<std::atomic<bool>, CPU_SETSIZE> m_taken{};
    std::atomic<std::uint32_t> m_coresTaken{0};
    std::atomic<Signal> m_signal{Signal::Wait};
};

} // namespace interleave
