// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_look.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QWidget>
#include <algorithm>
#include <cmath>

namespace interleave {

ChartLook ChartLook::of(const QWidget* widget)
{
    return {&Theme::of(widget), widget->font(), normalTextPixels * unitOf(widget)};
}

ChartLook ChartLook::plain()
{
    return {&Theme::light(), QApplication::font(), normalTextPixels};
}

ChartLook ChartLook::fittedTo(const QSizeF& chart) const
{
    constexpr QSizeF normal(760, 500);
    const double room = std::min(chart.width() / normal.width(), chart.height() / normal.height());
    ChartLook fitted = *this;
    fitted.textPixels *= std::clamp(std::sqrt(room) * 1.15, 0.9, 1.8);
    return fitted;
}

QFont ChartLook::font(double size, bool bold) const
{
    QFont font = typeface;
    font.setPixelSize(std::max(1, static_cast<int>(std::lround(textPixels * size))));
    font.setBold(bold);
    return font;
}

double ChartLook::lineHeight(double size) const
{
    return QFontMetricsF(font(size)).height();
}

ChartLook::Line ChartLook::fitted(const QString& text, double room, double size, bool bold) const
{
    constexpr double least = 0.8; // of its size
    constexpr double smallest = 0.5;
    static const QString dot = QStringLiteral(" · ");
    Line line{text, size};
    const auto shrinkTo = [&](double share) {
        while (line.size > share * size && width(line.text, line.size, bold) > room)
            line.size -= 0.02 * size;
        return width(line.text, line.size, bold) <= room;
    };
    while (!shrinkTo(least)) {
        const qsizetype last = line.text.lastIndexOf(dot);
        if (last < 0) {
            shrinkTo(smallest);
            break;
        }
        line = {line.text.first(last), size};
    }
    return line;
}

QStringList ChartLook::wrapped(const QString& text, double room, double size) const
{
    QStringList lines;
    QString line;
    for (const QString& word : text.split(u' ')) {
        const QString longer = line.isEmpty() ? word : line + u' ' + word;
        if (!line.isEmpty() && width(longer, size) > room) {
            lines << line;
            line = word;
        } else {
            line = longer;
        }
    }
    return lines << line;
}

double ChartLook::width(const QString& text, double size, bool bold) const
{
    return QFontMetricsF(font(size, bold)).horizontalAdvance(text);
}

} // namespace interleave
