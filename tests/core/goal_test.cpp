// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/goal.h"

#include "history/ledger.h"
#include "machine/manual_run.h"
#include "program/assembler.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace interleave {
namespace {

std::shared_ptr<const Program> programOf(const Goal& goal)
{
    AssemblyOptions options;
    options.extensions = true;
    auto program = assemble(builtInProgram(goal.program).assembly, options);
    EXPECT_TRUE(program.hasValue());
    return std::make_shared<const Program>(std::move(*program));
}

GoalState inTurns(const Goal& goal, std::uint64_t quantum)
{
    MachineSettings settings = settingsOf(goal);
    settings.policy = Policy::RoundRobin;
    settings.quantum = quantum;
    const auto history = MachineHistory::run(programOf(goal), settings);
    EXPECT_TRUE(history.hasValue());
    return judge(goal, **history);
}

class Goals : public testing::TestWithParam<std::size_t> {
protected:
    [[nodiscard]] static const Goal& goal() { return goals()[GetParam()]; }
};

TEST_P(Goals, CanBeReachedByPicking)
{
    const auto program = programOf(goal());
    std::mt19937 generator(7);
    for (int attempt = 0; attempt < 3000; ++attempt) {
        // As random as it gets, and in runs of one thread, as plans are made of.
        MachineSettings settings = settingsOf(goal());
        settings.policy = Policy::Random;
        settings.quantum = 1 + generator() % 24;
        settings.seed = generator();
        settings.maxSteps = 10'000;
        const auto history = MachineHistory::run(program, settings);
        ASSERT_TRUE(history.hasValue());
        if (judge(goal(), **history) != GoalState::Solved)
            continue;
        const auto schedule = (*history)->schedule(100'000);
        ASSERT_TRUE(schedule);
        auto run = ManualRun::start(program, settingsOf(goal()));
        ASSERT_TRUE(run.hasValue());
        EXPECT_EQ(judge(goal(), *run->history()), GoalState::NotYet);
        // Pick by pick, as a class does it.
        for (const ScheduleEntry& entry : *schedule)
            for (std::uint64_t i = 0; i < entry.count; ++i) {
                ASSERT_NE(judge(goal(), *run->history()), GoalState::Failed);
                ASSERT_TRUE(run->pick(entry.thread).hasValue());
            }
        EXPECT_EQ(judge(goal(), *run->history()), GoalState::Solved) << textOf(*schedule);
        return;
    }
    FAIL() << "no schedule found";
}

// What goes right by itself: long turns for those who seek trouble, alternation for those who avoid it.
TEST_P(Goals, IsNotReachedByJustTakingTurns)
{
    const bool avoidsTrouble = goal().kind == Goal::Kind::LosesNothing || goal().kind == Goal::Kind::Finishes;
    EXPECT_EQ(inTurns(goal(), avoidsTrouble ? 1 : MachineSettings().quantum), GoalState::Failed);
}

TEST_P(Goals, CanBeMissed)
{
    std::mt19937 generator(11);
    for (int attempt = 0; attempt < 3000; ++attempt) {
        MachineSettings settings = settingsOf(goal());
        settings.policy = Policy::Random;
        settings.quantum = 1 + generator() % 24;
        settings.seed = generator();
        const auto history = MachineHistory::run(programOf(goal()), settings);
        ASSERT_TRUE(history.hasValue());
        if (judge(goal(), **history) == GoalState::Failed)
            return;
    }
    FAIL() << "every schedule reaches it";
}

INSTANTIATE_TEST_SUITE_P(All, Goals, testing::Range<std::size_t>(0, goals().size()));

const Goal& endAtTwo()
{
    return *std::ranges::find(goals(), Goal::Kind::FinalValue, &Goal::kind);
}

TEST(Goal, NoQuantumEndsAtTwo)
{
    for (std::uint64_t quantum = 1; quantum <= 60; ++quantum)
        EXPECT_EQ(inTurns(endAtTwo(), quantum), GoalState::Failed) << quantum;
}

// Of all schedules of the loop's loads and stores, none ends lower: every one is walked through.
TEST(Goal, TwoIsTheSmallestThereIs)
{
    struct Walk {
        int smallest = 1000;
        void on(int counter, std::array<int, 2> done, std::array<int, 2> held)
        {
            const int all = 2 * static_cast<int>(endAtTwo().iterations); // a load, a store, and so on
            bool over = true;
            for (std::size_t t = 0; t < 2; ++t) {
                if (done[t] == all)
                    continue;
                over = false;
                auto nextDone = done;
                auto nextHeld = held;
                ++nextDone[t];
                if (done[t] % 2 == 0)
                    nextHeld[t] = counter + 1;
                on(done[t] % 2 == 0 ? counter : held[t], nextDone, nextHeld);
            }
            if (over)
                smallest = std::min(smallest, counter);
        }
    } walk;
    ASSERT_EQ(endAtTwo().threads, 2U);
    walk.on(0, {}, {});
    EXPECT_EQ(walk.smallest, endAtTwo().number);
}

TEST(Goal, FindsThoseOfAProgram)
{
    std::size_t found = 0;
    for (const BuiltInProgram& program : builtInPrograms())
        for (const Goal& goal : goalsOf(program.id)) {
            EXPECT_EQ(goal.program, program.id);
            EXPECT_GE(goal.threads, program.fewestThreads);
            ++found;
        }
    EXPECT_EQ(found, goals().size());
    EXPECT_EQ(goalsOf(BuiltIn::UnlockedCounter).size(), 3U);
}

} // namespace
} // namespace interleave
