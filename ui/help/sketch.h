// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/theme.h"

#include <QFont>
#include <QPainter>
#include <QRectF>

namespace interleave {

// What the pictures of the help are put together from, in design pixels: the same signs that the looks use.
class Sketch {
public:
    static constexpr double textPixels = 12;

    Sketch(QPainter& painter, const Theme& theme);

    const Theme& theme;

    void box(const QRectF& rect, const QColor& fill, const QColor& edge, double width = 1.5, bool dashed = false) const;
    void text(const QRectF& in, Qt::Alignment align, const QString& text, const QColor& colour,
              double pixels = textPixels, bool bold = false) const;
    void value(const QRectF& in, const QString& text, const QColor& colour, double pixels = 18) const;
    void line(const QPointF& from, const QPointF& to, const QColor& colour, double width = 1.5) const;
    void arrow(const QPointF& from, const QPointF& to, const QColor& colour, double width = 2) const;
    // From one point to another in a bow to the left of the way.
    void bow(const QPointF& from, const QPointF& to, double height, const QColor& colour, double width = 2) const;
    void hatch(const QRectF& rect, const QColor& colour) const;
    void cross(const QPointF& middle, double side) const;
    void triangle(const QPointF& tip, bool filled) const;
    void letter(const QRectF& rect, ThreadIndex thread) const;
    // A box with a small name above its value: a register, a cell.
    void named(const QRectF& rect, const QString& name, const QString& value, const QColor& fill, const QColor& edge,
               bool dashed = false) const;
    // The mark of an update that a store erased, and of one that comes back.
    void lostToken(const QRectF& rect, ThreadIndex thread, const QString& value) const;
    void hollowToken(const QRectF& rect, ThreadIndex thread, const QString& value) const;
    // What a track shows while a thread runs, is ready, or waits.
    void running(const QRectF& rect, ThreadIndex thread) const;
    void ready(const QRectF& rect, ThreadIndex thread) const;
    void waiting(const QRectF& rect, ThreadIndex thread) const;

private:
    QPainter& m_painter;
    QFont m_text;
    QFont m_mono;
};

} // namespace interleave
