// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/order_proof.h"

#include "hardware/recorded_history.h"
#include "hardware/run.h"
#include "simulated_recording.h"
#include "support.h"
#include "tampering.h"

#include <functional>

namespace interleave {

namespace {

using Kind = ProofError::Kind;

// --- What the proof finds is what happened ---------------------------------------------------------------------------

class ProvenOrderTest : public testing::TestWithParam<SynchronisationAndThreads> {};

TEST_P(ProvenOrderTest, IsTheOrderThatTrulyWas)
{
    const auto [synchronisation, threads] = GetParam();
    for (const std::uint64_t switchesOneIn : {1U, 3U, 20U}) {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            const SimulatedRun run = simulate(parametersOf(synchronisation, threads, 12), seed, switchesOneIn);
            const auto order = proveOrder(run.recording);
            ASSERT_TRUE(order) << "seed " << seed << ", kind " << testing::PrintToString(order.error().kind);
            const std::vector<TrueUpdate> proven = spelledOut(order->streaks);
            ASSERT_EQ(proven.size(), run.order.size());
            if (synchronisation != Synchronisation::Sharded) { // no order of different shards is truer than another
                ASSERT_TRUE(proven == run.order) << "seed " << seed << ": " << written(order->streaks);
            }
            ASSERT_EQ(order->waits.size(), run.waits) << "seed " << seed;
            for (const LockWait& wait : order->waits) {
                ASSERT_TRUE(usesLock(synchronisation));
                ASSERT_GE(wait.block, 1U);
                ASSERT_LE(wait.block, proven.size());
                EXPECT_NE(proven[wait.block - 1].name.thread, wait.thread) << "nobody waits for itself, seed " << seed;
                const auto own = std::find_if(proven.begin(), proven.end(), [&](const TrueUpdate& update) {
                    return update.name == UpdateName{wait.thread, wait.number};
                });
                EXPECT_LT(wait.block, own - proven.begin() + 1) << "a wait comes before its update, seed " << seed;
            }
            EXPECT_TRUE(std::is_sorted(order->waits.begin(), order->waits.end(),
                                       [](const LockWait& a, const LockWait& b) { return a.block < b.block; }));
        }
    }
}

TEST_P(ProvenOrderTest, ExistsForEveryRealRun)
{
    const auto [synchronisation, threads] = GetParam();
    for (const std::chrono::nanoseconds window : {std::chrono::nanoseconds{0}, std::chrono::nanoseconds{5'000}}) {
        const auto run = record(parametersOf(synchronisation, threads, 60, window));
        ASSERT_TRUE(run);
        const auto order = proveOrder(run->recording);
        ASSERT_TRUE(order) << testing::PrintToString(order.error().kind);
        std::uint64_t updates = 0;
        for (const Streak& streak : order->streaks)
            updates += streak.length;
        EXPECT_EQ(updates, run->result.expected);
    }
}

INSTANTIATE_TEST_SUITE_P(All, ProvenOrderTest,
                         testing::Combine(testing::ValuesIn(allSynchronisations), testing::Values(1U, 2U, 3U, 8U)),
                         caseNameOf);

// --- A hand-made record, and everything that can be done to it -------------------------------------------------------

// Three threads, two updates each, unlocked:
//   position 1: A1 saw 0                     value 1
//            2: B1 saw 0, overwrote A1       value 1
//            3: A2 saw A1, overwrote B1      value 2
//            4: C1 saw A2                    value 3
//            5: C2 saw C1 (same streak)      value 4
//            6: B2 saw A2, overwrote C2      value 3
constexpr ThreadIndex A = 0;
constexpr ThreadIndex B = 1;
constexpr ThreadIndex C = 2;

Recording handMade()
{
    Recording recording;
    recording.parameters = parametersOf(Synchronisation::None, 3, 2);
    recording.threads.resize(3);
    recording.threads[A].streaks = {StreakRecord::of(1, 0, 0),
                                    StreakRecord::of(2, tagged::word(A, 1, 1), linkTo(B, 1))};
    recording.threads[B].streaks = {StreakRecord::of(1, 0, linkTo(A, 1)),
                                    StreakRecord::of(2, tagged::word(A, 2, 2), linkTo(C, 2))};
    recording.threads[C].streaks = {StreakRecord::of(1, tagged::word(A, 2, 2), linkTo(A, 2))};
    recording.finalWord = tagged::word(B, 2, 3);
    return recording;
}

TEST(HandMadeRecordingTest, IsProven)
{
    const auto order = proveOrder(handMade());
    ASSERT_TRUE(order);
    const std::vector<TrueUpdate> expected = {{{A, 1}, 0}, {{B, 1}, 0}, {{A, 2}, 1},
                                              {{C, 1}, 3}, {{C, 2}, 4}, {{B, 2}, 3}};
    EXPECT_TRUE(spelledOut(order->streaks) == expected) << written(order->streaks);
    const auto history = RecordedHistory::fromRecording(handMade());
    ASSERT_TRUE(history);
    EXPECT_EQ((*history)->ledger().lost(), 3U);
    EXPECT_EQ((*history)->ledger().surviving(), 3U);
}

struct Tamper {
    const char* name;
    std::function<void(Recording&)> change;
    std::optional<Kind> refusedAs; // empty: the change makes the record of another possible run
};

void PrintTo(const Tamper& tamper, std::ostream* out)
{
    *out << tamper.name;
}

std::vector<StreakRecord>& streaksOf(Recording& recording, ThreadIndex thread)
{
    return recording.threads[thread].streaks;
}

const Tamper tampers[] = {
    {"LinkToAThreadThatIsNotThere", [](Recording& r) { setLink(streaksOf(r, B)[1], linkTo(3, 1)); },
     Kind::UnknownWriter},
    {"LinkToAnUpdateNeverMade", [](Recording& r) { setLink(streaksOf(r, B)[1], linkTo(C, 3)); }, Kind::UnknownWriter},
    {"LinkPastSomebody", [](Recording& r) { setLink(streaksOf(r, B)[1], linkTo(A, 2)); }, Kind::UpdatesMissing},
    {"LinkToOnesOwnPast", [](Recording& r) { setLink(streaksOf(r, B)[1], linkTo(B, 1)); }, Kind::ChainBroken},
    {"LinkToItself", [](Recording& r) { setLink(streaksOf(r, B)[1], linkTo(B, 2)); }, Kind::ChainBroken},
    {"LinkIntoAStreak", [](Recording& r) { setLink(streaksOf(r, B)[1], linkTo(C, 1)); }, Kind::ChainBroken},
    {"LinkToTheInitialValue", [](Recording& r) { setLink(streaksOf(r, A)[1], 0); }, Kind::UpdatesMissing},
    {"FirstLinkToSomebody", [](Recording& r) { setLink(streaksOf(r, A)[0], linkTo(B, 1)); }, Kind::ChainBroken},
    {"LinksSwapped",
     [](Recording& r) {
         setLink(streaksOf(r, A)[1], linkTo(C, 2));
         setLink(streaksOf(r, B)[1], linkTo(B, 1));
     },
     Kind::ChainBroken},

    {"SawWhatIsStoredLater", [](Recording& r) { streaksOf(r, A)[1].seen = tagged::word(C, 1, 3); },
     Kind::SeesUnwritten},
    {"SawItself", [](Recording& r) { streaksOf(r, C)[0].seen = tagged::word(C, 1, 3); }, Kind::SeesUnwritten},
    {"SawWhatWasBeforeItsOwnStore", [](Recording& r) { streaksOf(r, B)[1].seen = 0; }, Kind::SeesUnwritten},
    {"SawAThreadThatIsNotThere", [](Recording& r) { streaksOf(r, C)[0].seen = tagged::word(3, 1, 2); },
     Kind::UnknownWriter},
    {"SawAnotherValue", [](Recording& r) { ++streaksOf(r, B)[1].seen; }, Kind::ValueContradicts},
    {"SawAValueInTheBeginning", [](Recording& r) { streaksOf(r, A)[0].seen = 1; }, Kind::ValueContradicts},
    {"SawAnotherThanTheFinalValueAllows", [](Recording& r) { streaksOf(r, B)[1].seen = tagged::word(B, 1, 1); },
     Kind::ValueContradicts},

    {"NumberTooHigh", [](Recording& r) { setNumber(streaksOf(r, B)[1], 3); }, Kind::ChainBroken},
    {"NumberTwice", [](Recording& r) { setNumber(streaksOf(r, B)[1], 1); }, Kind::ChainBroken},
    {"NumberZero", [](Recording& r) { setNumber(streaksOf(r, A)[0], 0); }, Kind::ChainBroken},
    {"FirstNumberIsNotOne", [](Recording& r) { setNumber(streaksOf(r, C)[0], 2); }, Kind::UpdatesMissing},

    {"FirstRecordDropped", [](Recording& r) { streaksOf(r, A).erase(streaksOf(r, A).begin()); }, Kind::UpdatesMissing},
    {"LastRecordDropped", [](Recording& r) { streaksOf(r, B).pop_back(); }, Kind::ChainBroken},
    {"MiddleOfTheChainDropped", [](Recording& r) { streaksOf(r, A).pop_back(); }, Kind::UpdatesMissing},
    {"AllRecordsOfAThreadDropped", [](Recording& r) { streaksOf(r, C).clear(); }, Kind::UpdatesMissing},
    {"AThreadDropped", [](Recording& r) { r.threads.pop_back(); }, Kind::ChainBroken},
    {"AThreadTooMany", [](Recording& r) { r.threads.push_back(r.threads[C]); }, Kind::ChainBroken},
    {"RecordsSwapped", [](Recording& r) { std::swap(streaksOf(r, A)[0], streaksOf(r, A)[1]); }, Kind::UpdatesMissing},
    {"RecordsOfTwoThreadsSwapped", [](Recording& r) { std::swap(streaksOf(r, A)[1], streaksOf(r, B)[1]); },
     Kind::ChainBroken},

    {"FinalValueChanged", [](Recording& r) { ++r.finalWord; }, Kind::ValueContradicts},
    {"FinalWordIsTheInitialOne", [](Recording& r) { r.finalWord = 0; }, Kind::UpdatesMissing},
    {"FinalWordOfAnEarlierUpdate", [](Recording& r) { r.finalWord = tagged::word(C, 2, 4); }, Kind::ChainBroken},
    {"FinalWordOfAThreadThatIsNotThere", [](Recording& r) { r.finalWord = tagged::word(3, 2, 3); },
     Kind::UnknownWriter},
    {"FinalWordOfAnUpdateNeverMade", [](Recording& r) { r.finalWord = tagged::word(B, 3, 3); }, Kind::UnknownWriter},
    {"LockSaidToHaveFailed", [](Recording& r) { r.threads[B].exclusionViolations = 1; }, Kind::LockDidNotExclude},

    // C's updates are lost, so nothing that survives depends on what C saw: C1 may have loaded the initial value.
    {"WhatALostUpdateSaw", [](Recording& r) { streaksOf(r, C)[0].seen = 0; }, std::nullopt},
    // B2 may have seen B1, if the final value is one less.
    {"ASeenWordAndTheFinalValueTogether",
     [](Recording& r) {
         streaksOf(r, B)[1].seen = tagged::word(B, 1, 1);
         r.finalWord = tagged::word(B, 2, 2);
     },
     std::nullopt},
    // Times place steps on the time axis and prove nothing.
    {"Times", [](Recording& r) { r.threads[A].times.push_back(TimeSample::of(2, 1'000)); }, std::nullopt},
};

class TamperTest : public testing::TestWithParam<Tamper> {};

TEST_P(TamperTest, IsRefusedUnlessAnotherRunCouldHaveLeftIt)
{
    Recording recording = handMade();
    GetParam().change(recording);
    const auto order = proveOrder(recording);
    if (GetParam().refusedAs) {
        ASSERT_FALSE(order) << written(order->streaks);
        EXPECT_EQ(order.error().kind, *GetParam().refusedAs);
        EXPECT_FALSE(RecordedHistory::fromRecording(recording));
    } else {
        ASSERT_TRUE(order) << testing::PrintToString(order.error().kind);
        const auto history = RecordedHistory::fromRecording(recording);
        ASSERT_TRUE(history);
        const Ledger& ledger = (*history)->ledger();
        EXPECT_EQ(ledger.value(ledger.updates()), tagged::valueOf(recording.finalWord));
        EXPECT_EQ(tagged::valueOf(recording.finalWord) + ledger.lost(), recording.parameters.updates());
    }
}

INSTANTIATE_TEST_SUITE_P(HandMade, TamperTest, testing::ValuesIn(tampers),
                         [](const auto& tested) { return std::string(tested.param.name); });

// A writer without a number names nobody: no thread wrote such a word.
TEST(HandMadeRecordingTest, AWriterWithoutANumberIsNobody)
{
    Recording linked = handMade();
    setLink(streaksOf(linked, A)[0], std::uint64_t{B + 1} << tagged::numberBits);
    const auto byLink = proveOrder(linked);
    ASSERT_FALSE(byLink);
    EXPECT_EQ(byLink.error().kind, Kind::UnknownWriter);

    Recording seen = handMade();
    streaksOf(seen, B)[0].seen = std::uint64_t{A + 1} << (tagged::numberBits + tagged::valueBits);
    EXPECT_FALSE(proveOrder(seen));
}

// Chain and values agree, but thread 1 ran its whole loop in the middle of thread 0's: whatever did that, it was not a
// mutex around the loop.
TEST(HandMadeRecordingTest, ALoopUnderTheLockIsNotInterrupted)
{
    Recording recording;
    recording.parameters = parametersOf(Synchronisation::MutexCoarse, 2, 2);
    recording.threads.resize(2);
    recording.threads[A].streaks = {StreakRecord::of(1, 0, StreakRecord::noWait),
                                    StreakRecord::of(2, tagged::word(B, 2, 3), StreakRecord::noWait)};
    recording.threads[B].streaks = {StreakRecord::of(1, tagged::word(A, 1, 1), StreakRecord::noWait)};
    recording.finalWord = tagged::word(A, 2, 4);
    const auto order = proveOrder(recording);
    ASSERT_FALSE(order);
    EXPECT_EQ(order.error().kind, Kind::LockDidNotExclude);
}

} // namespace
} // namespace interleave
