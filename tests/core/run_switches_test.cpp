// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/run.h"

#include "hardware/recorded_history.h"
#include "hardware/switch_capture.h"
#include "support.h"

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <functional>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace interleave {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""us;

#define SKIP_UNLESS_CAPTURED(log)                                                                                      \
    if ((log).source != SwitchSource::Kernel)                                                                          \
    GTEST_SKIP() << "the kernel captures no switches here: " << std::strerror((log).refusal.systemError)               \
                 << ", perf_event_paranoid " << (log).refusal.paranoid

RunParameters onOneCore(RunParameters parameters)
{
    parameters.cores = 1;
    return parameters;
}

// Between its begin and its end a thread leaves its core and comes back, in turns.
void expectTakesTurns(const RunResult& result)
{
    const SwitchLog& log = *result.switches;
    ASSERT_TRUE(log.isComplete());
    ASSERT_EQ(log.threads.size(), result.parameters.threads);
    for (std::size_t t = 0; t < log.threads.size(); ++t) {
        SCOPED_TRACE(std::string("thread ") + std::to_string(t));
        const auto& records = log.threads[t];
        ASSERT_EQ(records.size() % 2, 0U);
        for (std::size_t i = 0; i < records.size(); ++i) {
            ASSERT_EQ(records[i].out, i % 2 == 0);
            ASSERT_EQ(records[i].thread, t);
            ASSERT_GE(static_cast<double>(records[i].nanoseconds), result.threads[t].beginNanoseconds);
            ASSERT_LE(static_cast<double>(records[i].nanoseconds), result.threads[t].endNanoseconds);
            if (i > 0) {
                ASSERT_GE(records[i].nanoseconds, records[i - 1].nanoseconds);
            }
        }
    }
}

// getrusage was asked just before the thread's begin was noted and just after its end was. Only a switch in those two
// moments is counted by it and not captured; what happens before, at the start line, neither has.
void expectAgreesWithRusage(const RunResult& result)
{
    std::uint64_t missing = 0;
    for (std::size_t t = 0; t < result.threads.size(); ++t) {
        std::uint64_t captured = 0;
        for (const SwitchRecord& record : result.switches->threads[t])
            captured += record.out ? 1 : 0;
        const ThreadUsage& usage = result.threads[t];
        ASSERT_LE(captured, usage.voluntarySwitches + usage.involuntarySwitches) << "thread " << t;
        missing += usage.voluntarySwitches + usage.involuntarySwitches - captured;
    }
    EXPECT_LE(missing, 2 * result.threads.size()) << "two moments in each thread";
}

class CapturedRunTest : public testing::TestWithParam<Synchronisation> {};

TEST_P(CapturedRunTest, AgreesWithTheTotalsOfRusage)
{
    for (const bool recorded : {false, true}) {
        for (const std::chrono::nanoseconds window : {std::chrono::nanoseconds(0), std::chrono::nanoseconds(1ms)}) {
            SCOPED_TRACE(std::string(recorded ? "recorded" : "counted") + ", window " + std::to_string(window.count()));
            const RunParameters parameters = parametersOf(GetParam(), 5, window.count() > 0 ? 8 : 20'000, window);
            const auto result = recorded ? runRecorded(parameters) : runCounted(parameters);
            ASSERT_TRUE(result);
            SKIP_UNLESS_CAPTURED(*result->switches);
            ASSERT_NO_FATAL_FAILURE(expectTakesTurns(*result));
            ASSERT_NO_FATAL_FAILURE(expectAgreesWithRusage(*result));
            EXPECT_EQ(result->switches->refusal, SwitchRefusal{});
            EXPECT_EQ(result->switches->overflow, 0U);
            if (window.count() > 0) { // it sleeps
                EXPECT_GE(result->switches->captured(), parameters.updates() / 2);
            }
        }
    }
}

TEST_P(CapturedRunTest, IsDoneWithoutCaptureToo)
{
    RunParameters parameters = parametersOf(GetParam(), 4, 8, 1ms);
    parameters.switches = SwitchSource::Rusage;
    for (const bool recorded : {false, true}) {
        const auto result = recorded ? runRecorded(parameters) : runCounted(parameters);
        ASSERT_TRUE(result);
        const SwitchLog& log = *result->switches;
        EXPECT_EQ(log.source, SwitchSource::Rusage);
        EXPECT_EQ(log.refusal.kind, SwitchRefusal::Kind::NotAsked);
        EXPECT_TRUE(log.threads.empty());
        EXPECT_EQ(log.captured(), 0U);
        EXPECT_GE(result->voluntarySwitches(), parameters.updates() / 2);
        EXPECT_EQ(result->final + result->lost, result->expected);
    }
}

INSTANTIATE_TEST_SUITE_P(All, CapturedRunTest, testing::ValuesIn(allSynchronisations), caseNameOfSynchronisation);

// Three threads that only compute share one core by being preempted in turns.
TEST(CaptureTest, ShowsHowThreadsTakeTurnsOnOneCore)
{
    RunParameters parameters = onOneCore(parametersOf(Synchronisation::Sharded, 3, 10'000'000));
    // What takes a slow machine some time slices takes a fast one less than one.
    for (; parameters.iterations <= 640'000'000; parameters.iterations *= 2) {
        const auto result = runCounted(parameters);
        ASSERT_TRUE(result);
        SKIP_UNLESS_CAPTURED(*result->switches);
        ASSERT_NO_FATAL_FAILURE(expectTakesTurns(*result));
        double from = 0; // while all three were there
        double to = result->elapsedNanoseconds;
        for (const ThreadUsage& thread : result->threads) {
            from = std::max(from, thread.beginNanoseconds);
            to = std::min(to, thread.endNanoseconds);
        }
        std::vector<SwitchRecord> all;
        bool everyoneWasPreempted = true;
        for (const std::vector<SwitchRecord>& records : result->switches->threads) {
            int preemptions = 0;
            for (const SwitchRecord& record : records) {
                const auto time = static_cast<double>(record.nanoseconds);
                if (time < from || time > to)
                    continue;
                all.push_back(record);
                preemptions += record.preempted ? 1 : 0;
            }
            everyoneWasPreempted = everyoneWasPreempted && preemptions >= 3;
        }
        if (!everyoneWasPreempted)
            continue;
        // One clock for all three: whoever leaves the core is the one who last came to it.
        std::ranges::stable_sort(all, {}, &SwitchRecord::nanoseconds);
        std::size_t otherThreadCameNext = 0;
        for (std::size_t i = 1; i < all.size(); ++i) {
            ASSERT_EQ(all[i].core, all[0].core);
            if (!all[i - 1].out) {
                ASSERT_TRUE(all[i].out) << "two on one core, record " << i;
                ASSERT_EQ(all[i].thread, all[i - 1].thread);
            } else if (!all[i].out) {
                otherThreadCameNext += all[i].thread != all[i - 1].thread ? 1U : 0U;
            }
        }
        EXPECT_GE(otherThreadCameNext, 6U);
        return;
    }
    FAIL() << "no thread was ever preempted";
}

// More switches than the rings hold at once: they are fetched while the run goes on. A ring takes some 0.4 s to fill
// here. Should the machine be so busy that nobody fetches for as long, what goes missing is counted.
TEST(CaptureTest, FetchesWhileTheRunGoesOn)
{
    const RunParameters parameters = onOneCore(parametersOf(Synchronisation::None, 20, 1'000, 1ms));
    constexpr std::uint64_t room = SwitchCapture::ringBytes / 32;
    ASSERT_GT(2 * parameters.updates(), room) << "two records for every update";
    std::uint64_t overflow = 0;
    for (int attempt = 0; attempt < 5; ++attempt) {
        const auto result = runCounted(parameters);
        ASSERT_TRUE(result);
        SKIP_UNLESS_CAPTURED(*result->switches);
        std::uint64_t records = 0;
        for (const std::vector<SwitchRecord>& each : result->switches->threads)
            records += each.size();
        overflow = result->switches->overflow;
        EXPECT_GE(records + overflow + std::uint64_t{4} * parameters.threads,
                  2 * (result->voluntarySwitches() + result->involuntarySwitches()));
        if (overflow == 0) {
            EXPECT_GT(records, room);
            ASSERT_NO_FATAL_FAILURE(expectTakesTurns(*result));
            return;
        }
    }
    FAIL() << "each time some went missing, last " << overflow;
}

// --- Refused by the system -------------------------------------------------------------------------------------------

struct Told {
    bool finished = false;
    bool balances = false;
    SwitchSource source = SwitchSource::Kernel;
    SwitchRefusal refusal;
};

// Makes a run in a child process that was first taken something away. Nothing is told if that cannot be taken.
std::optional<Told> runWithout(const std::function<bool()>& takeAway, const RunParameters& parameters)
{
    int ends[2];
    if (pipe(ends) != 0)
        return std::nullopt;
    const pid_t child = fork();
    if (child == 0) {
        if (!takeAway())
            _exit(1);
        Told told;
        if (const auto result = runCounted(parameters)) {
            told.finished = true;
            told.balances = result->final + result->lost == result->expected
                         && result->threads.size() == parameters.threads;
            told.source = result->switches->source;
            told.refusal = result->switches->refusal;
        }
        _exit(write(ends[1], &told, sizeof told) == static_cast<ssize_t>(sizeof told) ? 0 : 1);
    }
    close(ends[1]);
    Told told;
    const bool heard = read(ends[0], &told, sizeof told) == static_cast<ssize_t>(sizeof told);
    close(ends[0]);
    if (child > 0)
        waitpid(child, nullptr, 0);
    return heard ? std::optional(told) : std::nullopt;
}

// As containers do it.
bool forbidTheSystemCall()
{
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_perf_event_open, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog filter{std::size(program), program};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

TEST(RefusedCaptureTest, TheSystemCallIsForbidden)
{
    if (underSanitizer)
        GTEST_SKIP() << "no threads after a fork under a sanitizer";
    const auto told = runWithout(forbidTheSystemCall, parametersOf(Synchronisation::None, 4, 1000));
    if (!told)
        GTEST_SKIP() << "no filter for system calls can be set here";
    EXPECT_TRUE(told->finished);
    EXPECT_TRUE(told->balances);
    EXPECT_EQ(told->source, SwitchSource::Rusage);
    EXPECT_EQ(told->refusal.kind, SwitchRefusal::Kind::EventRefused);
    EXPECT_EQ(told->refusal.systemError, EPERM);
}

// What somebody without privileges may have is enough, and without any memory that may be locked, too.
TEST(RefusedCaptureTest, NeedsNoPrivileges)
{
    if (underSanitizer)
        GTEST_SKIP() << "no threads after a fork under a sanitizer";
    const auto told = runWithout(
        [] {
            const rlimit none{0, 0};
            constexpr uid_t nobody = 65534;
            return setrlimit(RLIMIT_MEMLOCK, &none) == 0 && (geteuid() != 0 || setuid(nobody) == 0);
        },
        parametersOf(Synchronisation::None, 400, 100));
    if (!told)
        GTEST_SKIP() << "privileges cannot be given up here";
    EXPECT_TRUE(told->finished);
    EXPECT_TRUE(told->balances);
    if (told->source == SwitchSource::Rusage)
        GTEST_SKIP() << "refused here: " << std::strerror(told->refusal.systemError) << ", perf_event_paranoid "
                     << told->refusal.paranoid;
}

} // namespace
} // namespace interleave
