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

double ChartLook::width(const QString& text, double size, bool bold) const
{
    return QFontMetricsF(font(size, bold)).horizontalAdvance(text);
}

} // namespace interleave
