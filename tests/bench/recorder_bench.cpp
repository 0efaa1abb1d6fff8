// SPDX-License-Identifier: GPL-3.0-or-later
#include "bare_race.h"
#include "figures.h"

#include "hardware/run.h"

namespace interleave::bench {
namespace {

constexpr int pairs = 11;

RunParameters unlocked(std::uint32_t threads, std::uint32_t iterations)
{
    RunParameters parameters;
    parameters.threads = threads;
    parameters.iterations = iterations;
    return parameters;
}

std::uint64_t streaksOf(const Recording& recording)
{
    std::uint64_t streaks = 0;
    for (const ThreadRecord& thread : recording.threads)
        streaks += thread.streaks.size();
    return streaks;
}

// Recorded and unrecorded in turns, so that whatever else the machine does falls on both.
void recordedBesideUnrecorded(benchmark::State& state)
{
    const auto threads = static_cast<std::uint32_t>(state.range(0));
    const RunParameters parameters = unlocked(threads, 10'000'000 / threads);
    const auto updates = static_cast<double>(parameters.updates());
    std::vector<double> ratios;
    std::vector<double> with;
    std::vector<double> without;
    std::vector<double> streaks;
    for (auto _ : state) {
        double seconds = 0;
        for (int pair = 0; pair < pairs; ++pair) {
            const auto recordOnce = [&] {
                const auto run = record(parameters);
                if (!run)
                    return false;
                with.push_back(run->result.elapsedNanoseconds);
                streaks.push_back(static_cast<double>(streaksOf(run->recording)) / updates);
                return true;
            };
            const bool recordedFirst = pair % 2 == 0;
            bool done = !recordedFirst || recordOnce();
            without.push_back(unrecordedRace(parameters.threads, parameters.iterations));
            done = done && (recordedFirst || recordOnce());
            if (!done) {
                state.SkipWithError("the run was refused");
                return;
            }
            ratios.push_back(with.back() / without.back());
            seconds += (with.back() + without.back()) * 1e-9;
        }
        state.SetIterationTime(seconds);
    }
    report(state, "recorded_ratio", median(ratios), Goal::AtMost, threads == 1 ? 1.3 : 1.25, "x",
           std::string("recorded beside unrecorded, threads: ") + std::to_string(threads));
    state.counters["ratio_least"] = *std::min_element(ratios.begin(), ratios.end());
    state.counters["ratio_most"] = *std::max_element(ratios.begin(), ratios.end());
    // Near 0 the threads ran one after the other, and the figure says little about interference.
    state.counters["streaks_per_update"] = median(streaks);
    state.counters["recorded_ns"] = median(with) / updates;
    state.counters["unrecorded_ns"] = median(without) / updates;
}
BENCHMARK(recordedBesideUnrecorded)
    ->Arg(1)
    ->Arg(2)
    ->Arg(50)
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

struct Bytes {
    double perUpdate = 0;
    double streaksPerUpdate = 0;
};

Bytes bytesOf(const RunParameters& parameters)
{
    const auto run = record(parameters);
    if (!run)
        return {};
    const auto updates = static_cast<double>(parameters.updates());
    return {static_cast<double>(run->recording.bytes()) / updates,
            static_cast<double>(streaksOf(run->recording)) / updates};
}

void bytesUncontended(benchmark::State& state)
{
    Bytes bytes;
    for (auto _ : state)
        bytes = bytesOf(unlocked(1, 1'000'000));
    report(state, "bytes_per_update", bytes.perUpdate, Goal::AtMost, 0.1, "B", "bytes per update, alone");
}
BENCHMARK(bytesUncontended)->Iterations(1)->Unit(benchmark::kMillisecond);

// Windows make threads meet in nearly every update. The most that was seen is reported, with the share of updates that
// began a streak: the bound is 24 bytes at a share of 1.
void bytesAtWorst(benchmark::State& state)
{
    Bytes worst;
    for (auto _ : state) {
        for (const std::uint32_t threads : {2U, 50U})
            for (const int window : {0, 100, 500, 2'000}) {
                RunParameters parameters = unlocked(threads, 200'000 / threads);
                parameters.window = std::chrono::nanoseconds(window);
                const Bytes bytes = bytesOf(parameters);
                if (bytes.perUpdate > worst.perUpdate)
                    worst = bytes;
            }
        RunParameters sleeping = unlocked(50, 20);
        sleeping.window = std::chrono::milliseconds(1);
        const Bytes bytes = bytesOf(sleeping);
        if (bytes.perUpdate > worst.perUpdate)
            worst = bytes;
    }
    report(state, "bytes_per_update", worst.perUpdate, Goal::AtMost, 24, "B", "bytes per update, at worst");
    state.counters["streaks_per_update"] = worst.streaksPerUpdate;
}
BENCHMARK(bytesAtWorst)->Iterations(1)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace interleave::bench
