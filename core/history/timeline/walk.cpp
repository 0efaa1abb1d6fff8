// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/history.h"
#include "history/ledger.h"

#include <algorithm>
#include <vector>

namespace interleave {

namespace {

Activity activityOf(const ThreadState& thread, bool sleeps)
{
    switch (thread.phase) {
    case ThreadPhase::Ready: return thread.spinning ? Activity::Waiting : Activity::Ready;
    case ThreadPhase::Running: return thread.spinning ? Activity::Waiting : Activity::Running;
    case ThreadPhase::Blocked: return sleeps ? Activity::Asleep : Activity::Waiting;
    default: return Activity::Inactive;
    }
}

// What the events of a history say about its locks.
class LockTeller {
public:
    LockTeller(LockIndex locks, TimelineVisitor& visitor) : m_latest(locks, 0), m_visitor(visitor) {}

    // A lock's own time does not go back either.
    void tell(const Event& done, Time at)
    {
        if (done.lock >= m_latest.size())
            return;
        LockUse use = LockUse::None;
        if (done.kind == EventKind::LockAcquire)
            use = LockUse::Holds;
        else if (done.kind == EventKind::LockWait && done.holder != done.thread)
            use = LockUse::Waits;
        else if (done.kind != EventKind::LockRelease)
            return;
        m_latest[done.lock] = std::max(m_latest[done.lock], at);
        m_visitor.lockTurn({done.thread, done.lock, m_latest[done.lock], use});
    }

private:
    std::vector<Time> m_latest;
    TimelineVisitor& m_visitor;
};

} // namespace

Time History::timelineEnd() const
{
    return steps() == 0 ? 0 : static_cast<Time>(std::max(0.0, timeOf(steps() - 1))) + 1;
}

// Step by step: for histories that are short, or that nobody walks.
bool History::walk(const TimeWindow& window, TimelineVisitor& visitor, const std::stop_token& stop) const
{
    struct Thread {
        Time at = 0; // no earlier than this: the clocks of threads may differ, a thread's own time does not go back
        Activity activity = Activity::Inactive;
        CoreIndex core = noCore;
        bool sleeps = false;
    };
    std::vector<Thread> told(threads());
    LockTeller locks(timelineLocks(), visitor);
    const Ledger& kept = ledger();
    for (Step step = 0; step < steps(); ++step) {
        if (stop.stop_requested())
            return false;
        const Event done = event(step);
        const State after = state(step + 1);
        const auto now = std::min(static_cast<Time>(std::max(0.0, timeOf(step))), timelineEnd() - 1);
        Thread& acting = told[done.thread];
        acting.sleeps = done.kind == EventKind::Sleep || (acting.sleeps && done.kind == EventKind::SwitchOut);
        if (done.kind == EventKind::SwitchIn)
            acting.core = done.core;
        for (ThreadIndex t = 0; t < threads(); ++t) {
            Thread& thread = told[t];
            const Activity activity = activityOf(after.threads[t], thread.sleeps);
            const bool leaves = done.kind == EventKind::SwitchOut && t == done.thread;
            if (activity == thread.activity && !leaves)
                continue;
            thread.activity = activity;
            thread.at = std::max(thread.at, now);
            const Departure departure = !leaves        ? Departure::None
                                      : done.voluntary ? Departure::Voluntary
                                                       : Departure::Preempted;
            visitor.turn(
                {t, thread.at, activity, activity == Activity::Running ? thread.core : CoreIndex{noCore}, departure});
        }
        const bool stores = done.kind == EventKind::Store || done.kind == EventKind::Update;
        acting.at = std::max(acting.at, now);
        if (stores && done.position != initialPosition && acting.at >= window.begin && acting.at < window.end)
            visitor.updates(
                {done.thread, acting.at, acting.at + 1, 1, kept.update(done.position).survived() ? 0U : 1U});
        locks.tell(done, acting.at);
        visitor.reached(now);
    }
    return true;
}

} // namespace interleave
