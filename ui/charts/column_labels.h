// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_content.h"
#include "charts/chart_look.h"
#include "charts/chart_overlay.h"

#include <QRectF>
#include <QString>
#include <QStringList>
#include <vector>

namespace interleave {

// Where the columns of a chart stand: slots of equal width, the bars of a way side by side, a gap after each way.
struct ColumnSlots {
    std::size_t groups = 1;
    std::size_t bars = 1; // of a group
    std::size_t gap = 0;  // after a group, in slots

    static ColumnSlots of(const ChartContent& content);
    [[nodiscard]] std::size_t count() const { return groups * (bars + gap); }
    [[nodiscard]] std::size_t slot(std::size_t group, std::size_t bar) const { return group * (bars + gap) + bar; }
    [[nodiscard]] double width(const QRectF& plot) const { return plot.width() / static_cast<double>(count()); }
    // The part of a slot that its bar fills.
    [[nodiscard]] double barShare(const QRectF& plot, const ChartLook& look) const;
    [[nodiscard]] double centre(const QRectF& plot, std::size_t group, std::size_t bar) const;
};

// Everything around the columns of lost updates and of final values: values, trials, ways, spreads, expected value.
class ColumnLabels {
public:
    ColumnLabels(const ChartContent& content, const ChartLook& look) : m_content(content), m_look(look) {}

    [[nodiscard]] double heightBelow(double plotWidth) const; // of the texts below the plot
    void draw(const QRectF& plot, ChartOverlay& overlay) const;
    // What the marks mean, on the line of text at `top`, ending at `right`, and not beginning before `left`.
    void drawLegend(double left, double right, double top, ChartOverlay& overlay) const;

private:
    [[nodiscard]] bool showsLost() const { return m_content.kind == ChartKind::Lost; }
    [[nodiscard]] bool numbersTrials() const;
    [[nodiscard]] bool showsSpreads() const;
    [[nodiscard]] QString shortText(double value) const;
    [[nodiscard]] double y(const QRectF& plot, double value) const;
    [[nodiscard]] std::vector<QString> summaryLines(const ChartGroup& group, int brevity) const;
    // How the names of the ways are written: in two lines at a hyphen, if they have no room.
    struct Names {
        double size = 1;
        bool inTwo = false;
        [[nodiscard]] QStringList lines(const QString& name) const;
    };
    [[nodiscard]] Names namesFor(double plotWidth) const;
    // How brief they have to be; all alike.
    [[nodiscard]] int brevityFor(double plotWidth) const;
    void drawValues(const QRectF& plot, ChartOverlay& overlay) const;
    void drawValue(const QRectF& plot, QPointF foot, double value, const QString& text, bool upright,
                   ChartOverlay& overlay) const;
    void drawRanges(const QRectF& plot, ChartOverlay& overlay) const;
    void drawSpread(const QRectF& plot, double x, const Summary& summary, ChartOverlay& overlay) const;
    void drawGroups(const QRectF& plot, ChartOverlay& overlay) const;
    void drawExpected(const QRectF& plot, ChartOverlay& overlay) const;

    const ChartContent& m_content;
    const ChartLook& m_look;
    ColumnSlots m_slots = ColumnSlots::of(m_content);
};

} // namespace interleave
