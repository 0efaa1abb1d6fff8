// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/recorded_locks.h"

#include <queue>
#include <utility>
#include <vector>

namespace interleave {

// Where the kernel told of every switch.
class RecordedHistory::KernelWalk {
public:
    // `acquired`: by index of m_waits.
    KernelWalk(const RecordedHistory& history, const TimeWindow& window, TimelineVisitor& visitor,
               std::vector<double> acquired);

    // False if it was stopped.
    [[nodiscard]] bool walk(const std::stop_token& stop);

private:
    struct Thread {
        Thread(const RecordedHistory& history, ThreadIndex index)
            : clock(history, index),
              before(history.m_times[index].begin)
        {}

        StoreClock clock;
        double before;                  // its last store, or its begin
        std::uint32_t number = 0;       // of the next update
        double store = 0;               // when that is stored
        bool waits = false;             // for the lock before it, and that is not told to its end
        double acquired = 0;            // if it waits: until then
        std::uint32_t lastOfStreak = 0; // of the next update's
        std::uint32_t firstLost = 0;
        std::size_t nextStreak = 0;
        std::size_t nextWait = 0;
        std::size_t stay = 0;
        Time latest = 0; // that anything was told of it
        Activity activity = Activity::Ready;
        CoreIndex core = noCore;
    };
    [[nodiscard]] CoreIndex coreOf(ThreadIndex index, std::size_t stay) const;
    void next(ThreadIndex index, std::uint32_t number);
    bool stay(ThreadIndex index, double from, const std::stop_token& stop);
    void tellWait(ThreadIndex index, double until);
    void tellUpdates(ThreadIndex index, double until);
    void turn(ThreadIndex index, Time at, Activity activity, CoreIndex core, Departure departure = Departure::None);

    const RecordedHistory& m_history;
    const TimeWindow& m_window;
    TimelineVisitor& m_visitor;
    const std::vector<double> m_acquired;
    std::vector<Thread> m_threads;
    std::vector<Time> m_free; // by core: nobody is on it from then on
    using Stay = std::pair<double, ThreadIndex>;
    std::priority_queue<Stay, std::vector<Stay>, std::greater<>> m_stays; // that begin next, one of each thread
    std::size_t m_batches = 0;
};

} // namespace interleave
