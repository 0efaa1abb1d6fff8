// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/thread_grid.h"

#include "sentences/names.h"
#include "stage/card_colours.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>

namespace interleave {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(interleave::ThreadGrid)
};

// Text that is smaller is left out.
constexpr double readable = 7;

void paintCell(const StageCanvas& canvas, const StageScene& scene, ThreadIndex thread, const QRectF& frame)
{
    const ThreadState& state = scene.thread(thread);
    const CardColours colours = coloursOf(canvas.theme, thread, state);
    const double side = std::min(frame.width(), frame.height());
    const double edge = std::clamp(side * 0.06, 0.8, 2.0);
    const double radius = std::min(5.0 * scene.layout.scale, side * 0.18);
    const bool filled = colours.header.isValid();
    // Two fills: a thousand outlines take three times as long.
    canvas.box(frame, radius, filled ? colours.header : colours.edge, {}, 0);
    if (!filled)
        canvas.box(frame.adjusted(edge, edge, -edge, -edge), radius - edge / 2, canvas.theme.card, {}, 0);
    if (colours.hatched)
        canvas.hatch(frame.adjusted(edge, edge, -edge, -edge), faded(colours.edge, 0.5), std::max(3.5, side * 0.16), 1);
    const QString letters = letterOf(thread);
    const bool two = frame.height() >= 4.6 * readable && frame.width() >= 4 * readable;
    const QRectF in = frame.adjusted(edge + 1, edge, -edge - 1, -edge);
    const QRectF top = two ? QRectF(in.left(), in.top() + in.height() * 0.04, in.width(), in.height() * 0.5) : in;
    // One size for all, so that the widest letters decide whether there are any.
    const QString widest(letterOf(scene.layout.threads() - 1).size(), QLatin1Char('M'));
    const double most = std::min(top.height() * 0.8, 20 * scene.layout.scale);
    const double pixels = std::floor(most * std::min(1.0, in.width() / canvas.width(widest, most, Face::Bold)));
    if (pixels < readable)
        return;
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
        if (size * std::min(1.0, below.width() / canvas.width(value, size, Face::Mono)) >= readable) {
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

// What the signs of the cells mean, and how many threads bear each.
void paintLegend(const StageCanvas& canvas, const StageScene& scene)
{
    const QRectF& area = scene.layout.legend;
    if (area.isNull())
        return;
    const double s = scene.layout.scale;
    constexpr std::array phases = {ThreadPhase::Running, ThreadPhase::Ready, ThreadPhase::Blocked,
                                   ThreadPhase::Finished};
    std::array<std::uint64_t, phases.size()> count{};
    for (const ThreadState& state : scene.shown.threads) {
        const auto found = std::find(phases.begin(), phases.end(), state.phase);
        if (found != phases.end())
            ++count[static_cast<std::size_t>(found - phases.begin())];
    }
    const double height = std::min(area.height() / phases.size(), 26 * s);
    for (std::size_t i = 0; i < phases.size(); ++i) {
        const QRectF line(area.left(), area.top() + height * static_cast<double>(i), area.width(), height);
        const QRectF sign(line.left(), line.center().y() - height * 0.36, height * 0.95, height * 0.72);
        const QColor& ink = canvas.theme.softInk;
        const bool filled = phases[i] == ThreadPhase::Running;
        if (phases[i] == ThreadPhase::Finished)
            canvas.box(sign, 3 * s, canvas.theme.tinted(canvas.theme.line, 0.75), {}, 0);
        else
            canvas.box(sign, 3 * s, filled ? ink : canvas.theme.card, ink, 1.4 * s);
        if (phases[i] == ThreadPhase::Blocked)
            canvas.hatch(sign.adjusted(1, 1, -1, -1), ink, 4 * s, 1);
        const QString words = Tr::tr("%1 %2", "number of threads, their state")
                                  .arg(numberText(count[i]), textOf(phases[i]));
        canvas.text(line.adjusted(sign.width() + 8 * s, 0, 0, 0), Qt::AlignLeft, words, std::min(14 * s, height * 0.75),
                    Face::Text, count[i] > 0 ? canvas.theme.ink : ink);
    }
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
