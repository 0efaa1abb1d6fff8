// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/statistics.h"

#include <gtest/gtest.h>
#include <ostream>
#include <vector>

namespace interleave {
namespace {

struct Known {
    const char* name;
    std::vector<double> sample;
    Summary summary;
};

void PrintTo(const Known& known, std::ostream* out)
{
    *out << known.name;
}

class Statistics : public testing::TestWithParam<Known> {};

TEST_P(Statistics, KnowsTheSample)
{
    const auto summary = summarise(GetParam().sample);
    ASSERT_TRUE(summary);
    const Summary& expected = GetParam().summary;
    EXPECT_EQ(summary->count, expected.count);
    EXPECT_DOUBLE_EQ(summary->min, expected.min);
    EXPECT_DOUBLE_EQ(summary->lowerQuartile, expected.lowerQuartile);
    EXPECT_DOUBLE_EQ(summary->median, expected.median);
    EXPECT_DOUBLE_EQ(summary->mean, expected.mean);
    EXPECT_DOUBLE_EQ(summary->upperQuartile, expected.upperQuartile);
    EXPECT_DOUBLE_EQ(summary->max, expected.max);
}

// Quartiles by definition 7 of Hyndman and Fan, as R's quantile(x) gives them.
INSTANTIATE_TEST_SUITE_P(
    Samples, Statistics,
    testing::Values(Known{"One", {7}, {1, 7, 7, 7, 7, 7, 7}}, Known{"Two", {10, 4}, {2, 4, 5.5, 7, 7, 8.5, 10}},
                    Known{"OddUnsorted", {9, 1, 5, 3, 7}, {5, 1, 3, 5, 5, 7, 9}},
                    Known{"Even", {1, 2, 3, 4}, {4, 1, 1.75, 2.5, 2.5, 3.25, 4}},
                    Known{"Skewed", {0, 0, 0, 0, 100}, {5, 0, 0, 0, 20, 0, 100}},
                    Known{"Equal", {3, 3, 3}, {3, 3, 3, 3, 3, 3, 3}},
                    Known{"Large",
                          {1e15 + 1, 1e15 + 3},
                          {2, 1e15 + 1, 1e15 + 1.5, 1e15 + 2, 1e15 + 2, 1e15 + 2.5, 1e15 + 3}}),
    [](const auto& sample) { return std::string(sample.param.name); });

TEST(StatisticsOfNothing, AreNone)
{
    EXPECT_FALSE(summarise({}));
}

TEST(Quantile, IsTheExtremesAtItsEnds)
{
    const std::vector<double> sorted = {2, 3, 5, 8, 13};
    EXPECT_EQ(quantile(sorted, 0), 2);
    EXPECT_EQ(quantile(sorted, 1), 13);
    EXPECT_DOUBLE_EQ(quantile(sorted, 0.9), 11); // place 3.6 between 8 and 13
}

} // namespace
} // namespace interleave
