// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/timeline_marks.h"

#include "sentences/durations.h"
#include "sentences/names.h"
#include "style/theme.h"
#include "timeline/lock_text.h"
#include "timeline/step_at_time.h"
#include "timeline/timeline_geometry.h"
#include "timeline/timeline_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Timeline)
};

// Collects the marks of a stretch; gives up when they are too many.
class Collector {
public:
    Collector(const TimelineIndex& index, TrackName track, Time from, Time to, std::size_t most)
        : m_index(index),
          m_track(track),
          m_from(from),
          m_to(to),
          m_most(most)
    {}

    bool collect(std::vector<TimelineMark>& marks)
    {
        marks.clear();
        return switches(marks) && lost(marks) && (m_track.kind == TrackName::Kind::Lock ? ofLock(marks) : uses(marks));
    }

private:
    [[nodiscard]] bool within(Time time) const { return time >= m_from && time < m_to; }
    [[nodiscard]] bool fits(const std::vector<TimelineMark>& marks) const { return marks.size() <= m_most; }

    bool switches(std::vector<TimelineMark>& marks) const
    {
        if (m_track.kind == TrackName::Kind::Lock)
            return true;
        // On a core whoever leaves it is named by the turn before.
        const auto spans = m_index.spans(m_track, m_from > 0 ? m_from - 1 : 0, m_to, 2 * m_most + 2);
        if (!spans)
            return false;
        ThreadIndex on = noThread;
        for (const TimelineSpan& span : *spans) {
            if (span.departure != Departure::None && within(span.begin))
                marks.push_back({TimelineMark::Kind::Switch, span.begin, span.end,
                                 m_track.kind == TrackName::Kind::Thread ? m_track.index : on, 1, 0, span.departure});
            on = span.activity == Activity::Running ? span.who : noThread;
        }
        return fits(marks);
    }

    bool lost(std::vector<TimelineMark>& marks) const
    {
        if (m_track.kind == TrackName::Kind::Lock)
            return true;
        if (m_index.totals(m_track, m_from, m_to).lost > m_most)
            return false;
        const ThreadIndex thread = m_track.kind == TrackName::Kind::Thread ? m_track.index : noThread;
        const auto add = [&](Time time) {
            if (const std::uint32_t count = m_index.totals(m_track, time, time + 1).lost; count > 0)
                marks.push_back({TimelineMark::Kind::Lost, time, time, thread, count});
        };
        add(m_from);
        for (auto time = m_index.nextLost(m_track, m_from); time && *time < m_to && fits(marks);
             time = m_index.nextLost(m_track, *time))
            add(*time);
        return fits(marks);
    }

    void add(std::vector<TimelineMark>& marks, LockIndex lock, ThreadIndex thread, const TimelineSpan& use) const
    {
        const bool waits = use.activity == Activity::Waiting;
        if (!waits && use.activity != Activity::Running)
            return;
        if (within(use.begin))
            marks.push_back(
                {waits ? TimelineMark::Kind::Waits : TimelineMark::Kind::Takes, use.begin, use.end, thread, 1, lock});
        // What is held when all is over was not released.
        if (!waits && within(use.end) && use.end < m_index.end())
            marks.push_back({TimelineMark::Kind::Releases, use.end, use.end, thread, 1, lock});
    }

    bool uses(std::vector<TimelineMark>& marks) const
    {
        if (m_track.kind != TrackName::Kind::Thread)
            return true;
        for (LockIndex lock = 0; lock < m_index.locks(); ++lock) {
            const auto spans = m_index.spansOfUse(lock, m_track.index, m_from > 0 ? m_from - 1 : 0, m_to,
                                                  2 * m_most + 2);
            if (!spans)
                return false;
            for (const TimelineSpan& span : *spans)
                add(marks, lock, m_track.index, span);
        }
        return fits(marks);
    }

    bool ofLock(std::vector<TimelineMark>& marks) const
    {
        const auto spans = m_index.spans(m_track, m_from > 0 ? m_from - 1 : 0, m_to, 2 * m_most + 2);
        if (!spans)
            return false;
        for (const TimelineSpan& span : *spans)
            add(marks, m_track.index, span.who, span);
        return fits(marks);
    }

    const TimelineIndex& m_index;
    TrackName m_track;
    Time m_from;
    Time m_to;
    std::size_t m_most;
};

QString switchText(const History& history, TrackName track, const TimelineMark& mark, TimeUnit unit)
{
    const bool preempted = mark.how == Departure::Preempted;
    const QString who = mark.thread == noThread ? Texts::tr("a thread") : threadText(mark.thread);
    const QString when = momentText(static_cast<double>(mark.time), unit);
    if (track.kind == TrackName::Kind::Core)
        return (preempted ? Texts::tr("%1 preempted on core %2 at %3") : Texts::tr("%1 left core %2 voluntarily at %3"))
            .arg(who)
            .arg(history.coreNumber(track.index))
            .arg(when);
    return (preempted ? Texts::tr("%1 preempted at %2") : Texts::tr("%1 left its core voluntarily at %2"))
        .arg(who, when);
}

QString lostText(const History& history, TrackName track, const TimelineMark& mark, TimeUnit unit)
{
    const QString when = momentText(static_cast<double>(mark.time), unit);
    const QString where = track.kind == TrackName::Kind::Core ? trackText({track.kind, history.coreNumber(track.index)})
                                                              : trackText(track);
    if (mark.count > 1)
        return Texts::tr("%1 lost updates of %2, at about %3").arg(numberText(mark.count), where, when);
    const auto update = lostUpdateAt(history, track, mark.time);
    if (!update)
        return Texts::tr("lost update of %1, at about %2").arg(where, when);
    return Texts::tr("lost update %1 of %2, at %3, destroyed by %4")
        .arg(numberText(update->name.number), threadText(update->name.thread), when,
             letterOf(history.ledger().name(update->lostTo).thread));
}

} // namespace

TimelineMarks marksIn(const TimelineIndex& index, TrackName track, Time from, Time to, std::size_t most)
{
    TimelineMarks result;
    from = std::clamp(from, index.begin(), index.end());
    to = std::clamp(to, from, index.end());
    // As long a stretch as holds no more, by halves.
    for (Time length = to - from; length > 0; length /= 2) {
        if (Collector(index, track, from, from + length, most).collect(result.marks))
            break;
        result.marks.clear();
        result.all = false;
    }
    std::stable_sort(result.marks.begin(), result.marks.end(),
                     [](const TimelineMark& a, const TimelineMark& b) { return a.time < b.time; });
    return result;
}

QString markText(const History& history, TrackName track, const TimelineMark& mark, const QStringList& locks)
{
    const TimeUnit unit = history.timeUnit();
    const QString when = momentText(static_cast<double>(mark.time), unit);
    const QString who = mark.thread == noThread ? Texts::tr("a thread") : threadText(mark.thread);
    const QString lasts = lengthText(static_cast<double>(mark.end - mark.time), unit);
    switch (mark.kind) {
    case TimelineMark::Kind::Switch: return switchText(history, track, mark, unit);
    case TimelineMark::Kind::Lost: return lostText(history, track, mark, unit);
    case TimelineMark::Kind::Waits:
        return Texts::tr("%1 waits for %2 at %3, for %4", "thread B / lock m / 12 µs / 3 µs")
            .arg(who, lockText(mark.lock, locks), when, lasts);
    case TimelineMark::Kind::Takes:
        return Texts::tr("%1 takes %2 at %3, holds it for %4", "thread B / lock m / 12 µs / 3 µs")
            .arg(who, lockText(mark.lock, locks), when, lasts);
    case TimelineMark::Kind::Releases: break;
    }
    return Texts::tr("%1 releases %2 at %3", "thread B / lock m / 12 µs").arg(who, lockText(mark.lock, locks), when);
}

std::optional<Update> lostUpdateAt(const History& history, TrackName track, Time time)
{
    constexpr Step neighbourhood = 64; // of steps that happen at nearly the same time
    const bool byThread = track.kind == TrackName::Kind::Thread;
    const auto moment = static_cast<double>(time);
    const Step found = stepsAt(history, moment, byThread ? std::optional(track.index) : std::nullopt, 1);
    std::optional<Update> nearest;
    double least = 2;
    const auto look = [&](Step step) {
        const double distance = std::abs(std::floor(history.timeOf(step)) - moment);
        if (distance >= least)
            return;
        const Event event = history.event(step);
        const bool stores = event.kind == EventKind::Store || event.kind == EventKind::Update;
        if (!stores || event.position == initialPosition || (byThread ? event.thread : event.core) != track.index)
            return;
        if (const Update update = history.ledger().update(event.position); !update.survived()) {
            nearest = update;
            least = distance;
        }
    };
    for (Step back = 1; back <= std::min(found, neighbourhood) && least > 0; ++back)
        look(found - back);
    for (Step step = found; step < std::min(history.steps(), found + neighbourhood) && least > 0; ++step)
        look(step);
    return nearest;
}

} // namespace interleave
