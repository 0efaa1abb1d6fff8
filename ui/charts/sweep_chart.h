// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_look.h"
#include "charts/chart_overlay.h"
#include "charts/styled_chart.h"
#include "charts/sweep_content.h"

#include <QScatterSeries>

class QXYSeries;

namespace interleave {

// The chart of a sweep: a line through the medians, a mark on each that tells whether updates were lost, the spread
// where there are several runs, and what is expected as a line. Texts and grid are laid over it, as in ResultChart.
class SweepChart : public StyledChart {
    Q_OBJECT

public:
    explicit SweepChart(QGraphicsItem* parent = nullptr);

    void setContent(const SweepContent& content, const ChartLook& look);
    void setLook(const ChartLook& look) override { setContent(SweepContent(m_content), look); }
    [[nodiscard]] const SweepContent& content() const { return m_content; }
    // The figures of the point nearest to a place in the plot, for a tool tip; empty outside of it.
    [[nodiscard]] QString detailAt(const QPointF& place) const override;
    // Points of all series, which Qt Charts is slow with from some thousands on.
    [[nodiscard]] std::size_t pointsDrawn() const;

protected:
    void resizeEvent(QGraphicsSceneResizeEvent* event) override;

private:
    void build();
    void add(QXYSeries* series);
    void addSpread();
    QScatterSeries* newMarks(QScatterSeries::MarkerShape shape, const QColor& fill, const QColor& edge);
    void arrange();
    void arrangeLegend(const ChartLook& look, double right, double y);
    [[nodiscard]] double widthOfTicks(const ChartLook& look) const;
    [[nodiscard]] double xOf(double quantum) const;
    [[nodiscard]] double yOf(double value) const;

    SweepContent m_content;
    ChartLook m_look;
    QRectF m_plot;
    ChartOverlay m_overlay;
    std::vector<QScatterSeries*> m_marks;
};

} // namespace interleave
