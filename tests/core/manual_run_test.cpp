// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/manual_run.h"

#include "history/ledger.h"
#include "program/assembler.h"
#include "program/builtin.h"

#include <gtest/gtest.h>
#include <random>
#include <string>

namespace interleave {
namespace {

std::shared_ptr<const Program> assembled(std::string_view source)
{
    AssemblyOptions options;
    options.extensions = true;
    auto program = assemble(source, options);
    EXPECT_TRUE(program.hasValue()) << source;
    return std::make_shared<const Program>(std::move(*program));
}

ManualRun runOf(std::string_view source, ThreadIndex threads, MachineSettings settings = {})
{
    settings.threads = threads;
    auto run = ManualRun::start(assembled(source), settings);
    EXPECT_TRUE(run.hasValue());
    return std::move(*run);
}

// Short programs of everything that can happen to a thread: jumps back that end, locks in any order, sleep, yield,
// calls, and now and then an address that is none.
std::string randomProgram(std::mt19937& generator)
{
    const auto draw = [&](std::size_t below) { return generator() % below; };
    std::string text = ".var x\n.var y\n.var m\n.var n\n.top\n";
    const std::size_t length = 3 + draw(10);
    for (std::size_t i = 0; i < length; ++i) {
        constexpr const char* lines[] = {
            "mov x, %ax", "add $1, %ax",     "mov %ax, x", "mov %ax, y",       "mov $7, y", "xchg %ax, x",
            "lock m",     "unlock m",        "lock n",     "unlock n",         "sleep 3",   "yield",
            "call .work", "fetchadd %bx, y", "push %ax",   "mov -4(%dx), %cx", "nop",       "test $2, %ax",
        };
        // The two that can fail are rare, or no run would get far.
        std::size_t line = draw(std::size(lines));
        if (line == 15 && draw(6) != 0)
            line = 16;
        text += std::string("    ") + lines[line] + '\n';
    }
    text += "    sub $1, %bx\n    test $0, %bx\n    jgt .top\n    halt\n.work\n    add $1, %cx\n    ret\n";
    return text;
}

void expectSame(const MachineHistory& a, const MachineHistory& b)
{
    ASSERT_EQ(a.steps(), b.steps());
    EXPECT_EQ(a.outcome(), b.outcome());
    EXPECT_EQ(a.instructions(), b.instructions());
    EXPECT_EQ(a.ticks(), b.ticks());
    for (Step step = 0; step < a.steps(); ++step) {
        const Event x = a.event(step);
        const Event y = b.event(step);
        ASSERT_EQ(x.kind, y.kind) << step;
        ASSERT_EQ(x.thread, y.thread) << step;
        ASSERT_EQ(x.value, y.value) << step;
    }
    const MachineState x = a.machineState(a.steps());
    const MachineState y = b.machineState(b.steps());
    EXPECT_EQ(x.ready, y.ready);
    EXPECT_EQ(x.cells.touched(), y.cells.touched());
    for (const std::int64_t address : x.cells.touched())
        EXPECT_EQ(x.cells.value(address), y.cells.value(address));
    for (ThreadIndex t = 0; t < a.threads(); ++t) {
        EXPECT_EQ(x.threads[t].phase, y.threads[t].phase);
        EXPECT_EQ(x.threads[t].context.pc, y.threads[t].context.pc);
        EXPECT_EQ(x.threads[t].context.registers, y.threads[t].context.registers);
        EXPECT_EQ(x.threads[t].waitsFor, y.threads[t].waitsFor);
        EXPECT_EQ(x.threads[t].wakesAt, y.threads[t].wakesAt);
    }
}

constexpr std::string_view counter = ".var g\n    mov g, %ax\n    add $1, %ax\n    mov %ax, g\n    halt\n";

TEST(ManualRun, BeginsWithEveryThreadToPick)
{
    const ManualRun run = runOf(counter, 3);
    EXPECT_FALSE(run.isOver());
    EXPECT_EQ(run.runnable(), (std::vector<ThreadIndex>{0, 1, 2}));
    EXPECT_EQ(run.picks(), 0U);
    EXPECT_TRUE(run.schedule().empty());
    EXPECT_FALSE(run.canUndo());
    EXPECT_FALSE(run.canRedo());
    EXPECT_EQ(run.history()->outcome(), Outcome::Paused);
    EXPECT_EQ(run.history()->steps(), 3U); // they exist
}

TEST(ManualRun, EveryPickIsOneInstruction)
{
    ManualRun run = runOf(counter, 2);
    for (const ThreadIndex t : {0U, 1U, 0U, 0U, 0U})
        ASSERT_TRUE(run.pick(t).hasValue());
    EXPECT_EQ(textOf(run.schedule()), "0:1,1:1,0:3");
    EXPECT_EQ(run.history()->instructions(), 5U);
    EXPECT_EQ(run.runnable(), std::vector<ThreadIndex>{1}); // A is finished
    EXPECT_FALSE(run.canPick(0));
    const auto refused = run.pick(0);
    ASSERT_FALSE(refused.hasValue());
    EXPECT_EQ(refused.error().kind, MachineError::Kind::ImpossibleSchedule);
    EXPECT_EQ(refused.error().thread, 0U);
    EXPECT_EQ(run.picks(), 5U);
    EXPECT_FALSE(run.pick(7).hasValue());
    while (!run.isOver())
        ASSERT_TRUE(run.pick(1).hasValue());
    EXPECT_EQ(run.history()->outcome(), Outcome::Finished);
    EXPECT_EQ(run.history()->state(run.history()->steps()).counter, 1);
    EXPECT_EQ(run.history()->ledger().lost(), 1U);
    EXPECT_TRUE(run.runnable().empty());
}

TEST(ManualRun, WhatWasShownStaysAsItWas)
{
    ManualRun run = runOf(builtInProgram(BuiltIn::DeadlockByOrder).assembly, 2,
                          {.registers = {{{Register::Bx, Integer(1)}}}, .counter = "g_num"});
    std::mt19937 generator(5);
    std::vector<Event> before;
    while (!run.isOver()) {
        const auto runnable = run.runnable();
        ASSERT_TRUE(run.pick(runnable[generator() % runnable.size()]).hasValue());
        const MachineHistory& history = *run.history();
        ASSERT_GT(history.steps(), before.size());
        for (Step step = 0; step < before.size(); ++step) {
            ASSERT_EQ(history.machineStep(step).event.thread, before[step].thread);
            // Whether a cell is the counter shows with time, so loads may turn out to be more than they seemed.
            if (before[step].kind != EventKind::Execute) {
                ASSERT_EQ(history.machineStep(step).event.kind, before[step].kind);
            }
        }
        before.clear();
        for (Step step = 0; step < history.steps(); ++step)
            before.push_back(history.event(step));
    }
}

TEST(ManualRun, UndoneEqualsNeverPicked)
{
    std::mt19937 generator(20101);
    int undone = 0;
    int ended = 0;
    for (int round = 0; round < 120; ++round) {
        const std::string source = randomProgram(generator);
        const ThreadIndex threads = 1 + generator() % 4;
        MachineSettings settings;
        settings.switchCost = generator() % 3;
        settings.registers = {{{Register::Bx, Integer(1 + static_cast<std::int64_t>(generator() % 3))}}};
        ManualRun run = runOf(source, threads, settings);
        std::vector<ThreadIndex> picks;
        std::vector<ThreadIndex> takenBack;
        for (int i = 0; i < 60; ++i) {
            const unsigned what = generator() % 8;
            if (what < 5) {
                const auto thread = static_cast<ThreadIndex>(generator() % threads);
                const bool can = run.canPick(thread);
                ASSERT_EQ(run.pick(thread).hasValue(), can) << source;
                if (can) {
                    picks.push_back(thread);
                    takenBack.clear();
                }
            } else if (what < 7) {
                ASSERT_EQ(run.canUndo(), !picks.empty());
                run.undo();
                if (!picks.empty()) {
                    takenBack.push_back(picks.back());
                    picks.pop_back();
                    ++undone;
                }
            } else {
                ASSERT_EQ(run.canRedo(), !takenBack.empty());
                run.redo();
                if (!takenBack.empty()) {
                    picks.push_back(takenBack.back());
                    takenBack.pop_back();
                }
            }
            ASSERT_EQ(run.picks(), picks.size());
        }
        ended += run.isOver() ? 1 : 0;
        ManualRun straight = runOf(source, threads, settings);
        for (const ThreadIndex thread : picks)
            ASSERT_TRUE(straight.pick(thread).hasValue()) << source;
        EXPECT_EQ(textOf(run.schedule()), textOf(straight.schedule()));
        EXPECT_EQ(run.runnable(), straight.runnable());
        expectSame(*run.history(), *straight.history());
        ManualRun pasted = runOf(source, threads, settings);
        ASSERT_TRUE(pasted.setSchedule(run.schedule()).hasValue()) << source << textOf(run.schedule());
        EXPECT_EQ(pasted.picks(), run.picks());
        expectSame(*run.history(), *pasted.history());
    }
    EXPECT_GT(undone, 500);
    EXPECT_GT(ended, 10);
}

TEST(ManualRun, AnEarlierRunComesBackPickByPick)
{
    ManualRun run = runOf(counter, 2);
    for (const ThreadIndex t : {0U, 1U, 1U, 0U})
        ASSERT_TRUE(run.pick(t).hasValue());
    const auto before = run.history();
    run.restart();
    EXPECT_EQ(run.picks(), 0U);
    EXPECT_EQ(run.history()->instructions(), 0U);
    while (run.canRedo())
        run.redo();
    EXPECT_EQ(textOf(run.schedule()), "0:1,1:2,0:1");
    expectSame(*before, *run.history());
    run.undo();
    ASSERT_TRUE(run.pick(1).hasValue()); // another way on: what was taken back is gone
    EXPECT_FALSE(run.canRedo());
    EXPECT_EQ(textOf(run.schedule()), "0:1,1:3");
}

TEST(ManualRun, TakesASchedule)
{
    ManualRun run = runOf(counter, 2);
    ASSERT_TRUE(run.pick(1).hasValue());
    ASSERT_TRUE(run.setSchedule({{0, 3}, {1, 2}}).hasValue());
    EXPECT_EQ(textOf(run.schedule()), "0:3,1:2");
    run.undo();
    EXPECT_EQ(textOf(run.schedule()), "0:3,1:1");
    // What the run has no more use for is left out.
    ASSERT_TRUE(run.setSchedule({{0, 4}, {1, 4}, {0, 9}}).hasValue());
    EXPECT_EQ(textOf(run.schedule()), "0:4,1:4");
    EXPECT_TRUE(run.isOver());
    // One that cannot be followed changes nothing.
    const auto refused = run.setSchedule({{0, 5}, {1, 1}});
    ASSERT_FALSE(refused.hasValue());
    EXPECT_EQ(refused.error().kind, MachineError::Kind::ImpossibleSchedule);
    EXPECT_EQ(textOf(run.schedule()), "0:4,1:4");
    EXPECT_FALSE(run.setSchedule({{2, 1}}).hasValue());
}

TEST(ManualRun, BoundsASchedule)
{
    ManualRun run = runOf(".top\n    j .top\n", 1);
    const auto refused = run.setSchedule({{0, std::uint64_t{1} << 62}, {0, std::uint64_t{1} << 62}});
    ASSERT_FALSE(refused.hasValue());
    EXPECT_EQ(refused.error().kind, MachineError::Kind::OutOfRange);
    EXPECT_EQ(refused.error().most, ManualRun::mostPicks);
    EXPECT_EQ(run.picks(), 0U);
    EXPECT_TRUE(run.setSchedule({{0, ManualRun::mostPicks}}).hasValue());
    EXPECT_FALSE(run.pick(0).hasValue());
    run.undo();
    EXPECT_TRUE(run.pick(0).hasValue());
}

TEST(ManualRun, AThreadThatWaitsOrSleepsCannotBePicked)
{
    ManualRun run = runOf(".var m\n    lock m\n    sleep 50\n    unlock m\n    halt\n", 2);
    ASSERT_TRUE(run.pick(0).hasValue()); // A has the lock
    ASSERT_TRUE(run.pick(1).hasValue()); // B waits
    EXPECT_EQ(run.runnable(), std::vector<ThreadIndex>{0});
    ASSERT_TRUE(run.pick(0).hasValue()); // A sleeps; nobody else can, so time passes until it wakes
    EXPECT_EQ(run.runnable(), std::vector<ThreadIndex>{0});
    EXPECT_EQ(run.history()->event(run.history()->steps() - 1).kind, EventKind::Wake);
    run.undo();
    EXPECT_EQ(run.history()->event(run.history()->steps() - 1).kind, EventKind::SwitchOut);
    ASSERT_TRUE(run.pick(0).hasValue());
    ASSERT_TRUE(run.pick(0).hasValue()); // A unlocks, and B has it
    EXPECT_EQ(run.runnable(), (std::vector<ThreadIndex>{0, 1}));
}

TEST(ManualRun, AFaultEndsItAndCanBeUndone)
{
    ManualRun run = runOf("    mov -4(%ax), %bx\n    halt\n", 2);
    ASSERT_TRUE(run.pick(1).hasValue());
    EXPECT_TRUE(run.isOver());
    EXPECT_EQ(run.history()->outcome(), Outcome::Fault);
    EXPECT_TRUE(run.runnable().empty());
    run.undo();
    EXPECT_FALSE(run.isOver());
    EXPECT_EQ(run.runnable(), (std::vector<ThreadIndex>{0, 1}));
}

TEST(ManualRun, TenThousandPicks)
{
    ManualRun run = runOf(builtInProgram(BuiltIn::UnlockedCounter).assembly, 2,
                          {.registers = {{{Register::Bx, Integer(1000)}}}});
    for (std::uint32_t i = 0; i < 10'000; ++i)
        ASSERT_TRUE(run.pick(i / 7 % 2).hasValue());
    EXPECT_EQ(run.history()->instructions(), 10'000U);
    EXPECT_EQ(instructionsIn(run.schedule()), 10'000U);
}

} // namespace
} // namespace interleave
