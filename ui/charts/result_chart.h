// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_content.h"
#include "charts/chart_look.h"
#include "charts/chart_overlay.h"
#include "charts/styled_chart.h"

class QAbstractAxis;
class QAbstractBarSeries;

namespace interleave {

// A chart of results. Qt Charts draws the bars; grid, texts, spreads and ranges are laid around and over them,
// because its own labels do not keep out of each other's way, and its axes lag behind where no window is shown.
class ResultChart : public StyledChart {
    Q_OBJECT

public:
    explicit ResultChart(QGraphicsItem* parent = nullptr);

    void setContent(const ChartContent& content, const ChartLook& look);
    void setLook(const ChartLook& look) override { setContent(ChartContent(m_content), look); }
    [[nodiscard]] const ChartContent& content() const { return m_content; }
    [[nodiscard]] QString detailAt(const QPointF& point) const override;

protected:
    void resizeEvent(QGraphicsSceneResizeEvent* event) override;

private:
    void build();
    void buildColumns();
    void buildCost();
    void addAxes(QAbstractAxis* values, QAbstractAxis* groups);
    [[nodiscard]] QAbstractAxis* newValueAxis();

    void arrange();
    void arrangeColumns(const ChartLook& look, double top);
    void arrangeCost(const ChartLook& look, double top);
    // The titles; gives the y below them.
    double arrangeTitles(const ChartLook& look);
    [[nodiscard]] QString tickText(double tick) const;
    [[nodiscard]] double widestTick(const ChartLook& look) const;

    ChartContent m_content;
    ChartLook m_look;
    QRectF m_plot;
    ChartOverlay m_overlay;
    QAbstractBarSeries* m_series = nullptr;
};

} // namespace interleave
