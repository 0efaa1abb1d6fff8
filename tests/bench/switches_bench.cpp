// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures.h"

#include "hardware/run.h"
#include "hardware/tick_clock.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <string>

namespace interleave::bench {
namespace {

double lowerQuarter(std::vector<double> figures)
{
    const auto quarter = figures.begin() + static_cast<std::ptrdiff_t>(figures.size() / 4);
    std::nth_element(figures.begin(), quarter, figures.end());
    return *quarter;
}

double secondsSince(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// The 50 × 200,000 run with its switches captured and without, in turns, so that whatever else the machine does falls
// on both. Range 0: the way to synchronise; 1: the pairs.
void capturedBesideNot(benchmark::State& state)
{
    RunParameters parameters;
    parameters.synchronisation = allSynchronisations[static_cast<std::size_t>(state.range(0))];
    const auto pairs = static_cast<int>(state.range(1));
    std::vector<double> ratios;
    std::vector<double> with;
    std::vector<double> without;
    std::vector<double> wholeWith;
    std::vector<double> wholeWithout;
    std::uint64_t captured = 0;
    std::uint64_t overflow = 0;
    for (auto _ : state) {
        for (int pair = 0; pair < pairs; ++pair) {
            for (const bool first : {true, false}) {
                const bool capture = first == (pair % 2 == 0);
                parameters.switches = capture ? SwitchSource::Kernel : SwitchSource::Rusage;
                const auto begin = std::chrono::steady_clock::now();
                const auto run = runCounted(parameters);
                if (!run) {
                    state.SkipWithError("the run was refused");
                    return;
                }
                if (run->switches->source != parameters.switches) {
                    state.SkipWithError("the kernel captures no switches here");
                    return;
                }
                (capture ? wholeWith : wholeWithout).push_back(secondsSince(begin));
                (capture ? with : without).push_back(run->elapsedNanoseconds);
                captured += run->switches->captured();
                overflow += run->switches->overflow;
            }
            ratios.push_back(with.back() / without.back());
        }
    }
    const std::string way(nameOf(parameters.synchronisation));
    report(state, "captured_ratio", median(ratios), Goal::AtMost, 1.02, "x",
           "50 x 200,000 with its switches captured beside without, " + way);
    state.counters["ratio_of_medians"] = median(with) / median(without);
    // Of the runs that others disturbed least.
    state.counters["ratio_of_quarters"] = lowerQuarter(with) / lowerQuarter(without);
    state.counters["with_ms"] = median(with) * 1e-6;
    state.counters["without_ms"] = median(without) * 1e-6;
    // From asking for the run to having its result: opening and closing the events, too.
    state.counters["whole_with_ms"] = median(wholeWith) * 1e3;
    state.counters["whole_without_ms"] = median(wholeWithout) * 1e3;
    state.counters["switches"] = static_cast<double>(captured) / pairs;
    state.counters["overflow"] = static_cast<double>(overflow);
}
BENCHMARK(capturedBesideNot)
    ->ArgNames({"way", "pairs"})
    ->Args({static_cast<int>(Synchronisation::None), 301})
    ->Args({static_cast<int>(Synchronisation::Atomic), 21})
    ->Args({static_cast<int>(Synchronisation::Mutex), 21})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

struct Reading {
    double before;
    std::uint64_t ticks;
    double after;
};

Reading readBoth()
{
    const auto clock = [] {
        timespec now{};
        clock_gettime(CLOCK_MONOTONIC_RAW, &now);
        return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
    };
    const double before = clock();
    const std::uint64_t ticks = ticksNow();
    return {before, ticks, clock()};
}

// Streaks are timed by ticks, switches by the kernel's clock. How far apart the two are over ten seconds, by the scale
// that a run of that length gets: calibrated at its end.
void clocksOverTenSeconds(benchmark::State& state)
{
    double worst = 0;
    double claimed = 0;
    std::size_t readings = 0;
    for (auto _ : state) {
        TickScale::calibrated(); // the process began
        std::vector<Reading> all;
        const auto begin = std::chrono::steady_clock::now();
        while (secondsSince(begin) < 10) {
            const Reading reading = readBoth();
            if (reading.after - reading.before < 1'000) // we were not away in between
                all.push_back(reading);
            const auto next = std::chrono::steady_clock::now() + std::chrono::microseconds(100);
            while (std::chrono::steady_clock::now() < next) {}
        }
        const TickScale scale = TickScale::calibrated();
        claimed = scale.errorNanoseconds();
        readings = all.size();
        for (const Reading& reading : all) {
            const double at = scale.monotonicAt(reading.ticks);
            // The ticks were read somewhere between the two: the worst it can have been.
            worst = std::max({worst, at - reading.before, reading.after - at});
        }
    }
    report(state, "worst_us", worst * 1e-3, Goal::AtMost, 10, "us", "ticks beside the kernel's clock over 10 s");
    state.counters["claimed_us"] = claimed * 1e-3;
    state.counters["readings"] = static_cast<double>(readings);
}
BENCHMARK(clocksOverTenSeconds)->Iterations(1)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace interleave::bench
