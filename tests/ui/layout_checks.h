// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPolygonF>
#include <QRectF>

// What tests of layouts ask of rectangles, but for rounding.

inline constexpr double slack = 0.01;

inline bool within(const QRectF& outer, const QRectF& inner)
{
    return outer.adjusted(-slack, -slack, slack, slack).contains(inner);
}

inline bool apart(const QRectF& a, const QRectF& b)
{
    return !a.adjusted(slack, slack, -slack, -slack).intersects(b.adjusted(slack, slack, -slack, -slack));
}

// A straight, level or upright part of a way as a thin rectangle.
inline QRectF partOf(const QPolygonF& way, int i)
{
    return QRectF(way[i - 1], way[i]).normalized().adjusted(-0.2, -0.2, 0.2, 0.2);
}
