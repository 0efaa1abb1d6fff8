// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/ledger.h"
#include "playback/playback.h"
#include "sentences/durations.h"
#include "style/theme.h"
#include "timeline/step_at_time.h"
#include "timeline/timeline_painting.h"
#include "timeline/timeline_view.h"

#include <QFontMetricsF>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

constexpr std::uint64_t mostVictims = 3; // of one store that get an arrow each

} // namespace

// Everything over the layer that is at rest.
void TimelineView::paintMoving(QPainter& painter, const TimelineScene& scene) const
{
    const Theme& theme = Theme::of(this);
    const double u = m_layout.unit();
    const QRectF& tracks = m_layout.tracks();
    paintLitLock(painter, scene);
    paintFates(painter, scene);
    paintMeasured(painter, scene);
    paintChosenLock(painter, scene);
    if (m_hover && tracks.contains(*m_hover)) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(QPen(theme.softInk, 1, Qt::DashLine));
        painter.drawLine(QPointF(m_hover->x(), tracks.top()), QPointF(m_hover->x(), tracks.bottom()));
    }
    paintPlayhead({painter, theme, font(), u}, scene, m_playhead);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

void TimelineView::paintMeasured(QPainter& painter, const TimelineScene& scene) const
{
    const Theme& theme = Theme::of(this);
    const double u = scene.layout.unit();
    const QRectF& tracks = scene.layout.tracks();
    std::optional<Measured> range = measured();
    if (m_measuresFrom)
        range = Measured{std::min(*m_measuresFrom, m_playhead), std::max(*m_measuresFrom, m_playhead)};
    if (!range)
        return;
    const double left = tracks.left() + std::clamp(scene.view.pixelOf(range->from), 0.0, scene.view.width);
    const double right = tracks.left() + std::clamp(scene.view.pixelOf(range->to), 0.0, scene.view.width);
    QColor veil = theme.accent;
    veil.setAlphaF(0.12F);
    painter.fillRect(QRectF(left, tracks.top(), right - left, tracks.height()), veil);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(theme.accent, 1.4 * u));
    const double y = tracks.top() - 6 * u;
    painter.drawLine(QPointF(left, y), QPointF(right, y));
    for (const double x : {left, right})
        painter.drawLine(QPointF(x, y - 4 * u), QPointF(x, tracks.bottom()));
    if (m_measuresFrom)
        return;
    // On a plate, so that the words can be read whatever is below.
    const TimelineCanvas canvas{painter, theme, font(), u};
    QFont sized = font();
    sized.setPixelSize(static_cast<int>(std::lround(12 * u)));
    sized.setBold(true);
    const QString text = measuredText();
    const double wide = QFontMetricsF(sized).horizontalAdvance(text) + 16 * u;
    QRectF plate(0, 0, std::min(wide, tracks.width()), 21 * u);
    plate.moveCenter({(left + right) / 2, scene.layout.axis().top() + 11.5 * u});
    plate.moveLeft(std::clamp(plate.left(), tracks.left(), tracks.right() - plate.width()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    painter.drawRoundedRect(plate, 4 * u, 4 * u);
    canvas.whole(plate.adjusted(7 * u, 0, -7 * u, 0), Qt::AlignHCenter, text, 12, theme.onAccent, true);
}

// An arrow from an update to the store that it was lost to: of the update that is selected, and of those that the step
// under the playhead destroyed.
void TimelineView::paintFates(QPainter& painter, const TimelineScene& scene) const
{
    if (m_kind != TrackName::Kind::Thread || !m_playback.history())
        return;
    const History& history = *m_playback.history();
    const Theme& theme = Theme::of(this);
    const double u = scene.layout.unit();
    const auto pointOf = [&](const Update& update) {
        const double time = timeAfter(history, history.storeStep(update.position) + 1);
        const double x = scene.layout.tracks().left() + scene.view.pixelOf(std::floor(time));
        const int place = placeOf({TrackName::Kind::Thread, update.name.thread});
        return QPointF(std::clamp(x, -4096.0, scene.layout.size().width() + 4096),
                       scene.layout.bar(place).center().y());
    };
    painter.save();
    painter.setClipRect(scene.layout.tracks());
    painter.setRenderHint(QPainter::Antialiasing, true);
    const auto arrow = [&](const Update& lost) {
        const QPointF from = pointOf(lost);
        const QPointF to = pointOf(history.ledger().update(lost.lostTo));
        const double bend = std::max(8 * u, std::abs(to.x() - from.x()) / 2);
        QPainterPath path(from);
        path.cubicTo(from + QPointF(bend, 0), to - QPointF(bend, 0), to);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.panel, 4.4 * u));
        painter.drawPath(path);
        painter.setPen(QPen(theme.lost, 1.8 * u));
        painter.drawPath(path);
        const QPointF head[] = {to, to + QPointF(-7 * u, -4 * u), to + QPointF(-7 * u, 4 * u)};
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.lost);
        painter.drawPolygon(head, 3);
        TimelineCanvas{painter, theme, font(), u}.cross(from, 9 * u);
    };
    const Event* const last = m_playback.lastEvent();
    const bool stores = last && (last->kind == EventKind::Store || last->kind == EventKind::Update);
    if (stores && last->position != initialPosition && history.ledger().updatesLostTo(last->position) > 0) {
        const Ledger& ledger = history.ledger();
        const std::uint64_t before = ledger.lostBefore(last->position);
        // Most often the ones just before it.
        for (std::uint64_t k = before; k > 0 && before - k < mostVictims; --k)
            if (const Update update = ledger.update(ledger.lostUpdate(k - 1)); update.lostTo == last->position)
                arrow(update);
    }
    if (m_selection.update() && *m_selection.update() <= history.ledger().updates()) {
        const Update update = history.ledger().update(*m_selection.update());
        if (!update.survived())
            arrow(update);
        painter.setPen(QPen(theme.ink, 2 * u));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(pointOf(update), 8 * u, 8 * u);
    }
    painter.restore();
}

} // namespace interleave
