// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_content.h"

#include <QChartView>

namespace interleave {

class ResultChart;

// One chart in a widget, following its palette and font.
class ChartCanvas : public QChartView {
    Q_OBJECT

public:
    explicit ChartCanvas(QWidget* parent = nullptr);

    void setContent(const ChartContent& content);
    [[nodiscard]] const ResultChart& resultChart() const { return *m_chart; }

protected:
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void restyle();

    ResultChart* m_chart;
};

} // namespace interleave
