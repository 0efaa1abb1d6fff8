// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/durations.h"

#include <QLocale>
#include <QRegularExpression>
#include <cmath>

namespace interleave {

std::optional<std::chrono::nanoseconds> parsedTime(QStringView text)
{
    static const QRegularExpression pattern(
        QStringLiteral("^\\s*([0-9]+(?:\\.[0-9]+)?)\\s*(ns|us|\u00B5s|\u03BCs|ms|s|)\\s*$"));
    const QRegularExpressionMatch match = pattern.match(text.toString());
    if (!match.hasMatch())
        return std::nullopt;
    const double number = QLocale::c().toDouble(match.captured(1));
    const QString unit = match.captured(2);
    double nanoseconds = number;
    if (unit == QLatin1String("s"))
        nanoseconds *= 1e9;
    else if (unit == QLatin1String("ms"))
        nanoseconds *= 1e6;
    else if (unit.endsWith(QLatin1Char('s')) && unit != QLatin1String("ns"))
        nanoseconds *= 1e3;
    else if (unit.isEmpty() && number != 0)
        return std::nullopt;
    constexpr double hour = 3.6e12;
    if (nanoseconds > hour)
        return std::nullopt;
    return std::chrono::nanoseconds(std::llround(nanoseconds));
}

} // namespace interleave
