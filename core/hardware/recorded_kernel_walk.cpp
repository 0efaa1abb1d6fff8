// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/recorded_walk.h"

#include <algorithm>
#include <limits>

namespace interleave {

// Goes from stay to stay: what a thread does from when the kernel puts it on a core until it takes it off. Stays on one
// core follow one another, as do those of one thread, so in the order in which they begin they are told in the order of
// time of each thread and of each core.
RecordedHistory::KernelWalk::KernelWalk(const RecordedHistory& history, const TimeWindow& window,
                                        TimelineVisitor& visitor, std::vector<double> acquired)
    : m_history(history),
      m_window(window),
      m_visitor(visitor),
      m_acquired(std::move(acquired)),
      m_free(history.m_coreNumbers.size(), 0)
{
    m_threads.reserve(history.threads());
    for (ThreadIndex t = 0; t < history.threads(); ++t) {
        m_threads.emplace_back(history, t);
        visitor.turn({t, 0, Activity::Ready, noCore, Departure::None});
        next(t, 1);
        m_stays.push({history.m_times[t].begin, t});
    }
}

bool RecordedHistory::KernelWalk::walk(const std::stop_token& stop)
{
    while (!m_stays.empty()) {
        const auto [begin, thread] = m_stays.top();
        m_stays.pop();
        if (!stay(thread, begin, stop))
            return false;
        if (const std::size_t gone = m_threads[thread].stay; gone <= m_history.m_absences[thread].size())
            m_stays.push({m_history.m_absences[thread].inAt(gone - 1), thread});
    }
    return true;
}

// The core of a thread's stay, by its index; noCore if the kernel named none.
CoreIndex RecordedHistory::KernelWalk::coreOf(ThreadIndex index, std::size_t stay) const
{
    const Absences& absences = m_history.m_absences[index];
    const std::vector<CoreIndex>& began = m_history.m_switches->beganOn;
    const std::vector<CoreIndex>& numbers = m_history.m_coreNumbers;
    CoreIndex number = noCore;
    if (stay > 0)
        number = absences.to(stay - 1);
    else if (absences.size() > 0)
        number = absences.from(0);
    else if (index < began.size())
        number = began[index];
    const auto found = std::ranges::lower_bound(numbers, number);
    return found == numbers.end() || *found != number ? noCore : static_cast<CoreIndex>(found - numbers.begin());
}

// The update that the thread makes next, and whether it waits for the lock first.
void RecordedHistory::KernelWalk::next(ThreadIndex index, std::uint32_t number)
{
    Thread& thread = m_threads[index];
    thread.number = number;
    thread.waits = false;
    if (number > m_history.iterations())
        return;
    thread.store = thread.clock.timeOf(number);
    if (number > thread.lastOfStreak) {
        const Ledger& ledger = m_history.m_ledger;
        const std::size_t streak = ledger.streaksOf(index)[thread.nextStreak++];
        thread.lastOfStreak = number + (ledger.lastOf(streak) - ledger.firstOf(streak));
        thread.firstLost = thread.lastOfStreak + 1
                         - static_cast<std::uint32_t>(ledger.lostBeforeStreak(streak + 1)
                                                      - ledger.lostBeforeStreak(streak));
    }
    const std::vector<std::uint32_t>& waits = m_history.m_waitsOfThread[index];
    while (thread.nextWait < waits.size() && m_history.m_waits[waits[thread.nextWait]].number < number)
        ++thread.nextWait;
    if (thread.nextWait < waits.size() && m_history.m_waits[waits[thread.nextWait]].number == number) {
        thread.acquired = m_acquired[waits[thread.nextWait]];
        thread.waits = true;
    }
}

// False if it was stopped.
bool RecordedHistory::KernelWalk::stay(ThreadIndex index, double from, const std::stop_token& stop)
{
    constexpr std::size_t batchesBetweenLooks = 1 << 12;
    Thread& thread = m_threads[index];
    const Absences& absences = m_history.m_absences[index];
    const std::size_t leaves = thread.stay++;
    const bool ends = leaves == absences.size();
    const double until = ends ? std::numeric_limits<double>::infinity() : absences.outAt(leaves);
    const CoreIndex core = coreOf(index, leaves);

    // By their clocks, it may come before another has left.
    const Time at = std::max(wholeTime(from), core == noCore ? Time{0} : m_free[core]);
    const bool waits = thread.waits && thread.before <= from && from < thread.acquired;
    turn(index, at, waits ? Activity::Waiting : Activity::Running, core);
    tellWait(index, until);
    while (thread.number <= m_history.iterations() && thread.store < until) {
        if (m_batches++ % batchesBetweenLooks == 0) {
            if (stop.stop_requested())
                return false;
            m_visitor.reached(wholeTime(from));
        }
        tellUpdates(index, until);
        tellWait(index, until);
    }
    const bool waitsOn = thread.waits && thread.before <= until && until < thread.acquired;
    if (ends)
        turn(index, wholeTime(m_history.m_times[index].end), Activity::Inactive, noCore);
    else if (absences.isPreemption(leaves))
        turn(index, wholeTime(until), Activity::Ready, noCore, Departure::Preempted);
    else
        turn(index, wholeTime(until), waitsOn ? Activity::Waiting : Activity::Asleep, noCore, Departure::Voluntary);
    if (core != noCore)
        m_free[core] = thread.latest;
    return true;
}

// What of the wait before the next update falls into this stay.
void RecordedHistory::KernelWalk::tellWait(ThreadIndex index, double until)
{
    Thread& thread = m_threads[index];
    if (!thread.waits || thread.before > until)
        return;
    if (thread.activity == Activity::Running && wholeTime(thread.acquired) > thread.latest)
        turn(index, wholeTime(thread.before), Activity::Waiting, thread.core);
    if (thread.acquired > until)
        return;
    if (thread.activity == Activity::Waiting)
        turn(index, wholeTime(thread.acquired), Activity::Running, thread.core);
    thread.waits = false;
}

// The next updates, as many as one batch can have.
void RecordedHistory::KernelWalk::tellUpdates(ThreadIndex index, double until)
{
    Thread& thread = m_threads[index];
    const std::uint32_t first = thread.number;
    const Time begin = std::max(wholeTime(thread.store), thread.latest);
    const Time limit = begin < m_window.begin ? m_window.begin
                     : begin < m_window.end   ? m_window.afterCellOf(begin)
                                              : Time{UINT64_MAX};
    const std::uint32_t last = thread.clock.lastBefore(first, thread.lastOfStreak, limit, until);
    thread.before = last == first ? thread.store : thread.clock.timeOf(last);
    thread.latest = std::max(begin, wholeTime(thread.before));
    const std::uint32_t lost = last < thread.firstLost ? 0 : last - std::max(first, thread.firstLost) + 1;
    m_visitor.updates({index, begin, thread.latest + 1, last - first + 1, lost});
    next(index, last + 1);
}

// A thread's time does not go back.
void RecordedHistory::KernelWalk::turn(ThreadIndex index, Time at, Activity activity, CoreIndex core,
                                       Departure departure)
{
    Thread& thread = m_threads[index];
    thread.latest = std::max(thread.latest, at);
    thread.activity = activity;
    thread.core = core;
    m_visitor.turn({index, thread.latest, activity, core, departure});
}

} // namespace interleave
