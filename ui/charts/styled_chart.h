// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_look.h"

#include <QChart>
#include <QGraphicsScene>
#include <QPainter>

namespace interleave {

// What every chart of this program can do, whatever it shows.
class StyledChart : public QChart {
    Q_OBJECT

public:
    using QChart::QChart;

    // The same content in another look.
    virtual void setLook(const ChartLook& look) = 0;
    // The exact figures of what stands at a point, for a tool tip; empty where nothing does.
    [[nodiscard]] virtual QString detailAt(const QPointF& point) const = 0;
};

// Draws content as a chart does on the screen, without a window.
template <typename Chart, typename Content>
void paintChart(QPainter& painter, const QRectF& target, const Content& content, const ChartLook& look)
{
    QGraphicsScene scene;
    scene.setItemIndexMethod(QGraphicsScene::NoIndex);
    auto* chart = new Chart;
    scene.addItem(chart);
    chart->resize(target.size());
    chart->setContent(content, look);
    const QRectF whole(QPointF(), target.size());
    scene.setSceneRect(whole);
    scene.render(&painter, target, whole, Qt::IgnoreAspectRatio);
}

} // namespace interleave
