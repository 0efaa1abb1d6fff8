// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QSizeF>

namespace interleave {

// How much of a timeline there is. A strip is for a class that looks at something else: tracks alone if they are few,
// else the minimap alone.
enum class TimelineForm { Whole, WithoutMinimap, Strip };

// Where everything stands on a timeline of a size: labels at the left, the axis above the tracks, the minimap below,
// the legend at the right where there is room for it. Tracks that do not fit are scrolled to; few are higher.
class TimelineLayout {
public:
    // Of a strip, in design pixels.
    static constexpr double stripHeight = 48;

    TimelineLayout() = default;
    // `unit`: device-independent pixels per design pixel. `scroll`: how far the tracks are moved up, in pixels.
    TimelineLayout(const QSizeF& size, double unit, int tracks, double scroll, TimelineForm form = TimelineForm::Whole);

    [[nodiscard]] const QSizeF& size() const { return m_size; }
    [[nodiscard]] double unit() const { return m_unit; }
    [[nodiscard]] bool isStrip() const { return m_form == TimelineForm::Strip; }
    // A strip of more tracks than it has room for shows the minimap alone.
    [[nodiscard]] bool hasTracks() const { return !isStrip() || m_minimap.isNull(); }
    [[nodiscard]] double scroll() const { return m_scroll; }
    [[nodiscard]] double mostScroll() const;
    [[nodiscard]] double rowHeight() const { return m_rowHeight; }
    // How far to scroll so that a track is wholly seen.
    [[nodiscard]] double scrollTo(int track) const;

    [[nodiscard]] const QRectF& axis() const { return m_axis; }
    [[nodiscard]] const QRectF& tracks() const { return m_tracks; }
    [[nodiscard]] const QRectF& minimap() const { return m_minimap; } // null: there is none
    [[nodiscard]] const QRectF& legend() const { return m_legend; }   // null: there is none
    [[nodiscard]] QRectF labels() const;
    [[nodiscard]] QRectF corner() const; // above the labels

    // Of a track by its place from the top; may lie outside of tracks().
    [[nodiscard]] QRectF row(int track) const;
    [[nodiscard]] QRectF label(int track) const;
    // In a row: the marks of switches, the states (at their foot: that a lock is held), and below them the lost updates
    // where there are many.
    [[nodiscard]] QRectF switches(int track) const;
    [[nodiscard]] QRectF bar(int track) const;
    [[nodiscard]] QRectF held(int track) const;
    [[nodiscard]] QRectF lane(int track) const;
    // The track at a height, -1 if there is none; [first, last] are seen.
    [[nodiscard]] int trackAt(double y) const;
    [[nodiscard]] int firstSeen() const;
    [[nodiscard]] int lastSeen() const;

private:
    [[nodiscard]] QRectF part(int track, double from, double to) const;

    void layOutStrip();

    QSizeF m_size;
    double m_unit = 1;
    TimelineForm m_form = TimelineForm::Whole;
    int m_count = 0;
    double m_scroll = 0;
    double m_rowHeight = 1;
    QRectF m_axis;
    QRectF m_tracks;
    QRectF m_minimap;
    QRectF m_legend;
};

} // namespace interleave
