// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/result_chart.h"

#include "charts/chart_numbers.h"
#include "charts/column_labels.h"
#include "charts/cost_labels.h"

#include <QBarCategoryAxis>
#include <QBarSeries>
#include <QBarSet>
#include <QGraphicsLayout>
#include <QHorizontalBarSeries>
#include <QLegend>
#include <QLogValueAxis>
#include <QStackedBarSeries>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

constexpr double padding = 1.1; // around everything, in heights of text
constexpr double titleSize = 1.4;
constexpr double tickSize = 0.95;

QPen baseline(const ChartLook& look)
{
    return QPen(look.theme->softInk, std::max(1.0, 0.1 * look.textPixels), Qt::SolidLine, Qt::FlatCap);
}

QPen gridPen(const ChartLook& look)
{
    return QPen(look.theme->line, std::max(1.0, std::floor(0.06 * look.textPixels)));
}

QBarSet* newBarSet(const QString& name, const QBrush& brush, const QPen& pen = Qt::NoPen)
{
    auto* set = new QBarSet(name);
    set->setBrush(brush);
    set->setPen(pen);
    return set;
}

} // namespace

ResultChart::ResultChart(QGraphicsItem* parent) : StyledChart(parent), m_overlay(this)
{
    legend()->hide();
    setDropShadowEnabled(false);
    setBackgroundRoundness(0);
    setMargins(QMargins());
    layout()->setContentsMargins(0, 0, 0, 0);
}

void ResultChart::setContent(const ChartContent& content, const ChartLook& look)
{
    m_content = content;
    m_look = look;
    build();
    arrange();
}

QString ResultChart::detailAt(const QPointF& point) const
{
    if (m_content.isEmpty() || !m_plot.contains(point))
        return {};
    if (m_content.kind == ChartKind::Cost) {
        const double slot = m_plot.height() / static_cast<double>(m_content.groups.size());
        return m_content.detail(static_cast<std::size_t>((point.y() - m_plot.top()) / slot), 0);
    }
    const ColumnSlots columns = ColumnSlots::of(m_content);
    const auto slot = static_cast<std::size_t>((point.x() - m_plot.left()) / columns.width(m_plot));
    return m_content.detail(slot / (columns.bars + columns.gap), slot % (columns.bars + columns.gap));
}

void ResultChart::resizeEvent(QGraphicsSceneResizeEvent* event)
{
    QChart::resizeEvent(event);
    arrange();
}

void ResultChart::build()
{
    removeAllSeries();
    for (QAbstractAxis* axis : axes()) {
        axis->setVisible(false); // what it drew outlives it until the event loop comes round
        removeAxis(axis);
        delete axis;
    }
    m_series = nullptr;
    setBackgroundBrush(m_look.theme->card);
    setBackgroundPen(Qt::NoPen);
    if (m_content.isEmpty())
        return;
    if (m_content.kind == ChartKind::Cost)
        buildCost();
    else
        buildColumns();
}

void ResultChart::buildColumns()
{
    const Theme& theme = *m_look.theme;
    const ColumnSlots columns = ColumnSlots::of(m_content);
    const bool showsLost = m_content.kind == ChartKind::Lost;
    // On a logarithmic axis there is no 0: a bar without length begins and ends at the least.
    QList<qreal> values(static_cast<qsizetype>(columns.count()), m_content.scale.least);
    QList<qreal> missing(static_cast<qsizetype>(columns.count()), 0);
    for (std::size_t g = 0; g < columns.groups; ++g)
        for (std::size_t b = 0; b < m_content.groups[g].bars.size(); ++b) {
            const double value = m_content.groups[g].bars[b].value;
            const auto slot = static_cast<qsizetype>(columns.slot(g, b));
            values[slot] = std::max(value, m_content.scale.least);
            missing[slot] = std::max(0.0, m_content.expected - value);
        }

    if (showsLost) {
        m_series = new QBarSeries;
        m_series->append(newBarSet(m_content.title, theme.lost));
    } else {
        m_series = new QStackedBarSeries;
        m_series->append(newBarSet(m_content.title, theme.survived));
        QBarSet* lost = newBarSet(m_content.valueAxis, theme.tinted(theme.lost, 0.15), QPen(theme.lost, 1.5));
        lost->append(missing);
        m_series->append(lost);
    }
    m_series->barSets().first()->append(values);
    addSeries(m_series);

    // The names are never seen, but must differ.
    auto* slotAxis = new QBarCategoryAxis;
    QStringList names;
    for (std::size_t slot = 0; slot < columns.count(); ++slot)
        names << QString::number(slot);
    slotAxis->append(names);
    addAxes(newValueAxis(), slotAxis);
}

void ResultChart::buildCost()
{
    m_series = new QHorizontalBarSeries;
    QBarSet* set = newBarSet(m_content.title, m_look.theme->accent);
    QStringList names;
    // Qt Charts counts from below.
    for (auto group = m_content.groups.rbegin(); group != m_content.groups.rend(); ++group) {
        names << group->name;
        set->append(std::max(group->summary.median, m_content.scale.least));
    }
    m_series->append(set);
    addSeries(m_series);
    auto* ways = new QBarCategoryAxis;
    ways->append(names);
    addAxes(newValueAxis(), ways);
}

QAbstractAxis* ResultChart::newValueAxis()
{
    const ValueScale& scale = m_content.scale;
    if (scale.logarithmic) {
        auto* axis = new QLogValueAxis;
        axis->setBase(10);
        axis->setRange(scale.least, scale.most);
        return axis;
    }
    auto* axis = new QValueAxis;
    axis->setRange(scale.least, scale.most);
    return axis;
}

void ResultChart::addAxes(QAbstractAxis* values, QAbstractAxis* groups)
{
    const bool columns = m_content.kind != ChartKind::Cost;
    for (QAbstractAxis* axis : {values, groups}) {
        axis->setLabelsVisible(false);
        axis->setLineVisible(false);
        axis->setGridLineVisible(false);
    }
    addAxis(values, columns ? Qt::AlignLeft : Qt::AlignBottom);
    addAxis(groups, columns ? Qt::AlignBottom : Qt::AlignLeft);
    m_series->attachAxis(values);
    m_series->attachAxis(groups);
}

QString ResultChart::tickText(double tick) const
{
    return chartLocale().toString(tick, 'f', m_content.scale.decimalsOf(tick));
}

double ResultChart::widestTick(const ChartLook& look) const
{
    double widest = 0;
    for (const double tick : m_content.scale.ticks())
        widest = std::max(widest, look.width(tickText(tick), tickSize));
    return widest;
}

void ResultChart::arrange()
{
    m_overlay.clear();
    if (m_content.isEmpty() || size().isEmpty())
        return;
    const ChartLook look = m_look.fittedTo(size());
    const double top = arrangeTitles(look);
    if (m_content.kind == ChartKind::Cost)
        arrangeCost(look, top);
    else
        arrangeColumns(look, top);
    layout()->activate(); // the bars follow now, also where no event loop runs
}

double ResultChart::arrangeTitles(const ChartLook& look)
{
    const double pad = padding * look.textPixels;
    const double room = size().width() - 2 * pad;
    double y = pad;
    const auto line = [&](const QString& text, double textSize, bool bold, const QColor& colour) {
        const auto fitted = look.fitted(text, room, textSize, bold);
        m_overlay.text(fitted.text, look.font(fitted.size, bold), colour, {pad, y}, Qt::AlignLeft | Qt::AlignTop);
        y += look.lineHeight(textSize);
    };
    line(m_content.title, titleSize, true, look.theme->ink);
    line(m_content.subtitle, 1, false, look.theme->softInk);
    return y + 0.8 * look.textPixels;
}

void ResultChart::arrangeColumns(const ChartLook& look, double top)
{
    const ColumnLabels labels(m_content, look);
    const double pad = padding * look.textPixels;
    const double right = size().width() - pad;
    const double line = look.lineHeight();
    const QFont axisFont = look.font();
    m_overlay.text(m_content.valueAxis, axisFont, look.theme->softInk, {pad, top}, Qt::AlignLeft | Qt::AlignTop);
    labels.drawLegend(pad + look.width(m_content.valueAxis) + 2 * look.textPixels, right, top, m_overlay);

    const double left = pad + widestTick(look) + 0.8 * look.textPixels;
    const double plotTop = top + line + 0.8 * look.textPixels;
    const double plotBottom = size().height() - pad - line - 0.3 * look.textPixels - labels.heightBelow(right - left);
    const QRectF plot(left, plotTop, std::max(1.0, right - left), std::max(1.0, plotBottom - plotTop));
    const auto axisName = look.fitted(m_content.groupAxis, right - pad);
    m_overlay.text(axisName.text, look.font(axisName.size), look.theme->softInk,
                   {(pad + right) / 2, size().height() - pad}, Qt::AlignHCenter | Qt::AlignBottom);
    m_series->setBarWidth(ColumnSlots::of(m_content).barShare(plot, look));
    m_plot = plot;
    setPlotArea(plot);
    m_overlay.line(plot.bottomLeft(), plot.bottomRight(), baseline(look));
    for (const double tick : m_content.scale.ticks()) {
        const double y = plot.bottom() - m_content.scale.fraction(tick) * plot.height();
        m_overlay.gridLine({plot.left(), y}, {plot.right(), y}, gridPen(look));
        m_overlay.text(tickText(tick), look.font(tickSize), look.theme->softInk,
                       {plot.left() - 0.5 * look.textPixels, y}, Qt::AlignRight | Qt::AlignVCenter);
    }
    labels.draw(plot, m_overlay);
}

void ResultChart::arrangeCost(const ChartLook& look, double top)
{
    const CostLabels labels(m_content, look);
    const double pad = padding * look.textPixels;
    const double right = size().width() - pad;
    const double left = pad + labels.widthOfNames();
    const double line = look.lineHeight();
    const double bottom = size().height() - pad - line - look.lineHeight(tickSize) - 0.9 * look.textPixels;
    const QRectF plot(left, top, labels.plotWidth(left, right), std::max(1.0, bottom - top));
    const auto axisName = look.fitted(m_content.valueAxis, right - left);
    m_overlay.text(axisName.text, look.font(axisName.size), look.theme->softInk, {left, size().height() - pad},
                   Qt::AlignLeft | Qt::AlignBottom);
    m_series->setBarWidth(labels.barShare(plot.height() / static_cast<double>(m_content.groups.size())));
    m_plot = plot;
    setPlotArea(plot);
    m_overlay.line(plot.topLeft(), plot.bottomLeft(), baseline(look));
    for (const double tick : m_content.scale.ticks()) {
        const double x = plot.left() + m_content.scale.fraction(tick) * plot.width();
        m_overlay.gridLine({x, plot.top()}, {x, plot.bottom()}, gridPen(look));
        m_overlay.text(tickText(tick), look.font(tickSize), look.theme->softInk,
                       {x, plot.bottom() + 0.3 * look.textPixels}, Qt::AlignHCenter | Qt::AlignTop);
    }
    labels.draw(plot, right, m_overlay);
}

} // namespace interleave
