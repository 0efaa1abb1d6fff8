// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/run_words.h"

#include "hardware/recorded_history.h"
#include "history/ledger.h"
#include "machine/machine_history.h"
#include "sentences/names.h"

#include <QCoreApplication>
#include <QStringList>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::RunWords)
};

} // namespace

QString runWords(const History& history, const QString& program)
{
    QStringList words;
    QString threads = threadsText(history.threads());
    if (const auto* recorded = dynamic_cast<const RecordedHistory*>(&history)) {
        const Synchronisation how = recorded->parameters().synchronisation;
        words << (how == Synchronisation::None ? Texts::tr("no lock") : textOf(how));
    } else if (const auto* machine = dynamic_cast<const MachineHistory*>(&history)) {
        if (!program.isEmpty())
            words << program;
        threads = Texts::tr("%1 on %2", "4 threads on 2 cores").arg(threads, coresText(machine->settings().cores));
    }
    words << threads;
    if (const Ledger& ledger = history.ledger(); ledger.updates() > 0) {
        const QString all = numberText(ledger.updates());
        words << (ledger.lost() > 0 ? Texts::tr("%1 of %2 lost", "updates").arg(numberText(ledger.lost()), all)
                                    : Texts::tr("none of %1 lost", "updates").arg(all));
    }
    return words.join(QStringLiteral(", "));
}

} // namespace interleave
