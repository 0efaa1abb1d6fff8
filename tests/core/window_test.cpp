// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/window.h"

#include "support.h"

#include <thread>

namespace interleave {
namespace {

using namespace std::chrono_literals;

TEST(WindowTest, PassesAtLeastItsLength)
{
    const TickScale scale = TickScale::calibrated();
    const WakeUp wakeUp;
    for (const std::chrono::nanoseconds length : {0ns, 500ns, 20'000ns, 999'999ns, 1'000'000ns}) {
        const Window window(length, scale, wakeUp);
        const auto begin = std::chrono::steady_clock::now();
        window.pass();
        const auto passed = std::chrono::steady_clock::now() - begin;
        EXPECT_GE(static_cast<double>(std::chrono::nanoseconds(passed).count()),
                  static_cast<double>(length.count()) * 0.99 - 100)
            << length.count();
    }
}

// Without the wake-up these would sleep for an hour each, and the test would not end.
TEST(WindowTest, WakesEverybodyForGood)
{
    WakeUp wakeUp;
    {
        std::vector<std::jthread> sleepers;
        for (int i = 0; i < 8; ++i)
            sleepers.emplace_back([&] { wakeUp.sleep(1h); });
        wakeUp.wakeEverybody();
    }
    wakeUp.sleep(1h);
    SUCCEED();
}

} // namespace
} // namespace interleave
