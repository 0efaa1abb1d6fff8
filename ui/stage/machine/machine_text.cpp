// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/machine/machine_text.h"

#include "program/assembler.h"
#include "sentences/faults.h"
#include "sentences/names.h"
#include "stage/machine/machine_moment.h"
#include "style/theme.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <array>

namespace interleave {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(interleave::MachineText)
};

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString joined(const QStringList& parts)
{
    return parts.join(Tr::tr(", ", "between the parts of a description"));
}

const LockState* lockAt(const MachineState& state, std::int64_t address)
{
    const auto found = std::find_if(state.locks.begin(), state.locks.end(),
                                    [address](const LockState& lock) { return lock.address == address; });
    return found == state.locks.end() ? nullptr : &*found;
}

} // namespace

QString valueText(const Integer& value, int most)
{
    const QString digits = fromView(value.toString());
    const QString whole = value.isSmall() ? numberText(value.small()) : digits;
    if (whole.size() <= most)
        return whole;
    if (digits.size() <= most)
        return digits;
    const bool negative = digits.startsWith(QLatin1Char('-'));
    const QString bare = negative ? digits.mid(1) : digits;
    return QStringLiteral("≈%1%2.%3e%4")
        .arg(negative ? QStringLiteral("-") : QString(), bare.left(1), bare.mid(1, 1),
             QString::number(bare.size() - 1));
}

QString addressText(std::int64_t address)
{
    return QString::number(address);
}

QString functionText(const Program& program, std::int64_t address)
{
    // Where a program begins with a loop, the label is the loop's.
    const auto jumpsTo = [address](const Instruction& instruction) {
        return instruction.opcode >= Opcode::Jump && instruction.opcode <= Opcode::JumpGreaterEqual
            && instruction.first.value == address;
    };
    const bool loops = address == program.loadAddress
                    && std::any_of(program.instructions.begin(), program.instructions.end(), jumpsTo);
    for (const Label& label : program.labels) {
        if (label.address == address && !loops)
            return fromView(std::string_view(label.name).substr(label.name.starts_with('.') ? 1U : 0U));
    }
    return address == program.loadAddress ? QStringLiteral("main") : addressText(address);
}

QString sourceText(const Program& program, std::int64_t address)
{
    if (!program.holdsCode(address))
        return {};
    return fromView(program.sources[static_cast<std::size_t>(address - program.loadAddress)].text).simplified();
}

QString registerText(Register r)
{
    return fromView(nameOf(r));
}

QString registerValueText(Register r, const Integer& value, int most)
{
    return r == Register::Sp && value.isSmall() ? addressText(value.small()) : valueText(value, most);
}

QString coreText(const CoreState& core, bool brief)
{
    const QString letter = core.thread == noThread ? QString() : letterOf(core.thread);
    switch (core.phase) {
    case CorePhase::Idle: return brief ? QStringLiteral("–") : Tr::tr("idle", "a core");
    case CorePhase::Executing: return brief ? letter : threadText(core.thread);
    case CorePhase::Saving: return brief ? QStringLiteral("↓%1").arg(letter) : Tr::tr("saving %1").arg(letter);
    case CorePhase::Picking: return brief ? QStringLiteral("…") : Tr::tr("picking", "a core picks a thread");
    case CorePhase::Restoring: return brief ? QStringLiteral("↑%1").arg(letter) : Tr::tr("restoring %1").arg(letter);
    }
    return {};
}

QString blockedText(const MachineRun& run, const MachineState& state, ThreadIndex index)
{
    const MachineThread& thread = state.threads[index];
    if (thread.phase != ThreadPhase::Blocked)
        return {};
    if (thread.waitsFor) {
        const LockState* lock = lockAt(state, *thread.waitsFor);
        const QString name = cellText(*run.program, *thread.waitsFor);
        if (lock && lock->isHandedTo(index))
            return Tr::tr("is handed %1", "a lock").arg(name);
        return lock && lock->holder != noThread ? Tr::tr("%1, held by %2").arg(name, letterOf(lock->holder)) : name;
    }
    if (thread.wakesAt) {
        const std::uint64_t left = *thread.wakesAt > state.tick ? *thread.wakesAt - state.tick : 0;
        return left == 1 ? Tr::tr("sleeps 1 tick") : Tr::tr("sleeps %1 ticks").arg(numberText(left));
    }
    return {};
}

QString machineCardText(const MachineRun& run, const MachineState& state, ThreadIndex index)
{
    const MachineThread& thread = state.threads[index];
    QStringList parts{threadText(index)};
    parts << (thread.core == noCore ? textOf(thread.phase)
                                    : Tr::tr("%1 on core %2").arg(textOf(thread.phase), numberText(thread.core)));
    const LockState* const awaited = thread.waitsFor ? lockAt(state, *thread.waitsFor) : nullptr;
    const bool waits = thread.waitsFor && !(awaited && awaited->isHandedTo(index));
    if (const QString why = blockedText(run, state, index); !why.isEmpty())
        parts << (waits ? Tr::tr("waits for %1").arg(why) : why);
    for (const LockState& lock : state.locks) {
        if (lock.holder == index)
            parts << Tr::tr("holds %1", "a lock").arg(cellText(*run.program, lock.address));
    }
    if (thread.phase == ThreadPhase::Finished)
        return joined(parts);
    parts << (isInCore(state, index) ? Tr::tr("registers") : Tr::tr("saved in TCB"));
    for (const Register r : run.registers)
        parts << QStringLiteral("%1 %2").arg(registerText(r), registerValueText(r, thread.context[r]));
    parts << Tr::tr("next %1 %2", "address, instruction")
                 .arg(addressText(thread.context.pc), sourceText(*run.program, thread.context.pc));
    if (!thread.context.frames.empty())
        parts << Tr::tr("in %1", "a function").arg(functionText(*run.program, thread.context.frames.back().function));
    return joined(parts);
}

QString machineStageText(const MachineRun& run, const MachineState& state, std::uint64_t tick)
{
    QStringList parts{Tr::tr("tick %1").arg(numberText(tick))};
    for (std::size_t core = 0; core < state.cores.size(); ++core)
        parts << Tr::tr("core %1: %2").arg(numberText(core), coreText(state.cores[core], false));
    if (!state.ready.empty()) {
        QStringList letters;
        for (const ThreadIndex thread : state.ready)
            letters << letterOf(thread);
        parts << Tr::tr("ready: %1").arg(letters.join(QLatin1Char(' ')));
    }
    std::size_t finished = 0;
    for (ThreadIndex t = 0; t < state.threads.size(); ++t) {
        if (const QString why = blockedText(run, state, t); !why.isEmpty())
            parts << Tr::tr("%1 blocked: %2").arg(threadText(t), why);
        finished += state.threads[t].phase == ThreadPhase::Finished ? 1U : 0U;
    }
    if (finished > 0)
        parts << Tr::tr("%1 finished").arg(threadsText(finished));
    for (const Variable& variable : run.program->variables) {
        QStringList values;
        for (std::int64_t i = 0; i < std::min<std::int64_t>(variable.cells, 16); ++i)
            values << valueText(state.cells.value(variable.address + i * cellDistance));
        parts << QStringLiteral("%1 %2").arg(QString::fromStdString(variable.name), values.join(QLatin1Char(' ')));
    }
    for (const LockState& lock : state.locks) {
        if (lock.holder != noThread)
            parts
                << Tr::tr("%1 held by %2", "a lock").arg(cellText(*run.program, lock.address), threadText(lock.holder));
    }
    parts << Tr::tr("switches: %1 voluntary, %2 involuntary")
                 .arg(numberText(state.voluntarySwitches), numberText(state.involuntarySwitches));
    if (state.step == run.steps && run.outcome == Outcome::Deadlock)
        parts << Tr::tr("deadlock");
    return joined(parts);
}

} // namespace interleave
