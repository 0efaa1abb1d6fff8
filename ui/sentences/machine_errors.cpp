// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/machine_errors.h"

#include "sentences/faults.h"
#include "sentences/names.h"
#include "style/theme.h"

#include <QCoreApplication>
#include <algorithm>
#include <set>
#include <vector>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::MachineErrors)
};

constexpr qsizetype longestEntry = 40;
constexpr std::size_t mostSentences = 10; // of one deadlock

QString instructionsText(std::uint64_t instructions)
{
    return instructions == 1 ? Texts::tr("1 instruction") : Texts::tr("%1 instructions").arg(numberText(instructions));
}

QString quoted(const std::string& text)
{
    const QString whole = QString::fromStdString(text);
    return whole.size() <= longestEntry ? whole : whole.left(longestEntry - 1) + QChar(0x2026);
}

QString nameOf(MachineError::Setting setting, const SettingNames& names)
{
    switch (setting) {
    case MachineError::Setting::Threads: return names.threads;
    case MachineError::Setting::Cores: return names.cores;
    case MachineError::Setting::Quantum: return names.quantum;
    case MachineError::Setting::SwitchCost: return names.switchCost;
    case MachineError::Setting::MaxSteps: return names.maxSteps;
    case MachineError::Setting::PctDepth: return names.pctDepth;
    }
    return {};
}

// The first letter of a sentence.
QString capitalised(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

// What threads wait for, as a graph in which each of them waits for one other.
class Waits {
public:
    Waits(std::span<const WaitingThread> waiting, const Program& program) : m_waiting(waiting), m_program(program) {}

    // One sentence for each cycle, and for each thread that waits for one in it or for one that is gone.
    [[nodiscard]] QStringList sentences()
    {
        QStringList all;
        for (const WaitingThread& wait : m_waiting)
            if (const auto cycle = cycleFrom(wait); !cycle.empty() && m_told.insert(cycle.front()->thread).second) {
                for (const WaitingThread* const member : cycle)
                    m_told.insert(member->thread);
                all.append(chain(cycle));
            }
        for (const WaitingThread& wait : m_waiting)
            if (m_told.insert(wait.thread).second)
                all.append(chain({&wait}));
        return all;
    }

private:
    [[nodiscard]] const WaitingThread* waitOf(ThreadIndex thread) const
    {
        const auto found = std::find_if(m_waiting.begin(), m_waiting.end(),
                                        [thread](const WaitingThread& wait) { return wait.thread == thread; });
        return found == m_waiting.end() ? nullptr : &*found;
    }

    // The cycle that the thread is part of, from it on; empty if it is part of none.
    [[nodiscard]] std::vector<const WaitingThread*> cycleFrom(const WaitingThread& wait) const
    {
        if (m_told.contains(wait.thread))
            return {};
        std::vector<const WaitingThread*> cycle{&wait};
        while (cycle.size() <= m_waiting.size()) {
            if (cycle.back()->heldBy == wait.thread)
                return cycle;
            const WaitingThread* const next = waitOf(cycle.back()->heldBy);
            if (!next)
                break;
            cycle.push_back(next);
        }
        return {};
    }

    [[nodiscard]] QString chain(const std::vector<const WaitingThread*>& links) const
    {
        QString text;
        for (const WaitingThread* const wait : links) {
            const QString lock = cellText(m_program, wait->lock);
            text += text.isEmpty()
                      ? Texts::tr("%1 waits for %2", "thread A, a lock").arg(threadText(wait->thread), lock)
                      : Texts::tr(", which waits for %1", "a lock").arg(lock);
            if (wait->heldBy == noThread)
                text += Texts::tr(", which nobody holds");
            else if (wait->heldBy == wait->thread)
                text += Texts::tr(", which it holds itself");
            else
                text += Texts::tr(", held by %1", "thread B").arg(threadText(wait->heldBy));
            if (wait->heldBy != noThread && !waitOf(wait->heldBy))
                text += Texts::tr(", which has finished");
        }
        return text + QLatin1Char('.');
    }

    std::span<const WaitingThread> m_waiting;
    const Program& m_program;
    std::set<ThreadIndex> m_told;
};

} // namespace

SettingNames SettingNames::ofTheWindow()
{
    return {Texts::tr("Threads"),     Texts::tr("Cores"),           Texts::tr("Quantum"),
            Texts::tr("Switch cost"), Texts::tr("Steps at most"),   Texts::tr("Depth"),
            Texts::tr("Schedule"),    Texts::tr("Start registers"), Texts::tr("Counter")};
}

SettingNames SettingNames::ofTheCommandLine()
{
    return {QStringLiteral("--threads"),     QStringLiteral("--cores"),     QStringLiteral("--quantum"),
            QStringLiteral("--switch-cost"), QStringLiteral("--max-steps"), QStringLiteral("--pct-depth"),
            QStringLiteral("--schedule"),    QStringLiteral("--argv"),      QStringLiteral("--counter")};
}

QString sentenceOf(const MachineError& error, const SettingNames& names)
{
    switch (error.kind) {
    case MachineError::Kind::OutOfRange:
        return Texts::tr("%1 must be between %2 and %3, not %4.")
            .arg(nameOf(error.setting, names), numberText(error.least), numberText(error.most),
                 numberText(error.value));
    case MachineError::Kind::UnknownCounter:
        return Texts::tr("%1 must name a variable of the program or the address of a cell, not '%2'.")
            .arg(names.counter, quoted(error.name));
    case MachineError::Kind::RegisterSets:
        return Texts::tr("%1 must give one set of registers for all threads, or one for each thread.")
            .arg(names.registers);
    case MachineError::Kind::NoSchedule:
        return Texts::tr("%1 is empty, so there is nothing to replay; a schedule reads 0:3,1:12.").arg(names.schedule);
    case MachineError::Kind::UnknownThread:
        return Texts::tr("%1 names thread %2, which the run does not have.").arg(names.schedule).arg(error.thread);
    case MachineError::Kind::ImpossibleSchedule:
        return Texts::tr("%1 is impossible: after %2 it goes on with thread %3, which cannot execute then.")
            .arg(names.schedule, instructionsText(error.instruction))
            .arg(error.thread);
    case MachineError::Kind::Cancelled: return Texts::tr("The run was cancelled.");
    }
    return {};
}

QString sentenceOf(const ScheduleError& error, const SettingNames& names)
{
    switch (error.kind) {
    case ScheduleError::Kind::Empty:
        return Texts::tr("%1 is empty; it must name threads and how many instructions each executes, such as 0:3,1:12.")
            .arg(names.schedule);
    case ScheduleError::Kind::NotAnEntry:
        return Texts::tr("%1 must name threads and how many instructions each executes, such as 0:3,1:12, not '%2' "
                         "(character %3).")
            .arg(names.schedule, quoted(error.entry))
            .arg(error.column);
    case ScheduleError::Kind::UnknownThread:
        return error.threads == 1
                 ? Texts::tr("%1 names a thread that is not there: '%2' (character %3); the only one is 0.")
                       .arg(names.schedule, quoted(error.entry))
                       .arg(error.column)
                 : Texts::tr("%1 names a thread that is not there: '%2' (character %3); they are 0 to %4.")
                       .arg(names.schedule, quoted(error.entry))
                       .arg(error.column)
                       .arg(error.threads - 1);
    case ScheduleError::Kind::CountTooLarge:
        return Texts::tr("%1 has a count that is too large: '%2' (character %3); at most 9223372036854775807.")
            .arg(names.schedule, quoted(error.entry))
            .arg(error.column);
    }
    return {};
}

QString textOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Finished: return Texts::tr("finished", "how a run ended");
    case Outcome::Deadlock: return Texts::tr("deadlock", "how a run ended");
    case Outcome::StepLimit: return Texts::tr("step limit", "how a run ended");
    case Outcome::Paused: return Texts::tr("paused", "how a run ended");
    case Outcome::Fault: return Texts::tr("fault", "how a run ended");
    }
    return {};
}

QString endOf(const MachineHistory& history)
{
    const QString instructions = instructionsText(history.instructions());
    switch (history.outcome()) {
    case Outcome::Finished: return Texts::tr("Finished after %1.", "instructions").arg(instructions);
    case Outcome::Deadlock: return deadlockText(history.deadlock(), history.program());
    case Outcome::StepLimit:
        return Texts::tr("Stopped at the limit of %1 steps, after %2: it may run for ever.", "number, instructions")
            .arg(numberText(history.settings().maxSteps), instructions);
    case Outcome::Paused: return Texts::tr("Paused after %1: the schedule is over.", "instructions").arg(instructions);
    case Outcome::Fault: return sentenceOf(history.fault(), history.program());
    }
    return {};
}

QString deadlockHeadline(std::span<const WaitingThread> waiting)
{
    if (waiting.empty())
        return {};
    const auto nextOf = [waiting](const WaitingThread& wait) {
        return std::ranges::find(waiting, wait.heldBy, &WaitingThread::thread);
    };
    // One circle through all of them?
    std::size_t length = 1;
    auto at = nextOf(waiting.front());
    while (at != waiting.end() && at != waiting.begin() && length <= waiting.size()) {
        at = nextOf(*at);
        ++length;
    }
    if (at != waiting.begin() || length != waiting.size())
        return Texts::tr("Deadlock: nobody can go on.");
    if (length == 1)
        return Texts::tr("Deadlock: %1 waits for itself.", "a thread").arg(letterOf(waiting.front().thread));
    constexpr std::size_t mostListed = 8;
    if (length > mostListed)
        return Texts::tr("Deadlock: %1 threads wait for one another.").arg(numberText(std::uint64_t{length}));
    QStringList letters;
    for (const WaitingThread& wait : waiting)
        letters << letterOf(wait.thread);
    const QString last = letters.takeLast();
    return Texts::tr("Deadlock: %1 and %2 wait for one another.", "A, B, C; D")
        .arg(letters.join(Texts::tr(", ", "in a list")), last);
}

QString deadlockChain(std::span<const WaitingThread> waiting, const Program& program)
{
    QStringList sentences = Waits(waiting, program).sentences();
    if (sentences.isEmpty())
        return {};
    const qsizetype more = sentences.size() - static_cast<qsizetype>(mostSentences);
    for (qsizetype i = 1; i < sentences.size(); ++i)
        sentences[i] = capitalised(sentences[i]);
    if (more > 0) {
        sentences.resize(static_cast<qsizetype>(mostSentences));
        sentences.append(Texts::tr("And so on, %1 more.").arg(more));
    }
    return sentences.join(QLatin1Char(' '));
}

QString deadlockText(std::span<const WaitingThread> waiting, const Program& program)
{
    const QString chain = deadlockChain(waiting, program);
    return chain.isEmpty() ? chain : Texts::tr("Deadlock: %1").arg(chain);
}

} // namespace interleave
