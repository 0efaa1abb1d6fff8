// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/cost_labels.h"

#include "charts/chart_numbers.h"

#include <QCoreApplication>
#include <algorithm>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Charts)
};

constexpr double nameSize = 1.05;
constexpr double figureSize = 1.1;
constexpr double rangeSize = 0.92;
constexpr double gap = 0.6; // in heights of text

} // namespace

QString CostLabels::figure(const ChartGroup& group, Detail detail) const
{
    // Where there is no room for the word, the axis has it.
    if (detail == Detail::Range && group.summary.count > 1)
        return Texts::tr("median %1 %2", "a figure and its unit").arg(figureText(group.summary.median), m_content.unit);
    return Texts::tr("%1 %2", "a figure and its unit").arg(figureText(group.summary.median), m_content.unit);
}

QString CostLabels::loss(const ChartGroup& group) const
{
    if (group.medianLost <= 0)
        return {};
    return QStringLiteral("\u2715 ") + Texts::tr("%1 lost").arg(shareText(group.medianLost, m_content.expected));
}

QString CostLabels::range(const ChartGroup& group) const
{
    if (group.summary.count < 2)
        return {};
    return Texts::tr("%1 to %2").arg(figureText(group.summary.min), figureText(group.summary.max));
}

double CostLabels::labelWidth(const ChartGroup& group, Detail detail) const
{
    double width = gap * m_look.textPixels + m_look.width(figure(group, detail), figureSize, true);
    if (detail == Detail::Range && !range(group).isEmpty())
        width += gap * m_look.textPixels + m_look.width(range(group), rangeSize);
    if (detail != Detail::Figure && !loss(group).isEmpty())
        width += gap * m_look.textPixels + m_look.width(loss(group), rangeSize, true);
    return width;
}

double CostLabels::plotWidth(double left, double right, Detail detail) const
{
    double width = right - left;
    for (const ChartGroup& group : m_content.groups) {
        const double fraction = std::max(0.01, m_content.scale.fraction(group.summary.max));
        width = std::min(width, (right - left - labelWidth(group, detail)) / fraction);
    }
    return width;
}

CostLabels::Detail CostLabels::detailFor(double left, double right) const
{
    constexpr double leastShareOfPlot = 0.55;
    for (const Detail detail : {Detail::Range, Detail::Loss})
        if (plotWidth(left, right, detail) >= leastShareOfPlot * (right - left))
            return detail;
    return Detail::Figure;
}

double CostLabels::plotWidth(double left, double right) const
{
    return std::max(m_look.textPixels, plotWidth(left, right, detailFor(left, right)));
}

double CostLabels::widthOfNames() const
{
    double widest = 0;
    for (const ChartGroup& group : m_content.groups)
        widest = std::max(widest, m_look.width(group.name, nameSize, true));
    return widest + 0.5 * m_look.textPixels;
}

double CostLabels::barShare(double slotHeight) const
{
    const double thickest = 4 * m_look.textPixels;
    return std::min(0.62, thickest / slotHeight);
}

void CostLabels::draw(const QRectF& plot, double right, ChartOverlay& overlay) const
{
    const Detail detail = detailFor(plot.left(), right);
    const double slot = plot.height() / static_cast<double>(m_content.groups.size());
    const QPen pen(m_look.theme->ink, std::max(1.0, 0.12 * m_look.textPixels), Qt::SolidLine, Qt::FlatCap);
    const auto x = [&](double value) { return plot.left() + m_content.scale.fraction(value) * plot.width(); };

    for (std::size_t g = 0; g < m_content.groups.size(); ++g) {
        const ChartGroup& group = m_content.groups[g];
        const double y = plot.top() + (static_cast<double>(g) + 0.5) * slot;
        if (group.summary.max > group.summary.min)
            overlay.whisker({x(group.summary.min), y}, {x(group.summary.max), y}, 0.25 * slot, pen);

        overlay.text(group.name, m_look.font(nameSize, true), m_look.theme->ink,
                     {plot.left() - 0.5 * m_look.textPixels, y}, Qt::AlignRight | Qt::AlignVCenter);
        double left = x(group.summary.max) + gap * m_look.textPixels;
        const auto append = [&](const QString& text, double size, bool bold, const QColor& colour) {
            if (text.isEmpty())
                return;
            overlay.text(text, m_look.font(size, bold), colour, {left, y}, Qt::AlignLeft | Qt::AlignVCenter);
            left += m_look.width(text, size, bold) + gap * m_look.textPixels;
        };
        append(figure(group, detail), figureSize, true, m_look.theme->ink);
        if (detail == Detail::Range)
            append(range(group), rangeSize, false, m_look.theme->softInk);
        if (detail != Detail::Figure)
            append(loss(group), rangeSize, true, m_look.theme->lost);
    }
}

} // namespace interleave
