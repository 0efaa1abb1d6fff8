// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/recorded_history.h"

#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

Time whole(double time)
{
    return static_cast<Time>(std::max(0.0, time));
}

} // namespace

// Goes through the streaks in modification order. Within a streak nobody stores but its thread, so all that happens to
// the others happens where one begins, or where a thread ends.
class RecordedHistory::Walk {
public:
    Walk(const RecordedHistory& history, const TimeWindow& window, TimelineVisitor& visitor)
        : m_history(history),
          m_ledger(history.m_ledger),
          m_window(window),
          m_visitor(visitor),
          m_work(static_cast<double>(history.m_parameters.window.count())),
          m_threads(history.threads())
    {
        for (ThreadIndex t = 0; t < m_threads.size(); ++t) {
            const std::vector<std::uint32_t>& points = history.m_times[t].numbers;
            m_threads[t].stretch = history.stretch(t, 0);
            m_threads[t].lastOfStretch = points.empty() ? UINT32_MAX : points.front() - 1;
            m_threads[t].before = history.m_times[t].begin;
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
    struct Passive { // what others did to a thread since it stored last
        Time at;
        Activity activity;
    };
    struct Thread {
        std::uint32_t done = 0;
        std::size_t nextWait = 0; // of its waits
        std::size_t lastStreak = 0;
        Time latest = 0;           // its last store
        double before = 0;         // the same, unrounded; or its begin
        std::size_t nextPoint = 0; // the measured one that ends the stretch
        Stretch stretch;
        std::uint32_t lastOfStretch = 0; // the last update whose time it gives
        std::vector<Passive> passive;
    };

    void takeStreak(std::size_t s)
    {
        const ThreadIndex index = m_ledger.threadOf(s);
        Thread& thread = m_threads[index];
        const std::uint32_t first = thread.done + 1;
        const std::uint32_t last = thread.done + (m_ledger.lastOf(s) - m_ledger.firstOf(s) + 1);
        const Time before = whole(thread.before);
        const Time begin = whole(std::max(thread.before, timeOfStore(index, first) - m_work));
        const bool waited = takeWait(index, first);
        tellPassive(index, waited ? before : begin);
        if (waited)
            m_visitor.turn({index, before, Activity::Waiting, noCore, Departure::None});
        m_visitor.turn({index, begin, Activity::Running, noCore, Departure::None});
        const auto lost = static_cast<std::uint32_t>(m_ledger.lostBeforeStreak(s + 1) - m_ledger.lostBeforeStreak(s));
        tellUpdates(index, first, last, last - lost + 1);
        thread.latest = whole(thread.before);
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

    // As RecordedHistory::timeOfStore, for numbers that rise.
    double timeOfStore(ThreadIndex index, std::uint32_t number)
    {
        Thread& thread = m_threads[index];
        const std::vector<std::uint32_t>& points = m_history.m_times[index].numbers;
        if (thread.nextPoint < points.size() && points[thread.nextPoint] <= number) {
            while (thread.nextPoint < points.size() && points[thread.nextPoint] <= number)
                ++thread.nextPoint;
            thread.stretch = m_history.stretch(index, thread.nextPoint);
            thread.lastOfStretch = thread.nextPoint < points.size() ? points[thread.nextPoint] - 1 : UINT32_MAX;
        }
        return thread.stretch.timeOf(number);
    }

    // In batches that do not cross the grid.
    void tellUpdates(ThreadIndex index, std::uint32_t first, std::uint32_t last, std::uint32_t firstLost)
    {
        Thread& thread = m_threads[index];
        for (std::uint32_t from = first; from <= last;) {
            thread.before = timeOfStore(index, from);
            const Time begin = whole(thread.before);
            const std::uint32_t to = lastBefore(thread.stretch, from, std::min(last, thread.lastOfStretch),
                                                (begin / m_window.grid + 1) * m_window.grid);
            thread.before = thread.stretch.timeOf(to);
            const std::uint32_t lost = to < firstLost ? 0 : to - std::max(from, firstLost) + 1;
            m_visitor.updates({index, begin, whole(thread.before) + 1, to - from + 1, lost});
            from = to + 1;
        }
    }

    // The last update of the stretch, no later than `last`, that is stored before the limit; `from` is.
    static std::uint32_t lastBefore(const Stretch& stretch, std::uint32_t from, std::uint32_t last, Time limit)
    {
        if (whole(stretch.timeOf(last)) < limit)
            return last;
        const double perUnit = (stretch.toNumber - stretch.fromNumber) / std::max(1e-9, stretch.to - stretch.from);
        const double guess = stretch.fromNumber + (static_cast<double>(limit) - stretch.from) * perUnit;
        auto to = static_cast<std::uint32_t>(std::clamp(guess, static_cast<double>(from), static_cast<double>(last)));
        while (to < last && whole(stretch.timeOf(to + 1)) < limit)
            ++to;
        while (to > from && whole(stretch.timeOf(to)) >= limit)
            --to;
        return to;
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
        const Time end = whole(m_history.m_times[index].end);
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
    const double m_work; // ns, between load and store
    std::vector<Thread> m_threads;
    std::vector<ThreadIndex> m_recent;
    std::size_t m_on = 0;
};

bool RecordedHistory::walk(const TimeWindow& window, TimelineVisitor& visitor, const std::stop_token& stop) const
{
    return Walk(*this, window, visitor).walk(stop);
}

Time RecordedHistory::timelineEnd() const
{
    double end = 0;
    for (const ThreadTimes& times : m_times)
        end = std::max(end, times.end);
    return whole(end) + 1;
}

} // namespace interleave
