// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/result_chart.h"
#include "charts/sweep_chart.h"

#include <QChartView>

namespace interleave {

// A chart in a widget, following its palette and font.
class StyledCanvas : public QChartView {
    Q_OBJECT

protected:
    StyledCanvas(StyledChart* chart, QWidget* parent);

    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

    // Shows content that has a title and a description.
    template <typename Chart, typename Content>
    void present(Chart& chart, const Content& content)
    {
        chart.setContent(content, ChartLook::of(this));
        setAccessibleName(content.title);
        setAccessibleDescription(content.description());
    }

private:
    void restyle();

    StyledChart* m_chart;
};

// One chart of the results.
class ChartCanvas : public StyledCanvas {
    Q_OBJECT

public:
    explicit ChartCanvas(QWidget* parent = nullptr) : StyledCanvas(new ResultChart, parent) {}

    void setContent(const ChartContent& content) { present(*static_cast<ResultChart*>(chart()), content); }
    [[nodiscard]] const ResultChart& resultChart() const { return *static_cast<ResultChart*>(chart()); }
};

// The chart of a sweep.
class SweepCanvas : public StyledCanvas {
    Q_OBJECT

public:
    explicit SweepCanvas(QWidget* parent = nullptr) : StyledCanvas(new SweepChart, parent) {}

    void setContent(const SweepContent& content) { present(*static_cast<SweepChart*>(chart()), content); }
    [[nodiscard]] const SweepChart& sweepChart() const { return *static_cast<SweepChart*>(chart()); }
};

} // namespace interleave
