// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/stage_text.h"

#include "sentences/names.h"
#include "style/theme.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <array>

namespace interleave {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(interleave::StageText)
};

} // namespace

QString phaseText(const ThreadState& thread)
{
    return thread.spinning ? Tr::tr("spinning") : textOf(thread.phase);
}

QString cardText(const State& state, ThreadIndex thread)
{
    const ThreadState& at = state.threads[thread];
    const QString separator = Tr::tr(", ", "between the parts of a description");
    QStringList parts{threadText(thread), phaseText(at)};
    parts << (at.registerValue ? Tr::tr("register %1").arg(numberText(*at.registerValue)) : Tr::tr("register empty"));
    if (at.next != LoopInstruction::None)
        parts << Tr::tr("next %1").arg(textOf(at.next));
    if (state.lockHolder == thread)
        parts << Tr::tr("holds the lock");
    parts << Tr::tr("done %1", "updates").arg(numberText(at.done)) << Tr::tr("lost %1").arg(numberText(at.lost()));
    if (at.setAside > 0)
        parts << Tr::tr("set aside %1").arg(numberText(at.setAside));
    return parts.join(separator);
}

QString stageText(const State& state)
{
    std::array<std::uint64_t, 5> count{};
    for (const ThreadState& thread : state.threads)
        ++count[static_cast<std::size_t>(thread.phase)];
    QStringList parts{Tr::tr("g_num %1").arg(numberText(state.counter)), Tr::tr("lost %1").arg(numberText(state.lost))};
    if (state.setAside > 0)
        parts << Tr::tr("set aside %1").arg(numberText(state.setAside));
    if (state.lockHolder != noThread)
        parts << Tr::tr("lock held by %1").arg(threadText(state.lockHolder));
    for (const auto phase :
         {ThreadPhase::Running, ThreadPhase::Ready, ThreadPhase::Blocked, ThreadPhase::Finished, ThreadPhase::New}) {
        if (const std::uint64_t threads = count[static_cast<std::size_t>(phase)])
            parts << Tr::tr("%1 %2", "number of threads, their state").arg(numberText(threads), textOf(phase));
    }
    return parts.join(Tr::tr(", ", "between the parts of a description"));
}

} // namespace interleave
