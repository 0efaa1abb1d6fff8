// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/recorded_history.h"
#include "hardware/run.h"
#include "support.h"
#include "timed_race.h"

namespace interleave {
namespace {

using std::chrono_literals::operator""us;

// --- Against a machine of which everything is known ------------------------------------------------------------------

struct Tally {
    int proven = 0;
    int possible = 0;
    int none = 0;
};

void expectTrue(const TimedRace& race, const RecordedHistory& history, Tally& tally)
{
    const Ledger& ledger = history.ledger();
    for (Position p = 1; p <= ledger.updates(); ++p) {
        SCOPED_TRACE(std::string("position ") + std::to_string(p));
        const Update update = ledger.update(p);
        const std::optional<Preemption> told = history.preemptionIn(p);
        if (!update.clobbering()) {
            ASSERT_FALSE(told);
            continue;
        }
        const TruthOfUpdate& truth = race.updates[update.name.thread][update.name.number - 1];
        std::uint32_t times = 0;
        double duration = 0;
        for (const Away& each : race.away[update.name.thread])
            if (each.out > truth.loaded && each.in < truth.stored) {
                ++times;
                duration += each.in - each.out;
            }
        constexpr double rounding = 1e-3;
        if (!told) {
            ASSERT_EQ(times, 0U) << "it was switched out, and that is denied";
            ++tally.none;
        } else if (told->proven) {
            ASSERT_GE(told->switches, 1U);
            ASSERT_LE(told->switches, times) << "proven, and not true";
            ASSERT_LE(told->nanoseconds, duration + rounding);
            ASSERT_GE(told->outAt, truth.loaded);
            ASSERT_LE(told->inAt, truth.stored);
            ASSERT_EQ(told->preemptions, told->switches);
            ++tally.proven;
        } else {
            ASSERT_GE(told->switches, std::max(times, 1U)) << "more than can have been";
            ASSERT_GE(told->nanoseconds, duration - rounding);
            ++tally.possible;
        }
        if (told) {
            ASSERT_LT(told->from, history.parameters().cores);
            ASSERT_LT(told->to, history.parameters().cores);
        }
    }
}

TEST(PreemptionTest, WhatIsSaidIsTrue)
{
    Tally tally;
    for (const std::uint32_t cores : {1U, 2U, 3U})
        for (const std::uint32_t timesOneIn : {1U, 4U, 32U})
            for (const std::uint32_t switchesOneIn : {4U, 40U})
                for (std::uint64_t seed = 1; seed <= (underSanitizer ? 2U : 6U); ++seed) {
                    SCOPED_TRACE(std::to_string(cores) + " cores, a time in " + std::to_string(timesOneIn)
                                 + ", a switch in " + std::to_string(switchesOneIn) + ", seed " + std::to_string(seed));
                    RunParameters parameters = parametersOf(Synchronisation::None, 4, 150);
                    parameters.cores = cores;
                    TimedRace race(parameters, seed, switchesOneIn, timesOneIn);
                    const auto history = RecordedHistory::fromRecording(race.recording);
                    ASSERT_TRUE(history);
                    ASSERT_NO_FATAL_FAILURE(expectTrue(race, **history, tally));
                }
    RecordProperty("proven", tally.proven);
    RecordProperty("possible", tally.possible);
    RecordProperty("none", tally.none);
    EXPECT_GT(tally.proven, 100);
    EXPECT_GT(tally.possible, 100);
    EXPECT_GT(tally.none, 100);
}

TEST(PreemptionTest, RunningAreThoseOnACore)
{
    RunParameters parameters = parametersOf(Synchronisation::None, 4, 150);
    parameters.cores = 2;
    TimedRace race(parameters, 3, 30, 1);
    const auto history = RecordedHistory::fromRecording(race.recording);
    ASSERT_TRUE(history);
    for (Position p = 1; p <= (*history)->ledger().updates(); ++p) {
        const Step step = (*history)->storeStep(p);
        const State state = (*history)->state(step + 1);
        const ThreadIndex now = (*history)->event(step).thread;
        std::uint32_t running = 0;
        for (ThreadIndex t = 0; t < 4; ++t)
            running += state.threads[t].phase == ThreadPhase::Running ? 1U : 0U;
        ASSERT_LE(running, 2U);
        if ((*history)->event(step).number < parameters.iterations) {
            ASSERT_EQ(state.threads[now].phase, ThreadPhase::Running);
        }
        // Where the time of the store was measured, the others are known, too.
        const TruthOfUpdate& truth = race.updates[now][(*history)->event(step).number - 1];
        if (std::abs((*history)->timeOf(step) - truth.stored) > 60)
            continue;
        for (ThreadIndex t = 0; t < 4; ++t)
            for (const Away& each : race.away[t])
                if (t != now && each.out + 100 < truth.stored && truth.stored + 100 < each.in) {
                    ASSERT_NE(state.threads[t].phase, ThreadPhase::Running) << "position " << p << ", thread " << t;
                }
    }
}

TEST(PreemptionTest, NothingIsSaidWhereSwitchesAreMissing)
{
    RunParameters parameters = parametersOf(Synchronisation::None, 4, 150);
    parameters.cores = 1;
    for (const bool unknown : {false, true}) {
        TimedRace race(parameters, 1, 4, 1);
        auto log = std::make_shared<SwitchLog>(*race.recording.switches);
        log->overflow = 1;
        race.recording.switches = unknown ? nullptr : log;
        const auto history = RecordedHistory::fromRecording(race.recording);
        ASSERT_TRUE(history);
        EXPECT_FALSE((*history)->switches().isComplete());
        EXPECT_EQ((*history)->switchesOf(0).empty(), unknown);
        EXPECT_TRUE((*history)->switchesOf(99).empty());
        for (Position p = 1; p <= (*history)->ledger().updates(); ++p)
            ASSERT_FALSE((*history)->preemptionIn(p));
    }
}

// --- In a real run ---------------------------------------------------------------------------------------------------

TEST(PreemptionTest, IsProvenInARealRun)
{
    RunParameters parameters = parametersOf(Synchronisation::None, 3, 1'000, 20us);
    parameters.cores = 1;
    for (; parameters.iterations < 100'000; parameters.iterations *= 2) {
        const auto run = runRecorded(parameters);
        ASSERT_TRUE(run);
        if (run->switches->source != SwitchSource::Kernel)
            GTEST_SKIP() << "the kernel captures no switches here, perf_event_paranoid "
                         << run->switches->refusal.paranoid;
        ASSERT_TRUE(run->switches->isComplete());
        const RecordedHistory& history = *run->history;
        EXPECT_EQ(&history.switches(), run->switches.get());
        int proven = 0;
        for (Position p = 1; p <= history.ledger().updates(); ++p) {
            const auto told = history.preemptionIn(p);
            if (!told || !told->proven)
                continue;
            ++proven;
            ASSERT_GT(told->nanoseconds, 0);
            ASSERT_LE(told->nanoseconds, told->inAt - told->outAt + 1e-3);
            ASSERT_GE(told->outAt, 0);
            ASSERT_LE(told->inAt, run->elapsedNanoseconds);
            ASSERT_GE(told->switches, told->preemptions);
        }
        if (proven >= 3)
            return;
    }
    FAIL() << "on one core, threads of which nearly all time is between load and store were never preempted there";
}

} // namespace
} // namespace interleave
