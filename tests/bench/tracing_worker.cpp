// SPDX-License-Identifier: GPL-3.0-or-later
// interleave_tracing_worker THREADS ITERATIONS
// The unlocked loop with an LTTng-UST event for each load and each store. Prints whether the events are recorded (1 or
// 0) and the nanoseconds from the first thread's begin to the last one's end.
#include "bare_race.h"
#include "tracing_provider.h"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv)
{
    if (argc != 3)
        return 2;
    const auto threads = static_cast<std::uint32_t>(std::atoi(argv[1]));
    const auto iterations = static_cast<std::uint32_t>(std::atoi(argv[2]));
    const bool recorded = lttng_ust_tracepoint_enabled(interleave, load)
                       && lttng_ust_tracepoint_enabled(interleave, store);
    const double nanoseconds = interleave::bench::bareRace(threads, [iterations](std::uint32_t thread,
                                                                                 std::atomic<std::uint64_t>& counter) {
        for (std::uint32_t number = 1; number <= iterations; ++number) {
            const std::uint64_t value = counter.load(std::memory_order_relaxed);
            lttng_ust_tracepoint(interleave, load, thread, number, value);
            counter.store(value + 1, std::memory_order_relaxed);
            lttng_ust_tracepoint(interleave, store, thread, number, value + 1);
        }
    });
    std::printf("%d %.0f\n", recorded ? 1 : 0, nanoseconds);
    return 0;
}
