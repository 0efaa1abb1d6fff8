// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/ledger.h"
#include "machine/schedule.h"
#include "result.h"

#include <cstdint>
#include <stop_token>

namespace interleave {

// How many instructions the machine's unlocked counter program executes around its load, add and store.
struct UnlockedLoop {
    std::uint64_t before = 0;  // before a thread's first load
    std::uint64_t control = 3; // after each store, up to the next load: sub, test, jgt
    std::uint64_t atEnd = 1;   // after the control of a thread's last update: halt
};

// Why there is no schedule for a ledger.
struct RecordedScheduleError {
    enum class Kind : std::uint8_t {
        NoUpdates,      // of `thread`
        UnequalUpdates, // `thread` made `updates`, thread 0 made `expected`
        LooksBack,      // the update at `position` saw one that was before its own thread's last: no program does that
        Cancelled,
    };
    Kind kind = Kind::NoUpdates;
    ThreadIndex thread = 0;
    std::uint32_t updates = 0;
    std::uint32_t expected = 0;
    Position position = initialPosition;
};

// The schedule that makes the machine's unlocked counter program, on one core, do what a recorded race did: the same
// stores in the same order, each building on the update that the recorded one saw. Every thread of the ledger must have
// made the same number of updates, by load, add and store.
//
// A recorded order says after which store a load took place, and no more. The schedule has the load and the add of an
// update directly after the store that it saw and that thread's loop control. The time is that of sorting the streaks.
[[nodiscard]] Result<Schedule, RecordedScheduleError> scheduleOf(const Ledger& ledger, const UnlockedLoop& loop = {},
                                                                 const std::stop_token& stop = {});

} // namespace interleave
