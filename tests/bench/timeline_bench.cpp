// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures.h"

#include "hardware/recorded_history.h"
#include "hardware/run.h"
#include "history/timeline/timeline_index.h"
#include "machine/machine_history.h"
#include "program/assembler.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace interleave::bench {
namespace {

using Clock = std::chrono::steady_clock;

double nanosecondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
}

// Eight threads on one core run the unlocked counter for about `steps` steps in all; the last one, if it is to be
// sparse, makes no more than a thousandth of what the others make.
std::shared_ptr<const MachineHistory> counterRun(double steps, Policy policy, std::uint64_t quantum,
                                                 bool sparse = false)
{
    constexpr ThreadIndex threads = 8;
    constexpr double instructionsPerUpdate = 6;
    const auto program = assemble(".var count\n.top\nmov count, %ax\nadd $1, %ax\nmov %ax, count\n"
                                  "sub $1, %bx\ntest $0, %bx\njgt .top\nhalt\n",
                                  {});
    MachineSettings settings;
    settings.threads = threads;
    settings.policy = policy;
    settings.quantum = quantum;
    settings.maxSteps = static_cast<std::uint64_t>(steps);
    const auto each = static_cast<std::int64_t>(steps / instructionsPerUpdate / threads);
    for (ThreadIndex t = 0; t < threads; ++t)
        settings.registers.push_back({{Register::Bx, Integer(sparse && t + 1 == threads ? each / 1000 : each)}});
    return MachineHistory::run(std::make_shared<const Program>(*program), settings).value();
}

// Without a title no goal is set.
void reportBuild(benchmark::State& state, const History& history, const std::string& title)
{
    static_cast<void>(history.ledger());
    std::vector<double> times;
    double bytes = 0;
    for (auto _ : state)
        for (int i = 0; i < 5; ++i) {
            const auto begin = Clock::now();
            const auto index = TimelineIndex::build(history);
            times.push_back(nanosecondsSince(begin) / static_cast<double>(history.steps()));
            bytes = static_cast<double>(index->bytes()) / static_cast<double>(history.steps());
        }
    state.counters["Msteps"] = static_cast<double>(history.steps()) / 1e6;
    if (title.empty()) {
        state.counters["ns"] = median(times);
        state.counters["bytes"] = bytes;
        return;
    }
    report(state, "ns", median(times), Goal::AtMost, 4, "ns", title + ", per step");
    report(state, "bytes", bytes, Goal::AtMost, 1, "bytes", title + ", kept per step");
}

void timelineBuild(benchmark::State& state)
{
    const bool often = state.range(0) == 1;
    const auto history = often ? counterRun(1e8, Policy::Random, 3) : counterRun(1e8, Policy::RoundRobin, 50);
    // To switch after every other instruction is as often as it gets.
    reportBuild(state, *history, often ? "" : "timeline, index of 100 million steps of the machine, quantum 50");
}
BENCHMARK(timelineBuild)->Arg(0)->Arg(1)->Iterations(1)->Unit(benchmark::kMillisecond);

void timelineBuildRecorded(benchmark::State& state)
{
    RunParameters parameters;
    parameters.threads = 50;
    parameters.iterations = 200'000;
    const auto run = runRecorded(parameters);
    state.counters["streaks"] = static_cast<double>(run->history->ledger().streaks());
    reportBuild(state, *run->history, "timeline, index of a recorded run of 50 x 200,000");
}
BENCHMARK(timelineBuildRecorded)->Iterations(1)->Unit(benchmark::kMillisecond);

// Eight tracks, 1920 pixels wide, at random zooms, from one unit of time for each pixel on, and positions.
std::vector<double> viewTimes(const TimelineIndex& index)
{
    constexpr int pixels = 1920;
    constexpr int views = 100;
    constexpr std::uint32_t tracks = 8;
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> unit(0, 1);
    std::vector<double> times;
    std::vector<TimelineCell> cells;
    const auto whole = static_cast<double>(index.end());
    for (int view = 0; view < views; ++view) {
        const double length = pixels * std::exp2(unit(random) * std::log2(whole / pixels));
        const auto from = static_cast<Time>(unit(random) * (whole - length));
        const auto begin = Clock::now();
        for (std::uint32_t t = 0; t < tracks; ++t) {
            index.query({TrackName::Kind::Thread, t}, from, from + static_cast<Time>(length), pixels, cells);
            benchmark::DoNotOptimize(cells.data());
        }
        times.push_back(nanosecondsSince(begin) / 1e6);
    }
    std::sort(times.begin(), times.end());
    return times;
}

void timelineQuery(benchmark::State& state)
{
    const bool often = state.range(0) == 1;
    const Policy policy = often ? Policy::Random : Policy::RoundRobin;
    const std::uint64_t quantum = often ? 3 : 50;
    const auto longRun = TimelineIndex::build(*counterRun(1e8, policy, quantum));
    const auto shortRun = TimelineIndex::build(*counterRun(1e5, policy, quantum));
    std::vector<double> times;
    std::vector<double> ratios;
    for (auto _ : state)
        for (int i = 0; i < 7; ++i) {
            const std::vector<double> ofLong = viewTimes(*longRun);
            ratios.push_back(median(ofLong) / median(viewTimes(*shortRun)));
            times.insert(times.end(), ofLong.begin(), ofLong.end());
        }
    std::sort(times.begin(), times.end());
    const std::string title = std::string("timeline, 8 tracks of 1920 pixels of 100 million steps, ")
                            + (often ? "random quanta of 1 to 3" : "quantum 50");
    state.counters["median ms"] = median(times);
    report(state, "95% ms", times[times.size() * 95 / 100], Goal::AtMost, 4, "ms", title + ", 95 of 100");
    report(state, "worst ms", times.back(), Goal::AtMost, 16, "ms", title + ", worst");
    report(state, "ratio", median(ratios), Goal::AtMost, 2, "times", title + ", beside 100 thousand");
}
BENCHMARK(timelineQuery)->Arg(0)->Arg(1)->Iterations(1)->Unit(benchmark::kMillisecond);

// A track on which little happens beside one on which much does, in the same views.
void timelineSparse(benchmark::State& state)
{
    constexpr int pixels = 1920;
    const auto index = TimelineIndex::build(*counterRun(1e8, Policy::RoundRobin, 50, true));
    std::mt19937_64 random(2);
    std::uniform_real_distribution<double> unit(0, 1);
    const auto whole = static_cast<double>(index->end());
    std::vector<double> busy;
    std::vector<double> sparse;
    std::vector<TimelineCell> cells;
    for (auto _ : state)
        for (int view = 0; view < 500; ++view) {
            const double length = pixels * std::exp2(unit(random) * std::log2(whole / pixels));
            const auto from = static_cast<Time>(unit(random) * (whole - length));
            for (const std::uint32_t track : {0U, 7U}) {
                const auto begin = Clock::now();
                index->query({TrackName::Kind::Thread, track}, from, from + static_cast<Time>(length), pixels, cells);
                (track == 0 ? busy : sparse).push_back(nanosecondsSince(begin));
            }
        }
    std::sort(busy.begin(), busy.end());
    std::sort(sparse.begin(), sparse.end());
    const std::string title = "timeline, a sparse track beside a busy one";
    report(state, "median", median(sparse) / median(busy), Goal::AtMost, 1.1, "times", title + ", median");
    report(state, "95%", sparse[475] / busy[475], Goal::AtMost, 1.1, "times", title + ", 95 of 100");
}
BENCHMARK(timelineSparse)->Iterations(1)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace interleave::bench
