// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/timeline_text.h"

#include "sentences/durations.h"
#include "sentences/names.h"
#include "style/theme.h"
#include "timeline/lock_stretches.h"
#include "timeline/lock_text.h"
#include "timeline/timeline_geometry.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Timeline)
};

} // namespace

QString trackText(TrackName track, const QStringList& locks)
{
    switch (track.kind) {
    case TrackName::Kind::Core: return Texts::tr("core %1").arg(track.index);
    case TrackName::Kind::Lock: return lockText(track.index, locks);
    case TrackName::Kind::Thread: break;
    }
    return threadText(track.index);
}

TrackName shown(const TimelineIndex& index, TrackName track)
{
    if (track.kind == TrackName::Kind::Core)
        track.index = index.coreNumber(track.index);
    return track;
}

TimelineSpan shown(const TimelineIndex& index, TrackName track, TimelineSpan span)
{
    if (track.kind == TrackName::Kind::Thread && span.who < index.cores())
        span.who = index.coreNumber(span.who);
    return span;
}

QString activityText(TrackName track, const TimelineSpan& span)
{
    const bool core = track.kind == TrackName::Kind::Core;
    if (track.kind == TrackName::Kind::Lock)
        return span.activity != Activity::Running ? Texts::tr("free", "lock")
             : span.who == noThread               ? Texts::tr("held")
                                                  : Texts::tr("held by %1").arg(letterOf(span.who));
    switch (span.activity) {
    case Activity::Running:
        if (span.who == noThread)
            return Texts::tr("running");
        return core ? Texts::tr("runs %1").arg(threadText(span.who)) : Texts::tr("running on core %1").arg(span.who);
    case Activity::Ready: return Texts::tr("ready");
    case Activity::Waiting: return Texts::tr("waits for a lock");
    case Activity::Asleep: return Texts::tr("asleep");
    case Activity::Inactive: break;
    }
    return core ? Texts::tr("runs none of these threads") : Texts::tr("not there");
}

QString countsText(const TimelineSums& sums)
{
    QStringList parts;
    if (sums.updates > 0)
        parts << (sums.updates == 1 ? Texts::tr("1 update") : Texts::tr("%1 updates").arg(numberText(sums.updates)));
    if (sums.lost > 0)
        parts << Texts::tr("%1 lost").arg(numberText(sums.lost));
    if (sums.switches() > 0)
        parts << (sums.switches() == 1 ? Texts::tr("1 switch")
                                       : Texts::tr("%1 switches").arg(numberText(sums.switches())));
    return parts.join(QStringLiteral(", "));
}

WholeTimes wholeTimes(double from, double to)
{
    const double begin = std::max(0.0, std::floor(from));
    return {static_cast<Time>(begin), static_cast<Time>(std::max(begin + 1, std::ceil(to)))};
}

QString trackSumsText(const TimelineIndex& index, TrackName track, double from, double to, TimeUnit unit,
                      const QStringList& locks)
{
    const WholeTimes times = wholeTimes(from, to);
    const TimelineSums sums = index.totals(track, times.from, times.to);
    QStringList parts;
    const auto add = [&](Activity activity, const QString& text) {
        if (sums.in(activity) > 0)
            parts << text.arg(lengthText(static_cast<double>(sums.in(activity)), unit));
    };
    add(Activity::Running,
        track.kind == TrackName::Kind::Lock ? Texts::tr("held %1", "for how long") : Texts::tr("running %1"));
    add(Activity::Ready, Texts::tr("ready %1"));
    add(Activity::Waiting, Texts::tr("waiting for a lock %1"));
    add(Activity::Asleep, Texts::tr("asleep %1"));
    if (track.kind == TrackName::Kind::Thread && times.from <= index.begin() && times.to >= index.end())
        parts << heldTexts(index, track.index, locks, unit);
    if (const QString counts = countsText(sums); !counts.isEmpty())
        parts << counts;
    return parts.isEmpty() ? trackText(shown(index, track), locks)
                           : Texts::tr("%1: %2", "track: what it did")
                                 .arg(trackText(shown(index, track), locks), parts.join(QStringLiteral(", ")));
}

QString rangeText(const TimelineIndex& index, double from, double to, TimeUnit unit)
{
    const WholeTimes times = wholeTimes(from, to);
    const TimelineSums sums = index.totals(times.from, times.to);
    const auto switches = sums.switches();
    return Texts::tr("%1: %2, %3 lost, %4", "duration: updates, lost, switches")
        .arg(lengthText(to - from, unit),
             sums.updates == 1 ? Texts::tr("1 update") : Texts::tr("%1 updates").arg(numberText(sums.updates)),
             numberText(sums.lost),
             switches == 1 ? Texts::tr("1 switch") : Texts::tr("%1 switches").arg(numberText(switches)));
}

QString placeText(const TimelineIndex& index, TrackName track, double time, double tolerance, TimeUnit unit,
                  const QStringList& locks)
{
    if (track.kind == TrackName::Kind::Lock)
        return lockMomentText(index, track.index, time, locks, unit);
    const WholeTimes at = wholeTimes(time, time);
    QString text = trackText(shown(index, track), locks);
    if (const auto spans = index.spans(track, at.from, at.from + 1, 4); spans && !spans->empty()) {
        const TimelineSpan span = shown(index, track, spans->back());
        text = Texts::tr("%1 %2 for %3", "thread B / running on core 1 / for 3 µs")
                   .arg(text, activityText(track, span), lengthText(static_cast<double>(span.end - span.begin), unit));
    }
    if (track.kind == TrackName::Kind::Thread) {
        const LocksOfThread here = locksOfThread(index, track.index, time, tolerance);
        if (here.held)
            text += QLatin1Char('\n') + lockMomentText(index, *here.held, time, locks, unit);
        if (here.waited && here.waited != here.held)
            text += QLatin1Char('\n') + lockMomentText(index, *here.waited, time, locks, unit);
    }
    const WholeTimes near = wholeTimes(time - tolerance, time + tolerance);
    if (const QString counts = countsText(index.totals(track, near.from, near.to)); !counts.isEmpty())
        text += Texts::tr("\nhere: %1").arg(counts);
    return text;
}

QString runText(const TimelineIndex& index, TimeUnit unit)
{
    const double end = static_cast<double>(index.end());
    const QString threads = threadsText(index.threads());
    return Texts::tr("%1 in %2", "50 threads in 12 µs: updates, lost, switches")
        .arg(threads, rangeText(index, 0, end, unit));
}

} // namespace interleave
