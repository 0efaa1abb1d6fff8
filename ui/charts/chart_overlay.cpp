// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_overlay.h"

#include <QGraphicsEllipseItem>
#include <QGraphicsLineItem>
#include <QGraphicsRectItem>
#include <QGraphicsSimpleTextItem>
#include <QLineF>
#include <cmath>

namespace interleave {

namespace {

// Qt Charts draws its grid at 2 and its series from 4 on.
constexpr double gridHeight = 3;
// Above everything that it draws.
constexpr double marksHeight = 100;
constexpr double textsHeight = 110;

} // namespace

void ChartOverlay::clear()
{
    for (QGraphicsItem* item : m_items)
        delete item;
    m_items.clear();
}

void ChartOverlay::text(const QString& text, const QFont& font, const QColor& colour, QPointF at,
                        Qt::Alignment alignment, double angle)
{
    auto* item = new QGraphicsSimpleTextItem(text);
    item->setFont(font);
    item->setBrush(colour);
    const QRectF box = item->boundingRect();
    QPointF anchor = box.topLeft();
    if (alignment & Qt::AlignHCenter)
        anchor.setX(box.center().x());
    else if (alignment & Qt::AlignRight)
        anchor.setX(box.right());
    if (alignment & Qt::AlignVCenter)
        anchor.setY(box.center().y());
    else if (alignment & Qt::AlignBottom)
        anchor.setY(box.bottom());
    item->setTransformOriginPoint(anchor);
    item->setRotation(angle);
    item->setPos(at - anchor);
    add(item, textsHeight);
}

void ChartOverlay::gridLine(QPointF from, QPointF to, const QPen& pen)
{
    // In the middle of a pixel, where a thin line is not blurred over two.
    const auto snapped = [](QPointF point) {
        return QPointF(std::floor(point.x()) + 0.5, std::floor(point.y()) + 0.5);
    };
    auto* item = new QGraphicsLineItem(QLineF(snapped(from), snapped(to)));
    item->setPen(pen);
    add(item, gridHeight);
}

void ChartOverlay::line(QPointF from, QPointF to, const QPen& pen)
{
    auto* item = new QGraphicsLineItem(QLineF(from, to));
    item->setPen(pen);
    add(item, marksHeight);
}

void ChartOverlay::whisker(QPointF from, QPointF to, double cap, const QPen& pen)
{
    const QPointF across = from.x() == to.x() ? QPointF(cap / 2, 0) : QPointF(0, cap / 2);
    line(from, to, pen);
    line(from - across, from + across, pen);
    line(to - across, to + across, pen);
}

void ChartOverlay::disc(QPointF centre, double radius, const QBrush& brush, const QPen& pen)
{
    auto* item = new QGraphicsEllipseItem(QRectF(centre - QPointF(radius, radius), 2 * QSizeF(radius, radius)));
    item->setBrush(brush);
    item->setPen(pen);
    add(item, marksHeight);
}

void ChartOverlay::box(const QRectF& box, const QBrush& brush, const QPen& pen)
{
    auto* item = new QGraphicsRectItem(box);
    item->setBrush(brush);
    item->setPen(pen);
    add(item, marksHeight);
}

void ChartOverlay::add(QGraphicsItem* item, double height)
{
    item->setParentItem(m_chart);
    item->setZValue(height);
    item->setAcceptedMouseButtons(Qt::NoButton);
    m_items.push_back(item);
}

} // namespace interleave
