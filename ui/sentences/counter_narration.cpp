// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/counter_narration.h"

#include "history/ledger.h"
#include "sentences/names.h"
#include "style/theme.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <climits>
#include <cstdlib>
#include <span>
#include <vector>

namespace interleave {

namespace {

// Numbers that vary have a singular and a plural text, so that the source reads right with no translation loaded.
struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Narration)
};

// More updates than these are counted, not named.
constexpr std::size_t mostNamed = 3;

QString listed(QStringList names)
{
    const QString last = names.takeLast();
    return names.isEmpty()
             ? last
             : Texts::tr("%1 and %2", "the last two of a list").arg(names.join(Texts::tr(", ", "in a list")), last);
}

QString listed(const History& history, std::span<const Position> updates)
{
    QStringList names;
    for (const Position update : updates)
        names << Texts::tr("%1's %2", "an update: its thread, the value it stored")
                     .arg(letterOf(history.ledger().name(update).thread),
                          numberText(history.event(history.storeStep(update)).value));
    return listed(std::move(names));
}

// A sentence that names the updates it speaks of, if they are few.
QString withNames(const History& history, const QString& sentence, std::uint64_t count,
                  std::span<const Position> updates)
{
    const bool named = count <= mostNamed && updates.size() == count;
    return named ? Texts::tr("%1: %2.", "2 updates are lost: B's 7 and C's 8").arg(sentence, listed(history, updates))
                 : Texts::tr("%1.", "a sentence").arg(sentence);
}

QString laterText(Step steps)
{
    return steps == 1 ? Texts::tr("1 step later") : Texts::tr("%Ln steps later", nullptr, forPlural(steps));
}

// The updates that a store dropped from the surviving path and brought back to it, the oldest first; as far as they are
// few enough to walk over.
struct Walked {
    std::vector<Position> dropped;
    std::vector<Position> restored;
};

Walked walked(const Ledger& ledger, Position store, const PathChange& change)
{
    constexpr std::uint64_t furthest = 4096;
    Walked found;
    if (change.dropped + change.restored > furthest)
        return found;
    Position before = store - 1;
    Position now = ledger.update(store).seen;
    while (before != now) { // both paths lead down to where they part
        Position& higher = before > now ? before : now;
        (before > now ? found.dropped : found.restored).push_back(higher);
        higher = ledger.update(higher).seen;
    }
    std::reverse(found.dropped.begin(), found.dropped.end());
    std::reverse(found.restored.begin(), found.restored.end());
    return found;
}

// The store that brings an update back that was dropped by `store`; 0 if it is not found soon.
Position returnOf(const Ledger& ledger, Position update, Position store)
{
    constexpr int mostTried = 256;
    Position next = store;
    for (int i = 0; i < mostTried; ++i) {
        next = ledger.nextClobbering(next);
        if (next == 0 || ledger.standsAfter(update, next))
            return next;
    }
    return 0;
}

QString setAsideText(const History& history, std::span<const Position> updates, std::uint64_t count, Position store,
                     Step step)
{
    const Ledger& ledger = history.ledger();
    const Position back = updates.size() == count ? returnOf(ledger, updates.front(), store) : 0;
    if (back == 0 || !ledger.standsAfter(updates.back(), back))
        return count == 1 ? Texts::tr("It will count again later.", "an update")
                          : Texts::tr("They will count again later.");
    const QString who = letterOf(ledger.name(back).thread);
    const QString when = laterText(history.storeStep(back) + 1 - step);
    return (count == 1 ? Texts::tr("It will count again when %1 stores, %2.", "an update; A, 3 steps later")
                       : Texts::tr("They will count again when %1 stores, %2.", "updates; A, 3 steps later"))
        .arg(who, when);
}

// "A and B each added 1, and g_num is 1, not 2.": what a loss comes to.
QString sumText(const History& history, const State& state)
{
    const QString name = counterText(history);
    const QString counter = numberText(state.counter);
    const bool onceEach = state.threads.size() == 2 && state.threads[0].done == 1 && state.threads[1].done == 1;
    if (onceEach)
        return Texts::tr("%1 and %2 each added 1, and %3 is %4, not 2.", "thread, thread, counter, value")
            .arg(letterOf(0), letterOf(1), name, counter);
    return Texts::tr("%1 updates are done, and %2 is %3.", "number, counter, value")
        .arg(numberText(state.lastStore), name, counter);
}

Narration narrateClobbering(const History& history, const Event& event, Step step)
{
    const Ledger& ledger = history.ledger();
    const PathChange change = ledger.pathChange(event.position);
    const std::uint64_t lost = ledger.updatesLostTo(event.position);
    const std::uint64_t aside = change.dropped - lost;
    const Walked found = walked(ledger, event.position, change);
    // What comes back is what is nearest to the initial value.
    const std::span<const Position> dropped = found.dropped;
    const std::span<const Position> asideOnes = dropped.first(std::min<std::size_t>(aside, dropped.size()));
    const std::span<const Position> lostOnes = dropped.subspan(asideOnes.size());

    const QString letter = letterOf(event.thread);
    const QString other = letterOf(event.other.thread);
    const QString value = numberText(event.value);
    const QString overwritten = numberText(event.overwrittenValue);
    Narration told;
    const QString fate = lost == 1 ? Texts::tr("%1 stores %2 over %3's %4: %3's update is lost.")
                       : lost > 1
                           ? Texts::tr("%1 stores %2 over %3's %4: %Ln updates are lost.", nullptr, forPlural(lost))
                       : aside == 1 ? Texts::tr("%1 stores %2 over %3's %4: %3's update is set aside.")
                                    : Texts::tr("%1 stores %2 over %3's %4: %Ln updates are set aside.", nullptr,
                                                forPlural(aside));
    told.headline = fate.arg(letter, value, other, overwritten);
    told.loses = lost > 0;

    QStringList sentences;
    sentences << Texts::tr("%1 had loaded %2 before %3 stored %4, so %1's %5 takes the place of %3's %4.")
                     .arg(letter, numberText(event.seenValue), other, overwritten, value);
    const State state = history.state(step);
    const bool addsOne = state.counter == static_cast<std::int64_t>(ledger.value(event.position));
    if (lost > 0 && addsOne && change.restored == 0 && state.setAside == 0)
        sentences << sumText(history, state);
    if (lost > 1 && lost <= mostNamed && lostOnes.size() == lost)
        sentences << Texts::tr("Lost: %1.", "updates").arg(listed(history, lostOnes));
    if (aside > 0 && lost > 0)
        sentences << withNames(history,
                               aside == 1 ? Texts::tr("1 update is set aside")
                                          : Texts::tr("%Ln updates are set aside", nullptr, forPlural(aside)),
                               aside, asideOnes);
    else if (aside > 1 && aside <= mostNamed && asideOnes.size() == aside)
        sentences << Texts::tr("Set aside: %1.", "updates").arg(listed(history, asideOnes));
    if (aside > 0)
        sentences << setAsideText(history, asideOnes, aside, event.position, step);
    if (change.restored > 0)
        sentences << withNames(history,
                               change.restored == 1 ? Texts::tr("1 update that was set aside counts again")
                                                    : Texts::tr("%Ln updates that were set aside count again", nullptr,
                                                                forPlural(change.restored)),
                               change.restored, found.restored);
    told.detail = sentences.join(QLatin1Char(' '));
    tellFate(told, history, event.position, step);
    if (lost > 0)
        told.links.push_back({NarrationLink::Leads::ToVictim, Texts::tr("Back to %1's store").arg(other),
                              history.storeStep(event.position - 1) + 1});
    return told;
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

Narration narrateTask(const History& history, std::uint64_t each)
{
    const std::uint64_t threads = history.threads();
    const QString name = counterText(history);
    const QString times = each == 1 ? Texts::tr("once") : Texts::tr("%Ln times", nullptr, forPlural(each));
    Narration told;
    if (threads == 1)
        told.headline = Texts::tr("1 thread will add 1 to %1, %2.", "counter, 3 times").arg(name, times);
    else if (threads == 2)
        told.headline = Texts::tr("2 threads, %1 and %2, will each add 1 to %3, %4.",
                                  "thread, thread, counter, 3 times")
                            .arg(letterOf(0), letterOf(1), name, times);
    else
        told.headline = Texts::tr("%Ln threads will each add 1 to %1, %2.", "counter, 3 times", forPlural(threads))
                            .arg(name, times);
    const QString expected = Texts::tr("%1 is expected at the end.").arg(numberText(threads * each));
    const Ledger& ledger = history.ledger();
    const bool apart = ledger.updates() > 0 && history.event(history.storeStep(1)).kind == EventKind::Store
                    && history.state(std::min<Step>(history.steps(), 1)).shards.empty();
    told.detail = apart
                    ? Texts::tr("To add, a thread loads %1 into a register of its own, adds 1 there, and stores the "
                                "result. %2",
                                "counter; 2 is expected at the end")
                          .arg(name, expected)
                    : expected;
    return told;
}

Narration narrateLoad(const History& history, const Event& event, Step step, const QString& into)
{
    const QString value = numberText(event.value);
    const QString name = counterText(history);
    Narration told;
    told.headline = Texts::tr("%1 loads %2 from %3 into %4.", "thread, value, counter, its register")
                        .arg(letterOf(event.thread), value, name, into);

    const Ledger& ledger = history.ledger();
    const State state = history.state(step);
    QStringList others;
    for (ThreadIndex t = 0; t < state.threads.size(); ++t) {
        const ThreadState& thread = state.threads[t];
        const bool loaded = thread.current > thread.done && thread.next != LoopInstruction::Load
                         && thread.next != LoopInstruction::Acquire;
        if (t == event.thread || !loaded || thread.current > ledger.doneBy(t, ledger.updates()))
            continue;
        if (ledger.update(ledger.positionOf({t, thread.current})).seen == state.lastStore)
            others << letterOf(t);
    }
    const auto count = static_cast<std::uint64_t>(others.size());
    if (count == 1)
        told.detail = Texts::tr("%1 took the same %2, and has not stored its result yet.", "thread, value")
                          .arg(others.first(), value);
    else if (count > 1 && count <= mostNamed)
        told.detail = Texts::tr("%1 took the same %2, and have not stored their results yet.", "threads, value")
                          .arg(listed(others), value);
    else if (count > 1)
        told.detail = Texts::tr("%Ln other threads took the same %1, and have not stored their results yet.", "value",
                                forPlural(count))
                          .arg(value);
    else if (event.other.isInitialValue())
        told.detail = Texts::tr("It takes a copy; %1 keeps its %2.", "counter, value").arg(name, value);
    else if (event.other.thread == event.thread)
        told.detail = Texts::tr("It takes a copy of what it stored itself; %1 keeps its %2.", "counter, value")
                          .arg(name, value);
    else
        told.detail = Texts::tr("It takes a copy of what %3 stored; %1 keeps its %2.", "counter, value, thread")
                          .arg(name, value, letterOf(event.other.thread));
    return told;
}

Narration narrateAdd(const History& history, const Event& event, const QString& into, std::int64_t before,
                     std::int64_t after, std::int64_t counter)
{
    const std::int64_t change = after - before;
    Narration told;
    told.headline = (change < 0
                         ? Texts::tr("%1 subtracts %2 in %3: %4 becomes %5.", "thread, value, its register, values")
                         : Texts::tr("%1 adds %2 in %3: %4 becomes %5.", "thread, value, its register, values"))
                        .arg(letterOf(event.thread), numberText(std::abs(change)), into, numberText(before),
                             numberText(after));
    told.detail = (counter == event.seenValue
                       ? Texts::tr("Only its register changes; %1 still holds %2.", "counter, value")
                       : Texts::tr("Only its register changes; %1 holds %2 by now.", "counter, value"))
                      .arg(counterText(history), numberText(counter));
    return told;
}

Narration narrateStore(const History& history, const Event& event, Step step)
{
    if (event.clobbering)
        return narrateClobbering(history, event, step);
    Narration told;
    const QString letter = letterOf(event.thread);
    const QString value = numberText(event.value);
    const QString overwritten = numberText(event.overwrittenValue);
    told.headline = event.value == event.overwrittenValue
                      ? Texts::tr("%1 stores %2: %3 stays %2.", "thread, value, counter")
                            .arg(letter, value, counterText(history))
                      : Texts::tr("%1 stores %2: %3 changes from %4 to %2.", "thread, value, counter, value")
                            .arg(letter, value, counterText(history), overwritten);
    if (event.other.isInitialValue())
        told.detail = Texts::tr("The value of its register replaces the initial %1.").arg(overwritten);
    else if (event.other.thread == event.thread)
        told.detail = Texts::tr("The value of its register replaces its own %1: nothing is lost.").arg(overwritten);
    else
        told.detail = Texts::tr("The value of its register replaces %2's %1, which it had loaded: nothing is lost.")
                          .arg(overwritten, letterOf(event.other.thread));
    tellFate(told, history, event.position, step);
    return told;
}

void tellFate(Narration& told, const History& history, Position position, Step step)
{
    if (position == initialPosition)
        return;
    const Ledger& ledger = history.ledger();
    const Update update = ledger.update(position);
    if (update.survived())
        return;
    const Step destroyed = history.storeStep(update.lostTo) + 1;
    const QString destroyer = letterOf(ledger.name(update.lostTo).thread);
    told.detail = QStringList{told.detail,
                              (update.clobbering()
                                   ? Texts::tr("%1's own update will be lost to %2's store, %3.", "A, B, 3 steps later")
                                         .arg(letterOf(update.name.thread))
                                   : Texts::tr("This update will be lost to %1's store, %2.", "B, 3 steps later"))
                                  .arg(destroyer, laterText(destroyed - step))}
                      .join(QLatin1Char(' '))
                      .trimmed();
    told.links.push_back({NarrationLink::Leads::ToDestroyer,
                          Texts::tr("On to %1's store", "that an update is lost to").arg(destroyer), destroyed});
}

void tellFates(Narration& told, const History& history, ThreadIndex thread, Step step)
{
    const Ledger& ledger = history.ledger();
    const std::uint32_t made = ledger.doneBy(thread, ledger.updates());
    if (made == 0)
        return;
    const std::uint32_t lost = ledger.lostUntilByThread(ledger.updates())[thread];
    const std::uint32_t already = history.state(step).threads[thread].lost();
    const std::uint32_t surviving = made - lost;
    const std::uint32_t later = lost - already;
    QStringList detail{told.detail};
    if (made == 1 && later == 1) {
        detail << Texts::tr("It made 1 update.");
        told.detail = detail.join(QLatin1Char(' ')).trimmed();
        tellFate(told, history, ledger.positionOf({thread, 1}), step);
        return;
    }
    if (lost == 0) {
        detail << (made == 1 ? Texts::tr("Its update survives.")
                             : Texts::tr("All of its %Ln updates survive.", nullptr, forPlural(made)));
    } else if (made == 1) {
        detail << Texts::tr("Its update is lost.");
    } else {
        QStringList parts;
        if (surviving > 0)
            parts << (surviving == 1 ? Texts::tr("1 survives", "update")
                                     : Texts::tr("%Ln survive", "updates", forPlural(surviving)));
        if (already > 0)
            parts << (already == 1 ? Texts::tr("1 is lost", "update")
                                   : Texts::tr("%Ln are lost", "updates", forPlural(already)));
        if (later > 0)
            parts << (later == 1 ? Texts::tr("1 will be lost", "update")
                                 : Texts::tr("%Ln will be lost", "updates", forPlural(later)));
        detail << Texts::tr("Of its %1 updates, %2.", "number; 3 survive and 1 is lost")
                      .arg(numberText(made), listed(parts));
    }
    told.detail = detail.join(QLatin1Char(' ')).trimmed();
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
    const Ledger& ledger = history.ledger();
    const std::uint64_t lost = ledger.lost();
    const Update only = lost == 1 ? ledger.update(ledger.lostUpdate(0)) : Update{};
    const QString name = counterText(history);
    Narration told;
    told.headline = final == expected
                      ? Texts::tr("All done: %1 is %2, as expected.").arg(name, numberText(final))
                      : Texts::tr("All done: %1 is %2, not %3.").arg(name, numberText(final), numberText(expected));
    told.detail = lost == 0 ? Texts::tr("No update was lost.")
                : lost == 1
                    ? Texts::tr("1 update was lost: %1's, to %2's store.", "threads")
                          .arg(letterOf(ledger.name(only.position).thread), letterOf(ledger.name(only.lostTo).thread))
                    : Texts::tr("%Ln updates were lost.", nullptr, forPlural(lost));
    return told;
}

} // namespace interleave
