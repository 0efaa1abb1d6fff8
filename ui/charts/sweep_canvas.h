// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/sweep_content.h"

#include <QChartView>

namespace interleave {

class SweepChart;

// The chart of a sweep in a widget, following its palette and font.
class SweepCanvas : public QChartView {
    Q_OBJECT

public:
    explicit SweepCanvas(QWidget* parent = nullptr);

    void setContent(const SweepContent& content);
    [[nodiscard]] const SweepChart& sweepChart() const { return *m_chart; }

protected:
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void restyle();

    SweepChart* m_chart;
};

} // namespace interleave
