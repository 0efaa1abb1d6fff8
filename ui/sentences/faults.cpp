// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/faults.h"

#include "machine/counter_cells.h"
#include "machine/machine_settings.h"
#include "sentences/assembly_errors.h"
#include "style/theme.h"

#include <QCoreApplication>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Faults)
};

// `thread` names it at the beginning of the sentence; `cell` is the address, or what it is called.
QString sentence(const Fault& fault, const QString& thread, const QString& cell, qint64 memoryCells)
{
    const QString address = shortenedWord(QString::fromStdString(fault.address.toString()));
    const QString who = fault.line > 0 ? Texts::tr("%1 at %2, line %3").arg(thread).arg(fault.pc).arg(fault.line)
                                       : thread;
    switch (fault.kind) {
    case Fault::Kind::OutOfRange:
        return Texts::tr("%1: the address %2 is out of range; memory ends before %3.")
            .arg(who, address)
            .arg(memoryCells);
    case Fault::Kind::HoldsCode: return Texts::tr("%1: the address %2 holds code, not a number.").arg(who, address);
    case Fault::Kind::NoCode: return Texts::tr("%1 goes on at %2, where there is no instruction.").arg(who, address);
    case Fault::Kind::NumberTooLarge: return Texts::tr("%1: the result has too many digits.").arg(who);
    case Fault::Kind::NotHeld: return Texts::tr("%1 unlocks %2, which it does not hold.").arg(who, cell);
    }
    return {};
}

} // namespace

QString cellText(const Program& program, qint64 address)
{
    const QString name = QString::fromStdString(cellName(program, address));
    // An address alone would read as a number.
    return name == QString::number(address) ? QStringLiteral("[%1]").arg(name) : name;
}

QString sentenceOf(const Fault& fault, const Program& program)
{
    const QString cell = fault.address.isSmall() ? cellText(program, fault.address.small()) : QString();
    return sentence(fault, Texts::tr("Thread %1").arg(letterOf(static_cast<ThreadIndex>(fault.thread))), cell,
                    MachineSettings::memoryCells);
}

QString classroomSentenceOf(const Fault& fault, qint64 memoryCells)
{
    return sentence(fault, Texts::tr("thread %1").arg(fault.thread),
                    shortenedWord(QString::fromStdString(fault.address.toString())), memoryCells);
}

} // namespace interleave
