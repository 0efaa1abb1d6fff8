// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_numbers.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::ChartNumbers)
};

// No zeros that say nothing.
QString withoutTrailingZeros(double value, int decimals)
{
    while (decimals > 0) {
        const double scaled = value * std::pow(10, decimals - 1);
        if (std::abs(scaled - std::round(scaled)) >= 0.05)
            break;
        --decimals;
    }
    return chartLocale().toString(value, 'f', decimals);
}

int decimalsForThreeDigits(double value)
{
    if (value <= 0)
        return 0;
    return std::clamp(2 - static_cast<int>(std::floor(std::log10(value) + 1e-3)), 0, 6);
}

} // namespace

QLocale chartLocale()
{
    const QLocale locale;
    return locale.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : locale;
}

QString countText(double count)
{
    return chartLocale().toString(static_cast<qlonglong>(std::llround(count)));
}

QString shortCountText(double count)
{
    if (count < 10'000)
        return countText(count);
    const std::array units = {Texts::tr("%1 k", "thousands"), Texts::tr("%1 M", "millions"),
                              Texts::tr("%1 G", "thousand millions"), Texts::tr("%1 T", "million millions")};
    std::size_t unit = 0;
    double value = count / 1000;
    for (; value >= 999.5 && unit + 1 < units.size(); ++unit)
        value /= 1000;
    return units[unit].arg(withoutTrailingZeros(value, decimalsForThreeDigits(value)));
}

QString figureText(double figure)
{
    return chartLocale().toString(figure, 'f', decimalsForThreeDigits(figure));
}

QString shareText(double part, double whole)
{
    const double percent = 100 * part / whole;
    const QString sign = Texts::tr("%1 %", "a share in percent");
    if (part > 0 && percent < 0.01)
        return sign.arg(QStringLiteral("<") + chartLocale().toString(0.01));
    if (part < whole && percent > 99.95)
        return sign.arg(QStringLiteral(">") + chartLocale().toString(99.9));
    return sign.arg(withoutTrailingZeros(percent, percent < 1 ? 2 : percent < 10 || percent > 99 ? 1 : 0));
}

} // namespace interleave
