// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/theme.h"
#include "timeline/lock_painting.h"
#include "timeline/lock_stretches.h"
#include "timeline/lock_text.h"
#include "timeline/timeline_text.h"
#include "timeline/timeline_view.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace interleave {

void TimelineView::chooseLock(std::optional<LockIndex> lock)
{
    if (!m_index || (lock && *lock >= m_index->locks()) || lock == m_lock)
        return;
    m_lock = lock;
    if (m_kind == TrackName::Kind::Lock)
        changed(); // its row is marked
    update();
}

void TimelineView::nextLock()
{
    if (!m_index || m_index->locks() == 0)
        return;
    const LockIndex next = m_lock ? *m_lock + 1 : 0;
    chooseLock(next < m_index->locks() ? std::optional(next) : std::nullopt);
    if (const int place = currentTrack(); place >= 0 && m_kind == TrackName::Kind::Lock)
        scrollTo(m_layout.scrollTo(place));
    announce(m_lock ? chosenLockText() : tr("no lock is lit"), -1, -1);
}

QString TimelineView::chosenLockText() const
{
    return m_lock && m_index ? lockMomentText(*m_index, *m_lock, m_playhead, m_locks, unit()) : QString();
}

void TimelineView::setLockUnderMouse(std::optional<LockIndex> lock)
{
    if (lock == m_lockUnderMouse)
        return;
    m_lockUnderMouse = lock;
    update();
}

// The lock whose row, band or waiting is under a point.
std::optional<LockIndex> TimelineView::lockAt(QPointF point) const
{
    const int place = m_layout.trackAt(point.y());
    if (!m_index || m_index->locks() == 0 || place < 0)
        return std::nullopt;
    const TrackName track = trackAt(place);
    if (track.kind == TrackName::Kind::Lock) // by its name, too
        return m_layout.tracks().contains(point) || m_layout.labels().contains(point) ? std::optional(track.index)
                                                                                      : std::nullopt;
    const QRectF bar = m_layout.bar(place);
    if (!m_layout.tracks().contains(point) || track.kind != TrackName::Kind::Thread || point.y() < bar.top()
        || point.y() > m_layout.lane(place).top())
        return std::nullopt;
    const TimelineScene scene = sceneIn(m_layout, m_visible);
    const double reach = 2 * m_layout.unit(); // pixels to either side: a short one can be met
    const LocksOfThread here = locksOfThread(scene.close, track.index, timeAt(point.x()), reach * m_visible.perPixel());
    // Above the band the bar tells what the thread is at: nothing but waiting, for who waits.
    const bool onBand = point.y() >= bar.bottom() - std::max(m_layout.held(place).height(), 5 * m_layout.unit());
    return onBand && here.held ? here.held : here.waited;
}

// Found once for what is seen, then a picture that lies over the layer, so that a frame of the playback costs no more.
void TimelineView::paintLitLock(QPainter& painter, const TimelineScene& scene) const
{
    const std::optional<LockIndex> lock = litLock();
    if (!lock || *lock >= scene.close.locks())
        return;
    const QRectF& tracks = scene.layout.tracks();
    if (m_litIs != lock || m_lit.isNull()) {
        const double ratio = devicePixelRatioF();
        m_lit = QPixmap((tracks.size() * ratio).toSize());
        m_lit.setDevicePixelRatio(ratio);
        m_lit.fill(Qt::transparent);
        QPainter on(&m_lit);
        on.translate(-tracks.topLeft());
        on.setClipRect(tracks);
        paintLit({on, Theme::of(this), font(), scene.layout.unit()}, scene, *lock);
        m_litIs = lock;
        ++m_work.lit;
    }
    painter.drawPixmap(tracks.topLeft(), m_lit);
}

// What a tooltip says under the mouse, a plate says for who chose the lock by keys: on the side of the axis where the
// measured stretch has none.
void TimelineView::paintChosenLock(QPainter& painter, const TimelineScene& scene) const
{
    if (!m_lock)
        return;
    const Theme& theme = Theme::of(this);
    const double u = scene.layout.unit();
    const QRectF& tracks = scene.layout.tracks();
    const QString text = chosenLockText();
    QFont sized = font();
    sized.setPixelSize(static_cast<int>(std::lround(12 * u)));
    sized.setBold(true);
    const double wide = std::min(QFontMetricsF(sized).horizontalAdvance(text) + 16 * u, tracks.width());
    const bool right = measured() && scene.view.pixelOf((measured()->from + measured()->to) / 2) < scene.view.width / 2;
    const QRectF plate(right ? tracks.right() - wide : tracks.left(), scene.layout.axis().top() + u, wide, 21 * u);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    painter.drawRoundedRect(plate, 4 * u, 4 * u);
    TimelineCanvas{painter, theme, font(), u}.whole(plate.adjusted(7 * u, 0, -7 * u, 0), Qt::AlignHCenter, text, 12,
                                                    theme.onAccent, true);
}

} // namespace interleave
