// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures.h"

#include "hardware/recorded_history.h"
#include "hardware/run.h"

#include <algorithm>
#include <chrono>
#include <random>

namespace interleave::bench {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

RunParameters theNotes(std::int64_t windowNanoseconds)
{
    RunParameters parameters;
    parameters.threads = 50;
    parameters.iterations = 200'000;
    parameters.window = std::chrono::nanoseconds(windowNanoseconds);
    return parameters;
}

// 50 x 200,000: the order proven and the ledger drawn up. The argument is the window; with one, the threads meet far
// more often, and the goal, which is for the program as it is, is not held against it.
void proofAndLedger(benchmark::State& state)
{
    constexpr int runs = 3;
    constexpr int timesEach = 3;
    std::vector<double> proofs;
    std::vector<double> ledgers;
    std::vector<double> both;
    double streaks = 0;
    double bytes = 0;
    for (auto _ : state) {
        double seconds = 0;
        for (int i = 0; i < runs; ++i) {
            const auto run = record(theNotes(state.range(0)));
            if (!run) {
                state.SkipWithError("the run was refused");
                return;
            }
            for (int j = 0; j < timesEach; ++j) {
                const auto begin = Clock::now();
                const auto order = proveOrder(run->recording);
                const double proof = secondsSince(begin);
                if (!order) {
                    state.SkipWithError("the order was not proven");
                    return;
                }
                const auto half = Clock::now();
                const auto ledger = Ledger::fromStreaks(order->streaks, 50);
                const double books = secondsSince(half);
                if (!ledger || ledger->updates() != 10'000'000) {
                    state.SkipWithError("no ledger");
                    return;
                }
                proofs.push_back(proof);
                ledgers.push_back(books);
                both.push_back(proof + books);
                seconds += proof + books;
                streaks = std::max(streaks, static_cast<double>(ledger->streaks()));
                bytes = std::max(bytes, static_cast<double>(ledger->bytes()));
            }
        }
        state.SetIterationTime(seconds);
    }
    if (state.range(0) == 0)
        report(state, "proof_and_ledger_s", *std::max_element(both.begin(), both.end()), Goal::AtMost, 0.5, "s",
               "proof and ledger of 50 x 200000, streaks: " + std::to_string(static_cast<std::uint64_t>(streaks)));
    else
        state.counters["proof_and_ledger_s"] = *std::max_element(both.begin(), both.end());
    state.counters["proof_s_median"] = median(proofs);
    state.counters["ledger_s_median"] = median(ledgers);
    state.counters["streaks_most"] = streaks;
    state.counters["ledger_bytes"] = bytes;
}
BENCHMARK(proofAndLedger)->Arg(0)->Arg(100)->Iterations(1)->UseManualTime()->Unit(benchmark::kMillisecond);

void stateOfRandomSteps(benchmark::State& state)
{
    constexpr int samples = 20'000;
    const auto run = runRecorded(theNotes(state.range(0)));
    if (!run) {
        state.SkipWithError("the run was refused");
        return;
    }
    const RecordedHistory& history = *run->history;
    std::mt19937_64 draw(1);
    std::vector<double> times;
    for (auto _ : state) {
        double seconds = 0;
        for (int i = 0; i < samples; ++i) {
            const Step step = draw() % (history.steps() + 1);
            const auto begin = Clock::now();
            benchmark::DoNotOptimize(history.state(step));
            times.push_back(secondsSince(begin) * 1e3);
            seconds += times.back() * 1e-3;
        }
        state.SetIterationTime(seconds);
    }
    std::sort(times.begin(), times.end());
    // The worst of many includes the moments in which the system gave the core to somebody else; 1 in 1000 does not.
    const std::string line = std::string("state(step), window ") + std::to_string(state.range(0)) + " ns, ";
    report(state, "state_ms_median", median(times), Goal::AtMost, 1, "ms", line + "median");
    report(state, "state_ms_p999", times[times.size() - times.size() / 1000 - 1], Goal::AtMost, 1, "ms",
           line + "999 of 1000");
    report(state, "state_ms_worst", times.back(), Goal::AtMost, 1, "ms", line + "worst");
    state.counters["steps"] = static_cast<double>(history.steps());
    state.counters["streaks"] = static_cast<double>(history.ledger().streaks());
}
BENCHMARK(stateOfRandomSteps)->Arg(0)->Arg(100)->Iterations(1)->UseManualTime()->Unit(benchmark::kMillisecond);

} // namespace
} // namespace interleave::bench
