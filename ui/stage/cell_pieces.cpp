// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/cell_pieces.h"

#include "sentences/names.h"

#include <QCoreApplication>

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
    const double height = std::min(area.height() / cellPhases.size(), 26 * s);
    for (std::size_t i = 0; i < cellPhases.size(); ++i) {
        const QRectF line(area.left(), area.top() + height * static_cast<double>(i), area.width(), height);
        const QRectF sign(line.left(), line.center().y() - height * 0.36, height * 0.95, height * 0.72);
        const QColor& ink = canvas.theme.softInk;
        const bool filled = cellPhases[i] == ThreadPhase::Running;
        if (cellPhases[i] == ThreadPhase::Finished)
            canvas.box(sign, 3 * s, canvas.theme.tinted(canvas.theme.line, 0.75), {}, 0);
        else
            canvas.box(sign, 3 * s, filled ? ink : canvas.theme.card, ink, 1.4 * s);
        if (cellPhases[i] == ThreadPhase::Blocked)
            canvas.hatch(sign.adjusted(1, 1, -1, -1), ink, 4 * s, 1);
        const QString words = Tr::tr("%1 %2", "number of threads, their state")
                                  .arg(numberText(counts[i]), textOf(cellPhases[i]));
        canvas.text(line.adjusted(sign.width() + 8 * s, 0, 0, 0), Qt::AlignLeft, words, std::min(14 * s, height * 0.75),
                    Face::Text, counts[i] > 0 ? canvas.theme.ink : ink);
    }
}

} // namespace interleave
