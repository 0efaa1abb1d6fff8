// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBrush>
#include <QFont>
#include <QPen>
#include <QPointF>
#include <vector>

class QGraphicsItem;

namespace interleave {

// What is laid over a chart: texts and marks that Qt Charts has no place for. They are items of the scene, so they are
// painted and exported with the chart, text as text.
class ChartOverlay {
public:
    explicit ChartOverlay(QGraphicsItem* chart) : m_chart(chart) {}

    void clear();
    // `alignment` says which point of the text stands at `at`.
    void text(const QString& text, const QFont& font, const QColor& colour, QPointF at, Qt::Alignment alignment,
              double angle = 0);
    // Behind the bars.
    void gridLine(QPointF from, QPointF to, const QPen& pen);
    void line(QPointF from, QPointF to, const QPen& pen);
    // A line with a cap at each end.
    void whisker(QPointF from, QPointF to, double cap, const QPen& pen);
    void disc(QPointF centre, double radius, const QBrush& brush, const QPen& pen);
    void box(const QRectF& box, const QBrush& brush, const QPen& pen = Qt::NoPen);

private:
    void add(QGraphicsItem* item, double height);

    QGraphicsItem* m_chart;
    std::vector<QGraphicsItem*> m_items;
};

} // namespace interleave
