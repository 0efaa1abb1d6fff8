// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/thread_grid.h"

#include "sentences/names.h"
#include "stage/card_colours.h"
#include "stage/cell_pieces.h"

#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

void paintCell(const StageCanvas& canvas, const StageScene& scene, ThreadIndex thread, const QRectF& frame)
{
    const ThreadState& state = scene.thread(thread);
    const CardColours colours = coloursOf(canvas.theme, thread, state);
    const bool filled = colours.header.isValid();
    const QRectF in = paintCellFrame(canvas, colours, frame, scene.layout.scale);
    const double readable = canvas.fonts.least(); // smaller text is left out
    const QString letters = letterOf(thread);
    const bool two = frame.height() >= 2.8 * readable && frame.width() >= 2.5 * readable;
    const QRectF top = two ? QRectF(in.left(), in.top() + in.height() * 0.04, in.width(), in.height() * 0.5) : in;
    // One size for all, so that the widest letters decide whether there are any.
    const QString widest(letterOf(scene.layout.threads() - 1).size(), QLatin1Char('M'));
    const double most = std::min(top.height() * 0.8, 20 * scene.layout.scale);
    if (top.height() < readable * 0.9 || !canvas.fits(widest, in.width(), Face::Bold))
        return;
    const double pixels = std::max(readable,
                                   std::floor(most
                                              * std::min(1.0, in.width() / canvas.width(widest, most, Face::Bold))));
    const double wanted = canvas.width(letters, pixels, Face::Bold);
    if (colours.hatched)
        canvas.box(QRectF(top.center() - QPointF(std::min(wanted, in.width()) / 2 + 1, pixels * 0.5),
                          QSizeF(std::min(wanted, in.width()) + 2, pixels)),
                   2, canvas.theme.card, {}, 0);
    canvas.text(top, Qt::AlignCenter, letters, pixels, Face::Bold, colours.name);
    if (two && state.registerValue) {
        const QRectF below(in.left(), top.bottom(), in.width(), in.bottom() - top.bottom() - in.height() * 0.06);
        const QString value = numberText(*state.registerValue);
        const double size = std::min(below.height() * 0.82, 16 * scene.layout.scale);
        if (canvas.fits(value, below.width(), Face::Mono)) {
            if (colours.hatched)
                canvas.box(below.adjusted(1, 1, -1, -1), 2, canvas.theme.card, {}, 0);
            canvas.figure(below, Qt::AlignCenter, value, size, Face::Mono, filled ? colours.name : canvas.theme.ink);
        }
    }
}

bool looksAlike(const ThreadState& a, const ThreadState& b)
{
    return a.phase == b.phase && a.spinning == b.spinning && a.registerValue == b.registerValue;
}

} // namespace

void paintCells(const StageCanvas& canvas, const StageScene& scene)
{
    for (ThreadIndex t = 0; t < scene.layout.threads(); ++t)
        paintCell(canvas, scene, t, scene.layout.frame(t));
}

void paintLegend(const StageCanvas& canvas, const StageScene& scene)
{
    paintLegend(canvas, scene.layout.legend, scene.layout.scale, countPhases(scene.shown.threads));
}

const QPixmap& CellSheet::of(const StageScene& scene, const Theme& theme, const StageFonts& fonts, double ratio)
{
    const QSize pixels = (scene.layout.size * ratio).toSize();
    const bool anew = m_sheet.size() != pixels || m_drawn.size() != scene.shown.threads.size();
    if (anew) {
        m_sheet = QPixmap(pixels);
        m_sheet.setDevicePixelRatio(ratio);
        m_sheet.fill(theme.ground);
    }
    QPainter painter(&m_sheet);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    const StageCanvas canvas(painter, theme, fonts);
    for (ThreadIndex t = 0; t < scene.layout.threads(); ++t) {
        if (!anew && looksAlike(m_drawn[t], scene.thread(t)))
            continue;
        const QRectF frame = scene.layout.frame(t);
        // Whole pixels, or the rim of what was there would shine through.
        const QRect covered = QRectF(frame.topLeft() * ratio, frame.size() * ratio).toAlignedRect();
        painter.fillRect(QRectF(QPointF(covered.topLeft()) / ratio, QSizeF(covered.size()) / ratio), theme.ground);
        paintCell(canvas, scene, t, frame);
    }
    m_drawn = scene.shown.threads;
    return m_sheet;
}

} // namespace interleave
