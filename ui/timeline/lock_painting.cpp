// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/lock_painting.h"

#include "style/theme.h"
#include "timeline/lock_stretches.h"

#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

// Design pixels.
constexpr double leastForEnds = 7;
constexpr double leastForPadlock = 26;
constexpr double padlockSize = 10;
constexpr double dash = 4;
constexpr float veilOpacity = 0.76F;

// A band from the taking of a lock to its release: the ends stand up where there is room, a padlock at the first.
void paintBands(const TimelineCanvas& canvas, const QRectF& bar, const QRectF& band,
                const std::vector<LockStretch>& stretches)
{
    const double u = canvas.unit;
    const double edge = std::max(1.0, std::round(u));
    const double size = std::min(padlockSize * u, bar.height() * 0.65); // of a padlock, which stands on the band
    QVector<QRectF> edges;
    QVector<QRectF> bands;
    for (const LockStretch& stretch : stretches) {
        const double left = std::round(bar.left() + stretch.left);
        const double right = std::max(left + 1, std::round(bar.left() + stretch.right));
        const double height = std::max(1.0, std::round(band.height() * stretch.level / LockStretch::mostLevel));
        edges.append(QRectF(left, band.bottom() - height - edge, right - left, height + edge));
        bands.append(QRectF(left, band.bottom() - height, right - left, height));
        if (stretch.single && right - left >= leastForEnds * u) {
            const double rise = std::round(bar.height() * 0.4);
            for (const double x : {left, right - edge})
                bands.append(QRectF(x, band.bottom() - rise, edge, rise));
        }
    }
    canvas.fill(edges, canvas.theme.panel);
    for (const LockStretch& stretch : stretches)
        if (stretch.single && stretch.right - stretch.left >= leastForPadlock * u)
            canvas.padlock({bar.left() + stretch.left + size * 0.7, band.top() + 1 - size / 2}, size);
    canvas.fill(bands, canvas.theme.ink);
}

// Lines above and below the bar; dashes for who waits, in step across the whole row.
void paintFrame(const TimelineCanvas& canvas, const QRectF& bar, const LockStretch& stretch, bool dashed,
                QVector<QRectF>& lines)
{
    const double thick = std::max(1.0, std::round(1.6 * canvas.unit));
    const double left = bar.left() + stretch.left;
    const double right = bar.left() + stretch.right;
    const auto line = [&](double from, double to) {
        lines.append(QRectF(from, bar.top() - thick, to - from, thick));
        lines.append(QRectF(from, bar.bottom(), to - from, thick));
    };
    const double step = 2 * dash * canvas.unit;
    if (!dashed || right - left < step) {
        line(left, right);
        return;
    }
    for (double x = std::floor(left / step) * step; x < right; x += step)
        if (const double to = std::min(right, x + step / 2); to > left)
            line(std::max(left, x), to);
}

} // namespace

void paintHeld(const TimelineCanvas& canvas, const TimelineScene& scene, int place)
{
    const ThreadIndex thread = scene.order[static_cast<std::size_t>(place)].index;
    LockReader reader(scene);
    for (LockIndex lock = 0; lock < scene.close.locks(); ++lock)
        paintBands(canvas, scene.layout.bar(place), scene.layout.held(place), reader.read(lock, thread).held);
}

void paintHeldSample(const TimelineCanvas& canvas, const QRectF& bar)
{
    const double height = std::max(1.0, std::round(bar.height() * 0.25));
    paintBands(canvas, bar, QRectF(bar.left(), bar.bottom() - height, bar.width(), height), {{0, bar.width()}});
}

void paintLit(const TimelineCanvas& canvas, const TimelineScene& scene, LockIndex lock)
{
    LitRows rows(scene, lock);
    QColor veil = canvas.theme.panel;
    veil.setAlphaF(veilOpacity);
    QVector<QRectF> veiled;
    QVector<QRectF> lines;
    const TimelineLayout& layout = scene.layout;
    for (int place = layout.firstSeen(); place <= layout.lastSeen(); ++place) {
        const TrackName track = scene.order[static_cast<std::size_t>(place)];
        const QRectF row = layout.row(place);
        const LockStretches stretches = rows.of(track);
        std::vector<LockStretch> lit = stretches.held;
        lit.insert(lit.end(), stretches.waited.begin(), stretches.waited.end());
        std::sort(lit.begin(), lit.end(), [](const auto& a, const auto& b) { return a.left < b.left; });
        // On whole pixels, so that no seam shows between neighbours.
        double from = 0;
        const auto veilTo = [&](double to) {
            if (to > from)
                veiled.append(QRectF(row.left() + from, row.top(), to - from, row.height()));
        };
        for (const LockStretch& stretch : lit) {
            veilTo(std::floor(stretch.left));
            from = std::max(from, std::ceil(stretch.right));
        }
        veilTo(row.width());
        if (track.kind == TrackName::Kind::Lock)
            continue;
        for (const LockStretch& stretch : stretches.waited)
            paintFrame(canvas, layout.bar(place), stretch, true, lines);
        for (const LockStretch& stretch : stretches.held)
            paintFrame(canvas, layout.bar(place), stretch, false, lines);
    }
    canvas.fill(veiled, veil);
    canvas.fill(lines, canvas.theme.accent);
}

} // namespace interleave
