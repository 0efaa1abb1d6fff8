// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/trials.h"

#include "support.h"

namespace interleave {
namespace {

TrialsPlan plan(std::uint32_t trials)
{
    TrialsPlan plan;
    plan.base.threads = 2;
    plan.base.iterations = 100;
    plan.ways = {Synchronisation::None, Synchronisation::Mutex, Synchronisation::Sharded};
    plan.trials = trials;
    return plan;
}

TEST(Trials, GoThroughAllWaysTrialByTrial)
{
    TrialsProgress progress;
    std::vector<std::uint64_t> finishedWhenTold;
    std::vector<ResultsRow> told;
    const auto table = runTrials(plan(3), {}, &progress, [&](const ResultsRow& row) {
        told.push_back(row);
        finishedWhenTold.push_back(progress.finishedRuns);
    });
    ASSERT_TRUE(table);
    ASSERT_EQ(table->size(), 9u);
    ASSERT_EQ(told.size(), 9u);
    EXPECT_EQ(progress.finishedRuns, 9u);
    for (std::size_t i = 0; i < 9; ++i) {
        const ResultsRow& row = table->rows()[i];
        EXPECT_EQ(row.trial, 1 + i / 3);
        EXPECT_EQ(row.synchronisation, plan(3).ways[i % 3]);
        EXPECT_EQ(row.final + row.lost, 200u);
        EXPECT_EQ(told[i].elapsedNanoseconds, row.elapsedNanoseconds);
        EXPECT_EQ(finishedWhenTold[i], i + 1);
    }
    EXPECT_FALSE(table->rows()[0].recorded);
}

TEST(Trials, CanBeRecorded)
{
    TrialsPlan recorded = plan(2);
    recorded.mode = RunMode::Recorded;
    const auto table = runTrials(recorded);
    ASSERT_TRUE(table);
    for (const ResultsRow& row : table->rows()) {
        ASSERT_TRUE(row.recorded);
        EXPECT_TRUE(row.recorded->orderProven);
        EXPECT_EQ(row.recorded->lost, row.lost);
    }
}

TEST(Trials, StopBetweenRunsAndKeepWhatIsDone)
{
    std::stop_source source;
    std::vector<ResultsRow> told;
    const auto table = runTrials(plan(1000), source.get_token(), nullptr, [&](const ResultsRow& row) {
        told.push_back(row);
        if (told.size() == 4)
            source.request_stop();
    });
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().kind, RunError::Kind::Cancelled);
    EXPECT_EQ(told.size(), 4u);
}

class TrialsOutOfRange : public testing::TestWithParam<std::uint32_t> {};

TEST_P(TrialsOutOfRange, AreRefused)
{
    const auto table = runTrials(plan(GetParam()));
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().kind, RunError::Kind::OutOfRange);
    EXPECT_EQ(table.error().parameter, RunError::Parameter::None);
    EXPECT_EQ(table.error().value, GetParam());
    EXPECT_EQ(table.error().most, 1000u);
}

INSTANTIATE_TEST_SUITE_P(Numbers, TrialsOutOfRange, testing::Values(0, 1001));

TEST(Trials, RefuseParametersBeforeTheFirstRun)
{
    TrialsPlan wrong = plan(1);
    wrong.base.threads = 0;
    bool told = false;
    const auto table = runTrials(wrong, {}, nullptr, [&](const ResultsRow&) { told = true; });
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().parameter, RunError::Parameter::Threads);
    EXPECT_FALSE(told);
}

} // namespace
} // namespace interleave
