// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/results_table.h"

#include "support.h"

#include <functional>

namespace interleave {
namespace {

ResultsRow row(Synchronisation way, std::uint32_t trial, std::uint32_t threads = 4)
{
    ResultsRow row;
    row.threads = threads;
    row.iterations = 10;
    row.synchronisation = way;
    row.cores = 1;
    row.trial = trial;
    return row;
}

class ResultsRowOf : public testing::TestWithParam<std::tuple<Synchronisation, RunMode>> {};

TEST_P(ResultsRowOf, ARunHasTheFiguresOfTheRun)
{
    const auto [way, mode] = GetParam();
    RunParameters parameters;
    parameters.threads = 3;
    parameters.iterations = 500;
    parameters.synchronisation = way;
    parameters.window = std::chrono::nanoseconds(200);
    const auto run = mode == RunMode::Recorded ? runRecorded(parameters) : runCounted(parameters);
    ASSERT_TRUE(run);

    const ResultsRow row = ResultsRow::fromRun(*run, 7);
    EXPECT_EQ(row.threads, 3u);
    EXPECT_EQ(row.iterations, 500u);
    EXPECT_EQ(row.synchronisation, way);
    EXPECT_EQ(row.cores, availableCores()); // never 0 for "all"
    EXPECT_EQ(row.window.count(), 200);
    EXPECT_EQ(row.trial, 7u);
    EXPECT_EQ(row.expected, 1500u);
    EXPECT_EQ(row.final + row.lost, row.expected);
    EXPECT_EQ(row.final, run->final);
    EXPECT_GT(row.elapsedNanoseconds, 0);
    EXPECT_DOUBLE_EQ(row.nanosecondsPerUpdate, row.elapsedNanoseconds / 1500);
    EXPECT_EQ(row.voluntarySwitches, run->voluntarySwitches());
    EXPECT_EQ(row.involuntarySwitches, run->involuntarySwitches());
    ASSERT_EQ(row.recorded.has_value(), mode == RunMode::Recorded);
    if (row.recorded) {
        EXPECT_EQ(row.recorded->lost, row.lost); // counted from the links
        EXPECT_EQ(row.recorded->surviving, row.final);
    }
}

INSTANTIATE_TEST_SUITE_P(EveryWay, ResultsRowOf,
                         testing::Combine(testing::ValuesIn(allSynchronisations),
                                          testing::Values(RunMode::Counted, RunMode::Recorded)),
                         [](const auto& sample) {
                             return caseName(std::get<0>(sample.param))
                                    + (std::get<1>(sample.param) == RunMode::Recorded ? "_recorded" : "_counted");
                         });

TEST(ResultsTable, ListsItsWaysInTheUsualOrder)
{
    ResultsTable table;
    EXPECT_TRUE(table.isEmpty());
    EXPECT_TRUE(table.ways().empty());
    for (const Synchronisation way : {Synchronisation::Cas, Synchronisation::None, Synchronisation::Cas})
        table.add(row(way, 1));
    EXPECT_EQ(table.ways(), (std::vector{Synchronisation::None, Synchronisation::Cas}));
    EXPECT_EQ(table.rowsOf(Synchronisation::Cas).size(), 2u);
    EXPECT_EQ(table.rowsOf(Synchronisation::Mutex).size(), 0u);
}

TEST(ResultsTable, KeepsApartWhatCannotBeCompared)
{
    const ResultsRow reference = row(Synchronisation::None, 1);
    EXPECT_TRUE(reference.comparableWith(row(Synchronisation::Mutex, 9)));
    const auto differs = [&](const std::function<void(ResultsRow&)>& change) {
        ResultsRow other = reference;
        change(other);
        return !reference.comparableWith(other);
    };
    EXPECT_TRUE(differs([](ResultsRow& r) { ++r.threads; }));
    EXPECT_TRUE(differs([](ResultsRow& r) { ++r.iterations; }));
    EXPECT_TRUE(differs([](ResultsRow& r) { ++r.cores; }));
    EXPECT_TRUE(differs([](ResultsRow& r) { r.window = std::chrono::nanoseconds(1); }));
    EXPECT_TRUE(differs([](ResultsRow& r) { r.recorded = RecordedFigures(); }));
}

TEST(ResultsTable, LatestExperimentIsThatOfTheLastRow)
{
    ResultsTable table;
    EXPECT_TRUE(table.latestExperiment().isEmpty());
    table.add(row(Synchronisation::None, 1, 8));
    table.add(row(Synchronisation::None, 1, 4));
    table.add(row(Synchronisation::Mutex, 1, 4));
    const ResultsTable latest = table.latestExperiment();
    ASSERT_EQ(latest.size(), 2u);
    EXPECT_EQ(latest.rows()[0].synchronisation, Synchronisation::None);
    EXPECT_EQ(latest.rows()[1].synchronisation, Synchronisation::Mutex);
}

} // namespace
} // namespace interleave
