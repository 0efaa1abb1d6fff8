// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QByteArray>
#include <QString>

namespace interleave {

// The text of a program as it is worked on, with what its file needs to stay as it was.
struct ProgramText {
    static constexpr qint64 mostBytes = 1024 * 1024;

    QString text;         // lines end in \n
    bool windows = false; // lines of the file end in \r\n
    bool hasMark = false; // the file begins with a byte order mark

    [[nodiscard]] QByteArray bytes() const;
};

// Bytes to text; `name` is what the sentence calls them if they are none.
[[nodiscard]] Result<ProgramText, QString> programTextOf(const QByteArray& bytes, const QString& name);

// A file to text, or one sentence on why it cannot be opened as a program.
[[nodiscard]] Result<ProgramText, QString> readProgramText(const QString& path);

} // namespace interleave
