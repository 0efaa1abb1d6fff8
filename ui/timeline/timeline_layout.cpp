// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/timeline_layout.h"

#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

// Design pixels.
constexpr double labelWidth = 104;
constexpr double legendWidth = 134;
constexpr double leastWidthWithLegend = 760;
constexpr double axisHeight = 24;
constexpr double minimapHeight = 20;
constexpr double margin = 8;
constexpr double leastRow = 20;
constexpr double tightRow = 16; // where all tracks are seen then
constexpr double mostRow = 60;
// Of a strip.
constexpr double stripLabel = 40;
constexpr double stripHead = 8; // for the playhead
constexpr double stripFoot = 3;
constexpr double stripRow = 12;

} // namespace

TimelineLayout::TimelineLayout(const QSizeF& size, double unit, int tracks, double scroll, TimelineForm form)
    : m_size(size),
      m_unit(unit),
      m_form(form),
      m_count(tracks)
{
    if (isStrip()) {
        layOutStrip();
        return;
    }
    const bool withMinimap = form == TimelineForm::Whole;
    const double u = unit;
    const double left = std::round(labelWidth * u);
    const bool legend = size.width() >= leastWidthWithLegend * u;
    const double right = std::round(size.width() - (legend ? legendWidth : margin) * u);
    const double top = std::round(axisHeight * u);
    const double foot = std::round(size.height() - ((withMinimap ? minimapHeight : 0) + margin) * u);
    m_axis = QRectF(left, 0, std::max(1.0, right - left), top);
    m_tracks = QRectF(left, top, m_axis.width(), std::max(1.0, foot - margin * u / 2 - top));
    if (withMinimap)
        m_minimap = QRectF(left, foot, m_axis.width(), std::round(minimapHeight * u));
    if (legend)
        m_legend = QRectF(right + margin * u, top, (legendWidth - margin) * u, size.height() - top - margin * u);
    const double share = std::floor(m_tracks.height() / std::max(1, tracks));
    m_rowHeight = std::clamp(share, std::round((share >= std::round(tightRow * u) ? tightRow : leastRow) * u),
                             std::round(mostRow * u));
    m_scroll = std::clamp(std::round(scroll), 0.0, mostScroll());
}

void TimelineLayout::layOutStrip()
{
    const double u = m_unit;
    const double right = std::round(m_size.width() - margin * u);
    const double top = std::round(stripHead * u);
    const double height = std::max(1.0, std::round(m_size.height() - top - stripFoot * u));
    m_rowHeight = std::floor(height / std::max(1, m_count));
    const bool tracks = m_rowHeight >= std::round(stripRow * u);
    const double left = std::round((tracks ? stripLabel : margin) * u);
    m_axis = QRectF(left, 0, std::max(1.0, right - left), top);
    if (tracks) {
        m_tracks = QRectF(left, top, m_axis.width(), height);
    } else {
        m_minimap = QRectF(left, top, m_axis.width(), height);
        m_tracks = QRectF(left, m_size.height(), m_axis.width(), 0);
        m_rowHeight = std::round(leastRow * u);
    }
}

double TimelineLayout::mostScroll() const
{
    if (isStrip())
        return 0;
    return std::max(0.0, m_count * m_rowHeight - m_tracks.height());
}

double TimelineLayout::scrollTo(int track) const
{
    const double top = track * m_rowHeight;
    return std::clamp(m_scroll, top + m_rowHeight - m_tracks.height(),
                      std::max(top, top + m_rowHeight - m_tracks.height()));
}

QRectF TimelineLayout::labels() const
{
    return {0, m_tracks.top(), m_tracks.left(), m_tracks.height()};
}

QRectF TimelineLayout::corner() const
{
    return {0, 0, m_axis.left(), m_axis.height()};
}

QRectF TimelineLayout::row(int track) const
{
    return {m_tracks.left(), m_tracks.top() + track * m_rowHeight - m_scroll, m_tracks.width(), m_rowHeight};
}

QRectF TimelineLayout::label(int track) const
{
    const QRectF r = row(track);
    return {0, r.top(), m_tracks.left(), r.height()};
}

QRectF TimelineLayout::part(int track, double from, double to) const
{
    const QRectF r = row(track);
    const double top = std::round(r.top() + from * r.height());
    return {r.left(), top, r.width(), std::max(1.0, std::round(r.top() + to * r.height()) - top)};
}

QRectF TimelineLayout::switches(int track) const
{
    return part(track, 0.02, 0.2);
}

QRectF TimelineLayout::bar(int track) const
{
    return part(track, 0.2, 0.72);
}

QRectF TimelineLayout::held(int track) const
{
    const QRectF all = bar(track);
    const double height = std::max(2.0, std::round(all.height() * 0.25));
    return {all.left(), all.bottom() - height, all.width(), height};
}

QRectF TimelineLayout::lane(int track) const
{
    return part(track, 0.74, 0.96);
}

int TimelineLayout::trackAt(double y) const
{
    if (y < m_tracks.top() || y >= m_tracks.bottom())
        return -1;
    const int track = static_cast<int>(std::floor((y - m_tracks.top() + m_scroll) / m_rowHeight));
    return track < m_count ? track : -1;
}

int TimelineLayout::firstSeen() const
{
    return static_cast<int>(std::floor(m_scroll / m_rowHeight));
}

int TimelineLayout::lastSeen() const
{
    if (!hasTracks())
        return -1;
    return std::min(m_count - 1, static_cast<int>(std::ceil((m_scroll + m_tracks.height()) / m_rowHeight)) - 1);
}

} // namespace interleave
