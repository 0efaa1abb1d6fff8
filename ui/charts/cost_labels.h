// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_content.h"
#include "charts/chart_look.h"
#include "charts/chart_overlay.h"

#include <QRectF>

namespace interleave {

// What stands beside the horizontal bars of the cost: the figure, its range, and whether it bought a wrong result.
class CostLabels {
public:
    CostLabels(const ChartContent& content, const ChartLook& look) : m_content(content), m_look(look) {}

    // The widest plot, from `left` on, whose labels end before `right`.
    [[nodiscard]] double plotWidth(double left, double right) const;
    [[nodiscard]] double widthOfNames() const; // left of the plot
    [[nodiscard]] double barShare(double slotHeight) const;
    void draw(const QRectF& plot, double right, ChartOverlay& overlay) const;

private:
    // How much of a label there is room for.
    enum class Detail { Figure, Loss, Range };

    [[nodiscard]] Detail detailFor(double left, double right) const;
    [[nodiscard]] double plotWidth(double left, double right, Detail detail) const;
    [[nodiscard]] double labelWidth(const ChartGroup& group, Detail detail) const;
    [[nodiscard]] QString figure(const ChartGroup& group, Detail detail) const;
    [[nodiscard]] QString loss(const ChartGroup& group) const;
    [[nodiscard]] QString range(const ChartGroup& group) const;

    const ChartContent& m_content;
    const ChartLook& m_look;
};

} // namespace interleave
