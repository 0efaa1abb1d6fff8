// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/tick_clock.h"

namespace interleave {

namespace {

struct Anchor {
    std::uint64_t ticks;
    std::int64_t nanoseconds;
};

std::int64_t monotonicNow()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

// The clock is read between two readings of the counter; the tightest of several pairs is kept, so that being
// preempted in between does no harm.
Anchor takeAnchor()
{
    Anchor best{};
    std::uint64_t tightest = UINT64_MAX;
    for (int i = 0; i < 8; ++i) {
        const std::uint64_t before = ticksNow();
        const std::int64_t nanoseconds = monotonicNow();
        const std::uint64_t after = ticksNow();
        if (after - before < tightest) {
            tightest = after - before;
            best = {before + (after - before) / 2, nanoseconds};
        }
    }
    return best;
}

constexpr std::int64_t shortestBaseline = 2'000'000; // ns

} // namespace

TickScale TickScale::calibrated()
{
    static const Anchor first = takeAnchor();
    while (monotonicNow() - first.nanoseconds < shortestBaseline) {
    }
    const Anchor now = takeAnchor();
    TickScale scale;
    scale.m_anchorTicks = now.ticks;
    scale.m_anchorNanoseconds = static_cast<double>(now.nanoseconds);
    if (now.ticks > first.ticks)
        scale.m_nanosecondsPerTick =
            static_cast<double>(now.nanoseconds - first.nanoseconds) / static_cast<double>(now.ticks - first.ticks);
    return scale;
}

} // namespace interleave
