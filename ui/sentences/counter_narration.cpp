// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/counter_narration.h"

#include "history/ledger.h"
#include "sentences/names.h"
#include "style/theme.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <climits>
#include <vector>

namespace interleave {

namespace {

// Numbers that vary have a singular and a plural text, so that the source reads right with no translation loaded.
struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Narration)
};

// More updates than these are counted, not named.
constexpr std::size_t mostNamed = 3;

QString listed(const History& history, const std::vector<Position>& updates)
{
    QStringList names;
    for (const Position update : updates)
        names << Texts::tr("%1's %2", "an update: its thread, the value it stored")
                     .arg(letterOf(history.ledger().name(update).thread),
                          numberText(history.event(history.storeStep(update)).value));
    const QString last = names.takeLast();
    return names.isEmpty()
             ? last
             : Texts::tr("%1 and %2", "the last two of a list").arg(names.join(Texts::tr(", ", "in a list")), last);
}

QString whatAStoreChanged(const History& history, const Event& event, const PathChange& change, Step step)
{
    constexpr std::uint64_t furthest = 4096; // updates walked over to find the few that are named
    const Ledger& ledger = history.ledger();
    std::vector<Position> dropped;
    std::vector<Position> restored;
    if (change.dropped + change.restored <= furthest) {
        Position before = event.position - 1;
        Position now = ledger.update(event.position).seen;
        while (before != now) { // both paths lead down to where they part
            Position& higher = before > now ? before : now;
            (before > now ? dropped : restored).push_back(higher);
            higher = ledger.update(higher).seen;
        }
        std::reverse(dropped.begin(), dropped.end());
        std::reverse(restored.begin(), restored.end());
    }
    const auto said = [&history](std::uint64_t count, const std::vector<Position>& updates, const QString& counted) {
        const bool named = count <= mostNamed && updates.size() == count;
        return named
                 ? Texts::tr("%1: %2.", "2 updates are lost: B's 7 and C's 8").arg(counted, listed(history, updates))
                 : Texts::tr("%1.", "a sentence").arg(counted);
    };
    QStringList sentences;
    if (change.dropped > 0)
        sentences << said(change.dropped, dropped,
                          change.dropped == 1 ? Texts::tr("1 update is lost")
                                              : Texts::tr("%Ln updates are lost", nullptr, forPlural(change.dropped)));
    if (change.restored > 0)
        sentences << said(change.restored, restored,
                          change.restored == 1
                              ? Texts::tr("1 earlier update counts again")
                              : Texts::tr("%Ln earlier updates count again", nullptr, forPlural(change.restored)));
    const Step ago = step - 1 - history.loadStep(event.position);
    const QString when = ago == 1 ? Texts::tr("1 step earlier")
                                  : Texts::tr("%Ln steps earlier", nullptr, forPlural(ago));
    sentences << Texts::tr("%1 %2 had loaded %3.", "9 steps earlier A had loaded 7")
                     .arg(when, letterOf(event.thread), numberText(event.seenValue));
    return sentences.join(QLatin1Char(' '));
}

} // namespace

int forPlural(std::uint64_t count)
{
    return static_cast<int>(std::min<std::uint64_t>(count, INT_MAX));
}

QString counterText(const History& history)
{
    const std::string_view name = history.counterName();
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

Narration narrateStore(const History& history, const Event& event, Step step)
{
    Narration told;
    const QString letter = letterOf(event.thread);
    const QString value = numberText(event.value);
    if (event.clobbering) {
        const PathChange change = history.ledger().pathChange(event.position);
        told.headline = event.other.isInitialValue()
                          ? Texts::tr("%1 stores %2 over the initial %3, which it had not seen.")
                                .arg(letter, value, numberText(event.overwrittenValue))
                          : Texts::tr("%1 stores %2 over %3's %4, which it had not seen.")
                                .arg(letter, value, letterOf(event.other.thread), numberText(event.overwrittenValue));
        told.detail = whatAStoreChanged(history, event, change, step);
        told.loses = change.dropped > 0;
        return told;
    }
    told.headline = Texts::tr("%1 stores %2.").arg(letter, value);
    if (event.other.isInitialValue())
        told.detail = Texts::tr("It replaces the initial %1, which it had seen.")
                          .arg(numberText(event.overwrittenValue));
    else if (event.other.thread == event.thread)
        told.detail = Texts::tr("It replaces its own %1, so nothing is lost.").arg(numberText(event.overwrittenValue));
    else
        told.detail = Texts::tr("It replaces %1's %2, which it had seen, so nothing is lost.")
                          .arg(letterOf(event.other.thread), numberText(event.overwrittenValue));
    return told;
}

QString writerText(const Event& load)
{
    if (load.other.isInitialValue())
        return Texts::tr("Nobody has stored anything yet.");
    if (load.other.thread == load.thread)
        return Texts::tr("The value that it stored itself.");
    return Texts::tr("The value that %1 stored.").arg(letterOf(load.other.thread));
}

QString counterByNowText(const History& history, std::int64_t counter, std::int64_t seen)
{
    return (counter == seen ? Texts::tr("%1 still holds %2.", "the counter")
                            : Texts::tr("%1 holds %2 by now.", "the counter"))
        .arg(counterText(history), numberText(counter));
}

QString waitingForItText(std::uint64_t waiting)
{
    if (waiting == 0)
        return Texts::tr("Nobody is waiting for it.");
    return waiting == 1 ? Texts::tr("1 thread is waiting for it.")
                        : Texts::tr("%Ln threads are waiting for it.", nullptr, forPlural(waiting));
}

Narration narrateResult(const History& history, std::int64_t final, std::int64_t expected)
{
    const std::uint64_t lost = history.ledger().lost();
    const QString name = counterText(history);
    Narration told;
    told.headline = final == expected
                      ? Texts::tr("All done: %1 is %2, as expected.").arg(name, numberText(final))
                      : Texts::tr("All done: %1 is %2, not %3.").arg(name, numberText(final), numberText(expected));
    told.detail = lost == 0 ? Texts::tr("No update was lost.")
                : lost == 1 ? Texts::tr("1 update was lost.")
                            : Texts::tr("%Ln updates were lost.", nullptr, forPlural(lost));
    return told;
}

} // namespace interleave
