// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/narration.h"

#include "machine/machine_history.h"
#include "sentences/counter_narration.h"
#include "sentences/machine_narration.h"
#include "sentences/names.h"
#include "sentences/preemption_sentences.h"
#include "style/theme.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cstdlib>

namespace interleave {

namespace {

// Numbers that vary have a singular and a plural text, so that the source reads right with no translation loaded.
struct Narrator {
    Q_DECLARE_TR_FUNCTIONS(Narration)

public:
    Narrator(const History& history, Step step) : m_history(history), m_step(step) {}

    Narration opening() const;
    Narration ending() const;
    Narration ofStep() const;

private:
    Narration ofStore(const Event& event) const;
    Narration ofUpdate(const Event& event) const;
    Narration ofLoad(const Event& event) const;
    Narration ofAdd(const Event& event) const;
    Narration ofLock(const Event& event) const;
    QString waitingText(const State& state) const;

    const History& m_history;
    Step m_step;
};

Narration Narrator::opening() const
{
    return narrateTask(m_history, m_history.iterations());
}

Narration Narrator::ending() const
{
    const std::int64_t expected = std::int64_t{m_history.threads()} * m_history.iterations();
    return narrateResult(m_history, m_history.state(m_history.steps()).counter, expected);
}

// In one step what others take three for.
Narration Narrator::ofUpdate(const Event& event) const
{
    const std::int64_t change = event.value - event.overwrittenValue;
    Narration told;
    told.headline = (change < 0 ? tr("%1 subtracts %2 from %3 in one step: %4.")
                                : tr("%1 adds %2 to %3 in one step: %4."))
                        .arg(letterOf(event.thread), numberText(std::abs(change)), counterText(m_history),
                             numberText(event.value));
    told.detail = tr("Nobody can come between, so it loses nothing.");
    tellFate(told, m_history, event.position, m_step);
    return told;
}

Narration Narrator::ofStore(const Event& event) const
{
    if (!m_history.state(m_step).shards.empty()) {
        Narration told;
        told.headline = tr("%1 stores %2 in its own counter.").arg(letterOf(event.thread), numberText(event.value));
        told.detail = tr("No other thread touches that one, so nothing can be lost.");
        return told;
    }
    Narration told = narrateStore(m_history, event, m_step);
    if (event.clobbering)
        tellPreemption(told, m_history, event.position);
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
    return narrateLoad(m_history, event, m_step, tr("its register"));
}

Narration Narrator::ofAdd(const Event& event) const
{
    const State state = m_history.state(m_step);
    Narration told = narrateAdd(m_history, event, tr("its register"), event.seenValue, event.value, state.counter);
    if (!state.shards.empty())
        told.detail.clear();
    return told;
}

QString Narrator::waitingText(const State& state) const
{
    const auto waiting = std::count_if(state.threads.begin(), state.threads.end(), [](const ThreadState& thread) {
        return thread.next == LoopInstruction::Acquire && (thread.phase == ThreadPhase::Blocked || thread.spinning);
    });
    return waitingForItText(static_cast<std::uint64_t>(waiting));
}

Narration Narrator::ofLock(const Event& event) const
{
    Narration told;
    const QString letter = letterOf(event.thread);
    const State state = m_history.state(m_step);
    if (event.kind == EventKind::LockWait) {
        told.headline = tr("%1 wants the lock; %2 holds it.").arg(letter, letterOf(event.holder));
        told.detail = state.threads[event.thread].spinning
                        ? tr("%1 spins: it asks again and again, and stays on its core until it is preempted.")
                              .arg(letter)
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
    case EventKind::Update: told = ofUpdate(event); break;
    case EventKind::Execute: told.headline = tr("%1 executes an instruction.").arg(letter); break;
    case EventKind::Sleep:
        told.headline = tr("%1 goes to sleep.").arg(letter);
        told.detail = tr("Its core is free for others.");
        break;
    case EventKind::Wake: told.headline = tr("%1 wakes up, and is ready.").arg(letter); break;
    case EventKind::Pick: told.headline = tr("The scheduler picks %1.").arg(letter); break;
    case EventKind::LockWait:
    case EventKind::LockAcquire:
    case EventKind::LockRelease: told = ofLock(event); break;
    case EventKind::Spawn:
        told.headline = tr("Thread %1 is created, and ready.").arg(letter);
        told.detail = tr("Its stack and registers are its own; %1 is shared.").arg(counterText(m_history));
        break;
    case EventKind::Exit:
        told.headline = tr("Thread %1 is finished.").arg(letter);
        tellFates(told, m_history, event.thread, m_step);
        break;
    case EventKind::SwitchOut:
        told.headline = event.voluntary ? tr("%1 leaves its core, a voluntary switch.").arg(letter)
                                        : tr("%1 is preempted, an involuntary switch.").arg(letter);
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

const NarrationLink* Narration::link(NarrationLink::Leads leads) const
{
    const auto found = std::find_if(links.begin(), links.end(),
                                    [leads](const NarrationLink& link) { return link.leads == leads; });
    return found == links.end() ? nullptr : &*found;
}

Narration narrate(const History& history, Step step)
{
    if (const auto* machine = dynamic_cast<const MachineHistory*>(&history))
        return narrateMachine(*machine, step);
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
