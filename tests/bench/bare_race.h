// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run_parameters.h"
#include "hardware/start_line.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

namespace interleave::bench {

// What core's race does around its loops, and nothing more: threads that begin together on all cores this process may
// use, each taking its own time. `loop(thread, counter)` makes all updates of one thread. Returns the nanoseconds from
// the first thread's begin to the last one's end.
template <typename Loop>
double bareRace(std::uint32_t threads, Loop&& loop)
{
    using Clock = std::chrono::steady_clock;
    struct alignas(128) Cell {
        std::atomic<std::uint64_t> value{0};
    };
    struct alignas(128) Times {
        Clock::time_point begin;
        Clock::time_point end;
    };
    Cell counter;
    std::vector<Times> times(threads);
    StartLine startLine(threads, availableCores(), TickScale::calibrated());
    {
        std::vector<std::jthread> workers;
        for (std::uint32_t t = 0; t < threads; ++t)
            workers.emplace_back([&, t] {
                if (!startLine.wait())
                    return;
                times[t].begin = Clock::now();
                loop(t, counter.value);
                times[t].end = Clock::now();
            });
        startLine.startWhenAllAreHere();
    }
    Clock::time_point begin = times[0].begin;
    Clock::time_point end = times[0].end;
    for (const Times& each : times) {
        begin = std::min(begin, each.begin);
        end = std::max(end, each.end);
    }
    return std::chrono::duration<double, std::nano>(end - begin).count();
}

// The loop that the recorder stands in, without it: a relaxed load, an add, an exchange. Nanoseconds.
inline double unrecordedRace(std::uint32_t threads, std::uint32_t iterations)
{
    return bareRace(threads, [iterations](std::uint32_t, std::atomic<std::uint64_t>& counter) {
        for (std::uint32_t i = 0; i < iterations; ++i) {
            const std::uint64_t value = counter.load(std::memory_order_relaxed) + 1;
            [[maybe_unused]] const volatile std::uint64_t kept = counter.exchange(value, std::memory_order_relaxed);
        }
    });
}

} // namespace interleave::bench
