// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <memory>

namespace interleave::test {

inline constexpr const char* counterLoop = ".var count\n.main\n.top\n  mov count, %ax\n  add $1, %ax\n"
                                           "  mov %ax, count\n  sub $1, %bx\n  test $0, %bx\n  jgt .top\n  halt\n";
inline constexpr const char* forEver = ".top\n  j .top\n";

inline QStringList words(const QString& text)
{
    return text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

inline QJsonObject objectOf(const Ended& ended)
{
    return QJsonDocument::fromJson(ended.out).object();
}

inline bool isOneSentence(const QByteArray& err)
{
    return err.startsWith("interleave: ") && err.endsWith('\n') && err.count('\n') == 1;
}

// A folder with programs, and the commands that run them there.
class ProgramFolder {
public:
    [[nodiscard]] QString path() const { return m_directory.path(); }

    [[nodiscard]] bool write(const char* name, const QByteArray& source) const
    {
        QFile file(QDir(path()).filePath(QString::fromUtf8(name)));
        return file.open(QIODevice::WriteOnly) && file.write(source) == source.size();
    }
    [[nodiscard]] Ended simulate(const QString& arguments) const
    {
        return run(QStringList{QStringLiteral("simulate")} + words(arguments), path());
    }
    [[nodiscard]] Ended programs(const QString& arguments) const
    {
        return run(QStringList{QStringLiteral("programs")} + words(arguments), path());
    }

private:
    QTemporaryDir m_directory;
};

} // namespace interleave::test
