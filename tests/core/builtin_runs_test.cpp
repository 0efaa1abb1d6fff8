// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/ledger.h"
#include "machine/machine_history.h"
#include "program/assembler.h"
#include "program/builtin.h"

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace interleave {
namespace {

using Recorded = std::shared_ptr<const MachineHistory>;

constexpr std::array preemptive{Policy::RoundRobin, Policy::Random, Policy::Interval, Policy::RandomInterval};
// A spinlock never ends under PCT when the one who spins has the highest priority: its holder never runs.
constexpr std::array everyPolicy{Policy::RoundRobin, Policy::Random, Policy::Interval, Policy::RandomInterval,
                                 Policy::Pct};

std::shared_ptr<const Program> codeOf(BuiltIn id)
{
    static std::map<BuiltIn, std::shared_ptr<const Program>> known;
    auto& code = known[id];
    if (!code) {
        AssemblyOptions options;
        options.extensions = true;
        auto result = assemble(builtInProgram(id).assembly, options);
        if (!result)
            ADD_FAILURE() << builtInProgram(id).name << ":" << result.error().line << " " << result.error().word;
        else
            code = std::make_shared<const Program>(std::move(result).value());
    }
    return code;
}

struct Setting {
    ThreadIndex threads = 2;
    std::int64_t rounds = 3;
    CoreIndex cores = 1;
    Policy policy = Policy::Random;
    std::uint64_t quantum = 5;
    std::uint64_t seed = 0;
    std::uint64_t maxSteps = 1'000'000;

    friend void PrintTo(const Setting& s, std::ostream* out)
    {
        *out << s.threads << " threads, " << s.rounds << " rounds, " << s.cores << " cores, " << nameOf(s.policy)
             << ", quantum " << s.quantum << ", seed " << s.seed;
    }
};

Recorded runOf(BuiltIn id, const Setting& setting)
{
    const BuiltInProgram& program = builtInProgram(id);
    MachineSettings settings;
    settings.threads = setting.threads;
    settings.cores = setting.cores;
    settings.policy = setting.policy;
    settings.quantum = setting.quantum;
    settings.seed = setting.seed;
    settings.maxSteps = setting.maxSteps;
    if (program.iterations)
        settings.registers = {{{*program.iterations, Integer(setting.rounds)}}};
    settings.counter = program.counter;
    auto run = MachineHistory::run(codeOf(id), settings);
    if (!run) {
        ADD_FAILURE() << program.name << " is refused: kind " << static_cast<int>(run.error().kind);
        return nullptr;
    }
    return std::move(run).value();
}

std::int64_t finalOf(const MachineHistory& run, std::string_view variable)
{
    const Variable* const found = run.program().variableNamed(variable);
    if (!found) {
        ADD_FAILURE() << "no variable " << variable;
        return -1;
    }
    return run.machineState(run.steps()).cells.value(found->address).small();
}

// Every combination that is worth a run, each given to `check`.
template <typename Policies, typename Check>
void forSettings(const Policies& policies, std::initializer_list<ThreadIndex> threads, std::int64_t rounds, Check check)
{
    for (const Policy policy : policies)
        for (const ThreadIndex count : threads)
            for (const CoreIndex cores : {1U, 2U, 4U})
                for (const std::uint64_t quantum : {1U, 3U, 7U, 50U})
                    for (std::uint64_t seed = 0; seed < 4; ++seed) {
                        Setting setting;
                        setting.threads = count;
                        setting.rounds = rounds;
                        setting.cores = cores;
                        setting.policy = policy;
                        setting.quantum = quantum;
                        setting.seed = seed;
                        SCOPED_TRACE(testing::PrintToString(setting));
                        check(setting);
                        if (testing::Test::HasFailure())
                            return;
                    }
}

// Between a thread's load of the counter and its store nobody else touches the counter.
bool excludes(const MachineHistory& run)
{
    ThreadIndex inside = noThread;
    for (Step step = 0; step < run.steps(); ++step) {
        const Event event = run.event(step);
        if (event.kind != EventKind::Load && event.kind != EventKind::Store)
            continue;
        if (inside != noThread && inside != event.thread)
            return false;
        inside = event.kind == EventKind::Load ? event.thread : noThread;
    }
    return true;
}

void expectNothingLost(BuiltIn id, const Setting& setting)
{
    const Recorded run = runOf(id, setting);
    ASSERT_TRUE(run);
    ASSERT_EQ(run->outcome(), Outcome::Finished);
    const std::int64_t all = std::int64_t{setting.threads} * setting.rounds;
    EXPECT_EQ(finalOf(*run, "g_num"), all);
    ASSERT_TRUE(run->counter());
    EXPECT_EQ(run->counter()->name, "g_num");
    EXPECT_EQ(run->ledger().lost(), 0U);
    EXPECT_EQ(run->ledger().surviving(), static_cast<std::uint64_t>(all));
    EXPECT_EQ(run->expected(), Integer(all));
}

TEST(BuiltInRuns, BlockingLocksLoseNothing)
{
    for (const BuiltIn id : {BuiltIn::LockAroundLoop, BuiltIn::LockAroundIncrement}) {
        SCOPED_TRACE(builtInProgram(id).name);
        forSettings(everyPolicy, {1, 2, 3, 5}, 3, [id](const Setting& s) {
            expectNothingLost(id, s);
            EXPECT_TRUE(excludes(*runOf(id, s)));
        });
    }
}

TEST(BuiltInRuns, AtomicsLoseNothing)
{
    for (const BuiltIn id : {BuiltIn::CompareAndSwap, BuiltIn::FetchAndAdd}) {
        SCOPED_TRACE(builtInProgram(id).name);
        forSettings(everyPolicy, {1, 2, 3, 5}, 3, [id](const Setting& s) { expectNothingLost(id, s); });
    }
}

TEST(BuiltInRuns, SpinlocksLoseNothing)
{
    for (const BuiltIn id : {BuiltIn::TestAndSet, BuiltIn::TestAndTestAndSet, BuiltIn::TicketLock}) {
        SCOPED_TRACE(builtInProgram(id).name);
        forSettings(preemptive, {1, 2, 3, 5}, 3, [id](const Setting& s) {
            expectNothingLost(id, s);
            EXPECT_TRUE(excludes(*runOf(id, s)));
        });
    }
}

TEST(BuiltInRuns, PetersonExcludesForEverySeed)
{
    forSettings(preemptive, {2}, 4, [](const Setting& s) {
        expectNothingLost(BuiltIn::Peterson, s);
        EXPECT_TRUE(excludes(*runOf(BuiltIn::Peterson, s)));
    });
    Setting setting;
    setting.quantum = 3;
    for (setting.seed = 100; setting.seed < 600; ++setting.seed) {
        SCOPED_TRACE(testing::PrintToString(setting));
        expectNothingLost(BuiltIn::Peterson, setting);
    }
}

// Threads take their tickets in some order, and enter in that one.
TEST(BuiltInRuns, TicketLockServesInTheOrderOfTheTickets)
{
    const auto code = codeOf(BuiltIn::TicketLock);
    const std::int64_t ticket = code->variableNamed("ticket")->address;
    Setting setting;
    setting.threads = 4;
    for (; setting.seed < 50; ++setting.seed) {
        const Recorded run = runOf(BuiltIn::TicketLock, setting);
        ASSERT_TRUE(run);
        std::vector<ThreadIndex> drawn;
        std::vector<ThreadIndex> entered;
        for (Step step = 0; step < run->steps(); ++step) {
            const MachineStep now = run->machineStep(step);
            if (now.written && now.written->address == ticket)
                drawn.push_back(now.event.thread);
            if (now.event.kind == EventKind::Store)
                entered.push_back(now.event.thread);
        }
        EXPECT_EQ(drawn.size(), 12U);
        EXPECT_EQ(entered, drawn) << "seed " << setting.seed;
    }
}

TEST(BuiltInRuns, RacesLoseUpdatesForSomeSeedsAndNotForAll)
{
    for (const BuiltIn id : {BuiltIn::UnlockedCounter, BuiltIn::BrokenFlagLock}) {
        SCOPED_TRACE(builtInProgram(id).name);
        std::size_t runs = 0;
        std::size_t losing = 0;
        Setting setting;
        setting.quantum = 8;
        for (; setting.seed < 200; ++setting.seed) {
            const Recorded run = runOf(id, setting);
            ASSERT_TRUE(run);
            ASSERT_EQ(run->outcome(), Outcome::Finished);
            ++runs;
            losing += std::size_t{run->ledger().lost() > 0};
            EXPECT_EQ(finalOf(*run, "g_num") + static_cast<std::int64_t>(run->ledger().lost()), 6);
            EXPECT_EQ(run->expected(), Integer(6));
        }
        EXPECT_GT(losing, 0U);
        EXPECT_LT(losing, runs);
    }
}

// As the command line begins: round robin.
Recorded firstRunOf(BuiltIn id)
{
    const MachineSettings untouched;
    const BuiltInProgram& program = builtInProgram(id);
    Setting setting;
    setting.threads = program.threads;
    setting.cores = program.cores;
    if (program.iterations)
        setting.rounds = std::stoll(std::string(program.startRegisters.substr(program.startRegisters.find('=') + 1)));
    setting.policy = untouched.policy;
    setting.quantum = untouched.quantum;
    return runOf(id, setting);
}

TEST(BuiltInRuns, FirstRunAlreadyShowsWhatTheProgramIsAbout)
{
    for (const BuiltInProgram& program : builtInPrograms()) {
        const Recorded run = firstRunOf(program.id);
        ASSERT_TRUE(run);
        const bool deadlocks = program.id == BuiltIn::DeadlockByOrder;
        EXPECT_EQ(run->outcome(), deadlocks ? Outcome::Deadlock : Outcome::Finished) << program.name;
        if (deadlocks)
            continue; // before the second thread came to the counter
        ASSERT_TRUE(run->counter()) << program.name;
        EXPECT_EQ(run->counter()->name, program.counter);
        const bool loses = program.id == BuiltIn::OneUpdate || program.id == BuiltIn::UnlockedCounter;
        EXPECT_EQ(run->ledger().lost() > 0, loses) << program.name;
    }
}

// What the window opens on: two loads of 0, two adds, two stores of 1, and one of the two updates is lost.
TEST(BuiltInRuns, OneUpdateEachLosesOneOfTwo)
{
    const Recorded run = firstRunOf(BuiltIn::OneUpdate);
    ASSERT_TRUE(run);
    std::string told;
    for (Step step = 0; step < run->steps(); ++step) {
        const Event event = run->event(step);
        const char* const what = event.kind == EventKind::Load  ? "load"
                               : event.kind == EventKind::Add   ? "add"
                               : event.kind == EventKind::Store ? "store"
                                                                : nullptr;
        if (what)
            told += std::string(1, static_cast<char>('A' + event.thread)) + " " + what + " "
                  + std::to_string(event.value) + "\n";
    }
    EXPECT_EQ(told, "A load 0\nB load 0\nA add 1\nB add 1\nA store 1\nB store 1\n");
    EXPECT_EQ(run->ledger().lost(), 1U);
    EXPECT_EQ(finalOf(*run, "g_num"), 1);
    const MachineState end = run->machineState(run->steps());
    EXPECT_EQ(end.involuntarySwitches, 0U);
}

TEST(BuiltInRuns, UnlockedCounterEndsWhereTheClassroomSimulatorDoes)
{
    const std::map<std::uint64_t, std::int64_t> ends{{50, 1640}, {3, 2000}, {7, 1571}};
    for (const auto& [quantum, end] : ends) {
        Setting setting;
        setting.rounds = 1000;
        setting.policy = Policy::Interval;
        setting.quantum = quantum;
        const Recorded run = runOf(BuiltIn::UnlockedCounter, setting);
        ASSERT_TRUE(run);
        EXPECT_EQ(finalOf(*run, "g_num"), end) << "interval " << quantum;
    }
}

// Whoever waits at the end of a deadlock waits, from holder to holder, for a thread that waits as well.
void expectCycle(const MachineHistory& run)
{
    const std::vector<WaitingThread> waiting = run.deadlock();
    ASSERT_FALSE(waiting.empty());
    std::map<ThreadIndex, ThreadIndex> waitsFor;
    for (const WaitingThread& w : waiting)
        waitsFor[w.thread] = w.heldBy;
    ThreadIndex thread = waiting.front().thread;
    for (std::size_t i = 0; i <= waiting.size(); ++i) {
        ASSERT_TRUE(waitsFor.contains(thread)) << "thread " << thread << " does not wait";
        thread = waitsFor[thread];
    }
}

struct Endings {
    std::size_t deadlocks = 0;
    std::size_t finished = 0;
};

template <typename Finished>
Endings endingsOf(BuiltIn id, Setting setting, std::uint64_t seeds, Finished finished)
{
    Endings endings;
    for (; setting.seed < seeds; ++setting.seed) {
        SCOPED_TRACE(testing::PrintToString(setting));
        const Recorded run = runOf(id, setting);
        if (!run)
            return endings;
        EXPECT_TRUE(run->outcome() == Outcome::Deadlock || run->outcome() == Outcome::Finished);
        if (run->outcome() == Outcome::Deadlock) {
            ++endings.deadlocks;
            expectCycle(*run);
        } else {
            ++endings.finished;
            EXPECT_TRUE(run->deadlock().empty());
            finished(*run);
        }
    }
    return endings;
}

TEST(BuiltInRuns, OppositeOrdersDeadlockForSomeSeedsAndFinishForOthers)
{
    const auto code = codeOf(BuiltIn::DeadlockByOrder);
    const std::set<std::int64_t> locks{code->variableNamed("left")->address, code->variableNamed("right")->address};
    for (const ThreadIndex threads : {2U, 3U, 4U}) {
        Setting setting;
        setting.threads = threads;
        setting.quantum = 60;
        const Endings endings = endingsOf(BuiltIn::DeadlockByOrder, setting, 100, [&](const MachineHistory& run) {
            EXPECT_EQ(finalOf(run, "g_num"), std::int64_t{threads} * setting.rounds);
            EXPECT_EQ(run.ledger().lost(), 0U);
        });
        EXPECT_GT(endings.deadlocks, 0U);
        EXPECT_GT(endings.finished, 0U);
    }
    // Two threads: each waits for the lock that the other holds, and the locks are the two there are.
    Setting setting;
    setting.quantum = 12;
    for (; setting.seed < 100; ++setting.seed) {
        const Recorded run = runOf(BuiltIn::DeadlockByOrder, setting);
        ASSERT_TRUE(run);
        if (run->outcome() != Outcome::Deadlock)
            continue;
        const auto waiting = run->deadlock();
        ASSERT_EQ(waiting.size(), 2U);
        EXPECT_EQ(waiting[0].heldBy, waiting[1].thread);
        EXPECT_EQ(waiting[1].heldBy, waiting[0].thread);
        EXPECT_EQ((std::set<std::int64_t>{waiting[0].lock, waiting[1].lock}), locks);
    }
}

TEST(BuiltInRuns, PhilosophersStarveForSomeSeedsAndEatForOthers)
{
    for (const ThreadIndex threads : {2U, 3U, 5U}) {
        Setting setting;
        setting.threads = threads;
        setting.quantum = 30;
        const Endings endings = endingsOf(BuiltIn::DiningPhilosophers, setting, 200, [&](const MachineHistory& run) {
            EXPECT_EQ(finalOf(run, "meals"), std::int64_t{threads} * setting.rounds);
        });
        EXPECT_GT(endings.deadlocks, 0U) << threads << " threads";
        EXPECT_GT(endings.finished, 0U) << threads << " threads";
    }
}

// A hundred at the table, as many as the machine has threads: there is a fork for each.
TEST(BuiltInRuns, PhilosophersFillTheTable)
{
    const BuiltInProgram& program = builtInProgram(BuiltIn::DiningPhilosophers);
    EXPECT_EQ(program.mostThreads, MachineSettings::mostThreads);
    EXPECT_EQ(codeOf(program.id)->variableNamed("forks")->cells, program.mostThreads);
    Setting setting;
    setting.threads = program.mostThreads;
    setting.policy = Policy::RoundRobin;
    setting.quantum = 1000;
    const Recorded run = runOf(program.id, setting);
    ASSERT_TRUE(run);
    EXPECT_EQ(run->outcome(), Outcome::Finished);
    EXPECT_EQ(finalOf(*run, "meals"), 300);
}

// What was put into the ring, in order, and what was taken out of it.
void expectDeliveredOnce(const MachineHistory& run, std::int64_t items)
{
    const Variable& ring = *run.program().variableNamed("ring");
    const auto inRing = [&](const std::optional<CellAccess>& access) {
        return access && access->address >= ring.address && access->address < ring.address + ring.cells * cellDistance;
    };
    std::vector<std::int64_t> made;
    std::vector<std::int64_t> taken;
    for (Step step = 0; step < run.steps(); ++step) {
        const MachineStep now = run.machineStep(step);
        if (inRing(now.written))
            made.push_back(now.written->after.small());
        else if (inRing(now.read))
            taken.push_back(now.read->after.small());
        ASSERT_LE(taken.size(), made.size());
        ASSERT_LE(made.size() - taken.size(), static_cast<std::size_t>(ring.cells)) << "more than the ring holds";
    }
    std::vector<std::int64_t> expected(static_cast<std::size_t>(items));
    std::iota(expected.begin(), expected.end(), 1);
    EXPECT_EQ(made, expected);
    EXPECT_EQ(taken, expected) << "first in, first out";
}

TEST(BuiltInRuns, BoundedBufferDeliversEverythingExactlyOnce)
{
    bool someoneSlept = false;
    forSettings(everyPolicy, {2, 4, 6}, 6, [&someoneSlept](const Setting& s) {
        const Recorded run = runOf(BuiltIn::BoundedBuffer, s);
        ASSERT_TRUE(run);
        ASSERT_EQ(run->outcome(), Outcome::Finished);
        const std::int64_t items = std::int64_t{s.threads} / 2 * s.rounds;
        expectDeliveredOnce(*run, items);
        EXPECT_EQ(finalOf(*run, "filled"), 0);
        EXPECT_EQ(finalOf(*run, "total"), items * (items + 1) / 2);
        EXPECT_EQ(run->ledger().lost(), 0U);
        for (Step step = 0; step < run->steps() && !someoneSlept; ++step)
            someoneSlept = run->event(step).kind == EventKind::Sleep;
    });
    EXPECT_TRUE(someoneSlept);
}

// What the odd producer makes stays in the ring, which holds as much by default.
TEST(BuiltInRuns, BoundedBufferFinishesWithAnOddThread)
{
    for (const ThreadIndex threads : {3U, 5U, 7U}) {
        Setting setting;
        setting.threads = threads;
        setting.rounds = 4; // "bx=4"
        const Recorded run = runOf(BuiltIn::BoundedBuffer, setting);
        ASSERT_TRUE(run);
        EXPECT_EQ(run->outcome(), Outcome::Finished);
        EXPECT_EQ(finalOf(*run, "filled"), 4);
    }
    EXPECT_EQ(builtInProgram(BuiltIn::BoundedBuffer).startRegisters, "bx=4");
}

TEST(BuiltInRuns, WorkersFinishWithTheirResults)
{
    forSettings(everyPolicy, {1, 2, 5}, 7, [](const Setting& s) {
        const Recorded io = runOf(BuiltIn::IoBound, s);
        ASSERT_TRUE(io);
        EXPECT_EQ(io->outcome(), Outcome::Finished);
        EXPECT_EQ(finalOf(*io, "answers"), std::int64_t{s.threads} * s.rounds);
        const Recorded cpu = runOf(BuiltIn::CpuBound, s);
        ASSERT_TRUE(cpu);
        EXPECT_EQ(cpu->outcome(), Outcome::Finished);
        EXPECT_EQ(finalOf(*cpu, "total"), std::int64_t{s.threads} * s.rounds * (s.rounds + 1) / 2);
    });
}

// The difference that the two are there to show: who leaves the core of itself, and who is preempted.
TEST(BuiltInRuns, IoBoundLeavesItsCoreAndCpuBoundIsPreempted)
{
    Setting setting;
    setting.threads = 3;
    setting.policy = Policy::RoundRobin;
    setting.quantum = 50;
    const Recorded io = runOf(BuiltIn::IoBound, setting);
    setting.rounds = 50;
    const Recorded cpu = runOf(BuiltIn::CpuBound, setting);
    setting.quantum = 10;
    const Recorded shorter = runOf(BuiltIn::CpuBound, setting);
    ASSERT_TRUE(io && cpu && shorter);
    const MachineState ioEnd = io->machineState(io->steps());
    EXPECT_GE(ioEnd.voluntarySwitches, 6U);
    EXPECT_EQ(ioEnd.involuntarySwitches, 0U);
    const MachineState cpuEnd = cpu->machineState(cpu->steps());
    EXPECT_GE(cpuEnd.involuntarySwitches, 6U);
    EXPECT_EQ(std::count_if(cpuEnd.threads.begin(), cpuEnd.threads.end(),
                            [](const MachineThread& t) { return t.phase != ThreadPhase::Finished; }),
              0);
    // The shorter the quantum, the more switches; one that is asleep anyway does not care.
    EXPECT_GT(shorter->machineState(shorter->steps()).involuntarySwitches, 4 * cpuEnd.involuntarySwitches);
}

} // namespace
} // namespace interleave
