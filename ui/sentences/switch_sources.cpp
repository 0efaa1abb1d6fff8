// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/switch_sources.h"

#include "sentences/names.h"

#include <QCoreApplication>
#include <system_error>

namespace interleave {

namespace {

struct SwitchSources {
    Q_DECLARE_TR_FUNCTIONS(SwitchSources)
};

QString errorText(int systemError)
{
    return QString::fromStdString(std::generic_category().message(systemError));
}

} // namespace

QString reasonOf(const SwitchRefusal& refusal)
{
    QString reason;
    switch (refusal.kind) {
    case SwitchRefusal::Kind::None: return {};
    case SwitchRefusal::Kind::NotAsked: return SwitchSources::tr("no more was asked for");
    case SwitchRefusal::Kind::EventRefused:
        reason = SwitchSources::tr("the system refuses perf_event_open: %1").arg(errorText(refusal.systemError));
        break;
    case SwitchRefusal::Kind::MemoryRefused:
        reason = SwitchSources::tr("there is no memory for the kernel's records: %1")
                     .arg(errorText(refusal.systemError));
        break;
    }
    if (refusal.paranoid == SwitchRefusal::unknownParanoid)
        return reason;
    return SwitchSources::tr("%1 (kernel.perf_event_paranoid is %2)").arg(reason, QString::number(refusal.paranoid));
}

QString sentenceOf(SwitchSource source, const SwitchRefusal& refusal, std::uint64_t captured, std::uint64_t overflow)
{
    if (source == SwitchSource::Rusage)
        return SwitchSources::tr("Context switches: totals by getrusage only; %1.").arg(reasonOf(refusal));
    if (overflow == 0)
        return SwitchSources::tr("Context switches: the kernel told of each when it happened; %1 in all.")
            .arg(numberText(captured));
    return SwitchSources::tr("Context switches: the kernel told of %1 when they happened; %2 of its records were lost "
                             "because they came too fast. The totals are getrusage's and miss none.")
        .arg(numberText(captured), numberText(overflow));
}

} // namespace interleave
