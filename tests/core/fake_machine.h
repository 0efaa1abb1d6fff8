// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/schedule.h"
#include "machine/scheduler/scheduler.h"

#include "support.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <tuple>
#include <vector>

namespace interleave {

// What a thread of the fake machine does in one instruction.
struct FakeOp {
    enum class Kind : std::uint8_t { Compute, Yield, Sleep, Lock, Unlock, Fault, Halt };
    Kind kind = Kind::Compute;
    std::uint64_t argument = 0; // ticks to sleep, or which lock
};
using FakeProgram = std::vector<FakeOp>; // ends with Halt

// The least that a scheduler needs of a machine: cores, a ready queue, and threads that compute, yield, sleep, wait for
// locks and halt. Written for the tests, from the description of the machine and not from its code.
class FakeMachine {
public:
    enum class Ending : std::uint8_t { Finished, Deadlock, StepLimit, Stopped, Impossible, Fault };

    // One step: an instruction, or a pick.
    struct Step {
        char kind = 'x';
        ThreadIndex thread = 0;
        CoreIndex core = 0;
        std::uint64_t tick = 0;
        friend bool operator==(const Step& a, const Step& b)
        {
            return std::tie(a.kind, a.thread, a.core, a.tick) == std::tie(b.kind, b.thread, b.core, b.tick);
        }
    };

    FakeMachine(std::vector<FakeProgram> programs, CoreIndex cores, std::uint64_t switchCost, std::size_t mostSteps)
        : m_programs(std::move(programs)),
          m_switchCost(switchCost),
          m_mostSteps(mostSteps),
          m_cores(cores),
          m_threads(m_programs.size())
    {
        for (ThreadIndex t = 0; t < m_threads.size(); ++t)
            m_ready.push_back(t);
    }

    // Told of every choice, and of what was decided.
    std::function<void(const Choice&, const Decision&)> watch;

    Ending run(Scheduler& scheduler)
    {
        for (std::uint64_t tick = 0;; ++tick) {
            bool anyoneLeft = false;
            bool anyoneGoesOn = !m_ready.empty();
            for (ThreadIndex t = 0; t < m_threads.size(); ++t) {
                Thread& thread = m_threads[t];
                if (thread.state == State::Asleep && thread.wakesAt <= tick) {
                    thread.state = State::Ready;
                    m_ready.push_back(t);
                }
                anyoneLeft = anyoneLeft || thread.state != State::Finished;
                anyoneGoesOn = anyoneGoesOn || thread.state == State::Ready || thread.state == State::Running
                            || thread.state == State::Asleep;
            }
            if (!anyoneLeft)
                return Ending::Finished;
            if (!anyoneGoesOn)
                return Ending::Deadlock;
            for (CoreIndex core = 0; core < m_cores.size(); ++core)
                if (!slot(core, tick, scheduler))
                    return m_ending;
        }
    }

    [[nodiscard]] const std::vector<Step>& steps() const { return m_steps; }
    [[nodiscard]] std::uint64_t instructions() const { return m_instructions; }
    [[nodiscard]] ThreadIndex impossible() const { return m_impossible; }
    [[nodiscard]] std::vector<ThreadIndex> order() const
    {
        std::vector<ThreadIndex> order;
        for (const Step& step : m_steps)
            if (step.kind == 'x')
                order.push_back(step.thread);
        return order;
    }
    // Who executed, and at the end who was picked for nothing, in the order of the picks.
    [[nodiscard]] Schedule schedule() const
    {
        Schedule schedule;
        for (const ThreadIndex thread : order())
            append(schedule, thread, 1);
        for (std::size_t i = 0; i < m_steps.size(); ++i) {
            const Core& core = m_cores[m_steps[i].core];
            if (m_steps[i].kind == 'p' && core.thread != noThread && core.executed == 0 && core.pickedIn == i)
                append(schedule, m_steps[i].thread, 0);
        }
        return schedule;
    }

private:
    enum class State : std::uint8_t { Ready, Running, Asleep, Waiting, Finished };
    struct Thread {
        State state = State::Ready;
        std::size_t at = 0;
        std::uint64_t wakesAt = 0;
    };
    struct Core {
        ThreadIndex thread = noThread; // on it, or on its way
        ThreadIndex last = noThread;
        AskReason reason = AskReason::Start;
        std::uint64_t left = 0;
        std::uint64_t executed = 0; // since the decision
        std::uint64_t busyUntil = 0;
        std::size_t pickedIn = 0; // the step
    };
    struct Lock {
        ThreadIndex holder = noThread;
        std::vector<ThreadIndex> waiting;
    };

    bool end(Ending ending)
    {
        m_ending = ending;
        return false;
    }

    bool note(char kind, ThreadIndex thread, CoreIndex core, std::uint64_t tick)
    {
        m_steps.push_back({kind, thread, core, tick});
        return m_steps.size() < m_mostSteps || end(Ending::StepLimit);
    }

    bool slot(CoreIndex index, std::uint64_t tick, Scheduler& scheduler)
    {
        Core& core = m_cores[index];
        if (core.busyUntil > tick)
            return true;
        if (core.thread == noThread || core.left == 0) {
            Choice choice;
            choice.core = index;
            choice.reason = core.reason;
            choice.last = core.last;
            choice.executed = core.executed;
            choice.instructions = m_instructions;
            choice.ready = m_ready;
            choice.threads = static_cast<ThreadIndex>(m_threads.size());
            if (m_ready.empty() && !choice.lastCanGoOn())
                return true;
            const Decision decision = scheduler.decide(choice);
            if (watch)
                watch(choice, decision);
            if (decision.kind == Decision::Kind::Stop)
                return end(Ending::Stopped);
            if (decision.kind == Decision::Kind::Impossible) {
                m_impossible = decision.thread;
                return end(Ending::Impossible);
            }
            EXPECT_GE(decision.slice, 1U);
            core.left = decision.slice;
            core.executed = 0;
            if (decision.thread != core.last || !choice.lastCanGoOn()) {
                const auto picked = std::find(m_ready.begin(), m_ready.end(), decision.thread);
                if (picked == m_ready.end()) {
                    ADD_FAILURE() << "thread " << decision.thread << " is not ready";
                    return end(Ending::Impossible);
                }
                m_ready.erase(picked);
                if (choice.lastCanGoOn()) {
                    m_threads[core.last].state = State::Ready;
                    m_ready.push_back(core.last);
                }
                m_threads[decision.thread].state = State::Running;
                core.thread = core.last = decision.thread;
                core.pickedIn = m_steps.size();
                if (!note('p', decision.thread, index, tick))
                    return false;
                core.busyUntil = tick + m_switchCost;
                if (core.busyUntil > tick)
                    return true;
            }
        }
        return execute(core, index, tick);
    }

    bool execute(Core& core, CoreIndex index, std::uint64_t tick)
    {
        const ThreadIndex t = core.thread;
        Thread& thread = m_threads[t];
        const FakeOp op = m_programs[t][thread.at];
        if (op.kind == FakeOp::Kind::Fault)
            return end(Ending::Fault);
        ++thread.at;
        ++core.executed;
        --core.left;
        ++m_instructions;
        core.reason = AskReason::SliceOver;
        const auto leave = [&](State state, AskReason reason) {
            thread.state = state;
            core.thread = noThread;
            core.reason = reason;
        };
        switch (op.kind) {
        case FakeOp::Kind::Compute:
        case FakeOp::Kind::Fault: break;
        case FakeOp::Kind::Yield:
            core.left = 0;
            core.reason = AskReason::Yielded;
            break;
        case FakeOp::Kind::Sleep:
            leave(State::Asleep, AskReason::Blocked);
            thread.wakesAt = tick + op.argument;
            break;
        case FakeOp::Kind::Lock: {
            Lock& lock = m_locks[op.argument];
            if (lock.holder == noThread) {
                lock.holder = t;
            } else {
                lock.waiting.push_back(t);
                leave(State::Waiting, AskReason::Blocked);
            }
            break;
        }
        case FakeOp::Kind::Unlock: {
            Lock& lock = m_locks[op.argument];
            lock.holder = noThread;
            if (!lock.waiting.empty()) {
                lock.holder = lock.waiting.front();
                lock.waiting.erase(lock.waiting.begin());
                m_threads[lock.holder].state = State::Ready;
                m_ready.push_back(lock.holder);
            }
            break;
        }
        case FakeOp::Kind::Halt: leave(State::Finished, AskReason::Finished); break;
        }
        return note('x', t, index, tick);
    }

    std::vector<FakeProgram> m_programs;
    std::uint64_t m_switchCost;
    std::size_t m_mostSteps;
    std::vector<Core> m_cores;
    std::vector<Thread> m_threads;
    std::vector<ThreadIndex> m_ready;
    std::map<std::uint64_t, Lock> m_locks;
    std::vector<Step> m_steps;
    std::uint64_t m_instructions = 0;
    ThreadIndex m_impossible = noThread;
    Ending m_ending = Ending::Finished;
};

// Computes so many times, and halts.
inline FakeProgram computing(std::size_t instructions)
{
    FakeProgram program(instructions);
    program.push_back({FakeOp::Kind::Halt, 0});
    return program;
}

// A program of everything that a thread may do; now and then one that ends with a fault.
inline FakeProgram randomProgram(Draw& draw)
{
    using Kind = FakeOp::Kind;
    FakeProgram program;
    for (std::uint32_t left = draw.between(0, 25); left > 0; --left) {
        const std::uint64_t lock = draw.below(2);
        switch (draw.below(12)) {
        case 0: program.push_back({Kind::Yield, 0}); break;
        case 1: program.push_back({Kind::Sleep, draw.between(1, 20)}); break;
        case 2:
            program.push_back({Kind::Lock, lock});
            for (std::uint32_t inside = draw.between(0, 5); inside > 0; --inside)
                program.push_back({draw.oneIn(6) ? Kind::Yield : Kind::Compute, 0});
            if (draw.oneIn(5)) // the other lock within: two threads may deadlock
                program.insert(program.end(), {{Kind::Lock, 1 - lock}, {Kind::Unlock, 1 - lock}});
            program.push_back({Kind::Unlock, lock});
            break;
        default: program.push_back({Kind::Compute, 0}); break;
        }
    }
    if (draw.oneIn(30))
        program.push_back({Kind::Fault, 0});
    program.push_back({Kind::Halt, 0});
    return program;
}

inline std::vector<FakeProgram> randomPrograms(Draw& draw)
{
    std::vector<FakeProgram> programs(draw.between(1, 6));
    for (FakeProgram& program : programs)
        program = randomProgram(draw);
    return programs;
}

} // namespace interleave
