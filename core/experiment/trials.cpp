// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/trials.h"

namespace interleave {

Result<ResultsTable, RunError> runTrials(const TrialsPlan& plan, std::stop_token stop, TrialsProgress* progress,
                                         const RowFinished& rowFinished, const RunFinished& runFinished)
{
    if (plan.trials < 1 || plan.trials > TrialsPlan::maxTrials)
        return RunError{
            RunError::Kind::OutOfRange, RunError::Parameter::None, plan.trials, 1, TrialsPlan::maxTrials, 0};
    if (const auto base = validated(plan.base, plan.mode); !base)
        return base.error();

    if (progress)
        progress->finishedRuns.store(0, std::memory_order_relaxed);
    RunProgress* const updates = progress ? &progress->updatesOfThisRun : nullptr;

    ResultsTable table;
    for (std::uint32_t trial = 1; trial <= plan.trials; ++trial) {
        for (const Synchronisation way : plan.ways) {
            if (stop.stop_requested())
                return RunError{RunError::Kind::Cancelled};
            RunParameters parameters = plan.base;
            parameters.synchronisation = way;
            const auto result = plan.mode == RunMode::Recorded ? runRecorded(parameters, stop, updates)
                                                               : runCounted(parameters, stop, updates);
            if (!result)
                return result.error();
            if (runFinished)
                runFinished(*result, trial);
            const ResultsRow row = ResultsRow::fromRun(*result, trial);
            table.add(row);
            if (progress)
                progress->finishedRuns.fetch_add(1, std::memory_order_relaxed);
            if (rowFinished)
                rowFinished(row);
        }
    }
    return table;
}

} // namespace interleave
