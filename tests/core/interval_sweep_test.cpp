// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/interval_sweep.h"

#include "history/ledger.h"
#include "program/assembler.h"
#include "program/builtin.h"
#include "store/sweep_csv.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace interleave {
namespace {

IntervalSweepPlan planOf(BuiltIn id, std::int64_t iterations, std::uint64_t quanta)
{
    const BuiltInProgram& builtIn = builtInProgram(id);
    AssemblyOptions options;
    options.extensions = true;
    auto program = assemble(builtIn.assembly, options);
    EXPECT_TRUE(program.hasValue());
    IntervalSweepPlan plan;
    plan.program = std::make_shared<const Program>(std::move(*program));
    plan.name = builtIn.name;
    plan.settings.registers = {{{Register::Bx, Integer(iterations)}}};
    plan.settings.counter = builtIn.counter;
    plan.quanta = quanta;
    return plan;
}

TEST(IntervalSweep, RunsEveryQuantumToTwoHundredAndFewerBeyond)
{
    IntervalSweepPlan plan;
    plan.quanta = 7;
    EXPECT_EQ(plan.steps(), (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7}));
    plan.quanta = IntervalSweepPlan::mostQuantum;
    const auto steps = plan.steps();
    EXPECT_EQ(steps[199], 200U);
    EXPECT_EQ(steps.back(), IntervalSweepPlan::mostQuantum);
    EXPECT_TRUE(std::is_sorted(steps.begin(), steps.end()));
    EXPECT_EQ(std::adjacent_find(steps.begin(), steps.end()), steps.end());
    EXPECT_LT(steps.size(), 650U);
    for (std::size_t i = 200; i + 1 < steps.size(); ++i)
        EXPECT_LT(static_cast<double>(steps[i]), static_cast<double>(steps[i - 1]) * 1.03);
}

// The known answers of the dialect's counter loop: 2 threads x 1000.
TEST(IntervalSweep, FindsTheKnownAnswers)
{
    auto plan = planOf(BuiltIn::UnlockedCounter, 1000, 50);
    plan.settings.policy = Policy::Interval;
    const auto sweep = sweepIntervals(plan);
    ASSERT_TRUE(sweep.hasValue());
    ASSERT_EQ(sweep->runs.size(), 50U);
    EXPECT_EQ(sweep->counter, "g_num");
    EXPECT_EQ(sweep->expected(), 2000);
    EXPECT_EQ(sweep->runs[49].final, 1640);
    EXPECT_EQ(sweep->runs[2].final, 2000);
    EXPECT_EQ(sweep->runs[6].final, 1571);
    for (const SweepRun& run : sweep->runs) {
        EXPECT_TRUE(run.counted);
        EXPECT_EQ(run.outcome, Outcome::Finished);
        EXPECT_EQ(run.final + static_cast<std::int64_t>(run.lost), 2000) << run.quantum;
    }
}

TEST(IntervalSweep, EqualsSingleRuns)
{
    auto plan = planOf(BuiltIn::UnlockedCounter, 20, 12);
    plan.settings.policy = Policy::Random;
    plan.settings.seed = 40;
    plan.seeds = 3;
    const auto sweep = sweepIntervals(plan);
    ASSERT_TRUE(sweep.hasValue());
    ASSERT_EQ(sweep->runs.size(), 36U);
    EXPECT_EQ(plan.runs(), 36U);
    bool differs = false;
    for (std::size_t i = 0; i < sweep->runs.size(); ++i) {
        const SweepRun& run = sweep->runs[i];
        EXPECT_EQ(run.quantum, i / 3 + 1);
        EXPECT_EQ(run.seed, 40 + i % 3);
        MachineSettings settings = plan.settings;
        settings.quantum = run.quantum;
        settings.seed = run.seed;
        const auto history = MachineHistory::run(plan.program, settings);
        ASSERT_TRUE(history.hasValue());
        EXPECT_EQ(run.final, (*history)->state((*history)->steps()).counter);
        EXPECT_EQ(run.lost, (*history)->ledger().lost());
        differs = differs || run.final != sweep->runs[i - i % 3].final;
    }
    EXPECT_TRUE(differs); // or the seeds would be for nothing
}

TEST(IntervalSweep, PoliciesWithoutAQuantumBecomeRoundRobin)
{
    for (const Policy policy : {Policy::Manual, Policy::Replay, Policy::Pct}) {
        auto plan = planOf(BuiltIn::UnlockedCounter, 3, 4);
        plan.settings.policy = policy;
        plan.settings.schedule = {{0, 1}};
        const auto sweep = sweepIntervals(plan);
        ASSERT_TRUE(sweep.hasValue());
        EXPECT_EQ(sweep->plan.settings.policy, Policy::RoundRobin);
        EXPECT_EQ(sweep->runs.size(), 4U);
    }
}

TEST(IntervalSweep, TellsRunsThatDoNotFinish)
{
    const auto sweep = sweepIntervals(planOf(BuiltIn::DeadlockByOrder, 2, 60));
    ASSERT_TRUE(sweep.hasValue());
    const auto with = [&](Outcome outcome) { return std::ranges::count(sweep->runs, outcome, &SweepRun::outcome); };
    EXPECT_GT(with(Outcome::Deadlock), 0);
    EXPECT_GT(with(Outcome::Finished), 0);
    EXPECT_EQ(sweep->expected(), 4);
}

TEST(IntervalSweep, KnowsThatThereIsNoCounter)
{
    IntervalSweepPlan plan;
    plan.program = std::make_shared<const Program>(*assemble("    nop\n    halt\n", {}));
    plan.quanta = 3;
    const auto sweep = sweepIntervals(plan);
    ASSERT_TRUE(sweep.hasValue());
    EXPECT_TRUE(sweep->counter.empty());
    EXPECT_FALSE(sweep->expected());
    EXPECT_FALSE(sweep->runs[0].counted);
}

TEST(IntervalSweep, TellsItsProgressAndStops)
{
    const auto plan = planOf(BuiltIn::UnlockedCounter, 3, 10);
    std::vector<double> shares;
    ASSERT_TRUE(sweepIntervals(plan, {}, [&](double share) { shares.push_back(share); }).hasValue());
    EXPECT_EQ(shares.size(), 10U);
    EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
    EXPECT_EQ(shares.back(), 1.0);

    std::stop_source source;
    int runs = 0;
    const auto stopped = sweepIntervals(plan, source.get_token(), [&](double) {
        if (++runs == 4)
            source.request_stop();
    });
    ASSERT_FALSE(stopped.hasValue());
    EXPECT_EQ(stopped.error().kind, MachineError::Kind::Cancelled);
    EXPECT_EQ(runs, 4);
}

TEST(IntervalSweep, RefusesWhatIsOutOfRange)
{
    auto plan = planOf(BuiltIn::UnlockedCounter, 3, 0);
    EXPECT_FALSE(sweepIntervals(plan).hasValue());
    plan.quanta = IntervalSweepPlan::mostQuantum + 1;
    EXPECT_FALSE(sweepIntervals(plan).hasValue());
    plan.quanta = 5;
    plan.seeds = 0;
    EXPECT_FALSE(sweepIntervals(plan).hasValue());
    plan.seeds = 1;
    plan.settings.threads = 0;
    EXPECT_FALSE(sweepIntervals(plan).hasValue());
}

TEST(IntervalSweep, IsWrittenAsCsv)
{
    IntervalSweep sweep;
    sweep.plan.name = "my \"own\", first.s";
    sweep.plan.settings.threads = 3;
    sweep.runs.push_back({4, 9, Outcome::Finished, true, -2, 6, 1});
    sweep.runs.push_back({5, 9, Outcome::Deadlock, false, 0, 0, 0});
    EXPECT_EQ(toCsv(sweep), "program,threads,cores,scheduler,switch_cost,quantum,seed,outcome,expected,final,lost\r\n"
                            "\"my \"\"own\"\", first.s\",3,1,round-robin,0,4,9,finished,6,-2,1\r\n"
                            "\"my \"\"own\"\", first.s\",3,1,round-robin,0,5,9,deadlock,,,\r\n");
}

} // namespace
} // namespace interleave
