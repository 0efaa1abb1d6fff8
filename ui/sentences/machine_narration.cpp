// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/machine_narration.h"

#include "history/ledger.h"
#include "sentences/assembly_errors.h"
#include "sentences/counter_narration.h"
#include "sentences/durations.h"
#include "sentences/faults.h"
#include "sentences/instruction_narration.h"
#include "sentences/machine_errors.h"
#include "sentences/names.h"
#include "style/theme.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

namespace interleave {

namespace {

struct Narrator {
    Q_DECLARE_TR_FUNCTIONS(Narration)

public:
    Narrator(const MachineHistory& history, Step step);

    Narration told() const;

private:
    Narration ofInstruction() const;
    Narration ofCounter(const Narration& instruction) const;
    Narration ofLock() const;
    Narration ofSwitchOut() const;
    Narration ofPick() const;
    Narration ofSwitchIn() const;
    Narration ofOther() const;
    Narration ofExit() const;
    QString registersText() const;
    std::optional<std::uint64_t> instructionsOnCore() const;
    QString coreText() const { return tr("core %1").arg(m_step.event.core); }
    const MachineThread& thread(const MachineState& state) const { return state.threads[m_step.event.thread]; }
    const LockState* lockAt(const MachineState& state, std::int64_t address) const;

    const MachineHistory& m_history;
    const Program& m_program;
    Step m_at; // after the step
    MachineState m_before;
    MachineStep m_step;
    MachineState m_after;
    QString m_letter;
};

Narrator::Narrator(const MachineHistory& history, Step step)
    : m_history(history),
      m_program(history.program()),
      m_at(step),
      m_before(history.machineState(step - 1)),
      m_step(history.machineStep(step - 1)),
      m_after(history.machineState(step)),
      m_letter(letterOf(m_step.event.thread))
{}

QString joined(const QStringList& names)
{
    if (names.size() < 2)
        return names.join(QString());
    return Narrator::tr("%1 and %2", "the last two of a list")
        .arg(names.mid(0, names.size() - 1).join(Narrator::tr(", ", "in a list")), names.last());
}

// What the counter's own sentences say is more than what the instruction does.
Narration Narrator::ofCounter(const Narration& instruction) const
{
    const Event& event = m_step.event;
    const Register changed = changedRegister(m_program, m_step.pc);
    const std::string_view spelled = nameOf(changed);
    const QString into = tr("its register %1")
                             .arg(QString::fromLatin1(spelled.data(), static_cast<qsizetype>(spelled.size())));
    Narration told = instruction;
    switch (event.kind) {
    case EventKind::Load: return narrateLoad(m_history, event, m_at, into);
    case EventKind::Add: {
        const Integer& now = m_after.cells.value(m_history.counter()->address);
        const Integer& before = thread(m_before).context[changed];
        const Integer& after = thread(m_after).context[changed];
        const Opcode opcode = m_program.instructions[static_cast<std::size_t>(m_step.pc - m_program.loadAddress)]
                                  .opcode;
        const bool adds = opcode == Opcode::Add || opcode == Opcode::Sub;
        if (adds && now.isSmall() && before.isSmall() && after.isSmall())
            return narrateAdd(m_history, event, into, before.small(), after.small(), now.small());
        return told;
    }
    case EventKind::Store: return narrateStore(m_history, event, m_at);
    default: // Update
        tellFate(told, m_history, event.position, m_at);
        return told;
    }
}

const LockState* Narrator::lockAt(const MachineState& state, std::int64_t address) const
{
    const auto found = std::ranges::find(state.locks, address, &LockState::address);
    return found == state.locks.end() ? nullptr : &*found;
}

Narration Narrator::ofLock() const
{
    const Event& event = m_step.event;
    const std::int64_t address = m_step.lock.value_or(0);
    const QString name = cellText(m_program, address);
    const LockState* const lock = lockAt(m_after, address);
    Narration told;
    if (event.kind == EventKind::LockWait) {
        if (event.holder == event.thread) {
            told.headline = tr("%1 wants the lock %2, which it holds already.").arg(m_letter, name);
            told.detail = tr("It waits for itself, and that is for ever.");
            return told;
        }
        told.headline = tr("%1 wants the lock %2; %3 holds it.").arg(m_letter, name, letterOf(event.holder));
        const auto before = lock ? lock->waiting.size() : 1;
        told.detail = before > 1 ? tr("%1 waits, as number %2 in the queue of that lock.")
                                       .arg(m_letter, numberText(static_cast<std::uint64_t>(before)))
                                 : tr("%1 waits, and leaves its core to others.").arg(m_letter);
        return told;
    }
    if (event.kind == EventKind::LockAcquire && m_step.pc < 0) {
        told.headline = tr("%1 is handed the lock %2, and is ready again.").arg(m_letter, name);
        told.detail = tr("It has waited for it the longest.");
        return told;
    }
    if (event.kind == EventKind::LockAcquire) {
        told.headline = tr("%1 takes the lock %2.").arg(m_letter, name);
        told.detail = tr("Until %1 gives it back, nobody else can take it.").arg(m_letter);
        return told;
    }
    told.headline = tr("%1 gives the lock %2 back.").arg(m_letter, name);
    const LockState* const was = lockAt(m_before, address);
    told.detail = !was || was->waiting.empty()
                    ? waitingForItText(0)
                    : tr("%1 has waited for it the longest, and gets it.").arg(letterOf(was->waiting.front()));
    return told;
}

Narration Narrator::ofInstruction() const
{
    const EventKind kind = m_step.event.kind;
    if (kind == EventKind::LockWait || kind == EventKind::LockAcquire || kind == EventKind::LockRelease)
        return ofLock();
    if (kind == EventKind::Exit)
        return ofExit();
    Narration told = narrateInstruction(m_program, m_step, thread(m_before), thread(m_after));
    if (kind == EventKind::Load || kind == EventKind::Add || kind == EventKind::Store || kind == EventKind::Update)
        told = ofCounter(told);
    if (kind == EventKind::Sleep && thread(m_after).wakesAt)
        told.detail = tr("Until %1; its core is free for others.")
                          .arg(momentText(static_cast<double>(*thread(m_after).wakesAt), TimeUnit::Ticks));
    return told;
}

Narration Narrator::ofExit() const
{
    Narration told;
    told.headline = tr("Thread %1 is finished.").arg(m_letter);
    const std::uint64_t count = thread(m_after).instructions;
    told.detail = count == 1 ? tr("It has executed 1 instruction.")
                             : tr("It has executed %Ln instructions.", nullptr, forPlural(count));
    if (m_history.counter())
        tellFates(told, m_history, m_step.event.thread, m_at);
    return told;
}

// How many instructions the thread has executed since it came onto its core; none if that is long ago.
std::optional<std::uint64_t> Narrator::instructionsOnCore() const
{
    constexpr Step furthest = 4096;
    const Step from = m_at - 1 > furthest ? m_at - 1 - furthest : 0;
    std::optional<std::uint64_t> count;
    for (Step step = from; step < m_at - 1; ++step) { // forwards, which the machine does at once
        const MachineStep past = m_history.machineStep(step);
        if (past.event.thread != m_step.event.thread)
            continue;
        if (past.event.kind == EventKind::SwitchIn)
            count = 0;
        else if (count && past.pc >= 0)
            ++*count;
    }
    return count;
}

Narration Narrator::ofSwitchOut() const
{
    const MachineThread& out = thread(m_after);
    const QString saves = tr("%1 saves its registers to its TCB").arg(coreText());
    const QString whole = tr("%1: %2.", "why: the core saves its registers");
    Narration told;
    if (!m_step.event.voluntary) {
        const std::optional<std::uint64_t> count = instructionsOnCore();
        const QString why = !count ? tr("%1 was preempted").arg(m_letter)
                          : *count == 1
                              ? tr("%1 was preempted after 1 instruction").arg(m_letter)
                              : tr("%1 was preempted after %Ln instructions", nullptr, forPlural(*count)).arg(m_letter);
        told.headline = whole.arg(why, saves);
    } else if (out.waitsFor) {
        told.headline = whole.arg(tr("%1 waits for the lock %2").arg(m_letter, cellText(m_program, *out.waitsFor)),
                                  saves);
    } else if (out.wakesAt) {
        told.headline = whole.arg(tr("%1 sleeps").arg(m_letter), saves);
    } else {
        told.headline = whole.arg(tr("%1 yielded").arg(m_letter), saves);
    }
    QStringList detail{
        tr("Saved: %1; it will go on at %2.").arg(registersText(), instructionText(m_program, out.context.pc))};
    if (out.phase == ThreadPhase::Ready)
        detail << tr("It is ready again, at the end of the queue.");
    told.detail = detail.join(QLatin1Char(' '));
    return told;
}

// The registers that say something: those that are not 0, besides the stack pointer where it began.
QString Narrator::registersText() const
{
    QStringList texts;
    const Context& context = thread(m_after).context;
    for (std::size_t r = 0; r < registerNames.size(); ++r) {
        const auto reg = static_cast<Register>(r);
        if (reg == Register::Sp || context[reg] == Integer(0))
            continue;
        texts << tr("%1 %2", "a register and its value")
                     .arg(QString::fromLatin1(registerNames[r].data(), static_cast<qsizetype>(registerNames[r].size())),
                          integerText(context[reg]));
    }
    return texts.isEmpty() ? tr("all registers are 0") : joined(texts);
}

Narration Narrator::ofPick() const
{
    const ThreadIndex picked = m_step.event.thread;
    const std::vector<ThreadIndex>& ready = m_before.ready;
    const auto found = std::ranges::find(ready, picked);
    const auto place = static_cast<std::uint64_t>(found - ready.begin()) + 1;
    Narration told;
    switch (m_history.settings().policy) {
    case Policy::Manual: told.headline = tr("You pick %1.").arg(m_letter); break;
    case Policy::Replay: told.headline = tr("The schedule goes on with %1.").arg(m_letter); break;
    default:
        told.headline = place == 1 ? tr("The scheduler picks %1, the head of the ready queue.").arg(m_letter)
                                   : tr("The scheduler picks %1, number %2 of %3 in the ready queue.")
                                         .arg(m_letter, numberText(place), numberText(std::uint64_t{ready.size()}));
    }
    QStringList others;
    for (const ThreadIndex other : ready)
        if (other != picked)
            others << letterOf(other);
    QStringList detail;
    constexpr qsizetype mostListed = 8;
    if (others.isEmpty())
        detail << tr("Nobody else is ready.");
    else if (others.size() == 1)
        detail << tr("%1 stays in the queue.").arg(others.first());
    else if (others.size() <= mostListed)
        detail << tr("%1 stay in the queue.").arg(joined(others));
    else
        detail << tr("%Ln others stay in the queue.", nullptr, static_cast<int>(others.size()));
    if (const std::uint64_t cost = m_history.settings().switchCost)
        detail << tr("The switch costs %1.").arg(ticksText(cost));
    told.detail = detail.join(QLatin1Char(' '));
    return told;
}

Narration Narrator::ofSwitchIn() const
{
    const MachineThread& in = thread(m_after);
    const QString next = instructionText(m_program, in.context.pc);
    Narration told;
    if (in.instructions == 0)
        told.headline = tr("%1 is on %2 for the first time; it begins at %3.").arg(m_letter, coreText(), next);
    else
        told.headline = tr("%1's registers are restored from its TCB; it goes on at %2.").arg(m_letter, next);
    told.detail = tr("On %1: %2.", "core: registers").arg(coreText(), registersText());
    return told;
}

Narration Narrator::ofOther() const
{
    const Context& context = thread(m_after).context;
    Narration told;
    switch (m_step.event.kind) {
    case EventKind::Spawn:
        told.headline = tr("Thread %1 is created, and ready.").arg(m_letter);
        told.detail = tr("Its registers (%1) and its stack below %2 are its own; code and data are shared.")
                          .arg(registersText(), integerText(context[Register::Sp]));
        break;
    case EventKind::Wake:
        told.headline = tr("%1 has slept long enough: it is ready.").arg(m_letter);
        told.detail = tr("It is the last in the ready queue.");
        break;
    case EventKind::LockAcquire: told = ofLock(); break;
    case EventKind::SwitchOut: told = ofSwitchOut(); break;
    case EventKind::Pick: told = ofPick(); break;
    case EventKind::SwitchIn: told = ofSwitchIn(); break;
    default: told.headline = tr("%1 goes on.").arg(m_letter);
    }
    return told;
}

Narration Narrator::told() const
{
    Narration told = m_step.pc >= 0 ? ofInstruction() : ofOther();
    if (m_step.pc >= 0 && m_history.settings().cores > 1)
        told.detail = QStringList{told.detail,
                                  tr("On %1, in %2.", "core, moment")
                                      .arg(coreText(), momentText(static_cast<double>(m_step.tick), TimeUnit::Ticks))}
                          .join(QLatin1Char(' '))
                          .trimmed();
    told.thread = m_step.event.thread;
    return told;
}

// How often each thread adds 1 to the counter, where they all do so equally often.
std::optional<std::uint64_t> additionsOfEach(const MachineHistory& history)
{
    if (!history.counter() || history.outcome() != Outcome::Finished)
        return std::nullopt;
    const Ledger& ledger = history.ledger();
    const std::uint32_t each = ledger.doneBy(0, ledger.updates());
    bool alike = each > 0 && history.expected() == Integer(static_cast<std::int64_t>(ledger.updates()));
    for (ThreadIndex t = 1; t < history.threads() && alike; ++t)
        alike = ledger.doneBy(t, ledger.updates()) == each;
    // Each of them is what it should be only if no two changes make up for one another.
    alike = alike && history.state(history.steps()).counter == static_cast<std::int64_t>(ledger.surviving());
    return alike ? std::optional<std::uint64_t>(each) : std::nullopt;
}

bool hasUpdates(const MachineHistory& history)
{
    return history.counter() && history.ledger().updates() > 0;
}

Narration opening(const MachineHistory& history)
{
    if (const auto each = additionsOfEach(history))
        return narrateTask(history, *each);
    const MachineSettings& settings = history.settings();
    Narration told;
    told.headline = Narrator::tr("%1 will run on %2.", "4 threads, 1 core")
                        .arg(threadsText(settings.threads), coresText(settings.cores));
    const std::optional<Integer> expected = history.expected();
    if (history.outcome() == Outcome::Paused)
        told.detail = Narrator::tr("Who goes on is up to you.");
    else if (expected && hasUpdates(history) && history.outcome() == Outcome::Finished)
        told.detail = Narrator::tr("%1 is expected to be %2 at the end.", "counter, value")
                          .arg(counterText(history), integerText(*expected));
    return told;
}

QString capitalised(QString sentence)
{
    if (!sentence.isEmpty())
        sentence[0] = sentence[0].toUpper();
    return sentence;
}

Narration finished(const MachineHistory& history)
{
    const std::optional<Integer> expected = history.expected();
    if (expected && expected->isSmall() && hasUpdates(history))
        return narrateResult(history, history.state(history.steps()).counter, expected->small());
    Narration told;
    told.headline = Narrator::tr("All done: every thread is finished.");
    return told;
}

} // namespace

QString instructionText(const Program& program, std::int64_t pc)
{
    if (!program.holdsCode(pc))
        return {};
    return QString::fromStdString(program.sources[static_cast<std::size_t>(pc - program.loadAddress)].text);
}

QString integerText(const Integer& number)
{
    if (number.isSmall())
        return numberText(number.small());
    return shortenedWord(QString::fromStdString(number.toString()));
}

Narration narrateMachine(const MachineHistory& history, Step step)
{
    if (step == 0)
        return opening(history);
    Narration told = Narrator(history, step).told();
    if (step < history.steps())
        return told;
    switch (history.outcome()) {
    case Outcome::Finished: return finished(history);
    case Outcome::Deadlock:
        told.headline = deadlockHeadline(history.deadlock());
        told.detail = capitalised(deadlockChain(history.deadlock(), history.program()));
        told.thread = noThread;
        return told;
    case Outcome::Paused: return told;
    case Outcome::StepLimit:
    case Outcome::Fault: // the last step happened, and what ended the run after it is told too
        told.detail = QStringList{told.detail, endOf(history)}.join(QLatin1Char(' ')).trimmed();
        return told;
    }
    return told;
}

} // namespace interleave
