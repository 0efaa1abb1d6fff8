// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"
#include "result.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace interleave {

// How a history is written for trace viewers.
struct TraceOptions {
    // The file stays below this many bytes, whatever the length of the run. Names and facts come on top: they do not
    // grow with it. At least 1 MB.
    std::uint64_t mostBytes = 48'000'000;
    // What a thread's track is called, UTF-8; none: "thread 0", "thread 1", ...
    std::function<std::string(ThreadIndex)> threadName;
    // What else the file says of the run, in otherData: name and value, UTF-8.
    std::vector<std::pair<std::string, std::string>> facts;
    // How far it has come, from 0 to 1; called now and then, never from two threads at once. May be empty.
    std::function<void(double)> progress;
};

// What a trace shows; the file says the same in otherData.
struct TraceSummary {
    // Some of all there are.
    struct Share {
        std::uint64_t shown = 0;
        std::uint64_t all = 0;
    };
    std::uint64_t bytes = 0;
    Time spanWidth = 0;            // no span is shorter that was merged from several; 0: none was
    std::uint64_t spans = 0;       // written, on all tracks
    std::uint64_t mergedSpans = 0; // of them
    Share lostUpdates;             // arrows
    Share counterValues;
    Share switches;
};

// Why there is no trace.
enum class TraceError : std::uint8_t { Cancelled };

// Takes the text, piece by piece, in order.
using TraceSink = std::function<void(std::string_view)>;

// Writes a history as Chrome trace event JSON (the "JSON Object Format" of Google's "Trace Event Format" document),
// events by time. Process 1 holds the threads, process 2 the cores, as far as the history or the kernel told who was on
// which, process 3 the locks, if there are any; tid is the index plus 1. Complete events are what a thread was at, who
// was on a core and who held a lock, and none overlap on a track; instants are switches; each flow goes from an update to the store that it was lost to; the counter track has
// the counter's value. Times are microseconds, with a virtual tick counting as one.
//
// Where a run has more than there is room for, short spans are merged and some of the rest is left out evenly. The
// totals in otherData are of the whole run.
[[nodiscard]] Result<TraceSummary, TraceError> exportTrace(const History& history, const TraceOptions& options,
                                                           const TraceSink& sink, const std::stop_token& stop = {});

} // namespace interleave
