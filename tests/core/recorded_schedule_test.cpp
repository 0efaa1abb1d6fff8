// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/recorded_schedule.h"

#include "support.h"

#include <algorithm>

namespace interleave {
namespace {

using Kind = RecordedScheduleError::Kind;

// Updates in modification order.
struct Store {
    ThreadIndex thread = 0;
    Position seen = 0;
    friend bool operator==(const Store&, const Store&) = default;
};

void PrintTo(const Store& store, std::ostream* out)
{
    *out << store.thread << " saw " << store.seen;
}

// What the loop does on the machine, instruction by instruction.
struct Replayed {
    std::vector<Store> stores;
    std::uint64_t value = 0;
    bool everyoneHalted = false;
    bool someoneWentOn = false; // after its halt
};

Replayed replayed(const Schedule& schedule, ThreadIndex threads, std::uint32_t iterations, const UnlockedLoop& loop)
{
    struct Thread {
        std::uint64_t executed = 0;
        std::uint64_t reg = 0;
        Position seen = 0;
    };
    std::vector<Thread> all(threads);
    Replayed result;
    const std::uint64_t ofUpdate = 3 + loop.control;
    const std::uint64_t untilEnd = loop.before + iterations * ofUpdate;
    for (const ScheduleEntry& entry : schedule)
        for (std::uint64_t i = 0; i < entry.count; ++i) {
            Thread& thread = all[entry.thread];
            const std::uint64_t at = thread.executed++;
            if (at >= untilEnd + loop.atEnd)
                result.someoneWentOn = true;
            if (at < loop.before || at >= untilEnd)
                continue;
            switch ((at - loop.before) % ofUpdate) {
            case 0:
                thread.reg = result.value;
                thread.seen = static_cast<Position>(result.stores.size());
                break;
            case 1: ++thread.reg; break;
            case 2:
                result.value = thread.reg;
                result.stores.push_back({entry.thread, thread.seen});
                break;
            default: break;
            }
        }
    result.everyoneHalted = std::all_of(all.begin(), all.end(),
                                        [&](const Thread& t) { return t.executed == untilEnd + loop.atEnd; });
    return result;
}

std::vector<Streak> streaksOf(const std::vector<Store>& stores, ThreadIndex threads)
{
    std::vector<Streak> streaks;
    std::vector<std::uint32_t> done(threads, 0);
    for (Position p = 1; p <= stores.size(); ++p) {
        const Store& store = stores[p - 1];
        const std::uint32_t number = ++done[store.thread];
        if (!streaks.empty() && streaks.back().thread == store.thread && store.seen == p - 1)
            ++streaks.back().length;
        else
            streaks.push_back({store.thread, number, 1, store.seen});
    }
    return streaks;
}

// Loads and stores of so many threads and updates in any order; `stay` out of stay + 1 times a thread goes on.
std::vector<Store> randomRace(Draw& draw, ThreadIndex threads, std::uint32_t iterations, std::uint64_t stay)
{
    std::vector<std::uint32_t> done(threads, 0);
    std::vector<Position> seen(threads, 0);
    std::vector<bool> hasLoaded(threads, false);
    std::vector<Store> stores;
    ThreadIndex thread = 0;
    while (stores.size() < std::size_t{threads} * iterations) {
        if (draw.oneIn(stay + 1) || done[thread] == iterations)
            thread = draw.between(0, threads - 1);
        if (done[thread] == iterations)
            continue;
        if (hasLoaded[thread]) {
            stores.push_back({thread, seen[thread]});
            ++done[thread];
        } else {
            seen[thread] = static_cast<Position>(stores.size());
        }
        hasLoaded[thread] = !hasLoaded[thread];
    }
    return stores;
}

TEST(RecordedScheduleTest, MakesTheLoopDoWhatTheRaceDid)
{
    Draw draw(1);
    for (int round = 0; round < 3000; ++round) {
        const ThreadIndex threads = draw.between(1, 6);
        const std::uint32_t iterations = draw.between(1, 30);
        const std::vector<Store> stores = randomRace(draw, threads, iterations, draw.below(12));
        const auto ledger = Ledger::fromStreaks(streaksOf(stores, threads), threads);
        ASSERT_TRUE(ledger);
        UnlockedLoop loop;
        if (draw.oneIn(2))
            loop = {draw.below(3), draw.below(5), draw.below(3)};
        const auto schedule = scheduleOf(*ledger, loop);
        ASSERT_TRUE(schedule);
        const Replayed result = replayed(*schedule, threads, iterations, loop);
        ASSERT_EQ(result.stores, stores) << "round " << round << " " << textOf(*schedule);
        ASSERT_EQ(result.value, ledger->value(ledger->updates())) << "round " << round;
        ASSERT_TRUE(result.everyoneHalted) << "round " << round;
        ASSERT_FALSE(result.someoneWentOn) << "round " << round;
        // Run-length encoded: no neighbours of the same thread, nothing empty, and no more than the streaks need.
        for (std::size_t i = 0; i < schedule->size(); ++i) {
            ASSERT_GT((*schedule)[i].count, 0U);
            ASSERT_TRUE(i == 0 || (*schedule)[i].thread != (*schedule)[i - 1].thread);
        }
        ASSERT_LE(schedule->size(), 3 * ledger->streaks());
    }
}

TEST(RecordedScheduleTest, WritesAStreakAsOneEntry)
{
    const Streak streaks[] = {{0, 1, 1'000'000, 0}, {1, 1, 1'000'000, 1'000'000}};
    const auto ledger = Ledger::fromStreaks(streaks, 2);
    ASSERT_TRUE(ledger);
    const auto schedule = scheduleOf(*ledger);
    ASSERT_TRUE(schedule);
    EXPECT_EQ(textOf(*schedule), "0:6000001,1:6000001");
}

TEST(RecordedScheduleTest, WritesTheClassicLostUpdate)
{
    // Both load 0; thread 1's store erases thread 0's.
    const Streak streaks[] = {{0, 1, 1, 0}, {1, 1, 1, 0}};
    const auto ledger = Ledger::fromStreaks(streaks, 2);
    ASSERT_TRUE(ledger);
    const auto schedule = scheduleOf(*ledger);
    ASSERT_TRUE(schedule);
    EXPECT_EQ(textOf(*schedule), "0:2,1:2,0:5,1:5");
    const auto longer = scheduleOf(*ledger, {2, 1, 0});
    ASSERT_TRUE(longer);
    EXPECT_EQ(textOf(*longer), "0:4,1:4,0:2,1:2");
}

TEST(RecordedScheduleTest, PutsALoadBetweenTwoStoresOfAStreak)
{
    // Thread 1 loads what thread 0's first of three updates stored, and stores when all three are done. Thread 0 has
    // loaded for its second update by then: one entry the fewer.
    const Streak streaks[] = {{0, 1, 3, 0}, {1, 1, 1, 1}, {1, 2, 2, 4}};
    const auto ledger = Ledger::fromStreaks(streaks, 2);
    ASSERT_TRUE(ledger);
    const auto schedule = scheduleOf(*ledger);
    ASSERT_TRUE(schedule);
    EXPECT_EQ(textOf(*schedule), "0:8,1:2,0:11,1:17");
}

TEST(RecordedScheduleTest, RefusesWhatTheLoopCannotDo)
{
    const auto errorOf = [](std::vector<Streak> streaks, ThreadIndex threads) {
        const auto ledger = Ledger::fromStreaks(streaks, threads);
        EXPECT_TRUE(ledger);
        const auto schedule = scheduleOf(*ledger);
        EXPECT_FALSE(schedule);
        return schedule ? RecordedScheduleError() : schedule.error();
    };
    EXPECT_EQ(errorOf({}, 1).kind, Kind::NoUpdates);
    const RecordedScheduleError idle = errorOf({{0, 1, 3, 0}}, 2);
    EXPECT_EQ(idle.kind, Kind::NoUpdates);
    EXPECT_EQ(idle.thread, 1U);
    const RecordedScheduleError unequal = errorOf({{0, 1, 3, 0}, {1, 1, 2, 3}}, 2);
    EXPECT_EQ(unequal.kind, Kind::UnequalUpdates);
    EXPECT_EQ(unequal.thread, 1U);
    EXPECT_EQ(unequal.updates, 2U);
    EXPECT_EQ(unequal.expected, 3U);
    // Thread 0 saw what was there before its own first update.
    const RecordedScheduleError back = errorOf({{0, 1, 1, 0}, {1, 1, 2, 1}, {0, 2, 1, 0}}, 2);
    EXPECT_EQ(back.kind, Kind::LooksBack);
    EXPECT_EQ(back.thread, 0U);
    EXPECT_EQ(back.position, 4U);
}

TEST(RecordedScheduleTest, CanBeStopped)
{
    Draw draw(2);
    const auto ledger = Ledger::fromStreaks(streaksOf(randomRace(draw, 3, 2000, 0), 3), 3);
    ASSERT_TRUE(ledger);
    std::stop_source source;
    EXPECT_TRUE(scheduleOf(*ledger, {}, source.get_token()));
    source.request_stop();
    const auto schedule = scheduleOf(*ledger, {}, source.get_token());
    ASSERT_FALSE(schedule);
    EXPECT_EQ(schedule.error().kind, Kind::Cancelled);
}

} // namespace
} // namespace interleave
