// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/durations.h"

#include "sentences/names.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <cmath>

namespace interleave {

namespace {

struct Durations {
    Q_DECLARE_TR_FUNCTIONS(Durations)
};

} // namespace

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

QString ticksText(std::uint64_t ticks)
{
    return ticks == 1 ? Durations::tr("1 tick") : Durations::tr("%1 ticks").arg(numberText(ticks));
}

QString momentText(double time, TimeUnit unit)
{
    if (unit == TimeUnit::Nanoseconds)
        return timeText(time);
    return Durations::tr("tick %1").arg(numberText(static_cast<std::uint64_t>(std::llround(time))));
}

} // namespace interleave
