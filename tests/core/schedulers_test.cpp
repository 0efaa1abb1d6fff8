// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/scheduler/make_scheduler.h"
#include "machine/scheduler/random_walk.h"
#include "machine/scheduler/round_robin.h"

#include "fake_machine.h"

#include <cmath>

namespace interleave {
namespace {

constexpr std::size_t noLimit = 100'000;
using Ending = FakeMachine::Ending;

Choice choiceAmong(const std::vector<ThreadIndex>& ready, AskReason reason, ThreadIndex last)
{
    Choice choice;
    choice.ready = ready;
    choice.reason = reason;
    choice.last = last;
    choice.executed = reason == AskReason::Start ? 0 : 1;
    choice.threads = 10;
    return choice;
}

TEST(RoundRobinTest, TakesWhoHasWaitedLongest)
{
    RoundRobin scheduler(7);
    const std::vector<ThreadIndex> ready{4, 2, 9};
    for (const AskReason reason : {AskReason::Start, AskReason::SliceOver, AskReason::Yielded, AskReason::Blocked}) {
        const Decision decision = scheduler.decide(choiceAmong(ready, reason, 1));
        EXPECT_EQ(decision.thread, 4U);
        EXPECT_EQ(decision.slice, 7U);
        EXPECT_EQ(decision.kind, Decision::Kind::Run);
    }
    EXPECT_EQ(scheduler.decide(choiceAmong({}, AskReason::SliceOver, 1)).thread, 1U);
    EXPECT_EQ(scheduler.decide(choiceAmong({}, AskReason::Yielded, 1)).thread, 1U);
}

TEST(RoundRobinTest, GivesEveryoneAQuantumInTurn)
{
    FakeMachine machine({computing(4), computing(2), computing(3)}, 1, 3, noLimit);
    RoundRobin scheduler(2);
    EXPECT_EQ(machine.run(scheduler), Ending::Finished);
    EXPECT_EQ(textOf(machine.schedule()), "0:2,1:2,2:2,0:2,1:1,2:2,0:1");
}

// Chi-square of the hits against an equal share for each.
double chiSquare(const std::vector<std::size_t>& hits, std::size_t count)
{
    const double expected = static_cast<double>(count) / static_cast<double>(hits.size());
    double sum = 0;
    for (const std::size_t hit : hits)
        sum += (static_cast<double>(hit) - expected) * (static_cast<double>(hit) - expected) / expected;
    return sum;
}

TEST(RandomWalkTest, IsUniformAmongAllThatCanRun)
{
    constexpr std::size_t count = 40'000;
    const std::vector<ThreadIndex> ready{3, 0, 2};
    RandomWalk scheduler(5, 1);
    std::vector<std::size_t> threads(4, 0);
    std::vector<std::size_t> slices(5, 0);
    std::vector<std::size_t> both(20, 0);
    for (std::size_t i = 0; i < count; ++i) {
        const Decision decision = scheduler.decide(choiceAmong(ready, AskReason::SliceOver, 1));
        ASSERT_LT(decision.thread, 4U);
        ASSERT_GE(decision.slice, 1U);
        ASSERT_LE(decision.slice, 5U);
        ++threads[decision.thread];
        ++slices[decision.slice - 1];
        ++both[decision.thread * 5 + decision.slice - 1];
    }
    // 0.999 quantiles of chi-square with 3, 4 and 19 degrees of freedom.
    EXPECT_LT(chiSquare(threads, count), 16.27);
    EXPECT_LT(chiSquare(slices, count), 18.47);
    EXPECT_LT(chiSquare(both, count), 43.82);
}

TEST(RandomWalkTest, LetsAThreadThatYieldsGoOnOnlyAlone)
{
    RandomWalk scheduler(3, 1);
    const std::vector<ThreadIndex> ready{3, 0};
    for (int i = 0; i < 200; ++i) {
        EXPECT_NE(scheduler.decide(choiceAmong(ready, AskReason::Yielded, 1)).thread, 1U);
        EXPECT_NE(scheduler.decide(choiceAmong(ready, AskReason::Blocked, 1)).thread, 1U);
        EXPECT_EQ(scheduler.decide(choiceAmong({}, AskReason::Yielded, 1)).thread, 1U);
    }
}

// Two threads of one instruction each and a halt, drawn before every instruction: the orders that have thread 0 done
// before thread 1 begins are one in four, and not one in six as among the orders.
TEST(RandomWalkTest, WithAQuantumOfOneDrawsBeforeEveryInstruction)
{
    constexpr std::size_t count = 8'000;
    std::size_t inRow = 0;
    for (std::size_t seed = 0; seed < count; ++seed) {
        FakeMachine machine({computing(1), computing(1)}, 1, 0, noLimit);
        RandomWalk scheduler(1, seed);
        machine.run(scheduler);
        inRow += machine.order() == std::vector<ThreadIndex>{0, 0, 1, 1} ? 1U : 0U;
    }
    // Within four standard deviations of 1/4.
    const double deviation = std::sqrt(0.25 * 0.75 * static_cast<double>(count));
    EXPECT_NEAR(static_cast<double>(inRow), count * 0.25, 4 * deviation);
}

class EveryPolicyTest : public testing::TestWithParam<Policy> {
protected:
    static MachineSettings settingsFor(Draw& draw, ThreadIndex threads)
    {
        MachineSettings settings;
        settings.threads = threads;
        settings.cores = draw.between(1, 4);
        settings.policy = GetParam();
        settings.quantum = draw.between(1, 5);
        settings.seed = draw.below(100);
        settings.pctLength = 60;
        return settings;
    }
};

// Whom it picks can run; the same settings pick the same; and so does a clone that takes over half-way.
TEST_P(EveryPolicyTest, PicksWhoCanRunAndTheSameAgain)
{
    Draw draw(5);
    for (int round = 0; round < 300; ++round) {
        const std::vector<FakeProgram> programs = randomPrograms(draw);
        MachineSettings settings = settingsFor(draw, static_cast<ThreadIndex>(programs.size()));
        const std::uint64_t cost = draw.below(3);
        if (settings.policy == Policy::Replay || settings.policy == Policy::Manual) {
            FakeMachine machine(programs, settings.cores, cost, noLimit);
            RandomWalk walk(settings.quantum, settings.seed);
            machine.run(walk);
            settings.schedule = machine.schedule();
        }
        FakeMachine machine(programs, settings.cores, cost, noLimit);
        const auto scheduler = makeScheduler(settings);
        const auto untouched = scheduler->clone();
        std::unique_ptr<Scheduler> halfWay;
        std::size_t asked = 0;
        const std::size_t half = draw.below(40);
        machine.watch = [&](const Choice& choice, const Decision& decision) {
            if (halfWay) {
                const Decision again = halfWay->decide(choice);
                ASSERT_EQ(again.thread, decision.thread);
                ASSERT_EQ(again.slice, decision.slice);
                ASSERT_EQ(again.kind, decision.kind);
            }
            if (asked++ == half)
                halfWay = scheduler->clone();
            ASSERT_GT(scheduler->bytes(), 0U);
        };
        const Ending ending = machine.run(*scheduler);
        ASSERT_NE(ending, Ending::Impossible);
        ASSERT_NE(ending, Ending::StepLimit);

        FakeMachine again(programs, settings.cores, cost, noLimit);
        ASSERT_EQ(again.run(*untouched), ending);
        ASSERT_EQ(again.steps(), machine.steps());
    }
}

// Those that follow no schedule.
class FreePolicyTest : public EveryPolicyTest {};

// A thread that waits by yielding for another one gets it to run.
TEST_P(FreePolicyTest, DoesNotHangOnAYield)
{
    Draw draw(6);
    for (int round = 0; round < 100; ++round) {
        MachineSettings settings = settingsFor(draw, 3);
        settings.cores = 1;
        FakeProgram yielding(2'000, {FakeOp::Kind::Yield, 0});
        yielding.push_back({FakeOp::Kind::Halt, 0});
        FakeMachine machine({yielding, computing(10), yielding}, 1, 0, noLimit);
        machine.run(*makeScheduler(settings));
        const std::vector<ThreadIndex> order = machine.order();
        std::size_t lastOfOne = 0;
        for (std::size_t i = 0; i < order.size(); ++i)
            lastOfOne = order[i] == 1 ? i : lastOfOne;
        EXPECT_LT(lastOfOne, 400U) << "seed " << settings.seed;
    }
}

std::string policyCase(const testing::TestParamInfo<Policy>& tested)
{
    std::string name(nameOf(tested.param));
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Policies, EveryPolicyTest, testing::ValuesIn(policies), policyCase);
INSTANTIATE_TEST_SUITE_P(Policies, FreePolicyTest,
                         testing::Values(Policy::RoundRobin, Policy::Random, Policy::Pct, Policy::Interval,
                                         Policy::RandomInterval),
                         policyCase);

} // namespace
} // namespace interleave
