// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/tick_clock.h"

#include "support.h"

#include <cmath>
#include <ctime>
#include <vector>

namespace interleave {
namespace {

double monotonicNow()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC_RAW, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

// One moment by both clocks. The ticks were read between the two readings of the monotonic clock, however long the
// thread was away in between, so comparisons hold on a busy machine too.
struct Moment {
    double before;
    std::uint64_t ticks;
    double after;

    static Moment now()
    {
        const double before = monotonicNow();
        const std::uint64_t ticks = ticksNow();
        return {before, ticks, monotonicNow()};
    }
};

// The scale comes from a baseline of at least 2 ms and two readings of well under 1 us each.
constexpr double relativeError = 0.002;
constexpr double readingError = 1000; // ns

TEST(TickClockTest, AgreesWithTheMonotonicClockOverAnInterval)
{
    const Moment from = Moment::now();
    const TickScale scale = TickScale::calibrated();
    while (monotonicNow() - from.after < 20e6) {}
    const Moment to = Moment::now();
    const double least = to.before - from.after;
    const double most = to.after - from.before;
    const double byTicks = scale.nanosecondsBetween(from.ticks, to.ticks);
    EXPECT_GE(byTicks, least * (1 - relativeError) - readingError);
    EXPECT_LE(byTicks, most * (1 + relativeError) + readingError);
}

TEST(TickClockTest, TellsTheMonotonicTimeOfATick)
{
    const TickScale scale = TickScale::calibrated();
    const Moment moment = Moment::now();
    const double at = scale.monotonicAt(moment.ticks);
    const double sinceAnchor = moment.after - at; // short: the anchor is the calibration a moment ago
    EXPECT_GE(at, moment.before - readingError - std::abs(sinceAnchor) * relativeError);
    EXPECT_LE(at, moment.after + readingError + std::abs(sinceAnchor) * relativeError);
}

// Between its two anchors a scale is off by no more than it says, however far they lie apart: the length of a run does
// not come into it. (That it holds over ten seconds, tests/bench measures.)
TEST(TickClockTest, IsOffByNoMoreThanItSaysBetweenItsAnchors)
{
    TickScale::calibrated();
    std::vector<Moment> moments;
    const double begin = monotonicNow();
    while (monotonicNow() - begin < 20e6)
        if (moments.empty() || monotonicNow() - moments.back().after > 50e3)
            moments.push_back(Moment::now());
    const TickScale scale = TickScale::calibrated();
    EXPECT_GT(scale.errorNanoseconds(), 0);
    EXPECT_LT(scale.errorNanoseconds(), 10'000);
    for (const Moment& moment : moments) {
        const double at = scale.monotonicAt(moment.ticks);
        ASSERT_GE(at, moment.before - scale.errorNanoseconds() - 1);
        ASSERT_LE(at, moment.after + scale.errorNanoseconds() + 1);
    }
}

TEST(TickClockTest, TicksInATimeLastThatTime)
{
    const TickScale scale = TickScale::calibrated();
    for (const std::int64_t nanoseconds : {std::int64_t{0}, std::int64_t{500}, std::int64_t{20'000},
                                           std::int64_t{999'999}, std::int64_t{1'000'000'000}}) {
        const std::uint64_t ticks = scale.ticksIn(std::chrono::nanoseconds(nanoseconds));
        const double back = scale.nanosecondsBetween(1'000'000, 1'000'000 + ticks);
        EXPECT_NEAR(back, static_cast<double>(nanoseconds), scale.nanosecondsPerTick());
    }
}

TEST(TickClockTest, AnEarlierTickIsANegativeTime)
{
    const TickScale scale = TickScale::calibrated();
    EXPECT_DOUBLE_EQ(scale.nanosecondsBetween(5'000, 2'000), -scale.nanosecondsBetween(2'000, 5'000));
    EXPECT_LT(scale.nanosecondsBetween(5'000, 2'000), 0);
}

TEST(TickClockTest, TwoCalibrationsAgree)
{
    const TickScale first = TickScale::calibrated();
    const TickScale second = TickScale::calibrated();
    EXPECT_NEAR(second.nanosecondsPerTick() / first.nanosecondsPerTick(), 1, relativeError);
}

} // namespace
} // namespace interleave
