// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace interleave {

// A reading of the processor's time stamp counter, in ticks of unknown length. On processors without one that user
// programs can read: nanoseconds of the monotonic clock. (Intel SDM vol. 3B, 18.17 "Time-Stamp Counter": invariant,
// so one scale serves all cores.)
inline std::uint64_t ticksNow()
{
#if defined(__x86_64__)
    return __rdtsc();
#else
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
#endif
}

// Turns ticks into nanoseconds of CLOCK_MONOTONIC_RAW, the clock that the kernel stamps our context switches with. It
// is a plain multiple of the same counter; CLOCK_MONOTONIC is that and what time servers correct, up to 0.5 ms in each
// second.
class TickScale {
public:
    // Calibrated over the time since the first call in this process, at least 2 ms (the first call waits as long). The
    // longer the process runs, the smaller the error of nanosecondsPerTick(): two readings of about 50 ns each, over the
    // baseline.
    static TickScale calibrated();

    // By how much monotonicAt() can be wrong at any tick between the first calibration in this process and this one, in
    // nanoseconds: both clocks were read within that time of one another. Outside, the error grows with the distance, by
    // the sum of both readings' errors for each length of the baseline.
    [[nodiscard]] double errorNanoseconds() const { return m_errorNanoseconds; }

    [[nodiscard]] double nanosecondsPerTick() const { return m_nanosecondsPerTick; }
    [[nodiscard]] double nanosecondsBetween(std::uint64_t from, std::uint64_t to) const
    {
        return static_cast<double>(static_cast<std::int64_t>(to - from)) * m_nanosecondsPerTick;
    }
    [[nodiscard]] std::uint64_t ticksIn(std::chrono::nanoseconds time) const
    {
        return static_cast<std::uint64_t>(static_cast<double>(time.count()) / m_nanosecondsPerTick);
    }
    // The reading of CLOCK_MONOTONIC_RAW at a tick, in nanoseconds.
    [[nodiscard]] double monotonicAt(std::uint64_t ticks) const
    {
        return m_anchorNanoseconds + nanosecondsBetween(m_anchorTicks, ticks);
    }

private:
    std::uint64_t m_anchorTicks = 0;
    double m_anchorNanoseconds = 0;
    double m_nanosecondsPerTick = 1;
    double m_errorNanoseconds = 0;
};

} // namespace interleave
