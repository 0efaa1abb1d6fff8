// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures.h"

#include "history/ledger.h"
#include "machine/machine_history.h"
#include "program/assembler.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <random>
#include <string>

namespace interleave::bench {
namespace {

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

// Two threads on one core run the unlocked counter for about `instructions` in all.
struct CounterRun {
    Policy policy;
    std::uint64_t quantum;
    const char* name;

    [[nodiscard]] std::shared_ptr<const MachineHistory> history(std::int64_t instructions) const
    {
        const auto program = assemble(".var count\n.top\nmov count, %ax\nadd $1, %ax\nmov %ax, count\n"
                                      "sub $1, %bx\ntest $0, %bx\njgt .top\nhalt\n",
                                      {});
        MachineSettings settings;
        settings.policy = policy;
        settings.quantum = quantum;
        settings.maxSteps = MachineSettings::mostMaxSteps;
        settings.registers = {{{Register::Bx, Integer(instructions / 12)}}};
        const auto run = MachineHistory::run(std::make_shared<const Program>(*program), settings);
        return run ? *run : nullptr;
    }
};

constexpr CounterRun runs[] = {{Policy::RoundRobin, 50, "quantum 50"}, {Policy::Random, 3, "random quanta of 1 to 3"}};

void machineSpeed(benchmark::State& state)
{
    const CounterRun& run = runs[state.range(0)];
    const double goals[] = {100, 50};
    std::vector<double> speeds;
    double bytes = 0;
    for (auto _ : state)
        for (int i = 0; i < 7; ++i) {
            const auto begin = Clock::now();
            const auto history = run.history(24'000'000);
            speeds.push_back(static_cast<double>(history->instructions()) / millisecondsSince(begin) / 1e3);
            bytes = static_cast<double>(history->bytes()) / static_cast<double>(history->instructions());
        }
    const std::string title = std::string("machine, unlocked counter, ") + run.name;
    report(state, "Minst/s", median(speeds), Goal::AtLeast, goals[state.range(0)], "million/s",
           title + ", history kept");
    report(state, "bytes", bytes, Goal::AtMost, 0.1, "bytes", title + ", kept per instruction");
}
BENCHMARK(machineSpeed)->Arg(0)->Arg(1)->Iterations(1)->Unit(benchmark::kMillisecond);

void machineState(benchmark::State& state)
{
    const CounterRun& run = runs[state.range(0)];
    const auto history = run.history(100'000'000);
    const auto begin = Clock::now();
    static_cast<void>(history->ledger());
    state.counters["ledger ms"] = millisecondsSince(begin);
    std::mt19937_64 random(1);
    std::vector<double> times;
    for (auto _ : state)
        for (int i = 0; i < 2000; ++i) {
            const Step step = random() % (history->steps() + 1);
            const auto asked = Clock::now();
            benchmark::DoNotOptimize(history->state(step));
            times.push_back(millisecondsSince(asked));
        }
    const std::string title = std::string("machine, state(step) of 100 million instructions, ") + run.name;
    report(state, "median ms", median(times), Goal::AtMost, 1, "ms", title + ", median");
    std::sort(times.begin(), times.end());
    report(state, "99% ms", times[times.size() * 99 / 100], Goal::AtMost, 1, "ms", title + ", 99 of 100");
    state.counters["worst ms"] = times.back();
}
BENCHMARK(machineState)->Arg(0)->Arg(1)->Iterations(1)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace interleave::bench
