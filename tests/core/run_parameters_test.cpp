// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/run_parameters.h"

#include "hardware/recorder.h"
#include "support.h"

#include <unistd.h>

namespace interleave {
namespace {

using Kind = RunError::Kind;
using Parameter = RunError::Parameter;

constexpr std::uint64_t second = 1'000'000'000;

struct Row {
    const char* name;
    void (*change)(RunParameters&);
    Parameter parameter;
    std::uint64_t value;
    std::uint64_t least;
    std::uint64_t most;
};

void PrintTo(const Row& row, std::ostream* out)
{
    *out << row.name;
}

const Row outOfRange[] = {
    {"NoThreads", [](RunParameters& p) { p.threads = 0; }, Parameter::Threads, 0, 1, 1000},
    {"TooManyThreads", [](RunParameters& p) { p.threads = 1001; }, Parameter::Threads, 1001, 1, 1000},
    {"NoIterations", [](RunParameters& p) { p.iterations = 0; }, Parameter::Iterations, 0, 1, second},
    {"TooManyIterations", [](RunParameters& p) { p.iterations = second + 1; }, Parameter::Iterations, second + 1, 1,
     second},
    {"TooManyCores", [](RunParameters& p) { p.cores = 100'000; }, Parameter::Cores, 100'000, 1, availableCores()},
    {"WindowTooLong", [](RunParameters& p) { p.window = std::chrono::nanoseconds(second + 1); }, Parameter::Window,
     second + 1, 0, second},
};

class OutOfRangeTest : public testing::TestWithParam<Row> {};

TEST_P(OutOfRangeTest, IsRefusedAndNamesTheRange)
{
    const Row& row = GetParam();
    for (const RunMode mode : {RunMode::Counted, RunMode::Recorded}) {
        RunParameters parameters;
        row.change(parameters);
        const auto result = validated(parameters, mode);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, Kind::OutOfRange);
        EXPECT_EQ(result.error().parameter, row.parameter);
        EXPECT_EQ(result.error().value, row.value);
        EXPECT_EQ(result.error().least, row.least);
        EXPECT_EQ(result.error().most, row.most);
    }
}

INSTANTIATE_TEST_SUITE_P(Parameters, OutOfRangeTest, testing::ValuesIn(outOfRange),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(RunParametersTest, ANegativeWindowIsRefused)
{
    RunParameters parameters;
    parameters.window = std::chrono::nanoseconds(-1);
    const auto result = validated(parameters, RunMode::Counted);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::OutOfRange);
    EXPECT_EQ(result.error().parameter, Parameter::Window);
}

TEST(RunParametersTest, TheEndsOfTheRangesAreTaken)
{
    RunParameters least;
    least.threads = 1;
    least.iterations = 1;
    least.cores = 0;
    RunParameters most;
    most.threads = RunParameters::maxThreads;
    most.iterations = RunParameters::maxIterations;
    most.cores = availableCores();
    most.window = RunParameters::maxWindow;
    for (const RunParameters& parameters : {RunParameters(), least, most}) {
        const auto result = validated(parameters, RunMode::Counted);
        ASSERT_TRUE(result);
        EXPECT_EQ(*result, parameters);
    }
}

TEST(RunParametersTest, TheDefaultsAreTheNotes)
{
    const RunParameters parameters;
    EXPECT_EQ(parameters.threads, 50U);
    EXPECT_EQ(parameters.iterations, 200'000U);
    EXPECT_EQ(parameters.updates(), 10'000'000U);
    EXPECT_EQ(parameters.synchronisation, Synchronisation::None);
    EXPECT_EQ(parameters.window.count(), 0);
}

TEST(RunParametersTest, ARecordHoldsSoManyUpdatesAndNoMore)
{
    RunParameters parameters;
    parameters.threads = 1000;
    parameters.iterations = 200'000;
    EXPECT_TRUE(validated(parameters, RunMode::Counted));
    const auto result = validated(parameters, RunMode::Recorded);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::TooManyUpdates);
    EXPECT_EQ(result.error().parameter, Parameter::Iterations);
    EXPECT_EQ(result.error().value, 200'000'000U);
    EXPECT_EQ(result.error().most, RunParameters::maxRecordedUpdates);
}

TEST(RunParametersTest, ARecordLargerThanTheMemoryDoesNotFit)
{
    RunParameters parameters;
    parameters.threads = 1;
    parameters.iterations = static_cast<std::uint32_t>(RunParameters::maxRecordedUpdates);
    const std::uint64_t needed = mostBytesToRecord(parameters);
    const std::uint64_t memory = static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES))
                               * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    if (needed <= memory)
        GTEST_SKIP() << "this machine has room for the largest record: " << needed << " of " << memory << " bytes";
    const auto result = validated(parameters, RunMode::Recorded);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::DoesNotFit);
    EXPECT_EQ(result.error().value, needed);
    EXPECT_LT(result.error().most, needed);
}

TEST(RunParametersTest, TheMemoryAskedForHoldsTheRecord)
{
    RunParameters parameters;
    EXPECT_GE(mostBytesToRecord(parameters), parameters.updates() * StreakRecorder::maxBytesPerUpdate);
}

TEST(RunParametersTest, ThereIsACore)
{
    EXPECT_GE(availableCores(), 1U);
}

} // namespace
} // namespace interleave
