// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/machine.h"

#include "machine/scheduler/make_scheduler.h"
#include "random_program.h"

namespace interleave {
namespace {

// Everything about a machine that may be looked at, as text.
std::string told(const MachineState& state)
{
    std::ostringstream out;
    out << state.step << ' ' << state.tick << ' ' << state.instructions << ' ' << state.voluntarySwitches << ' '
        << state.involuntarySwitches << '\n';
    for (const CoreState& core : state.cores)
        out << "core " << static_cast<int>(core.phase) << ' ' << core.thread << ' ' << core.sliceLeft << '\n';
    for (const MachineThread& thread : state.threads) {
        out << "thread " << static_cast<int>(thread.phase) << ' ' << thread.core << ' ' << thread.context.pc << ' '
            << static_cast<int>(thread.context.comparison) << ' ' << thread.waitsFor.value_or(-1) << ' '
            << thread.wakesAt.value_or(0) << ' ' << thread.instructions << ':';
        for (const Integer& value : thread.context.registers)
            out << ' ' << value.toString();
        for (const Frame& frame : thread.context.frames)
            out << " frame " << frame.function << '@' << frame.base;
        out << '\n';
    }
    for (const ThreadIndex thread : state.ready)
        out << "ready " << thread << '\n';
    for (const LockState& lock : state.locks) {
        out << "lock " << lock.address << ' ' << lock.holder;
        for (const ThreadIndex thread : lock.waiting)
            out << ' ' << thread;
        out << '\n';
    }
    for (const std::int64_t address : state.cells.touched())
        out << address << '=' << state.cells.value(address).toString() << '\n';
    return out.str();
}

struct Loaded {
    explicit Loaded(const std::string& source, const MachineSettings& chosen = {})
        : program(assemble(source, {.extensions = true}).value()),
          settings(chosen)
    {}

    Machine machine() const { return Machine(code, settings, makeScheduler(settings)); }

    Program program;
    MachineSettings settings;
    Code code{program, MachineSettings::memoryCells};
};

std::vector<MachineStep> stepsOf(Machine& machine, Step most = 10'000)
{
    std::vector<MachineStep> steps;
    while (machine.step() < most) {
        auto step = machine.observedStep();
        if (!step)
            break;
        steps.push_back(std::move(*step));
    }
    return steps;
}

std::string kinds(const std::vector<MachineStep>& steps)
{
    static const char* const names[] = {"spawn", "load",    "add",     "store", "update", "execute",
                                        "wait",  "acquire", "release", "sleep", "wake",   "out",
                                        "pick",  "in",      "push",    "pop",   "exit"};
    std::string text;
    for (const MachineStep& step : steps)
        text += std::string(text.empty() ? "" : " ") + names[static_cast<int>(step.event.kind)]
              + std::to_string(step.event.thread);
    return text;
}

TEST(Machine, TellsASwitchPartByPart)
{
    Loaded run("nop\nyield\nnop\nhalt", {.threads = 2, .quantum = 1});
    Machine machine = run.machine();
    EXPECT_EQ(kinds(stepsOf(machine)),
              "spawn0 spawn1 pick0 in0 execute0 out0 pick1 in1 execute1 out1 pick0 in0 execute0 out0 pick1 in1 "
              "execute1 out1 pick0 in0 execute0 out0 pick1 in1 execute1 out1 pick0 in0 exit0 pick1 in1 exit1");
    EXPECT_TRUE(machine.isOver());
    EXPECT_EQ(machine.outcome(), Outcome::Finished);
    EXPECT_EQ(machine.instructions(), 8U);
    EXPECT_EQ(machine.state().voluntarySwitches, 2U) << "the yields";
    EXPECT_EQ(machine.state().involuntarySwitches, 4U);
}

TEST(Machine, TakesTheTicksThatASwitchCosts)
{
    const auto ticksWith = [](std::uint64_t cost) {
        Loaded run("nop\nnop\nhalt", {.threads = 2, .quantum = 1, .switchCost = cost});
        Machine machine = run.machine();
        stepsOf(machine);
        return machine.tick();
    };
    EXPECT_EQ(ticksWith(0), 6U);
    // Six arrivals on the core, the first and the last included.
    EXPECT_EQ(ticksWith(1), 6U + 6);
    EXPECT_EQ(ticksWith(10), 6U + 60);
}

TEST(Machine, ExecutesOnAllCoresInEachTickTheLowestFirst)
{
    Loaded run("nop\nnop\nhalt", {.threads = 3, .cores = 2, .quantum = 50});
    Machine machine = run.machine();
    std::string order;
    for (const MachineStep& step : stepsOf(machine))
        if (step.pc >= 0)
            order += std::to_string(step.tick) + ':' + std::to_string(step.event.core) + '/'
                   + std::to_string(step.event.thread) + ' ';
    EXPECT_EQ(order, "0:0/0 0:1/1 1:0/0 1:1/1 2:0/0 2:1/1 3:0/2 4:0/2 5:0/2 ");
}

TEST(Machine, HandsALockOverToWhoWaitsLongest)
{
    Loaded run(".var mutex\nlock mutex\nnop\nnop\nunlock mutex\nhalt", {.threads = 3, .quantum = 1});
    Machine machine = run.machine();
    std::vector<MachineStep> steps = stepsOf(machine);
    std::string locks;
    for (const MachineStep& step : steps)
        if (step.lock)
            locks += std::to_string(static_cast<int>(step.event.kind) - static_cast<int>(EventKind::LockWait)) + '/'
                   + std::to_string(step.event.thread) + ' ';
    EXPECT_EQ(locks, "1/0 0/1 0/2 2/0 1/1 2/1 1/2 2/2 ") << "wait 0, acquire 1, release 2";
    EXPECT_EQ(machine.outcome(), Outcome::Finished);
    EXPECT_EQ(machine.cells().value(100), Integer(0)) << "free again";
}

TEST(Machine, WaitsOutASleepWithoutACore)
{
    Loaded run("sleep 10\nhalt", {.threads = 1});
    Machine machine = run.machine();
    EXPECT_EQ(kinds(stepsOf(machine)), "spawn0 pick0 in0 sleep0 out0 wake0 pick0 in0 exit0");
    EXPECT_EQ(machine.tick(), 12U) << "one to fall asleep, ten asleep, one to halt";
}

TEST(Machine, NamesADeadlock)
{
    Loaded run(".var a\n.var b\ntest $0, %cx\njne .other\nlock a\nnop\nlock b\nhalt\n.other\nlock b\nnop\nlock a\nhalt",
            {.threads = 2, .quantum = 3, .registers = {{{Register::Cx, Integer(0)}}, {{Register::Cx, Integer(1)}}}});
    Machine machine = run.machine();
    stepsOf(machine);
    ASSERT_TRUE(machine.isOver());
    EXPECT_EQ(machine.outcome(), Outcome::Deadlock);
    const auto& locks = machine.locks();
    ASSERT_EQ(locks.size(), 2U);
    EXPECT_EQ(locks[0].holder, 0U);
    EXPECT_EQ(locks[0].waiting, std::vector<ThreadIndex>{1});
    EXPECT_EQ(locks[1].holder, 1U);
    EXPECT_EQ(locks[1].waiting, std::vector<ThreadIndex>{0});
}

// Who is handed a lock holds it from the release on, and does not wait for it any more, though it is blocked one step
// longer. Who takes a lock that it holds waits for itself.
TEST(Machine, TellsWhoIsHandedALockFromWhoWaitsForIt)
{
    Loaded run(".var m\nlock m\nnop\nnop\nnop\nunlock m\nhalt", {.threads = 2, .quantum = 2});
    Machine machine = run.machine();
    int handed = 0;
    while (const auto step = machine.observedStep()) {
        const MachineState state = machine.state();
        for (const LockState& lock : state.locks)
            for (ThreadIndex t = 0; t < state.threads.size(); ++t) {
                if (state.threads[t].phase != ThreadPhase::Blocked || !lock.isHandedTo(t))
                    continue;
                EXPECT_EQ(step->event.kind, EventKind::LockRelease);
                ++handed;
            }
    }
    EXPECT_EQ(handed, 1);

    Loaded twice(".var m\nlock m\nlock m\nhalt", {.threads = 1});
    Machine alone = twice.machine();
    stepsOf(alone);
    ASSERT_EQ(alone.locks().size(), 1U);
    EXPECT_EQ(alone.locks()[0].holder, 0U);
    EXPECT_FALSE(alone.locks()[0].isHandedTo(0));
}

TEST(Machine, FaultsWhereAThreadCannotGoOn)
{
    struct Row {
        const char* source;
        Fault::Kind kind;
        const char* address;
        std::int64_t pc;
    };
    const Row table[] = {
        {".var m\nnop\nunlock m\nhalt", Fault::Kind::NotHeld, "100", 1001},
        {"mov $-4, %ax\nmov (%ax), %bx\nhalt", Fault::Kind::OutOfRange, "-4", 1001},
        {"mov 131072, %bx\nhalt", Fault::Kind::OutOfRange, "131072", 1000},
        {"mov $-4, %ax\ncmpxchg %bx, (%ax)\nhalt", Fault::Kind::OutOfRange, "-4", 1001},
        {"mov $-4, %ax\nfetchadd %bx, (%ax)\nhalt", Fault::Kind::OutOfRange, "-4", 1001},
        {"mov $-4, %ax\nlock (%ax)\nhalt", Fault::Kind::OutOfRange, "-4", 1001},
        {"mov $2, %sp\npush %ax\nhalt", Fault::Kind::OutOfRange, "-2", 1001},
        {"nop", Fault::Kind::NoCode, "1001", 1001},
        {"mov $1, 1000\nhalt", Fault::Kind::HoldsCode, "1000", 1000},
    };
    for (const Row& row : table) {
        Loaded run(row.source, {.threads = 1});
        Machine machine = run.machine();
        stepsOf(machine);
        ASSERT_TRUE(machine.isOver()) << row.source;
        EXPECT_EQ(machine.outcome(), Outcome::Fault) << row.source;
        EXPECT_EQ(machine.fault().kind, row.kind) << row.source;
        EXPECT_EQ(machine.fault().address.toString(), row.address) << row.source;
        EXPECT_EQ(machine.fault().pc, row.pc) << row.source;
    }
}

TEST(Machine, TellsWhatAStepReadAndWrote)
{
    Loaded run(".var x\nmov $3, %ax\nmov %ax, x\nmov x, %bx\nxchg %ax, x\nmov $4, %ax\ncmpxchg %bx, x\npush %bx\n"
            "pop %cx\nlock x\nunlock x\nhalt",
            {.threads = 1});
    Machine machine = run.machine();
    std::string accesses;
    for (const MachineStep& step : stepsOf(machine)) {
        const auto tell = [&](char kind, const std::optional<CellAccess>& access) {
            if (access)
                accesses += kind + std::to_string(access->address) + ' ' + access->before.toString() + '>'
                          + access->after.toString() + "; ";
        };
        tell('r', step.read);
        tell('w', step.written);
    }
    EXPECT_EQ(accesses, "w100 0>3; r100 3>3; r100 3>3; w100 3>3; r100 3>3; w127996 0>3; r127996 3>3; w100 3>1; w100 "
                        "1>0; ");
}

TEST(Machine, KeepsTheFramesOfItsThreads)
{
    Loaded run("call .outer\nhalt\n.outer\ncall .inner\nret\n.inner\npush %ax\npop %ax\nret", {.threads = 1});
    Machine machine = run.machine();
    std::vector<std::size_t> depths;
    while (machine.observedStep())
        depths.push_back(machine.threads()[0].context.frames.size());
    EXPECT_EQ(depths, (std::vector<std::size_t>{0, 0, 0, 1, 2, 2, 2, 1, 0, 0}));
}

// In whatever strides it goes on, and from whatever snapshot, it is the same machine.
TEST(Machine, DoesNotDependOnHowItIsStepped)
{
    RandomPrograms random(1);
    for (int i = 0; i < 300; ++i) {
        const std::string source = random.source();
        const Loaded run(source, anySettings(random));
        SCOPED_TRACE(source);
        Machine single = run.machine();
        std::vector<std::string> states{told(single.state())};
        while (single.step() < run.settings.maxSteps && single.observedStep())
            states.push_back(told(single.state()));
        Machine strides = run.machine();
        while (!strides.isOver() && strides.step() < run.settings.maxSteps) {
            strides.advance(std::min<Step>(strides.step() + 1 + random.below(40), run.settings.maxSteps));
            ASSERT_LT(strides.step(), states.size());
            if (strides.isOver()) // what was tried last, and was no step, may have left a trace
                break;
            ASSERT_EQ(told(strides.state()), states[strides.step()]);
            if (random.below(4) == 0) {
                const Machine::Snapshot snapshot = strides.snapshot();
                Machine restored(run.code, run.settings, snapshot);
                restored.advance(std::min<Step>(strides.step() + random.below(30), run.settings.maxSteps));
                ASSERT_TRUE(restored.isOver() || told(restored.state()) == states[restored.step()]);
            }
        }
        ASSERT_EQ(strides.step() + 1, states.size());
        ASSERT_EQ(strides.isOver() ? strides.outcome() : Outcome::StepLimit,
                  single.isOver() ? single.outcome() : Outcome::StepLimit);
    }
}

// What must hold in every state of every run.
TEST(Machine, KeepsItsHouseInOrder)
{
    RandomPrograms random(2);
    for (int i = 0; i < 200; ++i) {
        const std::string source = random.source();
        const Loaded run(source, anySettings(random));
        SCOPED_TRACE(source);
        Machine machine = run.machine();
        std::uint64_t tick = 0;
        while (machine.step() < run.settings.maxSteps && machine.observedStep()) {
            const MachineState state = machine.state();
            ASSERT_GE(state.tick, tick);
            tick = state.tick;
            std::uint64_t instructions = 0;
            for (ThreadIndex t = 0; t < run.settings.threads; ++t) {
                const MachineThread& thread = state.threads[t];
                instructions += thread.instructions;
                const auto inQueue = std::count(state.ready.begin(), state.ready.end(), t);
                const auto onCores = std::count_if(state.cores.begin(), state.cores.end(),
                                                   [t](const CoreState& core) { return core.thread == t; });
                ASSERT_LE(onCores, 1);
                switch (thread.phase) {
                case ThreadPhase::New: ASSERT_EQ(inQueue + onCores, 0); break;
                case ThreadPhase::Ready: ASSERT_EQ(inQueue + onCores, 1); break;
                case ThreadPhase::Running:
                    ASSERT_EQ(onCores, 1);
                    ASSERT_EQ(state.cores[thread.core].thread, t);
                    break;
                case ThreadPhase::Blocked:
                    ASSERT_EQ(inQueue, 0);
                    ASSERT_TRUE(thread.waitsFor || thread.wakesAt);
                    break;
                case ThreadPhase::Finished: ASSERT_EQ(inQueue + onCores, 0); break;
                }
            }
            ASSERT_EQ(instructions, state.instructions);
            for (const LockState& lock : state.locks)
                for (const ThreadIndex waiting : lock.waiting) {
                    ASSERT_NE(lock.holder, noThread);
                    ASSERT_EQ(state.threads[waiting].waitsFor, lock.address);
                    ASSERT_EQ(state.threads[waiting].phase, ThreadPhase::Blocked);
                }
        }
    }
}

} // namespace
} // namespace interleave
