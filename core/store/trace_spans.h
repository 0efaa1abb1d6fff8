// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"
#include "history/timeline/timeline_index.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace interleave {

// A stretch of a track as a trace shows it. Cores have the numbers that History::coreNumber gives. `merged`: several activities, of which `activity` takes most of the time.
struct TraceSpan {
    TrackName track;
    Time begin = 0;
    Time end = 0;
    Activity activity = Activity::Inactive;
    std::uint32_t who = noThread; // Running: of a thread's track the core, of a core's or a lock's the thread
    bool merged = false;
    TimelineSums sums;
};

// All stretches of all tracks that are not Inactive, none that overlap on one track.
struct TraceSpans {
    std::vector<TraceSpan> spans; // by track, by time
    std::vector<CoreIndex> cores; // those that have a track
    LockIndex locks = 0;          // have a track: the first ones
    Time width = 0;               // spans were merged that are shorter than this; 0: none were
    // A lock that a thread released and was the next to take again within such a time may be shown as held all the
    // while; 1: none is.
    Time lockGrid = 1;
};

// No more than `most` of them: short ones are merged where there are more. Nothing if it was stopped. `progress`
// is told of as by TimelineIndex::build().
[[nodiscard]] std::optional<TraceSpans> traceSpansOf(const History& history, std::size_t most,
                                                     const std::stop_token& stop,
                                                     const std::function<void(double)>& progress = {});

} // namespace interleave
