// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/preemption_sentences.h"

#include "sentences/names.h"
#include "style/theme.h"

#include <QCoreApplication>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Preemption)
};

// One absence lies between load and store as a whole or not at all, so its time is exact; of several, it is a bound.
QString provenText(const Preemption& known)
{
    const bool once = known.switches == 1;
    if (known.preemptions == known.switches)
        return once
                 ? Texts::tr("%1 was preempted for %2 between its load and its store")
                 : Texts::tr("%1 was preempted at least %3 times, for at least %2 together, between its load and its "
                             "store");
    if (known.preemptions == 0)
        return once ? Texts::tr("%1 left its core voluntarily for %2 between its load and its store")
                    : Texts::tr("%1 left its core voluntarily at least %3 times, for at least %2 together, between its "
                                "load and its store");
    return Texts::tr("%1 left its core at least %3 times, for at least %2 together, between its load and its store; it "
                     "was preempted at least %4 of those times");
}

QString possibleText(const Preemption& known)
{
    const bool once = known.switches == 1;
    if (known.preemptions == known.switches)
        return once
                 ? Texts::tr("%1 may have been preempted for %2 between its load and its store")
                 : Texts::tr("%1 may have been preempted between its load and its store, at most %3 times and for at "
                             "most %2 together");
    if (known.preemptions == 0)
        return once
                 ? Texts::tr("%1 may have left its core voluntarily for %2 between its load and its store")
                 : Texts::tr("%1 may have left its core voluntarily between its load and its store, at most %3 times "
                             "and for at most %2 together");
    return Texts::tr("%1 may have left its core between its load and its store, at most %3 times and for at most %2 "
                     "together");
}

bool canTell(const RecordedHistory& history, Position store)
{
    return history.switches().isComplete() && history.parameters().synchronisation != Synchronisation::Sharded
        && history.ledger().update(store).clobbering();
}

} // namespace

QString preemptionClause(const RecordedHistory& history, Position store)
{
    if (!canTell(history, store))
        return {};
    const QString letter = letterOf(history.ledger().name(store).thread);
    const std::optional<Preemption> known = history.preemptionIn(store);
    // Others stored meanwhile, so they did it from other cores.
    if (!known)
        return Texts::tr("%1 was on its core throughout: another core came between").arg(letter);
    // Not every text has all four.
    return (known->proven ? provenText(*known) : possibleText(*known))
        .replace(QLatin1String("%4"), numberText(known->preemptions))
        .replace(QLatin1String("%3"), numberText(known->switches))
        .replace(QLatin1String("%2"), timeText(known->nanoseconds))
        .replace(QLatin1String("%1"), letter);
}

bool isPreemptionProven(const RecordedHistory& history, Position store)
{
    const std::optional<Preemption> known = history.preemptionIn(store);
    return known && known->proven && known->preemptions > 0;
}

void tellPreemption(Narration& told, const History& history, Position store)
{
    const auto* recorded = dynamic_cast<const RecordedHistory*>(&history);
    const QString clause = recorded ? preemptionClause(*recorded, store) : QString();
    if (clause.isEmpty())
        return;
    const std::optional<Preemption> known = recorded->preemptionIn(store);
    told.detail = known && known->proven
                    ? Texts::tr("%1. %2", "A was preempted for 8 ms between its load and its store. It had loaded 3.")
                          .arg(clause, told.detail)
                    : Texts::tr("%1 %2.", "It had loaded 3. A may have been preempted").arg(told.detail, clause);
}

} // namespace interleave
