// SPDX-License-Identifier: GPL-3.0-or-later
// How a timeline is painted: a picture of all that is at rest, made anew when that changes, and over it what moves.
#include "style/theme.h"
#include "timeline/lock_painting.h"
#include "timeline/timeline_painting.h"
#include "timeline/timeline_text.h"
#include "timeline/timeline_view.h"

#include <QPaintEvent>
#include <QPainter>
#include <algorithm>

namespace interleave {

TimelineScene TimelineView::sceneIn(const TimelineLayout& layout, const VisibleTime& visible) const
{
    const WholeTimes seen = wholeTimes(visible.begin, visible.end);
    const bool close = m_close && m_close->begin() <= seen.from
                    && m_close->end() >= std::min<Time>(seen.to, m_index->end());
    return {*m_index,
            close ? *m_close : *m_index,
            layout,
            visible,
            unit(),
            order(),
            pinned(),
            m_selection.thread(),
            m_kind == TrackName::Kind::Core ? m_core : std::nullopt,
            m_kind == TrackName::Kind::Lock ? m_lock : std::nullopt,
            m_locks,
            &m_work,
            m_axisEnd,
            m_legend};
}

void TimelineView::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    const Theme& theme = Theme::of(this);
    if (!m_index) {
        painter.fillRect(event->rect(), theme.panel);
        const TimelineCanvas canvas{painter, theme, font(), unitOf(this)};
        canvas.text(QRectF(rect()), Qt::AlignHCenter, emptyText(), 13, theme.softInk);
        return;
    }
    const double ratio = devicePixelRatioF();
    const TimelineScene scene = sceneIn(m_layout, m_visible);
    if (m_minimap.isNull() && !m_layout.minimap().isNull()) {
        m_minimap = QPixmap((m_layout.minimap().size() * ratio).toSize());
        m_minimap.setDevicePixelRatio(ratio);
        QPainter map(&m_minimap);
        paintMinimapTo(map, QRectF(QPointF(), m_layout.minimap().size()));
    }
    if (const QSize wanted = (QSizeF(size()) * ratio).toSize(); m_layer.size() != wanted) {
        m_layer = QPixmap(wanted);
        m_layer.setDevicePixelRatio(ratio);
        m_layerValid = false;
    }
    if (!m_layerValid) {
        QPainter layer(&m_layer);
        paintTimeline({layer, theme, font(), unitOf(this)}, scene,
                      [this](QPainter& on) { on.drawPixmap(m_layout.minimap().topLeft(), m_minimap); });
        m_layerValid = true;
        ++m_work.layers;
    }
    painter.drawPixmap(0, 0, m_layer);
    paintMoving(painter, scene);
}

void TimelineView::paintMinimapTo(QPainter& painter, const QRectF& box) const
{
    paintMinimap({painter, Theme::of(this), font(), unitOf(this)}, box, m_index->threads(),
                 minimapColumns(*m_index, box.width(), whole()));
}

Picture TimelineView::picture() const
{
    const QSizeF size = QSizeF(this->size());
    return {tr("Timeline"), size, Theme::of(this).panel, [this](QPainter& painter, const QSizeF& wanted) {
                if (!m_index)
                    return;
                const TimelineLayout layout(wanted, unitOf(this), trackCount(), m_layout.scroll(), m_form);
                VisibleTime visible = m_visible;
                visible.width = layout.tracks().width();
                const TimelineScene scene = sceneIn(layout, visible);
                paintTimeline({painter, Theme::of(this), font(), unitOf(this)}, scene,
                              [&](QPainter& on) { paintMinimapTo(on, layout.minimap()); });
                if (m_lock)
                    paintLit({painter, Theme::of(this), font(), unitOf(this)}, scene, *m_lock);
                paintFates(painter, scene);
                paintMeasured(painter, scene);
                paintPlayhead({painter, Theme::of(this), font(), unitOf(this)}, scene, m_playhead);
            }};
}

} // namespace interleave
