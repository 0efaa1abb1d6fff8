// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/scheduler/interval.h"
#include "machine/scheduler/random_interval.h"

#include "machine/classroom/countdown.h"
#include "machine/classroom/turns.h"

#include "fake_machine.h"

namespace interleave {
namespace {

constexpr std::size_t noLimit = 100'000;

// Who executes in the classroom simulator, whose rule is driven as ClassroomSimulator::run drives it.
std::vector<ThreadIndex> classroomOrder(const std::vector<FakeProgram>& programs, std::int64_t interval, bool random,
                                        std::int64_t seed)
{
    Turns turns(programs.size(), {});
    Countdown countdown(interval, random, Integer(seed));
    std::vector<std::size_t> at(programs.size(), 0);
    std::vector<ThreadIndex> order;
    while (!turns.allDone()) {
        const std::size_t thread = turns.current();
        const FakeOp::Kind kind = programs[thread][at[thread]++].kind;
        order.push_back(static_cast<ThreadIndex>(thread));
        if (kind == FakeOp::Kind::Halt) {
            turns.finishCurrent();
            if (turns.allDone())
                break;
            turns.advance();
        }
        const bool interrupted = countdown.countDown();
        if (interrupted || kind == FakeOp::Kind::Yield) {
            countdown.restart();
            turns.advance();
        }
    }
    return order;
}

std::vector<ThreadIndex> orderUnder(Scheduler& scheduler, const std::vector<FakeProgram>& programs, CoreIndex cores = 1)
{
    FakeMachine machine(programs, cores, 0, noLimit);
    EXPECT_EQ(machine.run(scheduler), FakeMachine::Ending::Finished);
    return machine.order();
}

TEST(IntervalTest, ComesOutAsInTheClassroomSimulator)
{
    Draw draw(1);
    std::size_t haltsOnABoundary = 0;
    for (int round = 0; round < 4000; ++round) {
        std::vector<FakeProgram> programs(draw.between(1, 6));
        for (FakeProgram& program : programs) {
            program = computing(draw.between(0, 40));
            for (std::size_t i = 0; i + 1 < program.size(); ++i)
                if (draw.oneIn(15))
                    program[i].kind = FakeOp::Kind::Yield;
        }
        const std::uint32_t interval = draw.between(1, 20);
        const std::uint64_t seed = draw.below(1'000'000);
        haltsOnABoundary += programs[0].size() % interval == 0 ? 1U : 0U;

        Interval fixed(interval);
        ASSERT_EQ(orderUnder(fixed, programs), classroomOrder(programs, interval, false, 0)) << "round " << round;
        RandomInterval random(interval, seed);
        ASSERT_EQ(orderUnder(random, programs),
                  classroomOrder(programs, interval, true, static_cast<std::int64_t>(seed)))
            << "round " << round;
    }
    EXPECT_GT(haltsOnABoundary, 100U);
}

TEST(IntervalTest, SkipsAThreadWhenAHaltFallsOnTheBoundary)
{
    // Thread 0 halts with its third instruction, which is that of the interrupt, too: thread 1 is passed over.
    Interval scheduler(3);
    EXPECT_EQ(orderUnder(scheduler, {computing(2), computing(3), computing(3)}),
              (std::vector<ThreadIndex>{0, 0, 0, 2, 2, 2, 1, 1, 1, 2, 1}));
}

TEST(IntervalTest, GoesOnCountingAfterAHalt)
{
    // Thread 0 halts after two of five: thread 1 is interrupted after three.
    Interval scheduler(5);
    EXPECT_EQ(orderUnder(scheduler, {computing(1), computing(6), computing(6)}),
              (std::vector<ThreadIndex>{0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 1, 1, 1, 1, 2, 2}));
}

TEST(IntervalTest, CountsDownOnEachCore)
{
    FakeMachine machine({computing(5), computing(5), computing(5)}, 2, 0, noLimit);
    Interval scheduler(3);
    EXPECT_EQ(machine.run(scheduler), FakeMachine::Ending::Finished);
    // By tick, core 0 first. Both are interrupted in the same tick: core 0 takes 2 and leaves 0 to core 1.
    EXPECT_EQ(machine.order(), (std::vector<ThreadIndex>{0, 1, 0, 1, 0, 1, 2, 0, 2, 0, 2, 0, 1, 2, 1, 2, 1, 2}));
}

TEST(RandomIntervalTest, DrawsTheIntervalsOfTheDialect)
{
    // Two threads without end: the slices are the intervals.
    for (const auto& [seed, intervals] : {std::pair{0, std::vector{43, 38, 22, 13, 26, 21, 40, 16}},
                                          std::pair{1, std::vector{7, 43, 39, 13, 25, 23, 33, 40}}}) {
        RandomInterval scheduler(50, static_cast<std::uint64_t>(seed));
        FakeMachine machine({computing(1000), computing(1000)}, 1, 0, noLimit);
        machine.run(scheduler);
        const Schedule schedule = machine.schedule();
        ASSERT_GE(schedule.size(), intervals.size());
        for (std::size_t i = 0; i < intervals.size(); ++i)
            EXPECT_EQ(schedule[i].count, static_cast<std::uint64_t>(intervals[i])) << "seed " << seed;
    }
}

TEST(RandomIntervalTest, TakesAnySeed)
{
    RandomInterval large(50, UINT64_MAX);
    FakeMachine machine({computing(100), computing(100)}, 1, 0, noLimit);
    EXPECT_EQ(machine.run(large), FakeMachine::Ending::Finished);
    Countdown countdown(50, true, *Integer::parsed("18446744073709551615"));
    std::uint64_t interval = 1;
    while (!countdown.countDown())
        ++interval;
    EXPECT_EQ(machine.schedule().front().count, interval);
}

} // namespace
} // namespace interleave
