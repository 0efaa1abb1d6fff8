// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timeline/timeline_scene.h"
#include "timeline/track_columns.h"

#include <QFont>
#include <QPainter>
#include <QPixmap>
#include <QRectF>
#include <functional>

namespace interleave {

struct Theme;

// A painter with what everything on a timeline is painted with.
struct TimelineCanvas {
    TimelineCanvas(QPainter& on, const Theme& with, const QFont& text, double pixels)
        : painter(on),
          theme(with),
          font(text),
          unit(pixels)
    {}

    QPainter& painter;
    const Theme& theme;
    QFont font; // of normal text
    double unit;

    // Ends in dots where it is too long.
    void text(const QRectF& in, Qt::Alignment align, const QString& text, double pixels, const QColor& color,
              bool bold = false) const;
    // As large as it fits, `pixels` at most, and never cut: for numbers. Returns false, and paints nothing, if it would
    // be smaller than `least`.
    bool whole(const QRectF& in, Qt::Alignment align, const QString& text, double pixels, const QColor& color,
               bool bold = false, double least = 0) const;
    [[nodiscard]] QFont sized(double pixels, bool bold) const;
    // Many rectangles, with sharp edges.
    void fill(const QVector<QRectF>& rects, const QColor& color) const;
    // Lines that slant, within a rectangle, in step with those of its neighbours.
    void hatch(const QRectF& rect, const QColor& color, double spacing, bool crossed = false) const
    {
        hatch(QVector<QRectF>{rect}, color, spacing, crossed);
    }
    // All at once, which is much quicker.
    void hatch(const QVector<QRectF>& rects, const QColor& color, double spacing, bool crossed = false) const;
    // The mark of one lost update.
    void cross(QPointF centre, double size) const;
    // A padlock, closed.
    void padlock(QPointF centre, double size) const;
    // The mark of one switch: filled if the thread was preempted.
    void departure(QPointF tip, double size, bool preempted) const;

private:
    // A mark that is drawn often: drawn once, then stamped on whole pixels, where there are pixels.
    struct Stamp {
        double size = 0;
        QPixmap pixmap;
    };
    template <typename Draw>
    void stamp(Stamp& with, QPointF centre, double size, Draw&& draw) const;
    void drawCross(QPainter& on, QPointF centre, double size) const;
    void drawPadlock(QPainter& on, QPointF centre, double size) const;
    void drawDeparture(QPainter& on, QPointF tip, double size, bool preempted) const;

    mutable Stamp m_cross = {};
    mutable Stamp m_padlock = {};
    mutable Stamp m_departures[2] = {};
};

// How a colour shows where it is not wholly there, over the panel.
[[nodiscard]] QColor overPanel(const Theme& theme, const QColor& colour, double opacity);

// The states, switches and lost updates of one track, in layout.row(place).
void paintTrack(const TimelineCanvas& canvas, const TimelineScene& scene, int place, TrackColumns& columns);
// Everything but what moves. `minimap` paints what paintMinimap() does.
void paintTimeline(const TimelineCanvas& canvas, const TimelineScene& scene,
                   const std::function<void(QPainter&)>& minimap);

// All tracks from 0 to `whole` together, one column for each pixel of the minimap.
[[nodiscard]] std::vector<TrackColumn> minimapColumns(const TimelineIndex& index, double width, double whole);
void paintMinimap(const TimelineCanvas& canvas, const QRectF& box, std::size_t tracks,
                  const std::vector<TrackColumn>& columns);
void paintVisibleRange(const TimelineCanvas& canvas, const TimelineScene& scene);
void paintLegend(const TimelineCanvas& canvas, const TimelineScene& scene);
// What occurs in a run. `perPixel`: how much time a pixel is where all of it is seen, which tells whether losses are
// ever too close to one another for a cross each.
[[nodiscard]] std::vector<LegendEntry> legendOf(const TimelineIndex& index, double perPixel);
// How many entries there is room for.
[[nodiscard]] std::size_t legendRoom(const TimelineLayout& layout);
void paintPlayhead(const TimelineCanvas& canvas, const TimelineScene& scene, double time);

} // namespace interleave
