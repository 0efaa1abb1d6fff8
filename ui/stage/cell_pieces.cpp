// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/cell_pieces.h"

#include "sentences/names.h"

#include <QCoreApplication>
#include <algorithm>

namespace interleave {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(interleave::CellPieces)
};

} // namespace

QRectF paintCellFrame(const StageCanvas& canvas, const CardColours& colours, const QRectF& frame, double scale)
{
    const double side = std::min(frame.width(), frame.height());
    const double edge = std::clamp(side * 0.06, 0.8, 2.0);
    const double radius = std::min(5.0 * scale, side * 0.18);
    const bool filled = colours.header.isValid();
    // Two fills: a thousand outlines take three times as long.
    canvas.box(frame, radius, filled ? colours.header : colours.edge, {}, 0);
    if (!filled)
        canvas.box(frame.adjusted(edge, edge, -edge, -edge), radius - edge / 2, canvas.theme.card, {}, 0);
    if (colours.hatched)
        canvas.hatch(frame.adjusted(edge, edge, -edge, -edge), faded(colours.edge, 0.5), std::max(3.5, side * 0.16), 1);
    return frame.adjusted(edge + 1, edge, -edge - 1, -edge);
}

void paintLegend(const StageCanvas& canvas, const QRectF& area, double s, const PhaseCounts& counts)
{
    if (area.isNull())
        return;
    // What does not occur needs no explanation.
    const auto lines = std::count_if(counts.begin(), counts.end(), [](std::uint64_t count) { return count > 0; });
    const double height = std::min(area.height() / static_cast<double>(std::max<std::ptrdiff_t>(1, lines)), 26 * s);
    double top = area.top();
    for (std::size_t i = 0; i < cellPhases.size(); ++i) {
        if (counts[i] == 0)
            continue;
        const QRectF line(area.left(), top, area.width(), height);
        top += height;
        const QRectF sign(line.left(), line.center().y() - height * 0.36, height * 0.95, height * 0.72);
        const QColor& ink = canvas.theme.softInk;
        const ThreadPhase phase = cellPhases[i];
        if (phase == ThreadPhase::Finished || phase == ThreadPhase::New)
            canvas.box(sign, 3 * s, canvas.theme.tinted(canvas.theme.line, 0.75), {}, 0);
        else
            canvas.box(sign, 3 * s, phase == ThreadPhase::Running ? ink : canvas.theme.card, ink, 1.4 * s);
        if (phase == ThreadPhase::Blocked)
            canvas.hatch(sign.adjusted(1, 1, -1, -1), ink, 4 * s, 1);
        const QString count = numberText(counts[i]);
        const QString words = Tr::tr("%1 %2", "number of threads, their state").arg(count, textOf(phase));
        canvas.words(line.adjusted(sign.width() + 8 * s, 0, 0, 0), Qt::AlignLeft, {words, count},
                     std::min(14 * s, height * 0.75), Face::Text, canvas.theme.ink);
    }
}

} // namespace interleave
