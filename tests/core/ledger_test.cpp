// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/ledger.h"

#include "support.h"

#include <numeric>

namespace interleave {
namespace {

// What one update should be judged, written down by hand.
struct Fate {
    Position seen;
    Position lostTo; // 0: survives
    std::uint64_t dropped;
    std::uint64_t restored;
};

struct HandMade {
    const char* name;
    ThreadIndex threads;
    std::vector<Streak> streaks;
    std::vector<Fate> fates; // by position, from 1
};

void PrintTo(const HandMade& history, std::ostream* out)
{
    *out << history.name;
}

const HandMade handMade[] = {
    {"NothingHappened", 2, {}, {}},
    {"NoneLost", 2, {{0, 1, 2, 0}, {1, 1, 2, 2}}, {{0, 0, 0, 0}, {1, 0, 0, 0}, {2, 0, 0, 0}, {3, 0, 0, 0}}},
    // Both load 0; the second store erases the first.
    {"ClassicLostUpdate", 2, {{0, 1, 1, 0}, {1, 1, 1, 0}}, {{0, 2, 0, 0}, {0, 0, 1, 0}}},
    // Thread 0 sleeps between load and store of its second update, and so undoes all that thread 1 did.
    {"OneStoreDestroysMany",
     2,
     {{0, 1, 1, 0}, {1, 1, 5, 1}, {0, 2, 1, 1}},
     {{0, 0, 0, 0}, {1, 7, 0, 0}, {2, 7, 0, 0}, {3, 7, 0, 0}, {4, 7, 0, 0}, {5, 7, 0, 0}, {1, 0, 5, 0}}},
    // Store 2 drops update 1; store 3 saw update 1 and brings it back: only update 2 is lost.
    {"Resurrected", 3, {{0, 1, 1, 0}, {1, 1, 1, 0}, {2, 1, 1, 1}}, {{0, 0, 0, 0}, {0, 3, 1, 0}, {1, 0, 1, 1}}},
    // Update 1 is dropped by store 2, restored by 3, dropped again by 4: it is lost to 4, the last that dropped it.
    {"LostToTheLastStoreThatDroppedIt",
     4,
     {{0, 1, 1, 0}, {1, 1, 1, 0}, {2, 1, 1, 1}, {3, 1, 1, 2}},
     {{0, 4, 0, 0}, {0, 0, 1, 0}, {1, 4, 1, 1}, {2, 0, 2, 1}}},
    // Dropped twice and restored twice.
    {"ResurrectedTwice",
     5,
     {{0, 1, 1, 0}, {1, 1, 1, 0}, {2, 1, 1, 1}, {3, 1, 1, 2}, {4, 1, 1, 3}},
     {{0, 0, 0, 0}, {0, 5, 1, 0}, {1, 0, 1, 1}, {2, 5, 2, 1}, {3, 0, 2, 2}}},
    // A stale store in the middle of a streak: what stands before it survives, the rest of the streak is lost.
    {"CutsAStreakInTwo",
     2,
     {{0, 1, 4, 0}, {1, 1, 2, 2}},
     {{0, 0, 0, 0}, {1, 0, 0, 0}, {2, 5, 0, 0}, {3, 5, 0, 0}, {2, 0, 2, 0}, {5, 0, 0, 0}}},
    // Loads of the initial value after it is long gone.
    {"EverythingUndone",
     3,
     {{0, 1, 3, 0}, {1, 1, 2, 3}, {2, 1, 1, 0}},
     {{0, 6, 0, 0}, {1, 6, 0, 0}, {2, 6, 0, 0}, {3, 6, 0, 0}, {4, 6, 0, 0}, {0, 0, 5, 0}}},
};

class HandMadeLedgerTest : public testing::TestWithParam<HandMade> {};

TEST_P(HandMadeLedgerTest, JudgesEveryUpdate)
{
    const HandMade& history = GetParam();
    const auto ledger = Ledger::fromStreaks(history.streaks, history.threads);
    ASSERT_TRUE(ledger);
    const auto updates = static_cast<Position>(history.fates.size());
    ASSERT_EQ(ledger->updates(), updates);
    std::uint64_t lost = 0;
    std::uint64_t clobbering = 0;
    for (Position p = 1; p <= updates; ++p) {
        const Fate& fate = history.fates[p - 1];
        const Update update = ledger->update(p);
        EXPECT_EQ(update.position, p);
        EXPECT_EQ(update.seen, fate.seen) << "position " << p;
        EXPECT_EQ(update.lostTo, fate.lostTo) << "position " << p;
        EXPECT_EQ(update.survived(), fate.lostTo == 0) << "position " << p;
        EXPECT_EQ(update.clobbering(), fate.seen != p - 1) << "position " << p;
        EXPECT_EQ(ledger->pathChange(p).dropped, fate.dropped) << "position " << p;
        EXPECT_EQ(ledger->pathChange(p).restored, fate.restored) << "position " << p;
        lost += fate.lostTo != 0 ? 1 : 0;
        clobbering += fate.seen != p - 1 ? 1 : 0;
    }
    EXPECT_EQ(ledger->lost(), lost);
    EXPECT_EQ(ledger->surviving(), updates - lost);
    EXPECT_EQ(ledger->value(updates) + ledger->lost(), updates) << "the accounting identity";
    EXPECT_EQ(ledger->clobberingStores(), clobbering);
}

INSTANTIATE_TEST_SUITE_P(Histories, HandMadeLedgerTest, testing::ValuesIn(handMade),
                         [](const auto& tested) { return std::string(tested.param.name); });

struct Bad {
    const char* name;
    ThreadIndex threads;
    std::vector<Streak> streaks;
    LedgerError::Kind kind;
    std::size_t streak;
};

void PrintTo(const Bad& bad, std::ostream* out)
{
    *out << bad.name;
}

const Bad badLists[] = {
    {"Empty", 2, {{0, 1, 1, 0}, {1, 1, 0, 0}}, LedgerError::Kind::EmptyStreak, 1},
    {"UnknownThread", 2, {{0, 1, 1, 0}, {2, 1, 1, 0}}, LedgerError::Kind::UnknownThread, 1},
    {"NoThreadsAtAll", 0, {{0, 1, 1, 0}}, LedgerError::Kind::UnknownThread, 0},
    {"MoreThreadsThanItCanName", 70'000, {{65'536, 1, 1, 0}}, LedgerError::Kind::UnknownThread, 0},
    {"SeesItself", 2, {{0, 1, 2, 0}, {1, 1, 1, 3}}, LedgerError::Kind::SeesTheFuture, 1},
    {"SeesLater", 2, {{0, 1, 1, 9}, {1, 1, 9, 1}}, LedgerError::Kind::SeesTheFuture, 0},
    {"FirstIsNotNumberOne", 2, {{0, 2, 1, 0}}, LedgerError::Kind::NumbersNotConsecutive, 0},
    {"NumberLeftOut", 2, {{0, 1, 2, 0}, {0, 4, 1, 2}}, LedgerError::Kind::NumbersNotConsecutive, 1},
    {"NumberTwice", 2, {{0, 1, 2, 0}, {0, 2, 1, 2}}, LedgerError::Kind::NumbersNotConsecutive, 1},
    {"TooLong", 1, {{0, 1, UINT32_MAX, 0}}, LedgerError::Kind::TooLong, 0},
    {"TooLongTogether", 2, {{0, 1, 3'000'000'000, 0}, {1, 1, 2'000'000'000, 0}}, LedgerError::Kind::TooLong, 1},
};

class BadLedgerTest : public testing::TestWithParam<Bad> {};

TEST_P(BadLedgerTest, IsRefused)
{
    const auto ledger = Ledger::fromStreaks(GetParam().streaks, GetParam().threads);
    ASSERT_FALSE(ledger);
    EXPECT_EQ(ledger.error().kind, GetParam().kind);
    EXPECT_EQ(ledger.error().streak, GetParam().streak);
}

INSTANTIATE_TEST_SUITE_P(Lists, BadLedgerTest, testing::ValuesIn(badLists),
                         [](const auto& tested) { return std::string(tested.param.name); });

// The same questions answered per update and by replaying the surviving path store by store: slow, and plain to see.
class NaiveLedger {
public:
    NaiveLedger(std::span<const Streak> streaks, ThreadIndex threads) : m_updates(1), m_threads(threads)
    {
        for (const Streak& streak : streaks)
            for (std::uint32_t i = 0; i < streak.length; ++i) {
                Update update;
                update.position = static_cast<Position>(m_updates.size());
                update.name = {streak.thread, streak.firstNumber + i};
                update.seen = i == 0 ? streak.seen : update.position - 1;
                update.value = m_updates[update.seen].value + 1;
                m_updates.push_back(update);
            }
        m_changes.resize(m_updates.size());
        m_standing.assign(m_updates.size(), std::vector<std::uint32_t>(threads, 0));
        std::vector<bool> path(m_updates.size(), false);
        for (Position store = 1; store < m_updates.size(); ++store) {
            const std::vector<bool> now = pathTo(store);
            for (Position p = 1; p < store; ++p) {
                if (path[p] && !now[p]) {
                    m_updates[p].lostTo = store;
                    ++m_changes[store].dropped;
                } else if (!path[p] && now[p]) {
                    m_updates[p].lostTo = 0;
                    ++m_changes[store].restored;
                }
            }
            path = now;
            m_paths.push_back(now);
            for (Position p = 1; p <= store; ++p)
                m_standing[store][m_updates[p].name.thread] += path[p] ? 1U : 0U;
        }
    }

    [[nodiscard]] Position updates() const { return static_cast<Position>(m_updates.size() - 1); }
    [[nodiscard]] const Update& update(Position p) const { return m_updates[p]; }
    [[nodiscard]] PathChange pathChange(Position p) const { return m_changes[p]; }
    [[nodiscard]] const std::vector<std::uint32_t>& standing(Position p) const { return m_standing[p]; }

    [[nodiscard]] std::vector<Position> lostUpdates() const
    {
        return where([](const Update& u) { return u.lostTo != 0; });
    }
    [[nodiscard]] std::vector<Position> loadsThatSaw(Position p) const
    {
        return where([p](const Update& u) { return u.seen == p; });
    }
    [[nodiscard]] std::uint64_t loadsThatSawBelow(Position p) const
    {
        return where([p](const Update& u) { return u.seen < p; }).size();
    }
    [[nodiscard]] std::uint64_t clobberingStores() const
    {
        return where([](const Update& u) { return u.clobbering(); }).size();
    }
    [[nodiscard]] std::uint64_t updatesLostTo(Position p) const
    {
        return where([p](const Update& u) { return u.lostTo == p; }).size();
    }
    [[nodiscard]] std::uint32_t doneBy(ThreadIndex thread, Position p) const
    {
        return static_cast<std::uint32_t>(
            where([&](const Update& u) { return u.name.thread == thread && u.position <= p; }).size());
    }
    [[nodiscard]] ThreadIndex threads() const { return m_threads; }
    [[nodiscard]] bool standsAfter(Position update, Position store) const
    {
        return store != initialPosition && m_paths[store][update];
    }
    // Per thread, by the words: off the path now, and on it again after some later store.
    [[nodiscard]] std::vector<std::uint32_t> setAside(Position store) const
    {
        std::vector<std::uint32_t> sums(m_threads, 0);
        for (Position p = 1; p <= store; ++p) {
            bool comesBack = false;
            for (Position later = store + 1; later < m_updates.size(); ++later)
                comesBack = comesBack || m_paths[later][p];
            sums[m_updates[p].name.thread] += !m_paths[store][p] && comesBack ? 1U : 0U;
        }
        return sums;
    }
    // Per thread, by the words: off the path now and after every later store.
    [[nodiscard]] std::vector<std::uint32_t> lost(Position store) const
    {
        std::vector<std::uint32_t> sums(m_threads, 0);
        for (Position p = 1; p <= store; ++p) {
            bool stands = false;
            for (Position later = store; later < m_updates.size(); ++later)
                stands = stands || m_paths[later][p];
            sums[m_updates[p].name.thread] += stands ? 0U : 1U;
        }
        return sums;
    }

private:
    [[nodiscard]] std::vector<bool> pathTo(Position store) const
    {
        std::vector<bool> path(m_updates.size(), false);
        for (Position p = store; p != initialPosition; p = m_updates[p].seen)
            path[p] = true;
        return path;
    }
    template <typename Condition>
    [[nodiscard]] std::vector<Position> where(Condition&& condition) const
    {
        std::vector<Position> found;
        for (Position p = 1; p < m_updates.size(); ++p)
            if (condition(m_updates[p]))
                found.push_back(p);
        return found;
    }

    std::vector<Update> m_updates; // [0] is the initial value
    std::vector<PathChange> m_changes;
    std::vector<std::vector<bool>> m_paths = {{}}; // by store
    std::vector<std::vector<std::uint32_t>> m_standing;
    ThreadIndex m_threads;
};

Position after(const std::vector<Position>& sorted, Position p)
{
    const auto found = std::upper_bound(sorted.begin(), sorted.end(), p);
    return found == sorted.end() ? 0 : *found;
}

Position before(const std::vector<Position>& sorted, Position p)
{
    const auto found = std::lower_bound(sorted.begin(), sorted.end(), p);
    return found == sorted.begin() ? 0 : *(found - 1);
}

// What is lost, set aside and counts after every store; only the middle one ever gets less without a new one.
void expectSameLosses(const Ledger& ledger, const NaiveLedger& naive)
{
    std::uint64_t lostBefore = 0;
    for (Position p = 0; p <= naive.updates(); ++p) {
        SCOPED_TRACE(std::string("position ") + std::to_string(p));
        const std::vector<std::uint32_t> lost = naive.lost(p);
        const std::vector<std::uint32_t> setAside = naive.setAside(p);
        EXPECT_EQ(ledger.lostUntilByThread(p), lost);
        const auto lostNow = std::accumulate(lost.begin(), lost.end(), std::uint64_t{0});
        EXPECT_EQ(ledger.lostUntil(p), lostNow);
        EXPECT_GE(lostNow, lostBefore) << "what is lost stays lost";
        lostBefore = lostNow;
        EXPECT_EQ(ledger.value(p) + lostNow + std::accumulate(setAside.begin(), setAside.end(), std::uint64_t{0}), p)
            << "counter = done - lost - set aside";
        for (ThreadIndex t = 0; t < naive.threads(); ++t)
            EXPECT_EQ(ledger.doneBy(t, p), ledger.standing(p)[t] + lost[t] + setAside[t]) << "thread " << t;
        for (Position u = 1; u <= p; u += 1 + p / 16)
            EXPECT_EQ(ledger.standsAfter(u, p), naive.standsAfter(u, p)) << "update " << u;
    }
    EXPECT_EQ(lostBefore, ledger.lost());
}

void expectSame(const Ledger& ledger, const NaiveLedger& naive)
{
    const Position updates = naive.updates();
    ASSERT_EQ(ledger.updates(), updates);
    ASSERT_EQ(ledger.threads(), naive.threads());
    const std::vector<Position> lost = naive.lostUpdates();
    ASSERT_EQ(ledger.lost(), lost.size());
    EXPECT_EQ(ledger.surviving(), updates - lost.size());
    EXPECT_EQ(ledger.clobberingStores(), naive.clobberingStores());
    EXPECT_EQ(ledger.value(updates) + ledger.lost(), updates) << "the accounting identity";
    for (std::size_t k = 0; k < lost.size(); ++k)
        EXPECT_EQ(ledger.lostUpdate(k), lost[k]) << "lost update " << k;

    EXPECT_TRUE(ledger.name(initialPosition).isInitialValue());
    EXPECT_EQ(ledger.value(initialPosition), 0U);
    EXPECT_EQ(ledger.positionOf(UpdateName{}), initialPosition);
    EXPECT_EQ(ledger.lostBefore(updates + 1), lost.size());
    std::vector<Position> destroyers;
    std::vector<Position> clobbering;
    for (Position p = 1; p <= updates; ++p) {
        const Update& expected = naive.update(p);
        const Update update = ledger.update(p);
        EXPECT_EQ(update.position, p);
        EXPECT_EQ(update.name, expected.name) << "position " << p;
        EXPECT_EQ(update.value, expected.value) << "position " << p;
        EXPECT_EQ(update.seen, expected.seen) << "position " << p;
        EXPECT_EQ(update.lostTo, expected.lostTo) << "position " << p;
        EXPECT_EQ(ledger.name(p), expected.name);
        EXPECT_EQ(ledger.value(p), expected.value);
        EXPECT_EQ(ledger.positionOf(expected.name), p);
        EXPECT_EQ(ledger.pathChange(p).dropped, naive.pathChange(p).dropped) << "position " << p;
        EXPECT_EQ(ledger.pathChange(p).restored, naive.pathChange(p).restored) << "position " << p;
        EXPECT_EQ(ledger.updatesLostTo(p), naive.updatesLostTo(p)) << "position " << p;
        EXPECT_EQ(ledger.lostBefore(p),
                  static_cast<std::uint64_t>(std::lower_bound(lost.begin(), lost.end(), p) - lost.begin()));
        const std::size_t streak = ledger.streakAt(p);
        EXPECT_LE(ledger.firstOf(streak), p);
        EXPECT_GE(ledger.lastOf(streak), p);
        EXPECT_EQ(ledger.threadOf(streak), expected.name.thread);
        if (naive.updatesLostTo(p) > 0)
            destroyers.push_back(p);
        if (expected.clobbering())
            clobbering.push_back(p);
    }
    for (Position p = 0; p <= updates; ++p) {
        EXPECT_EQ(ledger.standing(p), naive.standing(p)) << "position " << p;
        EXPECT_EQ(ledger.loadsThatSaw(p), naive.loadsThatSaw(p)) << "position " << p;
        EXPECT_EQ(ledger.loadsThatSawBelow(p), naive.loadsThatSawBelow(p)) << "position " << p;
        for (ThreadIndex t = 0; t < naive.threads(); ++t)
            EXPECT_EQ(ledger.doneBy(t, p), naive.doneBy(t, p)) << "thread " << t << ", position " << p;
        EXPECT_EQ(ledger.nextDestroyer(p), after(destroyers, p)) << "position " << p;
        EXPECT_EQ(ledger.previousDestroyer(p), before(destroyers, p)) << "position " << p;
        EXPECT_EQ(ledger.nextClobbering(p), after(clobbering, p)) << "position " << p;
        EXPECT_EQ(ledger.previousClobbering(p), before(clobbering, p)) << "position " << p;
    }
    EXPECT_EQ(ledger.previousDestroyer(updates + 1), before(destroyers, updates + 1));
    EXPECT_EQ(ledger.previousClobbering(updates + 1), before(clobbering, updates + 1));
    expectSameLosses(ledger, naive);
}

// Ways in which loads can be stale.
enum class Staleness { Anything, Recent, TwoBranches };

std::vector<Streak> drawn(Draw& draw, ThreadIndex threads, std::uint32_t streaks, std::uint32_t longest, Staleness how)
{
    std::vector<Streak> list;
    std::vector<std::uint32_t> next(threads, 1);
    std::vector<Position> ends;
    Position first = 1;
    for (std::uint32_t i = 0; i < streaks; ++i) {
        Streak streak;
        streak.thread = draw.between(0, threads - 1);
        streak.firstNumber = next[streak.thread];
        streak.length = draw.between(1, longest);
        switch (how) {
        case Staleness::Anything: streak.seen = draw.between(0, first - 1); break;
        case Staleness::Recent:
            streak.seen = draw.oneIn(2) ? first - 1 : first - 1 - std::min(first - 1, draw.between(0, 4));
            break;
        case Staleness::TwoBranches: // each builds on the one before the last, so the path jumps at every store
            streak.seen = ends.size() < 2 ? 0 : ends[ends.size() - 2];
            break;
        }
        next[streak.thread] += streak.length;
        first += streak.length;
        ends.push_back(first - 1);
        list.push_back(streak);
    }
    return list;
}

class RandomLedgerTest : public testing::TestWithParam<Staleness> {};

TEST_P(RandomLedgerTest, AgreesWithTheNaiveOne)
{
    constexpr std::uint64_t firstSeed = 20'260'000;
    constexpr std::uint64_t lists = underSanitizer ? 1000 : 5000;
    for (std::uint64_t seed = firstSeed; seed < firstSeed + lists; ++seed) {
        Draw draw(seed);
        const ThreadIndex threads = draw.between(1, 5);
        const std::vector<Streak> streaks = drawn(draw, threads, draw.between(0, 12), draw.between(1, 5), GetParam());
        const auto ledger = Ledger::fromStreaks(streaks, threads);
        ASSERT_TRUE(ledger) << "seed " << seed;
        expectSame(*ledger, NaiveLedger(streaks, threads));
        if (HasFailure())
            FAIL() << "seed " << seed << ", " << threads << " threads: " << written(streaks);
    }
}

// Long enough that standing() starts from states kept on the way and not from the beginning.
TEST_P(RandomLedgerTest, AgreesOverALongHistory)
{
    constexpr std::uint64_t seed = 4711;
    Draw draw(seed);
    const std::vector<Streak> streaks = drawn(draw, 6, underSanitizer ? 300 : 600, 2, GetParam());
    const auto ledger = Ledger::fromStreaks(streaks, 6);
    ASSERT_TRUE(ledger);
    expectSame(*ledger, NaiveLedger(streaks, 6));
}

// With more losses than stand between two of the states that are kept of them, and for more threads than that.
TEST_P(RandomLedgerTest, AddsUpManyLosses)
{
    for (const ThreadIndex threads : {3U, 1500U}) {
        constexpr std::uint64_t seed = 815;
        Draw draw(seed);
        const std::vector<Streak> streaks = drawn(draw, threads, 6000, 3, GetParam());
        const auto ledger = Ledger::fromStreaks(streaks, threads);
        ASSERT_TRUE(ledger);
        std::vector<std::vector<Position>> victims(ledger->updates() + 1);
        for (Position p = 1; p <= ledger->updates(); ++p)
            if (const Position to = ledger->update(p).lostTo)
                victims[to].push_back(p);
        std::vector<std::uint32_t> lost(threads, 0);
        std::uint64_t all = 0;
        for (Position p = 0; p <= ledger->updates(); ++p) {
            for (const Position victim : victims[p])
                ++lost[ledger->name(victim).thread];
            all += victims[p].size();
            ASSERT_EQ(ledger->lostUntil(p), all) << "position " << p;
            if (p % 17 == 0 || !victims[p].empty()) {
                ASSERT_EQ(ledger->lostUntilByThread(p), lost) << "position " << p;
            }
        }
        ASSERT_EQ(all, ledger->lost());
    }
}

INSTANTIATE_TEST_SUITE_P(Loads, RandomLedgerTest,
                         testing::Values(Staleness::Anything, Staleness::Recent, Staleness::TwoBranches),
                         [](const auto& tested) {
                             return std::string(tested.param == Staleness::Anything ? "SeeAnything"
                                                : tested.param == Staleness::Recent ? "SeeWhatIsRecent"
                                                                                    : "FollowTwoBranches");
                         });

TEST(LedgerTest, MemoryGrowsWithStreaksAndNotWithUpdates)
{
    const Streak small[] = {{0, 1, 10, 0}, {1, 1, 10, 9}};
    const Streak large[] = {{0, 1, 1'000'000'000, 0}, {1, 1, 1'000'000'000, 999'999'999}};
    const auto few = Ledger::fromStreaks(small, 2);
    const auto many = Ledger::fromStreaks(large, 2);
    ASSERT_TRUE(few);
    ASSERT_TRUE(many);
    EXPECT_EQ(few->bytes(), many->bytes());
    EXPECT_EQ(many->updates(), 2'000'000'000U);
    EXPECT_EQ(many->lost(), 1U);
    EXPECT_EQ(many->lostUpdate(0), 1'000'000'000U);
    EXPECT_EQ(many->update(1'000'000'000).lostTo, 1'000'000'001U);
    EXPECT_EQ(many->value(2'000'000'000), 1'999'999'999U);
}

} // namespace
} // namespace interleave
