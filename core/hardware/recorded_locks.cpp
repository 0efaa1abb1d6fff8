// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/recorded_locks.h"

#include <algorithm>
#include <limits>

namespace interleave {

namespace {

constexpr double never = std::numeric_limits<double>::infinity();

} // namespace

RecordedHistory::StoreClock::StoreClock(const RecordedHistory& history, ThreadIndex thread)
    : m_history(history),
      m_absences(history.absencesOf(thread)),
      m_thread(thread),
      m_stretch(history.stretch(thread, 0))
{
    const std::vector<std::uint32_t>& points = history.m_times[thread].numbers;
    m_lastOfStretch = points.empty() ? UINT32_MAX : points.front() - 1;
}

double RecordedHistory::StoreClock::timeOf(std::uint32_t number)
{
    if (number > m_lastOfStretch) {
        const std::vector<std::uint32_t>& points = m_history.m_times[m_thread].numbers;
        while (m_nextPoint < points.size() && points[m_nextPoint] <= number)
            ++m_nextPoint;
        m_stretch = m_history.stretch(m_thread, m_nextPoint);
        m_lastOfStretch = m_nextPoint < points.size() ? points[m_nextPoint] - 1 : UINT32_MAX;
    }
    const double onCore = m_stretch.onCoreTimeOf(number);
    if (!m_absences)
        return m_stretch.timeOf(number, onCore, 0);
    while (m_over < m_absences->size() && m_absences->onCoreTimeIn(m_over) <= onCore)
        ++m_over;
    return m_stretch.timeOf(number, onCore, m_absences->awayIn(m_over));
}

std::uint32_t RecordedHistory::StoreClock::lastBefore(std::uint32_t from, std::uint32_t last, Time limit,
                                                      double until) const
{
    last = std::min(last, m_lastOfStretch);
    const double behind = m_absences ? m_absences->awayIn(m_over) : 0;
    const double leaves = m_absences && m_over < m_absences->size() ? m_absences->onCoreTimeIn(m_over) : never;
    const auto isBefore = [&](std::uint32_t number) {
        const double onCore = m_stretch.onCoreTimeOf(number);
        const double time = m_stretch.timeOf(number, onCore, behind);
        return onCore < leaves && time < until && wholeTime(time) < limit;
    };
    if (isBefore(last))
        return last;
    const double perUnit = (m_stretch.toNumber - m_stretch.fromNumber)
                         / std::max(1e-9, m_stretch.toOnCore - m_stretch.fromOnCore);
    const double onCore = std::min(static_cast<double>(limit) - behind, leaves);
    const double guess = m_stretch.fromNumber + (onCore - m_stretch.fromOnCore) * perUnit;
    auto to = static_cast<std::uint32_t>(std::clamp(guess, static_cast<double>(from), static_cast<double>(last)));
    while (to < last && isBefore(to + 1))
        ++to;
    while (to > from && !isBefore(to))
        --to;
    return to;
}

RecordedHistory::LockTurns::LockTurns(const RecordedHistory& history, const TimeWindow& window,
                                      TimelineVisitor& visitor)
    : m_history(history),
      m_window(window),
      m_visitor(visitor)
{
    if (history.timelineLocks() == 0)
        return;
    m_acquired.resize(history.m_waits.size());
    for (ThreadIndex t = 0; t < history.threads(); ++t) {
        m_threads.push_back({StoreClock(history, t), history.m_times[t].begin, 0, 0});
        if (waitsFor(t, 1))
            m_waitAtOnce.push_back(t);
    }
    std::ranges::stable_sort(m_waitAtOnce, {}, [this](ThreadIndex t) { return m_threads[t].before; });
}

// In modification order: that is the order in which the lock was held.
bool RecordedHistory::LockTurns::tell(const std::stop_token& stop)
{
    constexpr std::size_t streaksBetweenLooks = 1 << 12;
    for (std::size_t s = 0; !m_threads.empty() && s < m_history.m_ledger.streaks(); ++s) {
        if (s % streaksBetweenLooks == 0 && stop.stop_requested())
            return false;
        takeStreak(s);
    }
    return true;
}

void RecordedHistory::LockTurns::takeStreak(std::size_t streak)
{
    const Ledger& ledger = m_history.m_ledger;
    const ThreadIndex index = ledger.threadOf(streak);
    Thread& thread = m_threads[index];
    const std::uint32_t first = thread.done + 1;
    const std::uint32_t last = first + (ledger.lastOf(streak) - ledger.firstOf(streak));
    for (std::uint32_t from = first; from <= last;) {
        const double store = thread.clock.timeOf(from);
        std::uint32_t to = last;
        if (m_window.grid == 1 && wholeTime(store) < m_window.begin)
            to = thread.clock.lastBefore(from, last, m_window.begin, never);
        else if (m_window.grid == 1 && wholeTime(store) < m_window.end)
            to = from;
        if (m_history.acquiresIn({index, from}))
            turn(index, acquire(index, from, ledger.firstOf(streak) + (from - first), store), LockUse::Holds);
        thread.before = thread.clock.timeOf(to);
        thread.done = to;
        if (m_history.releasesIn({index, to}))
            turn(index, thread.before, waitsFor(index, to + 1) ? LockUse::Waits : LockUse::None);
        m_released = thread.before;
        from = to + 1;
    }
}

double RecordedHistory::LockTurns::acquire(ThreadIndex index, std::uint32_t number, Position position, double store)
{
    const std::vector<LockWait>& waits = m_history.m_waits;
    Thread& thread = m_threads[index];
    Acquisition known;
    known.thread = index;
    known.before = thread.before;
    known.released = m_released;
    known.load = m_history.loadBetween(index, thread.before, store);
    known.waited = waitsFor(index, number);
    known.met = never;
    while (m_nextMeeting < waits.size() && waits[m_nextMeeting].block < position)
        ++m_nextMeeting;
    for (std::size_t i = m_nextMeeting; i < waits.size() && waits[i].block == position; ++i)
        if (!waits[i].afterStore) // it asked as soon as it had stored, and that was the last it did
            known.met = std::min(known.met, m_threads[waits[i].thread].before);
    const double acquired = m_history.timeOfAcquire(known);
    if (known.waited)
        m_acquired[m_history.m_waitsOfThread[index][thread.nextWait]] = acquired;
    tellFirstWaits(acquired);
    return acquired;
}

// Numbers that rise.
bool RecordedHistory::LockTurns::waitsFor(ThreadIndex index, std::uint32_t number)
{
    const std::vector<std::uint32_t>& waits = m_history.m_waitsOfThread[index];
    std::size_t& next = m_threads[index].nextWait;
    while (next < waits.size() && m_history.m_waits[waits[next]].number < number)
        ++next;
    return next < waits.size() && m_history.m_waits[waits[next]].number == number;
}

void RecordedHistory::LockTurns::tellFirstWaits(double until)
{
    for (; m_told < m_waitAtOnce.size() && m_threads[m_waitAtOnce[m_told]].before <= until; ++m_told)
        if (const ThreadIndex thread = m_waitAtOnce[m_told]; m_threads[thread].done == 0)
            turn(thread, m_threads[thread].before, LockUse::Waits);
}

// By their clocks, one thread may take the lock before another has released it; in truth it did not.
void RecordedHistory::LockTurns::turn(ThreadIndex thread, double at, LockUse use)
{
    m_latest = std::max(m_latest, wholeTime(at));
    m_visitor.lockTurn({thread, 0, m_latest, use});
}

} // namespace interleave
