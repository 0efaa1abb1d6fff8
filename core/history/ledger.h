// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"
#include "result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace interleave {

// Consecutive updates of one thread that no other thread interfered with: all but the first saw exactly the update
// that they overwrote, the one before them in the streak.
struct Streak {
    ThreadIndex thread = 0;
    std::uint32_t firstNumber = 1; // number, in the thread, of the first update
    std::uint32_t length = 1;      // updates, at least 1
    Position seen = 0;             // what the first update's load saw; below the streak's own first position
};

// One update and its fate.
struct Update {
    Position position = 0;
    UpdateName name;
    std::uint64_t value = 0;  // what it stored
    Position seen = 0;        // the update whose value its load returned
    Position lostTo = 0;      // the store it was lost to; 0: it survived

    [[nodiscard]] Position overwritten() const { return position - 1; }
    [[nodiscard]] bool clobbering() const { return seen != overwritten(); }
    [[nodiscard]] bool survived() const { return lostTo == 0; }
};

// What a store did to the surviving path, the path from the last store back through `seen` to the initial value.
struct PathChange {
    std::uint64_t dropped = 0;  // updates that left the path
    std::uint64_t restored = 0; // updates, dropped earlier, that came back because this store builds on them
};

// Why a list of streaks is no ledger. `streak` is the index of the first bad one.
struct LedgerError {
    enum class Kind : std::uint8_t { EmptyStreak, SeesTheFuture, NumbersNotConsecutive, TooLong, UnknownThread };
    Kind kind = Kind::EmptyStreak;
    std::size_t streak = 0;
};

// Every update of one counter: which survived, which were lost, and to which store.
//
// Updates form a tree: the parent of an update is the one it saw. The surviving path after store p is the path from p
// to the root. An update u is on the path after p exactly when p descends from u, so the last time u is on the path is
// its latest descendant d; it survives when d is the last update of all, and otherwise is lost to store d + 1, the last
// one that dropped it. That definition holds for updates that are dropped and come back, too.
//
// Everything is kept per streak, so memory grows with interference and not with the number of updates.
class Ledger {
public:
    // Streaks in modification order. Each thread's updates must be numbered from 1 without a gap.
    static Result<Ledger, LedgerError> fromStreaks(std::span<const Streak> streaks, ThreadIndex threads);

    [[nodiscard]] ThreadIndex threads() const { return m_threads; }
    [[nodiscard]] Position updates() const { return m_first.empty() ? 0 : m_first.back() - 1; }
    // Counted along the surviving path.
    [[nodiscard]] std::uint64_t surviving() const { return m_surviving; }
    // Counted from the links, update by update off the path; never updates() - surviving().
    [[nodiscard]] std::uint64_t lost() const { return m_lost; }
    [[nodiscard]] std::uint64_t clobberingStores() const { return m_clobbering; }
    [[nodiscard]] std::size_t streaks() const { return m_thread.size(); }
    // Bytes held.
    [[nodiscard]] std::size_t bytes() const;

    // 1 <= position <= updates().
    [[nodiscard]] Update update(Position position) const;
    // The name of the update at a position; position 0 names the initial value.
    [[nodiscard]] UpdateName name(Position position) const;
    // Value of the counter after the store at a position; 0 at position 0.
    [[nodiscard]] std::uint64_t value(Position position) const;
    // Position of a thread's update; number 0 gives position 0.
    [[nodiscard]] Position positionOf(UpdateName name) const;
    // How many updates `thread` has stored up to and including `position`.
    [[nodiscard]] std::uint32_t doneBy(ThreadIndex thread, Position position) const;

    // The k-th lost update in modification order, 0 <= k < lost().
    [[nodiscard]] Position lostUpdate(std::uint64_t k) const;
    // How many lost updates have a position below `position`.
    [[nodiscard]] std::uint64_t lostBefore(Position position) const;
    // How many lost updates come before a streak, 0 <= streak <= streaks(). Those of one streak are its last ones.
    [[nodiscard]] std::uint64_t lostBeforeStreak(std::size_t streak) const
    {
        return m_lostBefore.empty() ? 0 : m_lostBefore[streak];
    }
    // How many updates were, in the end, lost to the store at `position`.
    [[nodiscard]] std::uint64_t updatesLostTo(Position position) const;
    // How many updates were lost to the stores up to and including the one at `position`; it only grows.
    [[nodiscard]] std::uint64_t lostUntil(Position position) const;
    // The same per thread that made them.
    [[nodiscard]] std::vector<std::uint32_t> lostUntilByThread(Position position) const;
    // The next store after `position` (previous: before it) that an update was lost to; 0 if there is none.
    [[nodiscard]] Position nextDestroyer(Position position) const;
    [[nodiscard]] Position previousDestroyer(Position position) const;
    // The next store after `position` (previous: before it) that replaced an update its load had not seen.
    [[nodiscard]] Position nextClobbering(Position position) const;
    [[nodiscard]] Position previousClobbering(Position position) const;

    // What the store at `position` did to the surviving path as it was then.
    [[nodiscard]] PathChange pathChange(Position position) const;
    // Whether an update stands on the surviving path after the store at `store`, which comes after it or is it.
    [[nodiscard]] bool standsAfter(Position update, Position store) const;
    // Per thread, how many of its updates stand on the surviving path after the store at `position`.
    [[nodiscard]] std::vector<std::uint32_t> standing(Position position) const;

    // The loads that saw `position`, as positions of the updates they belong to, in modification order of those.
    [[nodiscard]] std::vector<Position> loadsThatSaw(Position position) const;
    // How many loads saw a position below `position`.
    [[nodiscard]] std::uint64_t loadsThatSawBelow(Position position) const;

    // For walking by streak: the streak that holds a position, its first position, its thread.
    [[nodiscard]] std::size_t streakAt(Position position) const;
    [[nodiscard]] Position firstOf(std::size_t streak) const { return m_first[streak]; }
    [[nodiscard]] Position lastOf(std::size_t streak) const { return m_first[streak + 1] - 1; }
    [[nodiscard]] ThreadIndex threadOf(std::size_t streak) const { return m_thread[streak]; }
    // The streaks of a thread, in its order.
    [[nodiscard]] std::span<const std::uint32_t> streaksOf(ThreadIndex thread) const
    {
        return {m_ofThread.data() + m_threadBegin[thread], m_threadBegin[thread + 1] - m_threadBegin[thread]};
    }

private:
    // A position together with the streak that holds it; the initial value is {noStreak, initialPosition}.
    struct PathPoint {
        std::uint32_t streak;
        Position position;
    };
    static constexpr std::uint32_t noStreak = UINT32_MAX;

    Ledger() = default;
    [[nodiscard]] std::uint32_t streakBackFrom(std::uint32_t hint, Position position) const;
    [[nodiscard]] std::optional<std::size_t> keyframeAt(std::uint32_t streak) const;
    PathPoint addPath(PathPoint at, std::span<std::uint32_t> standing) const;
    [[nodiscard]] Position commonAncestor(PathPoint a, PathPoint b) const;
    [[nodiscard]] PathPoint parentOfHead(std::uint32_t streak) const { return {m_seenStreak[streak], m_seen[streak]}; }
    [[nodiscard]] PathPoint endOf(std::uint32_t streak) const;

    void indexThreads();
    void indexLoads();
    struct Loss;
    void judge();
    void indexLosses(const std::vector<Loss>& losses);
    [[nodiscard]] PathPoint pointOf(Position position) const;
    void keepPathKeyframes();
    [[nodiscard]] std::uint32_t lastDescendant(std::size_t streak, Position position) const;

    ThreadIndex m_threads = 0;
    std::uint64_t m_surviving = 0;
    std::uint64_t m_lost = 0;
    std::uint64_t m_clobbering = 0;

    // Per streak, in modification order; m_first and m_lostBefore have one entry more, the end.
    std::vector<Position> m_first;
    std::vector<std::uint16_t> m_thread;
    std::vector<std::uint32_t> m_firstNumber;
    std::vector<Position> m_seen;
    std::vector<std::uint32_t> m_seenStreak; // the streak that m_seen falls in; noStreak for the initial value
    std::vector<std::uint32_t> m_firstValue;
    std::vector<std::uint32_t> m_lostBefore;
    std::vector<std::uint32_t> m_lostToBefore; // updates lost to stores before the streak, one entry more
    std::vector<std::uint64_t> m_clobberingStreaks; // a bit for each whose first store clobbers

    // Streaks ordered by what their first load saw; streak s was seen by m_load[m_loadsOf[s] .. m_loadsOf[s + 1]).
    std::vector<std::uint32_t> m_load;
    std::vector<std::uint32_t> m_loadsOf;
    // Parallel to m_load: the last descendant (a streak) of what that load saw.
    std::vector<std::uint32_t> m_descendant;

    // Who lost how many to the first store of which streak, in order of those; and, per thread, how many all losses
    // before each so manieth one were, so that lostUntilByThread() adds a bounded number.
    std::vector<std::uint32_t> m_lossTo;
    std::vector<std::uint16_t> m_lossOf;
    std::vector<std::uint32_t> m_lossCount;
    std::vector<std::uint32_t> m_lossKeyframes;

    // Streaks of each thread: m_ofThread[m_threadBegin[t] .. m_threadBegin[t + 1]).
    std::vector<std::uint32_t> m_ofThread;
    std::vector<std::uint32_t> m_threadBegin;

    // Streaks on the path from each streak to the initial value.
    std::vector<std::uint32_t> m_depth;
    // Per thread, the updates on the path that ends with some streaks, so that standing() walks a bounded way.
    struct Keyframe {
        std::uint32_t streak;
        PathPoint above; // where that path meets the next keyframe
    };
    std::vector<Keyframe> m_keyframes; // by streak
    std::vector<std::uint32_t> m_keyframeStanding;
};

} // namespace interleave
