// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"
#include "history/state.h"
#include "history/timeline/turn.h"

#include <cstdint>
#include <stop_token>
#include <string_view>

namespace interleave {

class Ledger;

// What time is counted in: of the clock, or of a virtual core, which executes one instruction in each tick.
enum class TimeUnit : std::uint8_t { Nanoseconds, Ticks };

// A finished run, immutable, with random access to every step. Looks read nothing else, and cannot tell which source
// made it. All functions are safe to call from several threads at once.
class History {
public:
    History() = default;
    History(const History&) = delete;
    History& operator=(const History&) = delete;
    virtual ~History() = default;

    // Number of steps. Steps are numbered from 0.
    [[nodiscard]] virtual Step steps() const = 0;

    // The event of a step, 0 <= step < steps().
    [[nodiscard]] virtual Event event(Step step) const = 0;

    // The state after the first `step` steps, 0 <= step <= steps(); state(0) is the state before anything happened.
    // Answers in under 1 ms whatever the length of the history.
    [[nodiscard]] virtual State state(Step step) const = 0;

    [[nodiscard]] virtual ThreadIndex threads() const = 0;

    // Updates each thread makes; where they differ, the most that one makes.
    [[nodiscard]] virtual std::uint32_t iterations() const = 0;

    // Every update of the shared counter: survived, or lost to whom.
    [[nodiscard]] virtual const Ledger& ledger() const = 0;

    // The step in which the update at `position` is stored.
    [[nodiscard]] virtual Step storeStep(Position position) const = 0;

    // The step in which the update at `position` was loaded.
    [[nodiscard]] virtual Step loadStep(Position position) const = 0;

    // Time of a step since the first thread began, in timeUnit(); in nanoseconds, an estimate between measured points.
    [[nodiscard]] virtual double timeOf(Step step) const = 0;
    [[nodiscard]] virtual TimeUnit timeUnit() const { return TimeUnit::Nanoseconds; }

    // The whole history in bulk, much faster than step by step: every turn of every thread and every lock and every
    // update of the counter with its time in the window; of what comes before, at least each thread's last turn, and its
    // last one of each lock, so that its state at the begin is known; what comes after may be told, too. A turn has the time of the step that made it, in whole
    // units of time, but never one before the thread's turn before it. False if it was stopped.
    [[nodiscard]] virtual bool walk(const TimeWindow& window, TimelineVisitor& visitor,
                                    const std::stop_token& stop = {}) const;
    // Walking takes a time that depends on the window; otherwise every walk goes through the whole history.
    [[nodiscard]] virtual bool walksFromAnywhere() const { return false; }
    // Nothing happens at this time or later.
    [[nodiscard]] virtual Time timelineEnd() const;
    // How many cores turns name; 0 if they name none.
    [[nodiscard]] virtual CoreIndex timelineCores() const { return 0; }
    // What a core that turns name is called: the operating system's number of it, where there is one.
    [[nodiscard]] virtual CoreIndex coreNumber(CoreIndex core) const { return core; }

    // How many locks lock turns name, and what a lock is called: its variable in a program; empty if it has no name.
    [[nodiscard]] virtual LockIndex timelineLocks() const { return 0; }
    [[nodiscard]] virtual std::string_view lockName(LockIndex /*lock*/) const { return {}; }

    // The name of the counter that the ledger keeps the updates of; empty if there is none.
    [[nodiscard]] virtual std::string_view counterName() const { return "g_num"; }
};

} // namespace interleave
