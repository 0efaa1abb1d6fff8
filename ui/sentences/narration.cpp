// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/narration.h"

#include "history/ledger.h"
#include "sentences/names.h"
#include "style/theme.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <vector>

namespace interleave {

namespace {

// Numbers that vary have a singular and a plural text, so that the source reads right with no translation loaded.
struct Narrator {
    Q_DECLARE_TR_FUNCTIONS(Narration)

public:
    Narrator(const History& history, Step step) : m_history(history), m_ledger(history.ledger()), m_step(step) {}

    Narration opening() const;
    Narration ending() const;
    Narration ofStep() const;

private:
    Narration ofStore(const Event& event) const;
    Narration ofLoad(const Event& event) const;
    Narration ofAdd(const Event& event) const;
    Narration ofLock(const Event& event) const;
    QString waitingText(const State& state) const;
    QString whatAStoreChanged(const Event& event, const PathChange& change) const;
    QString listed(const std::vector<Position>& updates) const;

    const History& m_history;
    const Ledger& m_ledger;
    Step m_step;
};

// More updates than these are counted, not named.
constexpr std::size_t mostNamed = 3;

int forPlural(std::uint64_t count)
{
    return static_cast<int>(std::min<std::uint64_t>(count, INT_MAX));
}

QString Narrator::listed(const std::vector<Position>& updates) const
{
    QStringList names;
    for (const Position update : updates)
        names << tr("%1's %2", "an update: its thread, the value it stored")
                     .arg(letterOf(m_ledger.name(update).thread), numberText(m_ledger.value(update)));
    const QString last = names.takeLast();
    return names.isEmpty() ? last
                           : tr("%1 and %2", "the last two of a list").arg(names.join(tr(", ", "in a list")), last);
}

Narration Narrator::opening() const
{
    const std::uint64_t threads = m_history.threads();
    const std::uint64_t each = m_history.iterations();
    const QString adding = threads == 1 ? tr("1 thread will add 1 to g_num")
                                        : tr("%Ln threads will add 1 to g_num", nullptr, forPlural(threads));
    const QString times = each == 1 ? tr("once") : tr("%Ln times", nullptr, forPlural(each));
    Narration told;
    told.headline = (threads == 1 ? tr("%1, %2.", "4 threads will add 1 to g_num, 3 times")
                                  : tr("%1, %2 each.", "4 threads will add 1 to g_num, 3 times"))
                        .arg(adding, times);
    told.detail = tr("%1 is expected at the end.").arg(numberText(threads * each));
    return told;
}

Narration Narrator::ending() const
{
    const std::int64_t final = m_history.state(m_history.steps()).counter;
    const std::int64_t expected = std::int64_t{m_history.threads()} * m_history.iterations();
    const std::uint64_t lost = m_ledger.lost();
    Narration told;
    if (final == expected) {
        told.headline = tr("All done: g_num is %1, as expected.").arg(numberText(final));
        told.detail = tr("No update was lost.");
        return told;
    }
    told.headline = tr("All done: g_num is %1, not %2.").arg(numberText(final), numberText(expected));
    told.detail = lost == 1 ? tr("1 update was lost.") : tr("%Ln updates were lost.", nullptr, forPlural(lost));
    return told;
}

QString Narrator::whatAStoreChanged(const Event& event, const PathChange& change) const
{
    constexpr std::uint64_t furthest = 4096; // updates walked over to find the few that are named
    const Position seen = m_ledger.update(event.position).seen;
    std::vector<Position> dropped;
    std::vector<Position> restored;
    if (change.dropped + change.restored <= furthest) {
        Position before = event.position - 1;
        Position now = seen;
        while (before != now) { // both paths lead down to where they part
            Position& higher = before > now ? before : now;
            (before > now ? dropped : restored).push_back(higher);
            higher = m_ledger.update(higher).seen;
        }
        std::reverse(dropped.begin(), dropped.end());
        std::reverse(restored.begin(), restored.end());
    }
    const auto said = [this](std::uint64_t count, const std::vector<Position>& updates, const QString& counted) {
        const bool named = count <= mostNamed && updates.size() == count;
        return named ? tr("%1: %2.", "2 updates are lost: B's 7 and C's 8").arg(counted, listed(updates))
                     : tr("%1.", "a sentence").arg(counted);
    };
    QStringList sentences;
    if (change.dropped > 0)
        sentences << said(change.dropped, dropped,
                          change.dropped == 1 ? tr("1 update is lost")
                                              : tr("%Ln updates are lost", nullptr, forPlural(change.dropped)));
    if (change.restored > 0)
        sentences << said(change.restored, restored,
                          change.restored == 1
                              ? tr("1 earlier update counts again")
                              : tr("%Ln earlier updates count again", nullptr, forPlural(change.restored)));
    const Step ago = m_step - 1 - m_history.loadStep(event.position);
    const QString when = ago == 1 ? tr("1 step earlier") : tr("%Ln steps earlier", nullptr, forPlural(ago));
    sentences << tr("%1 %2 had loaded %3.", "9 steps earlier A had loaded 7")
                     .arg(when, letterOf(event.thread), numberText(event.seenValue));
    return sentences.join(QLatin1Char(' '));
}

Narration Narrator::ofStore(const Event& event) const
{
    Narration told;
    const QString letter = letterOf(event.thread);
    const QString value = numberText(event.value);
    if (!m_history.state(m_step).shards.empty()) {
        told.headline = tr("%1 stores %2 in its own counter.").arg(letter, value);
        told.detail = tr("No other thread touches that one, so nothing can be lost.");
        return told;
    }
    if (event.clobbering) {
        const PathChange change = m_ledger.pathChange(event.position);
        told.headline = tr("%1 stores %2 over %3's %4, which it had not seen.")
                            .arg(letter, value, letterOf(event.other.thread), numberText(event.overwrittenValue));
        told.detail = whatAStoreChanged(event, change);
        told.loses = change.dropped > 0;
        return told;
    }
    told.headline = tr("%1 stores %2.").arg(letter, value);
    if (event.other.isInitialValue())
        told.detail = tr("It replaces the initial %1, which it had seen.").arg(numberText(event.overwrittenValue));
    else if (event.other.thread == event.thread)
        told.detail = tr("It replaces its own %1, so nothing is lost.").arg(numberText(event.overwrittenValue));
    else
        told.detail = tr("It replaces %1's %2, which it had seen, so nothing is lost.")
                          .arg(letterOf(event.other.thread), numberText(event.overwrittenValue));
    return told;
}

Narration Narrator::ofLoad(const Event& event) const
{
    Narration told;
    const QString letter = letterOf(event.thread);
    const QString value = numberText(event.value);
    if (!m_history.state(m_step).shards.empty()) {
        told.headline = tr("%1 loads %2 from its own counter.").arg(letter, value);
        return told;
    }
    told.headline = tr("%1 loads %2 from g_num.").arg(letter, value);
    if (event.other.isInitialValue())
        told.detail = tr("Nobody has stored anything yet.");
    else if (event.other.thread == event.thread)
        told.detail = tr("The value that it stored itself.");
    else
        told.detail = tr("The value that %1 stored.").arg(letterOf(event.other.thread));
    return told;
}

Narration Narrator::ofAdd(const Event& event) const
{
    Narration told;
    told.headline = tr("%1 adds 1 in its register: %2.").arg(letterOf(event.thread), numberText(event.value));
    const State state = m_history.state(m_step);
    if (!state.shards.empty())
        return told;
    told.detail = state.counter == event.seenValue ? tr("g_num still holds %1.").arg(numberText(state.counter))
                                                   : tr("g_num holds %1 by now.").arg(numberText(state.counter));
    return told;
}

QString Narrator::waitingText(const State& state) const
{
    const auto waiting = std::count_if(state.threads.begin(), state.threads.end(), [](const ThreadState& thread) {
        return thread.next == LoopInstruction::Acquire && (thread.phase == ThreadPhase::Blocked || thread.spinning);
    });
    if (waiting == 0)
        return tr("Nobody is waiting for it.");
    return waiting == 1 ? tr("1 thread is waiting for it.")
                        : tr("%Ln threads are waiting for it.", nullptr, static_cast<int>(waiting));
}

Narration Narrator::ofLock(const Event& event) const
{
    Narration told;
    const QString letter = letterOf(event.thread);
    const State state = m_history.state(m_step);
    if (event.kind == EventKind::LockWait) {
        told.headline = tr("%1 wants the lock; %2 holds it.").arg(letter, letterOf(event.holder));
        told.detail = state.threads[event.thread].spinning
                        ? tr("%1 spins: it asks again and again, and keeps its core.").arg(letter)
                        : tr("%1 waits, and leaves its core to others.").arg(letter);
        return told;
    }
    told.headline = event.kind == EventKind::LockAcquire ? tr("%1 takes the lock.").arg(letter)
                                                         : tr("%1 gives the lock back.").arg(letter);
    told.detail = event.kind == EventKind::LockAcquire
                    ? tr("Until %1 gives it back, nobody else can take it.").arg(letter)
                    : waitingText(state);
    return told;
}

Narration Narrator::ofStep() const
{
    const Event event = m_history.event(m_step - 1);
    const QString letter = letterOf(event.thread);
    Narration told;
    switch (event.kind) {
    case EventKind::Load: told = ofLoad(event); break;
    case EventKind::Add: told = ofAdd(event); break;
    case EventKind::Store: told = ofStore(event); break;
    case EventKind::LockWait:
    case EventKind::LockAcquire:
    case EventKind::LockRelease: told = ofLock(event); break;
    case EventKind::Spawn:
        told.headline = tr("Thread %1 is created, and ready.").arg(letter);
        told.detail = tr("Its stack and registers are its own; g_num is shared.");
        break;
    case EventKind::Exit: {
        const ThreadState thread = m_history.state(m_step).threads[event.thread];
        told.headline = tr("Thread %1 is finished.").arg(letter);
        told.detail = thread.lost() == 0 ? tr("All of its updates count so far.")
                                         : tr("Of its updates, %1 of %2 count so far.")
                                               .arg(numberText(thread.surviving), numberText(thread.done));
        break;
    }
    case EventKind::SwitchOut:
        told.headline = tr("%1 leaves its core.").arg(letter);
        told.detail = tr("Its registers are kept in its thread control block.");
        break;
    case EventKind::SwitchIn:
        told.headline = tr("%1 is on a core again.").arg(letter);
        told.detail = tr("Its registers come back from its thread control block.");
        break;
    case EventKind::FramePush:
        told.headline = tr("%1 calls a function: its stack grows by a frame.").arg(letter);
        break;
    case EventKind::FramePop: told.headline = tr("%1 returns: a frame leaves its stack.").arg(letter); break;
    }
    told.thread = event.thread;
    return told;
}

} // namespace

Narration narrate(const History& history, Step step)
{
    const Narrator narrator(history, step);
    if (step == 0)
        return narrator.opening();
    if (step < history.steps())
        return narrator.ofStep();
    if (history.event(step - 1).kind == EventKind::Exit)
        return narrator.ending();
    // The last step says more than that a thread is finished, so it is told too.
    Narration told = narrator.ofStep();
    const Narration ending = narrator.ending();
    told.detail = QStringList{told.detail, ending.headline, ending.detail}.join(QLatin1Char(' ')).trimmed();
    return told;
}

} // namespace interleave
