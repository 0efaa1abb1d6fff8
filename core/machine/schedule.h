// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"
#include "result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace interleave {

// A thread and how many instructions it executed one after the other. A count of 0 says that it was picked for a core
// and that the run ended before it executed anything.
struct ScheduleEntry {
    ThreadIndex thread = 0;
    std::uint64_t count = 0;

    friend bool operator==(const ScheduleEntry&, const ScheduleEntry&) = default;
};

// Which thread executed each instruction of a run, in the one total order, run-length encoded: `0:3,1:12,0:1`.
using Schedule = std::vector<ScheduleEntry>;

// Why a text is no schedule.
struct ScheduleError {
    enum class Kind : std::uint8_t {
        Empty,         // there is no entry
        NotAnEntry,    // not `thread:count`
        UnknownThread, // the run has fewer threads
        CountTooLarge, // beyond 2^63 - 1
    };
    Kind kind = Kind::Empty;
    std::size_t column = 1; // of the text, from 1: where the entry begins
    std::string entry;      // as it is written
    ThreadIndex threads = 0;
};

// Text to schedule, for a run of so many threads; neighbours with the same thread become one entry.
[[nodiscard]] Result<Schedule, ScheduleError> parseSchedule(std::string_view text, ThreadIndex threads);
[[nodiscard]] std::string textOf(const Schedule& schedule);

// Adds instructions to the end, to the last entry if that is the same thread's. 0 instructions after some of the same
// thread are an entry of their own: it was picked again.
void append(Schedule& schedule, ThreadIndex thread, std::uint64_t count);
[[nodiscard]] std::uint64_t instructionsIn(const Schedule& schedule);

} // namespace interleave
