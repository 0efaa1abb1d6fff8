// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCommandLineParser>
#include <QList>
#include <QString>

namespace interleave {

// The lines of a command's help about its options, with their defaults.
[[nodiscard]] QString helpOf(const QList<QCommandLineOption>& options);

// Why the arguments of a command could not be parsed, in one sentence.
[[nodiscard]] QString parsingProblem(const QCommandLineParser& parser, const QString& command);

} // namespace interleave
