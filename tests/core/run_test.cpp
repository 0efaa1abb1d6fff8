// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/run.h"

#include "hardware/recorded_history.h"
#include "support.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace interleave {
namespace {

using Kind = RunError::Kind;
using std::chrono_literals::operator""ns;
using std::chrono_literals::operator""us;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

using Runner = Result<RunResult, RunError> (*)(const RunParameters&, const std::stop_token&, RunProgress*);

struct NamedRunner {
    const char* name;
    Runner run;
};

constexpr NamedRunner runners[] = {{"counted", runCounted}, {"recorded", runRecorded}};

// --- The books balance -----------------------------------------------------------------------------------------------

class RunTest : public testing::TestWithParam<SynchronisationAndThreads> {
protected:
    [[nodiscard]] RunParameters parameters() const
    {
        const auto [synchronisation, threads] = GetParam();
        return parametersOf(synchronisation, threads, threads <= 8 ? 2000 : 300);
    }

    static void expectUsage(const RunResult& result)
    {
        ASSERT_EQ(result.threads.size(), result.parameters.threads);
        EXPECT_GT(result.elapsedNanoseconds, 0);
        double first = result.threads[0].beginNanoseconds;
        double last = 0;
        for (const ThreadUsage& thread : result.threads) {
            EXPECT_LE(thread.beginNanoseconds, thread.endNanoseconds);
            EXPECT_TRUE(thread.retries == 0 || result.parameters.synchronisation == Synchronisation::Cas);
            first = std::min(first, thread.beginNanoseconds);
            last = std::max(last, thread.endNanoseconds);
        }
        EXPECT_DOUBLE_EQ(first, 0);
        EXPECT_DOUBLE_EQ(last, result.elapsedNanoseconds);
        EXPECT_DOUBLE_EQ(result.nanosecondsPerUpdate() * static_cast<double>(result.expected),
                         result.elapsedNanoseconds);
    }
};

TEST_P(RunTest, CountedBalances)
{
    const auto result = runCounted(parameters());
    ASSERT_TRUE(result);
    EXPECT_EQ(result->expected, parameters().updates());
    EXPECT_EQ(result->final + result->lost, result->expected);
    EXPECT_GE(result->final, 1U);
    EXPECT_LE(result->final, result->expected);
    if (parameters().synchronisation != Synchronisation::None || parameters().threads == 1) {
        EXPECT_EQ(result->lost, 0U);
    }
    EXPECT_FALSE(result->recorded);
    EXPECT_EQ(result->history, nullptr);
    EXPECT_EQ(result->parameters.cores, availableCores());
    expectUsage(*result);
}

TEST_P(RunTest, RecordedBalances)
{
    const auto result = runRecorded(parameters());
    ASSERT_TRUE(result) << static_cast<int>(result.error().kind);
    ASSERT_TRUE(result->recorded);
    const RecordedFigures& recorded = *result->recorded;
    EXPECT_TRUE(recorded.orderProven);
    EXPECT_EQ(recorded.updates, result->expected);
    EXPECT_EQ(result->final + recorded.lost, result->expected)
        << "the accounting identity, lost counted from the links";
    EXPECT_EQ(recorded.surviving, result->final);
    EXPECT_EQ(result->lost, recorded.lost);
    EXPECT_LE(recorded.bytes, result->expected * StreakRecorder::maxBytesPerUpdate + 1024U * parameters().threads);
    if (parameters().synchronisation != Synchronisation::None || parameters().threads == 1) {
        EXPECT_EQ(recorded.lost, 0U);
        EXPECT_EQ(recorded.clobberingStores, 0U);
    }
    ASSERT_NE(result->history, nullptr);
    EXPECT_EQ(result->history->steps(), recorded.steps);
    EXPECT_EQ(result->history->ledger().streaks(), recorded.streaks);
    expectUsage(*result);
}

INSTANTIATE_TEST_SUITE_P(All, RunTest,
                         testing::Combine(testing::ValuesIn(allSynchronisations),
                                          testing::Values(1U, 2U, 3U, 5U, 8U, 16U, 33U, 64U)),
                         caseNameOf);

// --- What a run is asked for, it does --------------------------------------------------------------------------------

class EveryRunTest : public testing::TestWithParam<Synchronisation> {};

TEST_P(EveryRunTest, RunsOnOneCore)
{
    RunParameters parameters = parametersOf(GetParam(), 4, 500);
    parameters.cores = 1;
    for (const NamedRunner& runner : runners) {
        const auto result = runner.run(parameters, {}, nullptr);
        ASSERT_TRUE(result) << runner.name;
        EXPECT_EQ(result->parameters.cores, 1U) << runner.name;
        EXPECT_EQ(result->final + result->lost, result->expected) << runner.name;
    }
}

TEST_P(EveryRunTest, ReportsItsProgress)
{
    const RunParameters parameters = parametersOf(GetParam(), 3, 1500);
    for (const NamedRunner& runner : runners) {
        RunProgress progress{12345};
        ASSERT_TRUE(runner.run(parameters, {}, &progress)) << runner.name;
        EXPECT_EQ(progress.load(), parameters.updates()) << runner.name;
    }
}

// A window that sleeps takes the thread off its core, once for every update.
TEST_P(EveryRunTest, ASleepingWindowSwitchesVoluntarily)
{
    constexpr std::uint32_t iterations = 6;
    for (const NamedRunner& runner : runners) {
        const auto result = runner.run(parametersOf(GetParam(), 2, iterations, 1ms), {}, nullptr);
        ASSERT_TRUE(result) << runner.name;
        EXPECT_EQ(result->final + result->lost, result->expected) << runner.name;
        std::uint64_t sum = 0;
        for (const ThreadUsage& thread : result->threads) {
            EXPECT_GE(thread.voluntarySwitches, iterations / 2) << runner.name;
            sum += thread.voluntarySwitches;
        }
        EXPECT_EQ(result->voluntarySwitches(), sum) << runner.name;
    }
}

TEST_P(EveryRunTest, SumsTheSwitchesOfItsThreads)
{
    const auto result = runCounted(parametersOf(GetParam(), 3, 1000));
    ASSERT_TRUE(result);
    std::uint64_t voluntary = 0;
    std::uint64_t involuntary = 0;
    for (const ThreadUsage& thread : result->threads) {
        voluntary += thread.voluntarySwitches;
        involuntary += thread.involuntarySwitches;
    }
    EXPECT_EQ(result->voluntarySwitches(), voluntary);
    EXPECT_EQ(result->involuntarySwitches(), involuntary);
}

// --- Cancelling ------------------------------------------------------------------------------------------------------

std::size_t threadsOfThisProcess()
{
    const auto tasks = std::filesystem::directory_iterator("/proc/self/task");
    return static_cast<std::size_t>(std::distance(begin(tasks), end(tasks)));
}

// Taken before any test makes a thread. Counting from what stands before each run would count threads that have been
// joined but that the kernel still lists, and then wait for ever for as many more.
const std::size_t threadsWhenQuiet = threadsOfThisProcess();

// Runs `parameters`, which left alone would take minutes or far longer, and asks for a stop as soon as `begun`.
template <typename Begun>
void expectCancelled(const NamedRunner& runner, const RunParameters& parameters, Begun&& begun)
{
    std::stop_source stop;
    RunProgress progress{UINT64_MAX}; // the run begins by writing 0
    const std::size_t threadsBefore = threadsWhenQuiet + 1;
    std::jthread canceller([&] {
        while (progress.load() == UINT64_MAX || !begun(progress.load(), threadsOfThisProcess() - threadsBefore))
            std::this_thread::yield();
        stop.request_stop();
    });
    const auto result = runner.run(parameters, stop.get_token(), &progress);
    canceller.join();
    ASSERT_FALSE(result) << runner.name;
    EXPECT_EQ(result.error().kind, Kind::Cancelled) << runner.name;
}

TEST_P(EveryRunTest, IsCancelledWhileItCounts)
{
    expectCancelled(runners[0], parametersOf(GetParam(), 8, RunParameters::maxIterations),
                    [](std::uint64_t progress, std::size_t) { return progress > 0; });
}

TEST_P(EveryRunTest, IsCancelledWhileItRecords)
{
    expectCancelled(runners[1], parametersOf(GetParam(), 8, 20'000, 500us),
                    [](std::uint64_t progress, std::size_t) { return progress > 0; });
}

TEST_P(EveryRunTest, IsCancelledWhileItSleeps)
{
    for (const NamedRunner& runner : runners)
        expectCancelled(runner, parametersOf(GetParam(), 4, 1000, 1s),
                        [](std::uint64_t, std::size_t threads) { return threads >= 4; });
}

TEST_P(EveryRunTest, IsCancelledBeforeItBegins)
{
    std::stop_source stop;
    stop.request_stop();
    for (const NamedRunner& runner : runners) {
        const auto result = runner.run(parametersOf(GetParam(), 4, 1000, 1s), stop.get_token(), nullptr);
        ASSERT_FALSE(result) << runner.name;
        EXPECT_EQ(result.error().kind, Kind::Cancelled) << runner.name;
    }
}

INSTANTIATE_TEST_SUITE_P(All, EveryRunTest, testing::ValuesIn(allSynchronisations), caseNameOfSynchronisation);

// --- Refusals --------------------------------------------------------------------------------------------------------

TEST(RunErrorTest, ParametersAreCheckedFirst)
{
    for (const NamedRunner& runner : runners) {
        const auto result = runner.run(parametersOf(Synchronisation::None, 0, 1), {}, nullptr);
        ASSERT_FALSE(result) << runner.name;
        EXPECT_EQ(result.error().kind, Kind::OutOfRange) << runner.name;
        EXPECT_EQ(result.error().parameter, RunError::Parameter::Threads) << runner.name;
    }
    const auto tooMany = runRecorded(parametersOf(Synchronisation::None, 1000, 1'000'000));
    ASSERT_FALSE(tooMany);
    EXPECT_EQ(tooMany.error().kind, Kind::TooManyUpdates);
}

std::uint64_t addressSpaceInUse()
{
    std::uint64_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

enum class Ending { Result, Error, Neither };

struct ChildOutcome {
    Ending ending = Ending::Neither;
    RunError error;
};

// Makes a run in a child process that may use only `room` more bytes of address space, and tells how it ended. (The
// sanitizers reserve terabytes of address space and cannot be limited.)
ChildOutcome runWithRoomFor(std::uint64_t room, Runner run, const RunParameters& parameters)
{
    ChildOutcome outcome;
    int ends[2];
    if (pipe(ends) != 0)
        return outcome;
    const pid_t child = fork();
    if (child == 0) {
        const rlim_t most = addressSpaceInUse() + room;
        const rlimit limit{most, most};
        try {
            if (setrlimit(RLIMIT_AS, &limit) == 0) {
                const auto result = run(parameters, {}, nullptr);
                outcome.ending = result ? Ending::Result : Ending::Error;
                if (!result)
                    outcome.error = result.error();
            }
        } catch (...) { // a run answers, it does not throw: neither
        }
        const bool told = write(ends[1], &outcome, sizeof outcome) == static_cast<ssize_t>(sizeof outcome);
        _exit(told ? 0 : 1);
    }
    close(ends[1]);
    ChildOutcome told;
    if (read(ends[0], &told, sizeof told) == static_cast<ssize_t>(sizeof told))
        outcome = told;
    close(ends[0]);
    if (child > 0)
        waitpid(child, nullptr, 0);
    return outcome;
}

constexpr std::uint64_t megabyte = 1 << 20;

TEST(RunErrorTest, MoreThreadsThanTheSystemAllows)
{
    if (underSanitizer)
        GTEST_SKIP() << "address space cannot be limited under a sanitizer";
    for (const NamedRunner& runner : runners) {
        const ChildOutcome outcome = runWithRoomFor(200 * megabyte, runner.run,
                                                    parametersOf(Synchronisation::None, 1000, 10));
        ASSERT_EQ(outcome.ending, Ending::Error) << runner.name;
        EXPECT_EQ(outcome.error.kind, Kind::ThreadRefused) << runner.name;
        EXPECT_EQ(outcome.error.parameter, RunError::Parameter::Threads) << runner.name;
        EXPECT_LT(outcome.error.value, 1000U) << runner.name;
        EXPECT_EQ(outcome.error.systemError, EAGAIN) << runner.name;
    }
}

TEST(RunErrorTest, ARecordThatTheSystemRefusesDoesNotFit)
{
    if (underSanitizer)
        GTEST_SKIP() << "address space cannot be limited under a sanitizer";
    const ChildOutcome outcome = runWithRoomFor(50 * megabyte, runRecorded,
                                                parametersOf(Synchronisation::None, 4, 1'000'000));
    ASSERT_EQ(outcome.ending, Ending::Error);
    EXPECT_EQ(outcome.error.kind, Kind::DoesNotFit);
    EXPECT_GT(outcome.error.value, outcome.error.most);
}

// The order is proven and the history built after the race. That needs memory, too, the more the threads interfered, so
// whether it is enough is not known before; but the run answers.
TEST(RunErrorTest, AHistoryThatTheSystemRefusesDoesNotFit)
{
    if (underSanitizer)
        GTEST_SKIP() << "address space cannot be limited under a sanitizer";
    const RunParameters parameters = parametersOf(Synchronisation::None, 2, 400'000, 200ns);
    const ChildOutcome outcome = runWithRoomFor(20 * megabyte
                                                    + parameters.updates() * StreakRecorder::maxBytesPerUpdate,
                                                runRecorded, parameters);
    EXPECT_NE(outcome.ending, Ending::Neither) << "the run threw";
    if (outcome.ending == Ending::Error) {
        EXPECT_EQ(outcome.error.kind, Kind::DoesNotFit);
    }
}

} // namespace
} // namespace interleave
