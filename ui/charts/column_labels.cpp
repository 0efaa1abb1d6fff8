// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/column_labels.h"

#include "charts/chart_numbers.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <algorithm>
#include <cmath>
#include <functional>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Charts)
};

constexpr double summarySize = 0.92;
constexpr double trialSize = 0.88;
constexpr double largestName = 1.05;
constexpr double smallestName = 0.88;
constexpr double tiniestName = 0.7; // where nothing else helps
constexpr std::size_t trialsForSpread = 3;
constexpr int briefest = 3; // of the summaries below the bars

QPen markPen(const ChartLook& look, double width = 0.12)
{
    return QPen(look.theme->ink, std::max(1.0, look.textPixels * width), Qt::SolidLine, Qt::FlatCap);
}

} // namespace

ColumnSlots ColumnSlots::of(const ChartContent& content)
{
    ColumnSlots columns;
    columns.groups = content.groups.size();
    columns.bars = content.mostBarsOfAGroup();
    if (columns.bars > 1)
        columns.gap = std::max<std::size_t>(1, (columns.bars + 2) / 5);
    return columns;
}

double ColumnSlots::barShare(const QRectF& plot, const ChartLook& look) const
{
    const double widest = 7 * look.textPixels;
    return std::min(0.82, widest / width(plot));
}

double ColumnSlots::centre(const QRectF& plot, std::size_t group, std::size_t bar) const
{
    return plot.left() + (static_cast<double>(slot(group, bar)) + 0.5) * width(plot);
}

double ColumnLabels::heightBelow(double plotWidth) const
{
    std::size_t lines = 2;
    for (const ChartGroup& group : m_content.groups)
        lines = std::max(lines, summaryLines(group, brevityFor(plotWidth)).size());
    const double trials = numbersTrials() ? m_look.lineHeight(trialSize) : 0;
    const Names names = namesFor(plotWidth);
    const double second = names.inTwo ? m_look.lineHeight(names.size) : 0;
    return 0.4 * m_look.textPixels + trials + m_look.lineHeight(largestName) + second
         + static_cast<double>(lines) * m_look.lineHeight(summarySize);
}

void ColumnLabels::draw(const QRectF& plot, ChartOverlay& overlay) const
{
    drawExpected(plot, overlay);
    drawRanges(plot, overlay);
    drawValues(plot, overlay);
    drawGroups(plot, overlay);
}

bool ColumnLabels::numbersTrials() const
{
    return m_content.trialsOfABar == 1 && m_slots.bars > 1;
}

bool ColumnLabels::showsSpreads() const
{
    return std::ranges::any_of(m_content.groups, [](const ChartGroup& group) {
        return group.summary.count >= trialsForSpread && group.summary.max > group.summary.min;
    });
}

double ColumnLabels::y(const QRectF& plot, double value) const
{
    return plot.bottom() - m_content.scale.fraction(value) * plot.height();
}

QString ColumnLabels::shortText(double value) const
{
    const QString text = shortCountText(value);
    // Nearly all is not all.
    const bool looksExact = !showsLost() && value < m_content.expected && text == shortCountText(m_content.expected);
    return looksExact ? QStringLiteral("<") + text : text;
}

void ColumnLabels::drawValues(const QRectF& plot, ChartOverlay& overlay) const
{
    const double room = m_slots.width(plot) - 0.35 * m_look.textPixels;
    const auto allFit = [&](const std::function<QString(double)>& textOf) {
        for (const ChartGroup& group : m_content.groups)
            for (const ChartBar& bar : group.bars)
                if (m_look.width(textOf(bar.value), 1, true) > room)
                    return false;
        return true;
    };
    std::function<QString(double)> textOf = countText;
    bool upright = false;
    if (!allFit(textOf)) {
        textOf = [this](double value) { return shortText(value); };
        upright = !allFit(textOf) && m_look.lineHeight() <= m_slots.width(plot);
        if (!upright && !allFit(textOf))
            textOf = nullptr;
    }

    for (std::size_t g = 0; g < m_slots.groups; ++g) {
        const ChartGroup& group = m_content.groups[g];
        // Nothing at all must not look like nothing measured, so a 0 is written even where other values have no room.
        if (m_look.width(countText(0), 1, true) > m_slots.width(plot)) {
            const double middle = (m_slots.centre(plot, g, 0) + m_slots.centre(plot, g, m_slots.bars - 1)) / 2;
            if (group.summary.max <= 0)
                drawValue(plot, {middle, plot.bottom()}, 0, countText(0), false, overlay);
            continue;
        }
        for (std::size_t b = 0; b < group.bars.size(); ++b) {
            const double value = group.bars[b].value;
            const QPointF foot(m_slots.centre(plot, g, b), plot.bottom());
            if (value <= 0)
                drawValue(plot, foot, value, countText(0), false, overlay);
            else if (textOf)
                drawValue(plot, foot, value, textOf(value), upright, overlay);
        }
    }
}

void ColumnLabels::drawValue(const QRectF& plot, QPointF foot, double value, const QString& text, bool upright,
                             ChartOverlay& overlay) const
{
    const QFont font = m_look.font(1, true);
    const double gap = 0.25 * m_look.textPixels;
    const double length = upright ? m_look.width(text, 1, true) : m_look.lineHeight();
    const double top = y(plot, value);
    // Lost updates stand above their bar. Final values stand inside it, since more of a bar follows above.
    const bool inside = showsLost() ? upright && top - length - gap < plot.top() : foot.y() - top > length + 2 * gap;
    const QColor& bar = showsLost() ? m_look.theme->lost : m_look.theme->survived;
    const QColor colour = inside ? m_look.theme->on(bar) : m_look.theme->ink;
    const double edge = inside ? top + gap : top - gap;
    if (upright)
        overlay.text(text, font, colour, {foot.x(), edge}, (inside ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
                     -90);
    else
        overlay.text(text, font, colour, {foot.x(), edge},
                     Qt::AlignHCenter | (inside ? Qt::AlignTop : Qt::AlignBottom));
}

void ColumnLabels::drawRanges(const QRectF& plot, ChartOverlay& overlay) const
{
    const double width = m_slots.width(plot);
    for (std::size_t g = 0; g < m_slots.groups; ++g) {
        const ChartGroup& group = m_content.groups[g];
        if (m_content.trialsOfABar > 1)
            for (std::size_t b = 0; b < group.bars.size(); ++b) {
                const double x = m_slots.centre(plot, g, b);
                if (group.bars[b].most > group.bars[b].least)
                    overlay.whisker({x, y(plot, group.bars[b].least)}, {x, y(plot, group.bars[b].most)}, width * 0.3,
                                    markPen(m_look, 0.08));
            }
        if (group.summary.count >= trialsForSpread && group.summary.max > group.summary.min)
            drawSpread(plot,
                       m_slots.centre(plot, g, m_slots.bars - 1) + 0.5 * width
                           + 0.5 * width * static_cast<double>(m_slots.gap),
                       group.summary, overlay);
    }
}

void ColumnLabels::drawSpread(const QRectF& plot, double x, const Summary& summary, ChartOverlay& overlay) const
{
    const double box = std::min(0.9 * m_look.textPixels, 0.5 * static_cast<double>(m_slots.gap) * m_slots.width(plot));
    const double upper = y(plot, summary.upperQuartile);
    const double lower = y(plot, summary.lowerQuartile);
    const double median = y(plot, summary.median);
    overlay.whisker({x, y(plot, summary.min)}, {x, y(plot, summary.max)}, box * 0.7, markPen(m_look, 0.1));
    overlay.box({x - box / 2, upper, box, lower - upper}, m_look.theme->card, markPen(m_look, 0.1));
    overlay.line({x - box / 2, median}, {x + box / 2, median}, markPen(m_look, 0.2));
}

std::vector<QString> ColumnLabels::summaryLines(const ChartGroup& group, int brevity) const
{
    const Summary& summary = group.summary;
    const auto count = [&](double value) { return brevity == 0 ? countText(value) : shortText(value); };
    const auto pick = [brevity](const QString& full, const QString& shorter, const QString& shortest) {
        return brevity < 2 ? full : brevity < 3 ? shorter : shortest;
    };
    if (showsLost() && summary.max <= 0)
        return {pick(Texts::tr("no update lost"), Texts::tr("none lost"), QString())};
    if (!showsLost() && summary.min >= m_content.expected)
        return {pick(Texts::tr("exactly as expected"), Texts::tr("as expected"), Texts::tr("exact"))};
    const QString share = showsLost() ? shareText(summary.median, m_content.expected)
                                      : shareText(m_content.expected - summary.median, m_content.expected);
    const QString lost = Texts::tr("%1 lost").arg(share);
    if (summary.count == 1)
        return {pick(lost, lost, share)};
    if (brevity >= briefest)
        return {Texts::tr("median"), count(summary.median), lost};
    return {brevity < 2 ? Texts::tr("median %1, %2").arg(count(summary.median), showsLost() ? share : lost)
                        : Texts::tr("median %1").arg(count(summary.median)),
            Texts::tr("%1 to %2").arg(count(summary.min), count(summary.max))};
}

QStringList ColumnLabels::Names::lines(const QString& name) const
{
    const qsizetype hyphen = inTwo ? name.indexOf(u'-') : -1;
    return hyphen < 0 ? QStringList{name} : QStringList{name.first(hyphen + 1), name.sliced(hyphen + 1)};
}

// A long name may reach below its neighbours' bars as long as it does not touch their names. Where it would, all are
// smaller, and if that is not enough, it is broken.
ColumnLabels::Names ColumnLabels::namesFor(double plotWidth) const
{
    const double slot = plotWidth / static_cast<double>(m_slots.count());
    const double pitch = slot * static_cast<double>(m_slots.bars + m_slots.gap);
    Names names{largestName, false};
    const auto widthOf = [&](std::size_t group) {
        double widest = 0;
        for (const QString& line : names.lines(m_content.groups[group].name))
            widest = std::max(widest, m_look.width(line, names.size, true));
        return widest;
    };
    const auto touch = [&] {
        for (std::size_t g = 0; g + 1 < m_slots.groups; ++g)
            if ((widthOf(g) + widthOf(g + 1)) / 2 + 0.6 * m_look.textPixels > pitch)
                return true;
        return false;
    };
    for (const bool inTwo : {false, true}) {
        names = {largestName, inTwo};
        while (names.size > smallestName && touch())
            names.size -= 0.05;
        if (!touch())
            return names;
    }
    while (names.size > tiniestName && touch())
        names.size -= 0.05;
    return names;
}

int ColumnLabels::brevityFor(double plotWidth) const
{
    const double slot = plotWidth / static_cast<double>(m_slots.count());
    const double room = slot * static_cast<double>(m_slots.bars + m_slots.gap) - 0.4 * m_look.textPixels;
    int brevity = 0;
    const auto allFit = [&] {
        for (const ChartGroup& group : m_content.groups)
            for (const QString& line : summaryLines(group, brevity))
                if (m_look.width(line, summarySize) > room)
                    return false;
        return true;
    };
    while (brevity < briefest && !allFit())
        ++brevity;
    return brevity;
}

void ColumnLabels::drawGroups(const QRectF& plot, ChartOverlay& overlay) const
{
    const double slot = m_slots.width(plot);
    const double room = slot * static_cast<double>(m_slots.bars + m_slots.gap) - 0.4 * m_look.textPixels;
    const int brevity = brevityFor(plot.width());
    const double pitch = slot * static_cast<double>(m_slots.bars + m_slots.gap);
    const Names names = namesFor(plot.width());
    // As many of the trial numbers as do not touch.
    const double widestNumber = m_look.width(countText(static_cast<double>(m_slots.bars)), trialSize);
    const auto every = static_cast<std::size_t>(std::ceil(1.3 * widestNumber / slot));

    for (std::size_t g = 0; g < m_slots.groups; ++g) {
        const ChartGroup& group = m_content.groups[g];
        double top = plot.bottom() + 0.4 * m_look.textPixels;
        if (numbersTrials()) {
            for (std::size_t b = every - 1; b < group.bars.size(); b += every)
                overlay.text(countText(group.bars[b].firstTrial), m_look.font(trialSize), m_look.theme->softInk,
                             {m_slots.centre(plot, g, b), top}, Qt::AlignHCenter | Qt::AlignTop);
            top += m_look.lineHeight(trialSize);
        }

        const double middle = (m_slots.centre(plot, g, 0) + m_slots.centre(plot, g, m_slots.bars - 1)) / 2;
        const QFont bold = m_look.font(names.size, true);
        double middleOfLine = top + m_look.lineHeight(largestName) / 2;
        for (const QString& line : names.lines(group.name)) {
            overlay.text(QFontMetricsF(bold).elidedText(line, Qt::ElideRight, std::max(room, 1.3 * pitch)), bold,
                         m_look.theme->ink, {middle, middleOfLine}, Qt::AlignHCenter | Qt::AlignVCenter);
            middleOfLine += m_look.lineHeight(names.size);
        }
        top += m_look.lineHeight(largestName) + (names.inTwo ? m_look.lineHeight(names.size) : 0);
        for (const QString& line : summaryLines(group, brevity)) {
            overlay.text(line, m_look.font(summarySize), m_look.theme->softInk, {middle, top},
                         Qt::AlignHCenter | Qt::AlignTop);
            top += m_look.lineHeight(summarySize);
        }
    }
}

void ColumnLabels::drawExpected(const QRectF& plot, ChartOverlay& overlay) const
{
    if (showsLost())
        return;
    const double height = y(plot, m_content.expected);
    QPen pen = markPen(m_look);
    pen.setStyle(Qt::DashLine);
    overlay.line({plot.left(), height}, {plot.right(), height}, pen);
    overlay.text(Texts::tr("expected %1").arg(countText(m_content.expected)), m_look.font(1, true), m_look.theme->ink,
                 {plot.right(), height - 0.2 * m_look.textPixels}, Qt::AlignRight | Qt::AlignBottom);
}

void ColumnLabels::drawLegend(double left, double right, double top, ChartOverlay& overlay) const
{
    const Theme& theme = *m_look.theme;
    const double height = m_look.lineHeight();
    const double mark = 0.8 * m_look.textPixels;
    const double middle = top + height / 2;
    double end = right;
    const auto entry = [&](const QString& text, const std::function<void(QPointF)>& drawMark) {
        const double begin = end - m_look.width(text);
        if (begin - 2 * mark < left)
            return;
        overlay.text(text, m_look.font(), theme.softInk, {begin, top}, Qt::AlignLeft | Qt::AlignTop);
        drawMark({begin - mark, middle});
        end = begin - 3.2 * mark;
    };
    if (showsSpreads())
        entry(Texts::tr("median and spread of the trials"), [&](QPointF at) {
            overlay.whisker({at.x(), middle - 0.7 * mark}, {at.x(), middle + 0.7 * mark}, 0.5 * mark,
                            markPen(m_look, 0.1));
            overlay.box({at.x() - 0.35 * mark, middle - 0.4 * mark, 0.7 * mark, 0.8 * mark}, theme.card,
                        markPen(m_look, 0.1));
            overlay.line({at.x() - 0.35 * mark, middle}, {at.x() + 0.35 * mark, middle}, markPen(m_look, 0.2));
        });
    if (showsLost())
        return;
    const QRectF box(-mark / 2, -mark / 2, mark, mark);
    entry(Texts::tr("lost"), [&](QPointF at) {
        overlay.box(box.translated(at), theme.tinted(theme.lost, 0.15), QPen(theme.lost, markPen(m_look).widthF()));
    });
    entry(Texts::tr("final"), [&](QPointF at) { overlay.box(box.translated(at), theme.survived); });
}

} // namespace interleave
