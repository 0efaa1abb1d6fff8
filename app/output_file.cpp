// SPDX-License-Identifier: GPL-3.0-or-later
#include "output_file.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::OutputFile)
};

} // namespace

QString writingProblem(const QString& flag, const QString& name)
{
    const QFileInfo target(name);
    if (target.exists() && !target.isFile())
        return Texts::tr("%1 cannot write '%2': it is not a plain file.").arg(flag, name);
    QSaveFile file(name);
    if (file.open(QIODevice::WriteOnly)) {
        file.cancelWriting();
        return {};
    }
    return Texts::tr("%1 cannot write '%2': %3.").arg(flag, name, file.errorString());
}

} // namespace interleave
