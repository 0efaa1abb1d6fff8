// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace interleave {

// Why a core asks its scheduler.
enum class AskReason : std::uint8_t {
    Start,     // the core has had no thread yet
    SliceOver, // the thread on it has executed as many instructions as it was given
    Yielded,   // the thread on it gave up its core, but could go on
    Blocked,   // the thread that was on it waits for a lock or sleeps
    Finished,  // the thread that was on it is done
};

// What a scheduler knows when it is asked.
struct Choice {
    CoreIndex core = 0;
    AskReason reason = AskReason::Start;
    ThreadIndex last = noThread;        // on this core before; noThread at the start
    std::uint64_t executed = 0;         // instructions of `last` since the decision before, of this core
    std::uint64_t instructions = 0;     // of all threads since the start
    std::span<const ThreadIndex> ready; // the ready queue, who waits longest first; `last` is not in it
    ThreadIndex threads = 0;

    // `last` is still on the core and may stay.
    [[nodiscard]] bool lastCanGoOn() const { return reason == AskReason::SliceOver || reason == AskReason::Yielded; }
};

// Who goes on, and for how many instructions before the scheduler is asked again. It is asked sooner when the thread
// yields, blocks or ends; a slice is at least 1. If the thread is `last`, there is no context switch.
struct Decision {
    enum class Kind : std::uint8_t {
        Run,        // the thread, for the slice
        Stop,       // the run ends here: the schedule is over
        Impossible, // the schedule names a thread that cannot execute now
    };
    ThreadIndex thread =
        noThread; // with Run: one of `ready`, or `last` if it can go on; with Impossible: who was named
    std::uint64_t slice = 1;
    Kind kind = Kind::Run;
};

// A scheduling policy: one question, asked in the one total order of the run. What it answers depends on nothing but
// what it was made from and the choices that it was given, so that the same run comes out the same everywhere.
// It is asked only when there is someone to choose: `ready` is not empty, or `last` can go on.
class Scheduler {
public:
    Scheduler() = default;
    Scheduler& operator=(const Scheduler&) = delete;
    virtual ~Scheduler() = default;

    [[nodiscard]] virtual Decision decide(const Choice& choice) = 0;
    // The policy as it stands, to go on from here another time.
    [[nodiscard]] virtual std::unique_ptr<Scheduler> clone() const = 0;
    // Bytes that a clone takes, without what clones share.
    [[nodiscard]] virtual std::size_t bytes() const = 0;

protected:
    Scheduler(const Scheduler&) = default;
};

} // namespace interleave
