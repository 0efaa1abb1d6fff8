// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/order_proof.h"
#include "hardware/recorded_history.h"
#include "hardware/run.h"
#include "simulated_recording.h"
#include "support.h"
#include "tampering.h"

namespace interleave {
namespace {

using Kind = ProofError::Kind;

// --- Real records, changed one word at a time ------------------------------------------------------------------------

// A record with interference. A real run with a sleeping window interferes all but surely; where it does not, another
// is made, and at last the simulated one says the same.
Recording realWithInterference(Synchronisation synchronisation)
{
    for (int attempt = 0; attempt < 5; ++attempt) {
        auto run = record(parametersOf(synchronisation, 4, 8, std::chrono::milliseconds{1}));
        if (!run)
            break;
        const std::size_t least = synchronisation == Synchronisation::MutexCoarse ? 1 : 3; // one loop is one streak
        const bool interfered = std::all_of(run->recording.threads.begin(), run->recording.threads.end(),
                                            [&](const ThreadRecord& thread) { return thread.streaks.size() >= least; });
        if (interfered)
            return std::move(run->recording);
    }
    return simulate(parametersOf(synchronisation, 4, 8), 1).recording;
}

class TamperedRecordTest : public testing::TestWithParam<Synchronisation> {
protected:
    void SetUp() override
    {
        m_recording = realWithInterference(GetParam());
        ASSERT_TRUE(proveOrder(m_recording));
    }

    // Applies `change` to every record of every thread, each on a fresh copy; it returns false where it has no meaning.
    // `kinds` are those that the refusal may name.
    template <typename Change>
    void expectRefusedEverywhere(const char* what, std::initializer_list<Kind> kinds, Change&& change) const
    {
        int changed = 0;
        for (ThreadIndex t = 0; t < m_recording.parameters.threads; ++t) {
            for (std::size_t i = 0; i < m_recording.threads[t].streaks.size(); ++i) {
                Recording copy = m_recording;
                if (!change(copy, copy.threads[t].streaks, t, i))
                    continue;
                ++changed;
                const auto order = proveOrder(copy);
                ASSERT_FALSE(order) << what << ": thread " << t << ", record " << i;
                EXPECT_NE(std::find(kinds.begin(), kinds.end(), order.error().kind), kinds.end())
                    << what << ": thread " << t << ", record " << i << ": "
                    << testing::PrintToString(order.error().kind);
            }
        }
        EXPECT_GT(changed, 0) << what;
    }

    [[nodiscard]] bool tagsTheCounter() const
    {
        return GetParam() != Synchronisation::Atomic && GetParam() != Synchronisation::Sharded;
    }
    [[nodiscard]] bool usesLocks() const { return usesLock(GetParam()); }

    Recording m_recording;
};

using Records = std::vector<StreakRecord>;

TEST_P(TamperedRecordTest, RefusesAnotherLink)
{
    if (GetParam() != Synchronisation::None)
        return; // `cas` and the locks overwrite what they saw, and keep no link
    const ThreadIndex threads = m_recording.parameters.threads;
    expectRefusedEverywhere("unknown thread", {Kind::UnknownWriter},
                            [&](Recording&, Records& own, ThreadIndex, std::size_t i) {
                                setLink(own[i], linkTo(threads, 1));
                                return true;
                            });
    expectRefusedEverywhere("update never made", {Kind::UnknownWriter},
                            [&](Recording&, Records& own, ThreadIndex t, std::size_t i) {
                                setLink(own[i], linkTo(t, m_recording.parameters.iterations + 1));
                                return true;
                            });
    expectRefusedEverywhere("itself", {Kind::ChainBroken}, [](Recording&, Records& own, ThreadIndex t, std::size_t i) {
        setLink(own[i], linkTo(t, own[i].number()));
        return true;
    });
    for (ThreadIndex other = 0; other < threads; ++other)
        for (std::uint32_t number = 1; number <= m_recording.parameters.iterations; ++number)
            expectRefusedEverywhere("any other update", {Kind::ChainBroken, Kind::UpdatesMissing},
                                    [&](Recording&, Records& own, ThreadIndex, std::size_t i) {
                                        if (own[i].link() == linkTo(other, number))
                                            return false;
                                        setLink(own[i], linkTo(other, number));
                                        return true;
                                    });
}

TEST_P(TamperedRecordTest, RefusesAnotherSeenWord)
{
    const std::uint64_t last = m_recording.finalWord;
    switch (GetParam()) {
    case Synchronisation::None:
        expectRefusedEverywhere("value", {Kind::ValueContradicts},
                                [](Recording&, Records& own, ThreadIndex, std::size_t i) {
                                    ++own[i].seen;
                                    return true;
                                });
        expectRefusedEverywhere("unknown thread", {Kind::UnknownWriter},
                                [&](Recording&, Records& own, ThreadIndex, std::size_t i) {
                                    own[i].seen = tagged::word(m_recording.parameters.threads, 1, 1);
                                    return true;
                                });
        expectRefusedEverywhere("the last store", {Kind::SeesUnwritten},
                                [&](Recording&, Records& own, ThreadIndex, std::size_t i) {
                                    own[i].seen = last;
                                    return true;
                                });
        expectRefusedEverywhere("long ago", {Kind::SeesUnwritten},
                                [](Recording&, Records& own, ThreadIndex, std::size_t i) {
                                    own[i].seen = 0;
                                    return i > 0;
                                });
        break;
    case Synchronisation::Atomic:
        expectRefusedEverywhere("value", {Kind::PositionsDoNotTile},
                                [](Recording&, Records& own, ThreadIndex, std::size_t i) {
                                    ++own[i].seen;
                                    return true;
                                });
        break;
    case Synchronisation::Sharded:
        expectRefusedEverywhere("value", {Kind::ValueContradicts},
                                [](Recording&, Records& own, ThreadIndex, std::size_t i) {
                                    ++own[i].seen;
                                    return true;
                                });
        break;
    default: // the seen word is the link, too
        expectRefusedEverywhere("value", {Kind::ValueContradicts},
                                [](Recording&, Records& own, ThreadIndex, std::size_t i) {
                                    ++own[i].seen;
                                    return true;
                                });
        expectRefusedEverywhere("unknown thread", {Kind::UnknownWriter},
                                [&](Recording&, Records& own, ThreadIndex, std::size_t i) {
                                    own[i].seen = tagged::word(m_recording.parameters.threads, 1, 1);
                                    return true;
                                });
        expectRefusedEverywhere("the last store", {Kind::ChainBroken, Kind::UpdatesMissing},
                                [&](Recording&, Records& own, ThreadIndex, std::size_t i) {
                                    own[i].seen = last;
                                    return true;
                                });
        break;
    }
}

TEST_P(TamperedRecordTest, RefusesAnotherNumber)
{
    if (GetParam() == Synchronisation::Sharded)
        return; // pieces of a loop that nobody interferes with: any cut is true
    expectRefusedEverywhere("too high", {Kind::ChainBroken, Kind::UpdatesMissing},
                            [&](Recording&, Records& own, ThreadIndex, std::size_t i) {
                                setNumber(own[i], m_recording.parameters.iterations + 1);
                                return true;
                            });
    expectRefusedEverywhere("one more", {Kind::ChainBroken, Kind::UpdatesMissing, Kind::PositionsDoNotTile},
                            [](Recording&, Records& own, ThreadIndex, std::size_t i) {
                                setNumber(own[i], own[i].number() + 1);
                                return true;
                            });
    expectRefusedEverywhere("one less", {Kind::ChainBroken, Kind::UpdatesMissing, Kind::PositionsDoNotTile},
                            [](Recording&, Records& own, ThreadIndex, std::size_t i) {
                                setNumber(own[i], own[i].number() - 1);
                                return true;
                            });
}

TEST_P(TamperedRecordTest, RefusesADroppedRecord)
{
    expectRefusedEverywhere("first", {Kind::UpdatesMissing}, [](Recording&, Records& own, ThreadIndex, std::size_t i) {
        own.erase(own.begin());
        return i == 0;
    });
    if (GetParam() == Synchronisation::Sharded)
        return; // what follows the first is there only to know the time
    expectRefusedEverywhere("any", {Kind::ChainBroken, Kind::UpdatesMissing, Kind::PositionsDoNotTile},
                            [&](Recording&, Records& own, ThreadIndex t, std::size_t i) {
                                // A record that only says that the thread waited, and saw its own store, is not missed.
                                const bool onlyWaited = usesLocks()
                                                     && tagged::linkOf(own[i].seen) == linkTo(t, own[i].number() - 1);
                                own.erase(own.begin() + static_cast<std::ptrdiff_t>(i));
                                return !onlyWaited;
                            });
}

TEST_P(TamperedRecordTest, RefusesSwappedRecords)
{
    if (GetParam() == Synchronisation::MutexCoarse)
        return; // one loop is one record
    expectRefusedEverywhere("swapped", {Kind::ChainBroken, Kind::UpdatesMissing},
                            [](Recording&, Records& own, ThreadIndex, std::size_t i) {
                                if (i + 1 == own.size())
                                    return false;
                                std::swap(own[i], own[i + 1]);
                                return true;
                            });
}

TEST_P(TamperedRecordTest, RefusesAnotherFinalWord)
{
    const auto refusal = [&](std::uint64_t word) -> std::optional<Kind> {
        Recording copy = m_recording;
        copy.finalWord = word;
        const auto order = proveOrder(copy);
        return order ? std::optional<Kind>() : order.error().kind;
    };
    const std::uint64_t word = m_recording.finalWord;
    const RunParameters& parameters = m_recording.parameters;
    if (tagsTheCounter()) {
        EXPECT_EQ(refusal(word + 1), Kind::ValueContradicts);
        EXPECT_EQ(refusal(word - 1), Kind::ValueContradicts);
        EXPECT_EQ(refusal(0), Kind::UpdatesMissing);
        EXPECT_EQ(refusal(tagged::word(parameters.threads, 1, 1)), Kind::UnknownWriter);
        EXPECT_EQ(refusal(tagged::word(0, parameters.iterations + 1, 1)), Kind::UnknownWriter);
        const UpdateName last = tagged::nameOfLink(tagged::linkOf(word));
        for (ThreadIndex t = 0; t < parameters.threads; ++t)
            for (std::uint32_t number = 1; number <= parameters.iterations; ++number) {
                if (last == UpdateName{t, number})
                    continue;
                const auto kind = refusal(tagged::word(t, number, tagged::valueOf(word)));
                ASSERT_TRUE(kind) << t << " #" << number;
                EXPECT_TRUE(*kind == Kind::ChainBroken || *kind == Kind::UpdatesMissing)
                    << t << " #" << number << ": " << testing::PrintToString(*kind);
            }
    } else if (GetParam() == Synchronisation::Atomic) {
        EXPECT_EQ(refusal(word + 1), Kind::PositionsDoNotTile);
        EXPECT_EQ(refusal(0), Kind::PositionsDoNotTile);
    }
}

INSTANTIATE_TEST_SUITE_P(Real, TamperedRecordTest, testing::ValuesIn(allSynchronisations), caseNameOfSynchronisation);

// --- Any bits at all -------------------------------------------------------------------------------------------------

// Whatever is damaged, the proof answers and reads nothing that is not there (run it under AddressSanitizer), and what
// it accepts is a run whose books balance. The parameters are left alone: they are asked for, not recorded.
class DamagedRecordTest : public testing::TestWithParam<Synchronisation> {};

void damage(Recording& recording, Draw& draw)
{
    const auto flip = [&](std::uint64_t& word) { word ^= std::uint64_t{1} << draw.below(64); };
    ThreadRecord& thread = recording.threads[draw.below(recording.threads.size())];
    switch (draw.below(8)) {
    case 0: flip(recording.finalWord); break;
    case 1: flip(draw.oneIn(2) ? thread.beginTicks : thread.endTicks); break;
    case 2:
        if (!thread.times.empty())
            flip(thread.times[draw.below(thread.times.size())].packed);
        break;
    case 3:
        if (!thread.streaks.empty())
            thread.streaks.erase(thread.streaks.begin()
                                 + static_cast<std::ptrdiff_t>(draw.below(thread.streaks.size())));
        break;
    case 4:
        if (!thread.streaks.empty())
            std::swap(thread.streaks[draw.below(thread.streaks.size())],
                      thread.streaks[draw.below(thread.streaks.size())]);
        break;
    case 5: // a word that could be true
        if (!thread.streaks.empty()) {
            StreakRecord& record = thread.streaks[draw.below(thread.streaks.size())];
            const auto other = static_cast<ThreadIndex>(draw.below(recording.threads.size()));
            const std::uint32_t number = draw.between(0, recording.parameters.iterations);
            if (draw.oneIn(2))
                record.seen = tagged::word(other, number, draw.below(recording.parameters.updates()));
            else
                setLink(record, linkTo(other, number));
        }
        break;
    default:
        if (!thread.streaks.empty()) {
            StreakRecord& record = thread.streaks[draw.below(thread.streaks.size())];
            flip(draw.oneIn(2) ? record.seen : record.numberAndLink);
        }
        break;
    }
}

TEST_P(DamagedRecordTest, IsRefusedOrBalances)
{
    constexpr std::uint64_t seeds = underSanitizer ? 1500 : 6000;
    std::uint64_t accepted = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        SCOPED_TRACE(std::string("seed ") + std::to_string(seed));
        Draw draw(seed);
        const RunParameters parameters = parametersOf(GetParam(), draw.between(1, 4), draw.between(1, 6));
        Recording recording = simulate(parameters, seed).recording;
        for (std::uint64_t flips = draw.between(1, 3); flips > 0; --flips)
            damage(recording, draw);
        const auto built = RecordedHistory::fromRecording(recording);
        if (!built)
            continue;
        ++accepted;
        const RecordedHistory& history = **built;
        const Ledger& ledger = history.ledger();
        ASSERT_EQ(ledger.updates(), parameters.updates());
        ASSERT_EQ(ledger.surviving() + ledger.lost(), ledger.updates());
        ASSERT_EQ(ledger.value(ledger.updates()), ledger.surviving());
        if (GetParam() == Synchronisation::Atomic) {
            ASSERT_EQ(recording.finalWord, ledger.surviving());
        } else if (GetParam() != Synchronisation::Sharded) {
            ASSERT_EQ(tagged::valueOf(recording.finalWord), ledger.surviving());
        }
        for (Step step = 0; step < history.steps(); ++step) { // answers everything, without reading astray
            const Event event = history.event(step);
            ASSERT_LT(event.thread, parameters.threads);
            ASSERT_EQ(history.state(step).threads.size(), parameters.threads);
            static_cast<void>(history.timeOf(step));
        }
    }
    EXPECT_GT(accepted, 0U) << "some damage does no harm";
    EXPECT_LT(accepted, seeds) << "some does";
}

INSTANTIATE_TEST_SUITE_P(All, DamagedRecordTest, testing::ValuesIn(allSynchronisations), caseNameOfSynchronisation);

} // namespace
} // namespace interleave
