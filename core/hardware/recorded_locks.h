// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/recorded_history.h"

#include <algorithm>
#include <vector>

namespace interleave {

inline Time wholeTime(double time)
{
    return static_cast<Time>(std::max(0.0, time));
}

// When a thread's stores were made, for numbers that rise: the same as RecordedHistory::timeOfStore, without searching.
class RecordedHistory::StoreClock {
public:
    StoreClock(const RecordedHistory& history, ThreadIndex thread);

    [[nodiscard]] double timeOf(std::uint32_t number);
    // Of the updates from `from`, the one asked for last, to `last`: the last one up to which all are stored before
    // `limit` and before `until`, as far as it is quick to tell; `from` is.
    [[nodiscard]] std::uint32_t lastBefore(std::uint32_t from, std::uint32_t last, Time limit, double until) const;

private:
    const RecordedHistory& m_history;
    const Absences* m_absences; // null: it was never away
    ThreadIndex m_thread;
    std::size_t m_nextPoint = 0; // the measured one that ends the stretch
    Stretch m_stretch;
    std::uint32_t m_lastOfStretch = 0; // the last update whose time it gives
    std::size_t m_over = 0;            // of the absences
};

// Tells who held the lock of a run and who waited for it.
class RecordedHistory::LockTurns {
public:
    LockTurns(const RecordedHistory& history, const TimeWindow& window, TimelineVisitor& visitor);

    // False if it was stopped. Without a lock there is nothing to tell.
    [[nodiscard]] bool tell(const std::stop_token& stop);
    // By index of m_waits: when the thread that waited acquired the lock.
    [[nodiscard]] std::vector<double> takeAcquired() { return std::move(m_acquired); }

private:
    struct Thread {
        StoreClock clock;
        double before = 0; // its last store, or its begin
        std::uint32_t done = 0;
        std::size_t nextWait = 0;
    };
    void takeStreak(std::size_t streak);
    [[nodiscard]] double acquire(ThreadIndex index, std::uint32_t number, Position position, double store);
    [[nodiscard]] bool waitsFor(ThreadIndex index, std::uint32_t number);
    void tellFirstWaits(double until);
    void turn(ThreadIndex thread, double at, LockUse use);

    const RecordedHistory& m_history;
    const TimeWindow& m_window;
    TimelineVisitor& m_visitor;
    std::vector<Thread> m_threads;
    std::vector<ThreadIndex> m_waitAtOnce; // those that find the lock held as they begin, by that time
    std::size_t m_told = 0;                // of them
    std::size_t m_nextMeeting = 0;         // of m_waits, by block
    double m_released = 0;
    Time m_latest = 0;
    std::vector<double> m_acquired;
};

} // namespace interleave
