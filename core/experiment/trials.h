// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/results_table.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

namespace interleave {

// The same race, run several times in each of several ways to synchronise.
struct TrialsPlan {
    static constexpr std::uint32_t maxTrials = 1000;

    RunParameters base; // its way to synchronise is not looked at
    std::vector<Synchronisation> ways;
    std::uint32_t trials = 1; // 1 to maxTrials
    RunMode mode = RunMode::Counted;

    [[nodiscard]] std::uint64_t runs() const { return std::uint64_t{trials} * ways.size(); }
};

// Where the trials are. Written by them, read by whoever waits.
struct TrialsProgress {
    std::atomic<std::uint64_t> finishedRuns{0};
    RunProgress updatesOfThisRun{0};
};

using RowFinished = std::function<void(const ResultsRow&)>;
using RunFinished = std::function<void(const RunResult&, std::uint32_t trial)>;

// Runs the plan, trial by trial through all ways (trial 1 of every way, then trial 2 …), so that whatever drifts while
// it lasts, such as the clock frequency, meets all ways alike. `rowFinished` is called after each run, on the calling
// thread; what it was given is good even if a later run fails or is cancelled. So is `runFinished`, right before, with
// the whole run, which is not kept. `progress` may be null.
// A number of trials out of range is RunError::OutOfRange of Parameter::None.
[[nodiscard]] Result<ResultsTable, RunError> runTrials(const TrialsPlan& plan, std::stop_token stop = {},
                                                       TrialsProgress* progress = nullptr,
                                                       const RowFinished& rowFinished = {},
                                                       const RunFinished& runFinished = {});

} // namespace interleave
