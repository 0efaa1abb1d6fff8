// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures.h"

#include "machine/classroom/simulator.h"
#include "program/assembler.h"
#ifdef INTERLEAVE_WITH_TRACE
#include "output_buffer.h"
#include "x86_trace.h"
#endif

#include <chrono>
#include <cstdio>

namespace interleave::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* counterLoop = ".var count\n.main\n.top\nmov count, %ax\nadd $1, %ax\nmov %ax, count\n"
                                    "sub $1, %bx\ntest $0, %bx\njgt .top\nhalt\n";

// 2 threads x 100,000 updates of six instructions.
ClassroomSettings twelveHundredThousand()
{
    ClassroomSettings settings;
    settings.registers = {{{Register::Bx, Integer(100'000)}}};
    return settings;
}

class NobodyWatches final : public ClassroomObserver {
public:
    void aboutToExecute(const Moment&) override {}
    void registersDumped(const Moment&) override {}
    void cellDumped(const Moment&, std::int64_t) override {}
    void executed(const Moment&, std::int64_t) override {}
    void switched(const Moment&, SwitchCause) override {}
};

// Runs it once and returns millions of instructions a second.
double speed(const Program& program, ClassroomObserver& observer)
{
    const auto begin = Clock::now();
    ClassroomSimulator simulator(program, twelveHundredThousand());
    if (simulator.run(observer) != ClassroomSimulator::Ending::Finished)
        return 0;
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    return static_cast<double>(simulator.instructions()) / seconds / 1e6;
}

void classroomUnwatched(benchmark::State& state)
{
    const auto program = assemble(counterLoop, {});
    std::vector<double> speeds;
    for (auto _ : state)
        for (int i = 0; i < 9; ++i) {
            NobodyWatches nobody;
            speeds.push_back(speed(*program, nobody));
        }
    report(state, "Minst/s", median(speeds), Goal::AtLeast, 5, "million/s",
           "interleave x86, 1.2 million instructions, nobody watches");
}
BENCHMARK(classroomUnwatched)->Iterations(1)->Unit(benchmark::kMillisecond);

#ifdef INTERLEAVE_WITH_TRACE
void classroomPrinted(benchmark::State& state)
{
    const auto program = assemble(counterLoop, {});
    X86TraceColumns columns;
    columns.cells = {{"count", firstVariableAddress}};
    columns.registers = {Register::Ax, Register::Bx};
    columns.flags = true;
    columns.values = true;
    std::vector<double> speeds;
    for (auto _ : state)
        for (int i = 0; i < 5; ++i) {
            std::FILE* const file = std::tmpfile();
            if (!file) {
                state.SkipWithError("there is no file to write to");
                return;
            }
            {
                OutputBuffer out(fileno(file));
                X86Trace trace(*program, columns, 2, out);
                speeds.push_back(speed(*program, trace));
            }
            std::fclose(file);
        }
    report(state, "Minst/s", median(speeds), Goal::AtLeast, 5, "million/s",
           "the same, cell, registers and flags traced to a file");
}
BENCHMARK(classroomPrinted)->Iterations(1)->Unit(benchmark::kMillisecond);
#endif

} // namespace
} // namespace interleave::bench
