// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/lock_text.h"

#include "sentences/durations.h"
#include "sentences/names.h"
#include "style/theme.h"
#include "timeline/timeline_geometry.h"
#include "timeline/timeline_text.h"

#include <QCoreApplication>
#include <algorithm>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Timeline)
};

constexpr std::size_t mostNamed = 4; // threads in one sentence

} // namespace

QStringList lockNames(const History& history)
{
    QStringList names;
    for (LockIndex lock = 0; lock < history.timelineLocks(); ++lock) {
        const std::string_view name = history.lockName(lock);
        if (name.empty() && history.timelineLocks() > 1)
            names << numberText(lock + 1);
        else
            names << QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    }
    return names;
}

QString lockText(LockIndex lock, const QStringList& names)
{
    const QString name = names.value(static_cast<qsizetype>(lock));
    return name.isEmpty() ? Texts::tr("lock") : Texts::tr("lock %1").arg(name);
}

QString lettersText(const std::vector<ThreadIndex>& threads)
{
    if (threads.empty())
        return {};
    if (threads.size() == 1)
        return letterOf(threads.front());
    const bool all = threads.size() <= mostNamed;
    const std::size_t named = all ? threads.size() - 1 : mostNamed - 1;
    QStringList letters;
    for (std::size_t i = 0; i < named; ++i)
        letters << letterOf(threads[i]);
    const QString first = letters.join(Texts::tr(", ", "between threads"));
    return all ? Texts::tr("%1 and %2", "threads").arg(first, letterOf(threads.back()))
               : Texts::tr("%1 and %2 more", "threads").arg(first, numberText(threads.size() - named));
}

std::vector<ThreadIndex> waitersFor(const TimelineIndex& index, LockIndex lock, double time)
{
    std::vector<ThreadIndex> waiters;
    const WholeTimes at = wholeTimes(time, time);
    for (ThreadIndex thread = 0; thread < index.threads(); ++thread)
        if (const auto spans = index.spansOfUse(lock, thread, at.from, at.from + 1, 8);
            spans && !spans->empty() && spans->back().activity == Activity::Waiting)
            waiters.push_back(thread);
    return waiters;
}

QString lockMomentText(const TimelineIndex& index, LockIndex lock, double time, const QStringList& locks, TimeUnit unit)
{
    const WholeTimes at = wholeTimes(time, time);
    const auto spans = index.spans({TrackName::Kind::Lock, lock}, at.from, at.from + 1, 8);
    QString text;
    if (spans && !spans->empty() && spans->back().activity == Activity::Running)
        text = Texts::tr("%1: held by %2 since %3", "lock m / B / 12 µs")
                   .arg(lockText(lock, locks), letterOf(spans->back().who),
                        momentText(static_cast<double>(spans->back().begin), unit));
    else
        text = Texts::tr("%1: free", "lock m").arg(lockText(lock, locks));
    const std::vector<ThreadIndex> waiters = waitersFor(index, lock, time);
    if (waiters.empty())
        return text;
    return Texts::tr("%1; %2", "who holds a lock; who waits for it")
        .arg(text, (waiters.size() == 1 ? Texts::tr("%1 waits", "one thread") : Texts::tr("%1 wait", "several threads"))
                       .arg(lettersText(waiters)));
}

QStringList heldTexts(const TimelineIndex& index, ThreadIndex thread, const QStringList& locks, TimeUnit unit)
{
    QStringList texts;
    std::vector<TimelineCell> cells;
    for (LockIndex lock = 0; lock < index.locks(); ++lock) {
        if (!index.queryUse(lock, thread, index.begin(), index.end(), 1, cells))
            continue;
        TimelineSums sums;
        for (const TimelineCell& cell : cells)
            sums += cell.sums;
        if (sums.in(Activity::Running) > 0)
            texts << Texts::tr("holding %1 %2", "lock m / 12 µs")
                         .arg(lockText(lock, locks), lengthText(static_cast<double>(sums.in(Activity::Running)), unit));
    }
    return texts;
}

} // namespace interleave
