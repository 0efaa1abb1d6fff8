// SPDX-License-Identifier: GPL-3.0-or-later
#include "program_file.h"

#include <QCoreApplication>
#include <QFile>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::ProgramFile)
};

constexpr qint64 mostBytes = qint64{16} << 20; // of a program

} // namespace

Result<QByteArray, QString> contentOfProgram(const QString& name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return Texts::tr("cannot read '%1': %2.").arg(name, file.errorString());
    const QByteArray content = file.read(mostBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return Texts::tr("cannot read '%1': %2.").arg(name, file.errorString());
    if (content.size() > mostBytes)
        return Texts::tr("cannot read '%1': a program has at most %2 bytes.").arg(name, QString::number(mostBytes));
    return content;
}

} // namespace interleave
