// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/recorded_walk.h"

#include <algorithm>
#include <limits>

namespace interleave {

// Goes through the streaks in modification order. Within a streak nobody stores but its thread, so all that happens to
// the others happens where one begins, or where a thread ends.
class RecordedHistory::StreakWalk {
public:
    // `acquired`: by index of m_waits.
    StreakWalk(const RecordedHistory& history, const TimeWindow& window, TimelineVisitor& visitor,
               std::vector<double> acquired)
        : m_history(history),
          m_ledger(history.m_ledger),
          m_window(window),
          m_visitor(visitor),
          m_acquired(std::move(acquired))
    {
        m_threads.reserve(history.threads());
        for (ThreadIndex t = 0; t < history.threads(); ++t) {
            m_threads.emplace_back(history, t);
            visitor.turn({t, 0, Activity::Ready, noCore, Departure::None});
        }
    }

    bool walk(const std::stop_token& stop)
    {
        constexpr std::size_t streaksBetweenLooks = 1 << 12;
        for (std::size_t s = 0; s < m_ledger.streaks(); ++s) {
            if (s % streaksBetweenLooks == 0) {
                if (stop.stop_requested())
                    return false;
                m_visitor.reached(s == 0 ? 0 : m_threads[m_ledger.threadOf(s - 1)].latest);
            }
            takeStreak(s);
        }
        return true;
    }

private:
    static constexpr double infinity = std::numeric_limits<double>::infinity();

    struct Passive { // what others did to a thread since it stored last
        Time at;
        Activity activity;
    };
    struct Thread {
        Thread(const RecordedHistory& history, ThreadIndex index)
            : clock(history, index),
              before(history.m_times[index].begin)
        {}

        StoreClock clock;
        std::uint32_t done = 0;
        std::size_t nextWait = 0; // of its waits
        std::size_t lastStreak = 0;
        Time latest = 0; // its last store
        double before;   // the same, unrounded; or its begin
        std::vector<Passive> passive;
    };

    void takeStreak(std::size_t s)
    {
        const ThreadIndex index = m_ledger.threadOf(s);
        Thread& thread = m_threads[index];
        const std::uint32_t first = thread.done + 1;
        const std::uint32_t last = thread.done + (m_ledger.lastOf(s) - m_ledger.firstOf(s) + 1);
        const Time before = wholeTime(thread.before);
        const bool waited = takeWait(index, first);
        const Time begin = wholeTime(waited ? m_acquired[m_history.m_waitsOfThread[index][thread.nextWait]]
                                            : m_history.loadBetween(index, thread.before, thread.clock.timeOf(first)));
        tellPassive(index, waited ? before : begin);
        if (waited)
            m_visitor.turn({index, before, Activity::Waiting, noCore, Departure::None});
        m_visitor.turn({index, begin, Activity::Running, noCore, Departure::None});
        const auto lost = static_cast<std::uint32_t>(m_ledger.lostBeforeStreak(s + 1) - m_ledger.lostBeforeStreak(s));
        tellUpdates(index, first, last, last - lost + 1);
        thread.latest = wholeTime(thread.before);
        thread.done = last;
        thread.lastStreak = s;
        moveToFront(index, begin);
        while (m_on > 0 && s - m_threads[m_recent[m_on - 1]].lastStreak >= furthestStreak)
            displace(m_recent[--m_on], begin);
        fillCores(s, begin);
        if (last == m_history.iterations())
            finish(index);
    }

    // Whether the thread found the lock held before this update.
    bool takeWait(ThreadIndex index, std::uint32_t number)
    {
        const auto& waits = m_history.m_waitsOfThread[index];
        std::size_t& next = m_threads[index].nextWait;
        while (next < waits.size() && m_history.m_waits[waits[next]].number < number)
            ++next;
        return next < waits.size() && m_history.m_waits[waits[next]].number == number;
    }

    void tellPassive(ThreadIndex index, Time until)
    {
        for (const Passive& passive : m_threads[index].passive)
            m_visitor.turn({index, std::min(passive.at, until), passive.activity, noCore, Departure::None});
        m_threads[index].passive.clear();
    }

    // In batches that do not cross the grid.
    void tellUpdates(ThreadIndex index, std::uint32_t first, std::uint32_t last, std::uint32_t firstLost)
    {
        Thread& thread = m_threads[index];
        for (std::uint32_t from = first; from <= last;) {
            const Time begin = wholeTime(thread.clock.timeOf(from));
            const Time limit = begin < m_window.begin ? m_window.begin
                             : begin < m_window.end   ? m_window.afterCellOf(begin)
                                                      : Time{UINT64_MAX};
            const std::uint32_t to = thread.clock.lastBefore(from, last, limit, infinity);
            thread.before = thread.clock.timeOf(to);
            const std::uint32_t lost = to < firstLost ? 0 : to - std::max(from, firstLost) + 1;
            m_visitor.updates({index, begin, wholeTime(thread.before) + 1, to - from + 1, lost});
            from = to + 1;
        }
    }

    // Of m_recent, who stored last comes first; the first m_on are on a core.
    void moveToFront(ThreadIndex index, Time now)
    {
        const auto found = std::find(m_recent.begin(), m_recent.end(), index);
        const auto place = static_cast<std::size_t>(found - m_recent.begin());
        if (found == m_recent.end())
            m_recent.insert(m_recent.begin(), index);
        else
            std::rotate(m_recent.begin(), found, found + 1);
        if (place < m_on)
            return;
        if (++m_on > m_history.m_parameters.cores)
            displace(m_recent[--m_on], now);
    }

    void displace(ThreadIndex index, Time now)
    {
        Thread& thread = m_threads[index];
        thread.passive.push_back({std::max(thread.latest, now), Activity::Ready});
    }

    void finish(ThreadIndex index)
    {
        const Time end = wholeTime(m_history.m_times[index].end);
        m_visitor.turn({index, end, Activity::Inactive, noCore, Departure::None});
        m_recent.erase(m_recent.begin()); // it has just stored
        --m_on;
    }

    // Who stored last of those that are off their cores, while there are cores free: others have finished.
    void fillCores(std::size_t streak, Time now)
    {
        while (m_on < std::min<std::size_t>(m_recent.size(), m_history.m_parameters.cores)
               && streak - m_threads[m_recent[m_on]].lastStreak < furthestStreak) {
            Thread& back = m_threads[m_recent[m_on++]];
            back.passive.push_back({std::max(back.latest, now), Activity::Running});
        }
    }

    const RecordedHistory& m_history;
    const Ledger& m_ledger;
    const TimeWindow& m_window;
    TimelineVisitor& m_visitor;
    const std::vector<double> m_acquired;
    std::vector<Thread> m_threads;
    std::vector<ThreadIndex> m_recent;
    std::size_t m_on = 0;
};

bool RecordedHistory::walk(const TimeWindow& window, TimelineVisitor& visitor, const std::stop_token& stop) const
{
    LockTurns locks(*this, window, visitor);
    if (!locks.tell(stop))
        return false;
    if (m_absences.empty())
        return StreakWalk(*this, window, visitor, locks.takeAcquired()).walk(stop);
    return KernelWalk(*this, window, visitor, locks.takeAcquired()).walk(stop);
}

Time RecordedHistory::timelineEnd() const
{
    double end = 0;
    for (const ThreadTimes& times : m_times)
        end = std::max(end, times.end);
    return wholeTime(end) + 1;
}

} // namespace interleave
