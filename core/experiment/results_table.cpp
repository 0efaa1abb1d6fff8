// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/results_table.h"

#include <algorithm>
#include <iterator>

namespace interleave {

ResultsRow ResultsRow::fromRun(const RunResult& result, std::uint32_t trial)
{
    ResultsRow row;
    row.threads = result.parameters.threads;
    row.iterations = result.parameters.iterations;
    row.synchronisation = result.parameters.synchronisation;
    row.cores = result.parameters.cores;
    row.window = result.parameters.window;
    row.trial = trial;
    row.expected = result.expected;
    row.final = result.final;
    row.lost = result.lost;
    row.elapsedNanoseconds = result.elapsedNanoseconds;
    row.nanosecondsPerUpdate = result.nanosecondsPerUpdate();
    row.voluntarySwitches = result.voluntarySwitches();
    row.involuntarySwitches = result.involuntarySwitches();
    row.recorded = result.recorded;
    if (result.switches) {
        row.switchSource = result.switches->source;
        row.switchRefusal = result.switches->refusal;
        row.switchesCaptured = result.switches->captured();
        row.switchOverflow = result.switches->overflow;
    }
    return row;
}

bool ResultsRow::comparableWith(const ResultsRow& other) const
{
    return threads == other.threads && iterations == other.iterations && cores == other.cores
           && window == other.window && recorded.has_value() == other.recorded.has_value();
}

std::vector<Synchronisation> ResultsTable::ways() const
{
    std::vector<Synchronisation> ways;
    for (const Synchronisation way : allSynchronisations)
        if (std::ranges::any_of(m_rows, [way](const Row& row) { return row.synchronisation == way; }))
            ways.push_back(way);
    return ways;
}

ResultsTable ResultsTable::rowsOf(Synchronisation way) const
{
    ResultsTable table;
    std::ranges::copy_if(m_rows, std::back_inserter(table.m_rows),
                         [way](const Row& row) { return row.synchronisation == way; });
    return table;
}

ResultsTable ResultsTable::latestExperiment() const
{
    ResultsTable table;
    std::ranges::copy_if(m_rows, std::back_inserter(table.m_rows),
                         [this](const Row& row) { return row.comparableWith(m_rows.back()); });
    return table;
}

} // namespace interleave
