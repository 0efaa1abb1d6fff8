// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace interleave {

// The figures of one finished run.
struct ResultsRow {
    std::uint32_t threads = 0;
    std::uint32_t iterations = 0;
    Synchronisation synchronisation = Synchronisation::None;
    std::uint32_t cores = 0; // as they were, never 0 for "all"
    std::chrono::nanoseconds window{0};
    std::uint32_t trial = 1; // counted from 1, for each way to synchronise
    std::uint64_t expected = 0;
    std::uint64_t final = 0;
    std::uint64_t lost = 0;
    double elapsedNanoseconds = 0;
    double nanosecondsPerUpdate = 0;
    std::uint64_t voluntarySwitches = 0; // of all threads, by getrusage(2)
    std::uint64_t involuntarySwitches = 0;
    std::optional<RecordedFigures> recorded; // none of a counted run
    // What else is known of the switches; see SwitchLog. Not kept in files.
    SwitchSource switchSource = SwitchSource::Rusage;
    SwitchRefusal switchRefusal;
    std::uint64_t switchesCaptured = 0;
    std::uint64_t switchOverflow = 0;

    [[nodiscard]] static ResultsRow fromRun(const RunResult& result, std::uint32_t trial);
    // The runs differ in nothing but the way to synchronise and the trial, so their figures can stand side by side.
    [[nodiscard]] bool comparableWith(const ResultsRow& other) const;
};

// The figures of many runs, in the order in which they finished. What charts and files are made from.
class ResultsTable {
public:
    using Row = ResultsRow;

    void add(const Row& row) { m_rows.push_back(row); }
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    [[nodiscard]] bool isEmpty() const { return m_rows.empty(); }
    [[nodiscard]] std::size_t size() const { return m_rows.size(); }

    // The ways to synchronise that occur, in the order of allSynchronisations.
    [[nodiscard]] std::vector<Synchronisation> ways() const;
    [[nodiscard]] ResultsTable rowsOf(Synchronisation way) const;
    // The rows comparable with the last: after the parameters change, earlier runs are another experiment.
    [[nodiscard]] ResultsTable latestExperiment() const;

private:
    std::vector<Row> m_rows;
};

} // namespace interleave
