// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/tagged_counter.h"

#include "hardware/run_parameters.h"
#include "support.h"

namespace interleave {
namespace {

struct Row {
    ThreadIndex thread;
    std::uint32_t number;
    std::uint64_t value;
};

constexpr std::uint32_t mostNumber = RunParameters::maxRecordedUpdates;

constexpr Row rows[] = {
    {0, 1, 1},
    {0, 1, 0},
    {49, 200'000, 10'000'000},
    {RunParameters::maxThreads - 1, 1, 1},
    {0, mostNumber, mostNumber},
    {RunParameters::maxThreads - 1, mostNumber, mostNumber},
};

TEST(TaggedCounterTest, AWordGivesBackItsParts)
{
    for (const Row& row : rows) {
        const std::uint64_t word = tagged::word(row.thread, row.number, row.value);
        EXPECT_EQ(tagged::valueOf(word), row.value);
        EXPECT_EQ(tagged::nameOfLink(tagged::linkOf(word)), (UpdateName{row.thread, row.number}));
        EXPECT_EQ(tagged::linkOfName({row.thread, row.number}), tagged::linkOf(word));
        EXPECT_NE(word, 0U);
    }
}

TEST(TaggedCounterTest, TheInitialWordNamesTheInitialValue)
{
    EXPECT_EQ(tagged::valueOf(0), 0U);
    EXPECT_TRUE(tagged::nameOfLink(tagged::linkOf(0)).isInitialValue());
    EXPECT_EQ(tagged::linkOfName(UpdateName{}), 0U);
}

} // namespace
} // namespace interleave
