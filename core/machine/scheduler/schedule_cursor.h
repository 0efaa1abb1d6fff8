// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/schedule.h"
#include "machine/scheduler/scheduler.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace interleave {

// A schedule's cursor: where in a schedule a run stands, and so whom the core that asks is to go on with. The place is
// the number of instructions executed by all. Copies share the schedule.
//
// With one core that is the thread named at the place. With several, every run leaves no core idle while a thread is
// ready, and all its switches take equally long. So
// - a core that keeps its thread executes the very next instruction: it keeps it exactly if the schedule names it;
// - of two ready threads, the one picked now executes before the one left, which can only be picked later: a core picks
//   the ready thread that the schedule names soonest.
// An entry with a count of 0 names its thread at its place. It is used up by the pick: who was picked is not ready again
// before it has executed, and then the place is behind.
class ScheduleCursor {
public:
    ScheduleCursor(const Schedule& schedule, ThreadIndex threads, CoreIndex cores);

    enum class Verdict : std::uint8_t {
        Run,        // the thread, for the slice
        Over,       // the schedule names nobody from here on
        Left,       // the thread named is on another core, and nobody who is ready is named: open whom this core picks
        Impossible, // the thread cannot execute now, or did not in time
    };
    struct Answer {
        Verdict verdict = Verdict::Over;
        ThreadIndex thread = noThread;
        std::uint64_t slice = 1;
    };
    // To be asked for every choice of a run, in order.
    [[nodiscard]] Answer ask(const Choice& choice);

    // In the whole schedule.
    [[nodiscard]] std::uint64_t instructions() const { return m_index->instructions; }
    // Bytes that a copy takes besides itself, without the schedule, which all share.
    [[nodiscard]] std::size_t bytesBeside() const
    {
        return m_threads.size() * sizeof m_threads[0] + m_cores.size() * sizeof m_cores[0];
    }

private:
    // What is found once about a schedule.
    struct Index {
        Schedule schedule;
        std::vector<std::uint64_t> ends;     // by entry: instructions in it and all before it
        std::vector<std::uint32_t> ofThread; // entries of each thread: [begins[t], begins[t + 1])
        std::vector<std::uint32_t> begins;
        std::uint64_t instructions = 0;
    };
    struct Thread {
        std::uint32_t next = 0;   // in ofThread: its first entry that is not over
        std::uint64_t before = 0; // instructions in those that are
    };
    struct Core {
        ThreadIndex thread = noThread;    // went on with
        ThreadIndex named = noThread;     // by the schedule then
        std::uint64_t instructionsOf = 0; // the thread's own in the schedule before then
    };

    static std::shared_ptr<const Index> indexOf(const Schedule& schedule, ThreadIndex threads);
    [[nodiscard]] Answer found(const Choice& choice);
    void passEntries(ThreadIndex thread, std::uint64_t place);
    [[nodiscard]] std::uint64_t instructionsBefore(ThreadIndex thread, std::uint64_t place);
    [[nodiscard]] bool hasEntryLeft(ThreadIndex thread) const;
    [[nodiscard]] bool isOnAnotherCore(ThreadIndex thread, CoreIndex core) const;
    [[nodiscard]] Answer pick(const Choice& choice);

    std::shared_ptr<const Index> m_index;
    std::size_t m_entry = 0; // the one that the place is in; behind the last when the schedule is over
    std::vector<Thread> m_threads;
    std::vector<Core> m_cores;
};

} // namespace interleave
