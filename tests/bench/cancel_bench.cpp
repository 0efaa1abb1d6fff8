// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures.h"

#include "hardware/run.h"

#include <algorithm>
#include <chrono>
#include <stop_token>
#include <thread>

namespace interleave::bench {
namespace {

using Clock = std::chrono::steady_clock;

// From asking a run to stop until it returns, in milliseconds; negative if it ended in another way.
double cancelled(const RunParameters& parameters)
{
    std::stop_source stop;
    Clock::time_point asked;
    std::jthread canceller([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100)); // well into the race
        asked = Clock::now();
        stop.request_stop();
    });
    const auto result = runCounted(parameters, stop.get_token());
    const auto ended = Clock::now();
    canceller.join();
    if (result || result.error().kind != RunError::Kind::Cancelled)
        return -1;
    return std::chrono::duration<double, std::milli>(ended - asked).count();
}

// The longest over all ways to synchronise, with 50 threads: plainly looping, and asleep in windows of a second.
void cancelling(benchmark::State& state)
{
    double longest = 0;
    for (auto _ : state) {
        for (const Synchronisation synchronisation : allSynchronisations) {
            RunParameters parameters;
            parameters.iterations = RunParameters::maxIterations;
            parameters.synchronisation = synchronisation;
            parameters.window = std::chrono::seconds(state.range(0));
            const double milliseconds = cancelled(parameters);
            if (milliseconds < 0) {
                state.SkipWithError("the run was not cancelled");
                return;
            }
            longest = std::max(longest, milliseconds);
        }
    }
    report(state, "cancel_ms", longest, Goal::AtMost, 100, "ms",
           state.range(0) == 0 ? "cancelling a loop" : "cancelling a sleep");
}
BENCHMARK(cancelling)->Arg(0)->Arg(1)->Iterations(1)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace interleave::bench
