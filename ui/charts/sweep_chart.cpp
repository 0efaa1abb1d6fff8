// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/sweep_chart.h"

#include "charts/chart_numbers.h"

#include <QAreaSeries>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLineSeries>
#include <QLogValueAxis>
#include <QValueAxis>
#include <algorithm>
#include <array>
#include <cmath>

namespace interleave {

namespace {

constexpr double padding = 1.1; // around everything, in heights of text
constexpr double titleSize = 1.4;
constexpr double reasonSize = 1.1;
constexpr double tickSize = 0.95;
constexpr double markSize = 0.62;
constexpr double fewPoints = 60; // marks of more are smaller

QAbstractAxis* newAxis(const ValueScale& scale)
{
    QAbstractAxis* axis = nullptr;
    if (scale.logarithmic) {
        auto* logarithmic = new QLogValueAxis;
        logarithmic->setBase(10);
        logarithmic->setRange(scale.least, scale.most);
        axis = logarithmic;
    } else {
        auto* linear = new QValueAxis;
        linear->setRange(scale.least, scale.most);
        axis = linear;
    }
    axis->setLabelsVisible(false);
    axis->setLineVisible(false);
    axis->setGridLineVisible(false);
    return axis;
}

} // namespace

SweepChart::SweepChart(QGraphicsItem* parent) : StyledChart(parent), m_overlay(this)
{
    legend()->hide();
    setDropShadowEnabled(false);
    setBackgroundRoundness(0);
    setMargins(QMargins());
    layout()->setContentsMargins(0, 0, 0, 0);
}

void SweepChart::setContent(const SweepContent& content, const ChartLook& look)
{
    m_content = content;
    m_look = look;
    build();
    arrange();
}

void SweepChart::resizeEvent(QGraphicsSceneResizeEvent* event)
{
    QChart::resizeEvent(event);
    arrange();
}

double SweepChart::xOf(double quantum) const
{
    return m_plot.left() + m_content.quanta.fraction(quantum) * m_plot.width();
}

double SweepChart::yOf(double value) const
{
    return m_plot.bottom() - m_content.values.fraction(value) * m_plot.height();
}

QString SweepChart::detailAt(const QPointF& place) const
{
    if (m_content.isEmpty() || !m_plot.contains(place))
        return {};
    const auto nearest = std::ranges::min_element(m_content.points, {}, [&](const SweepPoint& point) {
        return std::abs(xOf(static_cast<double>(point.quantum)) - place.x());
    });
    return m_content.detail(static_cast<std::size_t>(nearest - m_content.points.begin()));
}

std::size_t SweepChart::pointsDrawn() const
{
    std::size_t count = 0;
    for (const QAbstractSeries* series : this->series()) {
        if (const auto* line = qobject_cast<const QXYSeries*>(series))
            count += static_cast<std::size_t>(line->count());
        else if (const auto* area = qobject_cast<const QAreaSeries*>(series))
            count += static_cast<std::size_t>(area->upperSeries()->count() + area->lowerSeries()->count());
    }
    return count;
}

void SweepChart::add(QXYSeries* series)
{
    addSeries(series);
    for (QAbstractAxis* axis : axes())
        series->attachAxis(axis);
}

void SweepChart::addSpread()
{
    auto* upper = new QLineSeries(this);
    auto* lower = new QLineSeries(this);
    for (const SweepPoint& point : m_content.points) {
        if (!point.isFinished())
            continue;
        upper->append(static_cast<double>(point.quantum), point.most);
        lower->append(static_cast<double>(point.quantum), point.least);
    }
    auto* area = new QAreaSeries(upper, lower);
    area->setBrush(m_look.theme->tinted(m_look.theme->accent, 0.18));
    area->setPen(Qt::NoPen);
    addSeries(area);
    for (QAbstractAxis* axis : axes())
        area->attachAxis(axis);
}

QScatterSeries* SweepChart::newMarks(QScatterSeries::MarkerShape shape, const QColor& fill, const QColor& edge)
{
    auto* marks = new QScatterSeries;
    marks->setMarkerShape(shape);
    marks->setColor(fill);
    marks->setBorderColor(edge);
    add(marks);
    m_marks.push_back(marks);
    return marks;
}

void SweepChart::build()
{
    removeAllSeries();
    m_marks.clear();
    for (QAbstractAxis* axis : axes()) {
        axis->setVisible(false); // what it drew outlives it until the event loop comes round
        removeAxis(axis);
        delete axis;
    }
    const Theme& theme = *m_look.theme;
    setBackgroundBrush(theme.card);
    setBackgroundPen(Qt::NoPen);
    if (m_content.isEmpty())
        return;
    addAxis(newAxis(m_content.quanta), Qt::AlignBottom);
    addAxis(newAxis(m_content.values), Qt::AlignLeft);
    if (m_content.spreads)
        addSpread();
    auto* line = new QLineSeries;
    for (const SweepPoint& point : m_content.points)
        if (point.isFinished())
            line->append(static_cast<double>(point.quantum), point.value);
    line->setPen(QPen(theme.tinted(theme.accent, 0.55), std::max(1.0, 0.1 * m_look.textPixels)));
    add(line);
    // Shape and colour both: filled and round is whole, an open diamond lost something, a square did not finish.
    QScatterSeries* const exact = newMarks(QScatterSeries::MarkerShapeCircle, theme.survived, theme.survived);
    QScatterSeries* const lossy = newMarks(QScatterSeries::MarkerShapeRotatedRectangle, theme.card, theme.lost);
    QScatterSeries* const unfinished = newMarks(QScatterSeries::MarkerShapeRectangle, theme.softInk, theme.softInk);
    const ValueScale& values = m_content.values;
    const double foot = values.least + 0.02 * (values.most - values.least); // where there is no value
    for (const SweepPoint& point : m_content.points) {
        QScatterSeries* const marks = point.unfinished > 0 ? unfinished : point.losesNothing() ? exact : lossy;
        marks->append(static_cast<double>(point.quantum), point.isFinished() ? point.value : foot);
    }
}

double SweepChart::widthOfTicks(const ChartLook& look) const
{
    double widest = 0;
    for (const double tick : m_content.values.ticks())
        widest = std::max(widest, look.width(countText(tick), tickSize));
    return widest;
}

// What the marks mean, ending at `right`; what there is none of is left out.
void SweepChart::arrangeLegend(const ChartLook& look, double right, double y)
{
    const std::array<QString, 3> texts{tr("nothing lost"), tr("updates lost"), tr("not finished")};
    const double side = markSize * look.textPixels;
    double x = right;
    for (std::size_t i = m_marks.size(); i-- > 0;) {
        if (m_marks[i]->count() == 0)
            continue;
        x -= look.width(texts[i]);
        m_overlay.text(texts[i], look.font(), look.theme->softInk, {x, y}, Qt::AlignLeft | Qt::AlignTop);
        const QPointF centre(x - 0.9 * look.textPixels, y + look.lineHeight() / 2);
        const QPen pen(m_marks[i]->borderColor(), std::max(1.0, 0.12 * look.textPixels));
        if (m_marks[i]->markerShape() == QScatterSeries::MarkerShapeCircle) {
            m_overlay.disc(centre, side / 2, m_marks[i]->color(), pen);
        } else if (m_marks[i]->markerShape() == QScatterSeries::MarkerShapeRectangle) {
            m_overlay.box(QRectF(centre - QPointF(side / 2, side / 2), QSizeF(side, side)), m_marks[i]->color(), pen);
        } else {
            const double reach = side * 0.62;
            const QPointF corners[] = {{0, -reach}, {reach, 0}, {0, reach}, {-reach, 0}};
            for (std::size_t c = 0; c < 4; ++c)
                m_overlay.line(centre + corners[c], centre + corners[(c + 1) % 4], pen);
        }
        x = centre.x() - 1.6 * look.textPixels;
    }
}

void SweepChart::arrange()
{
    m_overlay.clear();
    if (m_content.isEmpty() || size().isEmpty())
        return;
    const ChartLook look = m_look.fittedTo(size());
    const Theme& theme = *look.theme;
    const double pad = padding * look.textPixels;
    const double right = size().width() - pad;
    const double room = right - pad;
    double y = pad;
    const auto titleLine = [&](const QString& text, double textSize, bool bold, const QColor& colour) {
        const auto line = look.fitted(text, room, textSize, bold);
        m_overlay.text(line.text, look.font(line.size, bold), colour, {pad, y}, Qt::AlignLeft | Qt::AlignTop);
        y += look.lineHeight(textSize);
    };
    titleLine(m_content.title, titleSize, true, theme.ink);
    titleLine(m_content.subtitle, 1, false, theme.softInk);
    if (!m_content.reason.isEmpty()) {
        y += 0.3 * look.textPixels;
        for (const QString& line : look.wrapped(m_content.reason, room, reasonSize))
            titleLine(line, reasonSize, false, theme.ink);
    }
    y += 0.8 * look.textPixels;
    m_overlay.text(m_content.valueAxis, look.font(), theme.softInk, {pad, y}, Qt::AlignLeft | Qt::AlignTop);
    arrangeLegend(look, right, y);

    const double left = pad + widthOfTicks(look) + 0.8 * look.textPixels;
    const double top = y + look.lineHeight() + 0.8 * look.textPixels;
    const double bottom = size().height() - pad - look.lineHeight() - look.lineHeight(tickSize) - 0.6 * look.textPixels;
    m_plot = QRectF(left, top, std::max(1.0, right - left), std::max(1.0, bottom - top));
    setPlotArea(m_plot);
    const auto axisName = look.fitted(m_content.quantumAxis, room);
    m_overlay.text(axisName.text, look.font(axisName.size), theme.softInk, {m_plot.center().x(), size().height() - pad},
                   Qt::AlignHCenter | Qt::AlignBottom);

    const QPen grid(theme.line, std::max(1.0, std::floor(0.06 * look.textPixels)));
    for (const double tick : m_content.values.ticks()) {
        m_overlay.gridLine({m_plot.left(), yOf(tick)}, {m_plot.right(), yOf(tick)}, grid);
        m_overlay.text(countText(tick), look.font(tickSize), theme.softInk,
                       {m_plot.left() - 0.5 * look.textPixels, yOf(tick)}, Qt::AlignRight | Qt::AlignVCenter);
    }
    for (const double tick : m_content.quanta.ticks()) {
        m_overlay.gridLine({xOf(tick), m_plot.top()}, {xOf(tick), m_plot.bottom()}, grid);
        m_overlay.text(countText(tick), look.font(tickSize), theme.softInk,
                       {xOf(tick), m_plot.bottom() + 0.3 * look.textPixels}, Qt::AlignHCenter | Qt::AlignTop);
    }
    const QPen axis(theme.softInk, std::max(1.0, 0.1 * look.textPixels), Qt::SolidLine, Qt::FlatCap);
    m_overlay.line({m_plot.left(), yOf(0)}, {m_plot.right(), yOf(0)}, axis);
    const QPen expected(theme.ink, std::max(1.0, 0.12 * look.textPixels), Qt::DashLine, Qt::FlatCap);
    m_overlay.gridLine({m_plot.left(), yOf(m_content.expected)}, {m_plot.right(), yOf(m_content.expected)}, expected);
    m_overlay.text(tr("expected %1").arg(countText(m_content.expected)), look.font(1, true), theme.ink,
                   {m_plot.right(), yOf(m_content.expected) - 0.35 * look.textPixels},
                   Qt::AlignRight | Qt::AlignBottom);
    const double crowd = std::sqrt(static_cast<double>(m_content.points.size()) / fewPoints);
    for (QScatterSeries* marks : m_marks) {
        marks->setMarkerSize(std::max(4.0, markSize * look.textPixels / std::max(1.0, crowd)));
        marks->setPen(QPen(marks->borderColor(), std::max(1.0, 0.1 * look.textPixels)));
    }
    layout()->activate(); // the series follow now, also where no event loop runs
}

} // namespace interleave
