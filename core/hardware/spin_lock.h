// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

namespace interleave {

inline void pauseCore()
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

// A plain test-and-test-and-set lock (Rudolph, Segall: ISCA 1984): waiters read until it looks free, then try to take
// it. It never yields its core, so a holder that is preempted costs every waiter its whole time slice; that is the
// lesson.
class SpinLock {
public:
    [[nodiscard]] bool tryLock()
    {
        return !m_held.load(std::memory_order_relaxed) && !m_held.exchange(true, std::memory_order_acquire);
    }

    // False if `stopped()` became true while waiting; the lock is then not taken.
    template <typename Stopped>
    [[nodiscard]] bool lock(Stopped&& stopped)
    {
        constexpr int spinsBetweenChecks = 64;
        while (!tryLock()) {
            for (int spins = 0; m_held.load(std::memory_order_relaxed); ++spins) {
                pauseCore();
                if (spins % spinsBetweenChecks == 0 && stopped())
                    return false;
            }
        }
        return true;
    }

    void unlock() { m_held.store(false, std::memory_order_release); }

private:
    std::atomic<bool> m_held{false};
};

} // namespace interleave
