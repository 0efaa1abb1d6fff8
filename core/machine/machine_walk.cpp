// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/machine_walk.h"

#include <algorithm>

namespace interleave {

namespace {

Activity activityOf(const MachineThread& thread)
{
    switch (thread.phase) {
    case ThreadPhase::Ready: return Activity::Ready;
    case ThreadPhase::Running: return Activity::Running;
    case ThreadPhase::Blocked: return thread.waitsFor ? Activity::Waiting : Activity::Asleep;
    default: return Activity::Inactive;
    }
}

} // namespace

MachineTeller::MachineTeller(Machine& machine, const CounterCell* counter, const Ledger& ledger,
                             std::span<const LockIndex> locks, TimelineVisitor& visitor)
    : m_machine(machine),
      m_counter(counter),
      m_ledger(ledger),
      m_locks(locks),
      m_visitor(visitor)
{
    m_told = stores();
    if (m_told != initialPosition)
        m_streak = m_ledger.streakAt(m_told);
    m_lost = m_told == initialPosition ? 0 : m_ledger.lostBefore(m_told + 1);
    for (ThreadIndex t = 0; t < machine.threads().size(); ++t) {
        const MachineThread& thread = machine.threads()[t];
        visitor.turn({t, machine.tickUnderWay(), activityOf(thread),
                      thread.phase == ThreadPhase::Running ? thread.core : CoreIndex{noCore}, Departure::None});
    }
    for (std::size_t i = 0; i < machine.locks().size(); ++i) {
        const LockState& lock = machine.locks()[i];
        if (lock.holder != noThread)
            visitor.lockTurn({lock.holder, m_locks[i], machine.tickUnderWay(), LockUse::Holds});
        for (const ThreadIndex thread : lock.waiting)
            if (thread != lock.holder)
                visitor.lockTurn({thread, m_locks[i], machine.tickUnderWay(), LockUse::Waits});
    }
    machine.listen(this);
}

bool MachineTeller::tell(const TimeWindow& window, Step steps, const std::stop_token& stop)
{
    constexpr std::uint64_t stepsBetweenLooks = 1 << 15;
    Step lookAt = 0;
    while (!m_machine.isOver() && m_machine.step() < steps && m_machine.tickUnderWay() < window.end) {
        const Time now = m_machine.tickUnderWay();
        if (m_machine.step() >= lookAt) {
            if (stop.stop_requested())
                return false;
            m_visitor.reached(now);
            lookAt = m_machine.step() + stepsBetweenLooks;
        }
        // On the way to the window nothing has to stop at its grid, but looks.
        const Time next = now < window.begin ? std::min(window.begin, now + stepsBetweenLooks)
                                             : std::min(window.end, (now / window.grid + 1) * window.grid);
        m_machine.advanceToTick(next, steps);
    }
    // A run may end, by its limit, between a thread's blocking and the save that would have been told.
    for (ThreadIndex t = 0; t < m_machine.threads().size(); ++t)
        if (const MachineThread& thread = m_machine.threads()[t]; thread.phase == ThreadPhase::Blocked)
            m_visitor.turn({t, m_machine.tickUnderWay() + 1, activityOf(thread), noCore, Departure::None});
    return true;
}

// Updates among the instructions; several cores take turns instruction by instruction, so these come one at a time.
void MachineTeller::executed(ThreadIndex thread, std::uint64_t instructions)
{
    const Position now = stores();
    if (now == m_told)
        return;
    const std::uint64_t lost = lostThrough(now);
    const Time begin = m_machine.tickUnderWay();
    m_visitor.updates({thread, begin, begin + instructions, now - m_told, static_cast<std::uint32_t>(lost - m_lost)});
    m_told = now;
    m_lost = lost;
}

std::uint64_t MachineTeller::lostThrough(Position position)
{
    while (m_ledger.lastOf(m_streak) < position)
        ++m_streak;
    const std::uint64_t lostHere = m_ledger.lostBeforeStreak(m_streak + 1) - m_ledger.lostBeforeStreak(m_streak);
    const std::uint64_t after = m_ledger.lastOf(m_streak) - position; // the last ones of a streak are those lost
    return m_ledger.lostBeforeStreak(m_streak) + (lostHere > after ? lostHere - after : 0);
}

} // namespace interleave
