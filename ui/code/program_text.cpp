// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/program_text.h"

#include "sentences/names.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <optional>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::ProgramText)
};

const QByteArray byteOrderMark("\xEF\xBB\xBF");

bool isControl(unsigned char byte)
{
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\v' && byte != '\f' && byte != '\r';
}

// Bytes of the UTF-8 character that begins here; 0 if none does. (Unicode 15, table 3-7.)
qsizetype lengthOfCharacter(const QByteArray& bytes, qsizetype at)
{
    const auto byte = [&](qsizetype i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U; };
    const auto follows = [&](qsizetype i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned first = byte(at);
    const unsigned second = byte(at + 1);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return follows(at + 1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool shortest = first != 0xE0 || second >= 0xA0;
        const bool surrogate = first == 0xED && second >= 0xA0;
        return shortest && !surrogate && follows(at + 1) && follows(at + 2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool inRange = (first != 0xF0 || second >= 0x90) && (first != 0xF4 || second < 0x90);
        return inRange && follows(at + 1) && follows(at + 2) && follows(at + 3) ? 4 : 0;
    }
    return 0;
}

// The first byte that no text has.
std::optional<qsizetype> oddByte(const QByteArray& bytes)
{
    for (qsizetype at = 0; at < bytes.size();) {
        const qsizetype length = lengthOfCharacter(bytes, at);
        if (length == 0 || isControl(static_cast<unsigned char>(bytes[at])))
            return at;
        at += length;
    }
    return std::nullopt;
}

QString shown(const QString& path)
{
    return QDir::toNativeSeparators(path);
}

} // namespace

QByteArray ProgramText::bytes() const
{
    QString lines = text;
    if (windows)
        lines.replace(u'\n', QLatin1String("\r\n"));
    return (hasMark ? byteOrderMark : QByteArray()) + lines.toUtf8();
}

Result<ProgramText, QString> programTextOf(const QByteArray& bytes, const QString& name)
{
    if (bytes.size() > ProgramText::mostBytes)
        return Texts::tr("%1 is too large for a program: it has more than 1 MB.").arg(name);
    if (const auto odd = oddByte(bytes)) {
        const unsigned value = static_cast<unsigned char>(bytes[*odd]);
        return Texts::tr("%1 is not text: byte %2 is 0x%3.")
            .arg(name, numberText(static_cast<std::int64_t>(*odd) + 1),
                 QString::number(value, 16).toUpper().rightJustified(2, u'0'));
    }
    ProgramText program;
    program.hasMark = bytes.startsWith(byteOrderMark);
    program.text = QString::fromUtf8(program.hasMark ? bytes.sliced(byteOrderMark.size()) : bytes);
    program.windows = program.text.contains(QLatin1String("\r\n"));
    program.text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    // An editor knows one end of a line.
    for (const QChar end : {QChar(u'\r'), QChar(QChar::ParagraphSeparator), QChar(QChar::LineSeparator)})
        program.text.replace(end, u'\n');
    return program;
}

Result<ProgramText, QString> readProgramText(const QString& path)
{
    const QFileInfo info(path);
    if (info.isDir())
        return Texts::tr("%1 cannot be opened: it is a folder.").arg(shown(path));
    if (!info.exists())
        return Texts::tr("%1 cannot be opened: there is no such file.").arg(shown(path));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Texts::tr("%1 cannot be opened: %2.").arg(shown(path), file.errorString());
    // One more than a program may have: a device or a pipe does not know its size.
    QByteArray bytes;
    while (bytes.size() <= ProgramText::mostBytes) {
        const QByteArray more = file.read(ProgramText::mostBytes + 1 - bytes.size());
        if (more.isEmpty())
            break;
        bytes += more;
    }
    if (file.error() != QFileDevice::NoError)
        return Texts::tr("%1 cannot be read: %2.").arg(shown(path), file.errorString());
    return programTextOf(bytes, info.fileName());
}

} // namespace interleave
