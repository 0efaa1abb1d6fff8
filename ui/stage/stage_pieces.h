// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"
#include "stage/stage_canvas.h"
#include "stage/stage_moment.h"

#include <QPolygonF>
#include <vector>

namespace interleave {

// What every stage is made of: letters in a row, and values on their way.

inline constexpr double restingWay = 0.55; // opacity of the way when all rests

// The letters of `threads`, as many as there is room for.
void paintLetters(const StageCanvas& canvas, const QRectF& in, const std::vector<ThreadIndex>& threads, double height,
                  bool wait = false);

// Slow, fast, slow: 0 to 1.
[[nodiscard]] double eased(double t);
// The point at a share of a polyline's length.
[[nodiscard]] QPointF pointOn(const QPolygonF& way, double share);
[[nodiscard]] QPolygonF reversed(const QPolygonF& way);

// A dotted way with the head of an arrow at its end.
void paintWay(const StageCanvas& canvas, const QPolygonF& way, const QColor& color, double opacity, double s);
// A value on its way.
void paintToken(const StageCanvas& canvas, QPointF at, const QString& text, const QColor& color, double s);
// What a store took off the surviving path, falling out of the box of the counter into `area`. Those that are lost for
// good are red and struck through; those that come back have a hollow mark. `fall`: 0 to 1.
void paintErased(const StageCanvas& canvas, const StageMoment& moment, const QRectF& area, const QRectF& counter,
                 double fall, double s);
// How many updates are lost by now, and set aside where there are any, from the right.
void paintFates(const StageCanvas& canvas, const QRectF& in, std::uint64_t lost, std::uint64_t setAside, double s);
// A ring that leaves a box: something changed here.
void paintPulse(const StageCanvas& canvas, const QRectF& box, const QColor& color, double t, double s);

} // namespace interleave
