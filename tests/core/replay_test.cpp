// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/scheduler/manual.h"
#include "machine/scheduler/replay.h"

#include "machine/scheduler/make_scheduler.h"
#include "machine/scheduler/random_walk.h"

#include "fake_machine.h"

namespace interleave {
namespace {

constexpr std::size_t noLimit = 100'000;
using Ending = FakeMachine::Ending;

Schedule scheduleFrom(const char* text, ThreadIndex threads)
{
    auto schedule = parseSchedule(text, threads);
    EXPECT_TRUE(schedule) << text;
    return schedule ? schedule.value() : Schedule();
}

std::vector<ThreadIndex> flat(const Schedule& schedule)
{
    std::vector<ThreadIndex> order;
    for (const ScheduleEntry& entry : schedule)
        order.insert(order.end(), entry.count, entry.thread);
    return order;
}

// Every run, of any program under any policy, that ends in any way, comes out the same from the schedule it reports.
TEST(ReplayTest, MakesTheSameHistoryFromTheScheduleThatARunReports)
{
    Draw draw(1);
    std::size_t endings[6] = {};
    std::size_t picksForNothing = 0;
    for (int round = 0; round < 6000; ++round) {
        const std::vector<FakeProgram> programs = randomPrograms(draw);
        MachineSettings settings;
        settings.threads = static_cast<ThreadIndex>(programs.size());
        settings.cores = draw.between(1, 4);
        settings.policy = std::array{Policy::RoundRobin, Policy::Random, Policy::Pct, Policy::Interval,
                                     Policy::RandomInterval}[draw.below(5)];
        settings.quantum = draw.between(1, 6);
        settings.seed = draw.below(1000);
        settings.pctLength = 60;
        const std::uint64_t cost = draw.oneIn(2) ? 0 : draw.between(1, 6);
        const std::size_t limit = draw.oneIn(2) ? noLimit : draw.between(1, 60);

        FakeMachine machine(programs, settings.cores, cost, limit);
        const Ending ending = machine.run(*makeScheduler(settings));
        ++endings[static_cast<std::size_t>(ending)];
        settings.policy = Policy::Replay;
        settings.schedule = machine.schedule();
        picksForNothing += !settings.schedule.empty() && settings.schedule.back().count == 0 ? 1U : 0U;

        FakeMachine again(programs, settings.cores, cost, limit);
        ASSERT_EQ(again.run(*makeScheduler(settings)), ending) << "round " << round << " " << textOf(settings.schedule);
        ASSERT_EQ(again.steps(), machine.steps()) << "round " << round << " " << textOf(settings.schedule);
    }
    // All of these took part.
    EXPECT_GT(endings[static_cast<std::size_t>(Ending::Finished)], 500U);
    EXPECT_GT(endings[static_cast<std::size_t>(Ending::StepLimit)], 500U);
    EXPECT_GT(endings[static_cast<std::size_t>(Ending::Deadlock)], 20U);
    EXPECT_GT(endings[static_cast<std::size_t>(Ending::Fault)], 100U);
    EXPECT_GT(picksForNothing, 200U);
}

// A run stopped anywhere and gone on with from a clone.
TEST(ReplayTest, GoesOnFromAClone)
{
    Draw draw(2);
    for (int round = 0; round < 200; ++round) {
        const std::vector<FakeProgram> programs = randomPrograms(draw);
        const CoreIndex cores = draw.between(1, 3);
        const auto threads = static_cast<ThreadIndex>(programs.size());
        FakeMachine machine(programs, cores, 1, noLimit);
        RandomWalk walk(3, draw.below(100));
        machine.run(walk);

        std::unique_ptr<Scheduler> scheduler = std::make_unique<Replay>(machine.schedule(), threads, cores, 50);
        // Cloned before every decision: the clone must say the same.
        class Cloning final : public Scheduler {
        public:
            explicit Cloning(std::unique_ptr<Scheduler> scheduler) : m_scheduler(std::move(scheduler)) {}
            Decision decide(const Choice& choice) override
            {
                const auto before = m_scheduler->clone();
                const Decision decision = m_scheduler->decide(choice);
                const Decision again = before->decide(choice);
                EXPECT_EQ(again.thread, decision.thread);
                EXPECT_EQ(again.slice, decision.slice);
                m_scheduler = before->clone();
                return decision;
            }
            [[nodiscard]] std::unique_ptr<Scheduler> clone() const override { return nullptr; }
            [[nodiscard]] std::size_t bytes() const override { return 0; }

        private:
            std::unique_ptr<Scheduler> m_scheduler;
        } cloning(std::move(scheduler));
        FakeMachine again(programs, cores, 1, noLimit);
        again.run(cloning);
        ASSERT_EQ(again.steps(), machine.steps()) << "round " << round;
    }
}

TEST(ReplayTest, FollowsAScheduleInstructionByInstructionOnOneCore)
{
    const Schedule schedule = scheduleFrom("1:2,0:1,1:1,2:4,0:3,1:1,2:1,0:1", 3);
    FakeMachine machine({computing(4), computing(3), computing(4)}, 1, 2, noLimit);
    Replay replay(schedule, 3, 1, 50);
    EXPECT_EQ(machine.run(replay), Ending::Finished);
    EXPECT_EQ(machine.order(), flat(schedule));
}

TEST(ReplayTest, GoesOnInTurnWhenTheScheduleIsOver)
{
    FakeMachine machine({computing(5), computing(5)}, 1, 0, noLimit);
    Replay replay(scheduleFrom("1:1", 2), 2, 1, 2);
    EXPECT_EQ(machine.run(replay), Ending::Finished);
    EXPECT_EQ(machine.order(), (std::vector<ThreadIndex>{1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0}));
}

TEST(ReplayTest, NamesTheThreadThatCannotExecute)
{
    const auto impossible = [](const char* text, std::vector<FakeProgram> programs, CoreIndex cores,
                               std::uint64_t cost) -> ThreadIndex {
        const auto threads = static_cast<ThreadIndex>(programs.size());
        FakeMachine machine(std::move(programs), cores, cost, noLimit);
        Replay replay(scheduleFrom(text, threads), threads, cores, 50);
        return machine.run(replay) == Ending::Impossible ? machine.impossible() : noThread;
    };
    // Finished, after its own halt or before its turn.
    EXPECT_EQ(impossible("0:4,1:1", {computing(2), computing(2)}, 1, 0), 0U);
    EXPECT_EQ(impossible("0:3,1:1,0:1", {computing(2), computing(2)}, 1, 0), 0U);
    // Asleep.
    EXPECT_EQ(impossible("1:1,0:1,1:1", {computing(9), {{FakeOp::Kind::Sleep, 9}, {FakeOp::Kind::Halt, 0}}}, 1, 0), 1U);
    // Waits for a lock.
    const FakeProgram locking{{FakeOp::Kind::Lock, 0}, {}, {FakeOp::Kind::Unlock, 0}, {FakeOp::Kind::Halt, 0}};
    EXPECT_EQ(impossible("0:1,1:2,0:1", {locking, locking}, 1, 0), 1U);
    EXPECT_EQ(impossible("0:3,1:3,0:1,1:1", {locking, locking}, 1, 0), noThread);
    // Two cores: nobody can hold the second one back while thread 0 executes twice.
    EXPECT_EQ(impossible("0:2,1:2", {computing(5), computing(5)}, 2, 0), 0U);
    EXPECT_EQ(impossible("0:1,1:1,0:1,1:1", {computing(5), computing(5)}, 2, 0), noThread);
}

TEST(ReplayTest, TakesAnEntryOfNothingAsAPick)
{
    // Both threads are on their way to a core when the run ends; the first core took thread 2.
    const std::vector<FakeProgram> programs{computing(3), computing(3), computing(3)};
    FakeMachine machine(programs, 2, 5, 2);
    Replay replay(scheduleFrom("2:0,1:0", 3), 3, 2, 50);
    EXPECT_EQ(machine.run(replay), Ending::StepLimit);
    EXPECT_EQ(machine.steps(), (std::vector<FakeMachine::Step>{{'p', 2, 0, 0}, {'p', 1, 1, 0}}));
}

TEST(ReplayTest, TakesScheduleOfManyEntries)
{
    Schedule schedule;
    for (int i = 0; i < 20'000; ++i)
        append(schedule, i % 2 == 0 ? 0 : 1, 1);
    for (const CoreIndex cores : {1U, 2U}) {
        FakeMachine machine({computing(9'999), computing(9'999)}, cores, 0, noLimit);
        Replay replay(schedule, 2, cores, 50);
        EXPECT_EQ(machine.run(replay), Ending::Finished);
        EXPECT_EQ(machine.schedule(), schedule);
    }
    // A clone shares it.
    EXPECT_LT(Replay(schedule, 2, 2, 50).bytes(), 1000U);
}

// A schedule cut off anywhere is followed to its end, and not a step further.
TEST(ManualTest, StopsWhereTheScheduleEnds)
{
    Draw draw(3);
    for (int round = 0; round < 1500; ++round) {
        const std::vector<FakeProgram> programs = randomPrograms(draw);
        const auto threads = static_cast<ThreadIndex>(programs.size());
        const CoreIndex cores = draw.between(1, 3);
        // With switches that take no time a schedule says on its own who was picked.
        FakeMachine machine(programs, cores, 0, noLimit);
        RandomWalk walk(draw.between(1, 4), draw.below(100));
        const Ending ending = machine.run(walk);
        const std::vector<ThreadIndex> order = machine.order();
        const std::size_t length = draw.below(order.size() + 1);
        Schedule schedule;
        for (std::size_t i = 0; i < length; ++i)
            append(schedule, order[i], 1);

        FakeMachine again(programs, cores, 0, noLimit);
        Manual manual(schedule, threads, cores);
        const Ending stopped = again.run(manual);
        if (length < order.size())
            ASSERT_EQ(stopped, Ending::Stopped) << "round " << round;
        else
            ASSERT_TRUE(stopped == ending || stopped == Ending::Stopped) << "round " << round;
        ASSERT_EQ(again.order(), std::vector<ThreadIndex>(order.begin(), order.begin() + static_cast<long>(length)));
    }
}

TEST(ManualTest, StopsAtOnceWithoutASchedule)
{
    FakeMachine machine({computing(3)}, 1, 0, noLimit);
    Manual manual({}, 1, 1);
    EXPECT_EQ(machine.run(manual), Ending::Stopped);
    EXPECT_TRUE(machine.steps().empty());
    // A pick at the end executes nothing either.
    FakeMachine picked({computing(3), computing(3)}, 1, 0, noLimit);
    Manual picking(scheduleFrom("0:2,1:0", 2), 2, 1);
    EXPECT_EQ(picked.run(picking), Ending::Stopped);
    EXPECT_EQ(picked.order(), (std::vector<ThreadIndex>{0, 0}));
}

TEST(ManualTest, SaysWhoCannotExecute)
{
    FakeMachine machine({computing(3), computing(1)}, 1, 0, noLimit);
    Manual manual(scheduleFrom("1:3", 2), 2, 1);
    EXPECT_EQ(machine.run(manual), Ending::Impossible);
    EXPECT_EQ(machine.impossible(), 1U);
}

// The schedule names the thread that core 0 is about to restore, and nobody for core 1: that is still to be said.
TEST(ManualTest, StopsWhereACoreIsLeftOpen)
{
    FakeMachine machine({computing(3), computing(3)}, 2, 4, noLimit);
    Manual manual(scheduleFrom("0:1", 2), 2, 2);
    EXPECT_EQ(machine.run(manual), Ending::Stopped);
    EXPECT_EQ(machine.steps(), (std::vector<FakeMachine::Step>{{'p', 0, 0, 0}}));
}

} // namespace
} // namespace interleave
