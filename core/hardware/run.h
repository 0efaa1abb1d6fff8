// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/order_proof.h"
#include "hardware/recorder.h"
#include "hardware/run_parameters.h"
#include "hardware/switch_log.h"
#include "result.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace interleave {

class RecordedHistory;

// What the kernel counted for one thread, and when the thread ran.
struct ThreadUsage {
    double beginNanoseconds = 0; // since the first thread began
    double endNanoseconds = 0;
    std::uint64_t voluntarySwitches = 0;   // it blocked or slept (getrusage(2): ru_nvcsw)
    std::uint64_t involuntarySwitches = 0; // it was preempted (ru_nivcsw)
    std::uint64_t retries = 0;             // `cas`: exchanges that failed and were tried again
};

// What recording a run yielded.
struct RecordedFigures {
    std::uint64_t steps = 0;
    std::uint64_t updates = 0;
    std::uint64_t surviving = 0; // counted along the surviving path
    std::uint64_t lost = 0;      // counted from the links
    std::uint64_t clobberingStores = 0;
    std::uint64_t streaks = 0;
    std::uint64_t bytes = 0; // written by the recorders while the threads ran
    bool orderProven = false;
};

// A finished run.
struct RunResult {
    RunParameters parameters; // cores resolved to their number
    std::uint64_t expected = 0;
    std::uint64_t final = 0; // what the counter held at the end
    std::uint64_t lost = 0;  // expected - final
    double elapsedNanoseconds = 0; // first thread's begin to last thread's end, by their own clocks
    std::vector<ThreadUsage> threads;
    std::shared_ptr<const SwitchLog> switches; // never null in a finished run
    std::optional<RecordedFigures> recorded;
    std::shared_ptr<const RecordedHistory> history; // recorded runs only

    [[nodiscard]] double nanosecondsPerUpdate() const { return elapsedNanoseconds / static_cast<double>(expected); }
    [[nodiscard]] std::uint64_t voluntarySwitches() const;
    [[nodiscard]] std::uint64_t involuntarySwitches() const;
};

// A recorded run before its order is proven.
struct RawRecordedRun {
    RunResult result;
    Recording recording;
};

// Updates done so far, over all threads. Written by the run about every thousand updates, read by whoever waits.
using RunProgress = std::atomic<std::uint64_t>;

// Runs the race on real threads. Blocks until the last thread has finished, or, after a stop is requested, until every
// thread has seen that: at most 100 ms. `progress` may be null.
[[nodiscard]] Result<RunResult, RunError> runCounted(const RunParameters& parameters, const std::stop_token& stop = {},
                                                     RunProgress* progress = nullptr);

// The same, recorded, its order proven and its history built. The stop token is asked during the race only.
[[nodiscard]] Result<RunResult, RunError> runRecorded(const RunParameters& parameters, const std::stop_token& stop = {},
                                                      RunProgress* progress = nullptr);

// The two halves of runRecorded.
[[nodiscard]] Result<RawRecordedRun, RunError> record(const RunParameters& parameters, const std::stop_token& stop = {},
                                                      RunProgress* progress = nullptr);
[[nodiscard]] Result<RunResult, ProofError> proven(RawRecordedRun&& run);

} // namespace interleave
