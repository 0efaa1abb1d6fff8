// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

namespace interleave {

// A lost update and the store it was lost to.
struct TraceArrow {
    Position from = initialPosition;
    Position to = initialPosition;
    Time begin = 0;
    Time end = 0;
};

// What the counter held after the store at a position.
struct TraceValue {
    Position position = initialPosition;
    Time at = 0;
    std::int64_t value = 0;
};

// A thread left its core.
struct TraceSwitch {
    Time at = 0;
    ThreadIndex thread = noThread;
    CoreIndex core = noCore;
    bool voluntary = false;
    std::uint64_t number = 0; // in the thread, from 0
};

// What a trace shows beside its spans: all there is, or as much as there is room for, evenly.
struct TraceMarks {
    struct Room {
        std::uint64_t arrows = 0;
        std::uint64_t values = 0;
        std::uint64_t switches = 0;
    };
    std::vector<TraceArrow> arrows;
    std::vector<TraceValue> values; // by position; the last of all is among them
    std::vector<TraceSwitch> switches;
    std::uint64_t allSwitches = 0;
};

// Switches are those that the kernel told of, if it did; of a machine, all of them. Nothing if it was stopped.
[[nodiscard]] std::optional<TraceMarks> traceMarksOf(const History& history, const TraceMarks::Room& room,
                                                     const std::stop_token& stop);

} // namespace interleave
