// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/tick_clock.h"

#include <algorithm>
#include <ctime>

namespace interleave {

namespace {

struct Anchor {
    std::uint64_t ticks;
    std::int64_t nanoseconds;
    std::uint64_t width; // ticks between the two readings of the counter
};

std::int64_t monotonicNow()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC_RAW, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
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
            best = {before + (after - before) / 2, nanoseconds, after - before};
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
    // The reading fell somewhere into its pair, and is cut off at a whole nanosecond.
    const auto widest = static_cast<double>(std::max(first.width, now.width));
    scale.m_errorNanoseconds = widest / 2 * scale.m_nanosecondsPerTick + 1;
    return scale;
}

} // namespace interleave
