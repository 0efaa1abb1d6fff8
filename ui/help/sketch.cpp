// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/sketch.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPainterPath>
#include <cmath>

namespace interleave {

namespace {

constexpr double radius = 4;
constexpr double arrowHead = 8;

QPen roundPen(const QColor& colour, double width)
{
    return {colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

QPolygonF headAt(const QPointF& tip, double angle)
{
    const auto back = [&](double turn) {
        return tip - QPointF(std::cos(angle + turn), std::sin(angle + turn)) * arrowHead;
    };
    return {tip, back(0.45), back(-0.45)};
}

} // namespace

Sketch::Sketch(QPainter& painter, const Theme& look)
    : theme(look),
      m_painter(painter),
      m_text(painter.font()),
      m_mono(QFontDatabase::systemFont(QFontDatabase::FixedFont))
{
    m_mono.setStyleHint(QFont::Monospace);
    m_mono.setBold(true);
}

void Sketch::box(const QRectF& rect, const QColor& fill, const QColor& edge, double width, bool dashed) const
{
    QPen pen(edge, width);
    if (dashed)
        pen.setDashPattern({3, 2.2});
    m_painter.setPen(edge.isValid() ? pen : QPen(Qt::NoPen));
    m_painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const double inset = edge.isValid() ? width / 2 : 0;
    m_painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
}

void Sketch::text(const QRectF& in, Qt::Alignment align, const QString& text, const QColor& colour, double pixels,
                  bool bold) const
{
    QFont font = m_text;
    font.setBold(bold);
    font.setPixelSize(qRound(pixels));
    // Nothing is cut off: a longer word of another language gets smaller.
    while (font.pixelSize() > 6 && QFontMetricsF(font).horizontalAdvance(text) > in.width())
        font.setPixelSize(font.pixelSize() - 1);
    m_painter.setFont(font);
    m_painter.setPen(colour);
    m_painter.drawText(in, static_cast<int>(align | Qt::AlignVCenter) | Qt::TextSingleLine, text);
}

void Sketch::value(const QRectF& in, const QString& text, const QColor& colour, double pixels) const
{
    QFont font = m_mono;
    font.setPixelSize(qRound(pixels));
    m_painter.setFont(font);
    m_painter.setPen(colour);
    m_painter.drawText(in, Qt::AlignCenter, text);
}

void Sketch::line(const QPointF& from, const QPointF& to, const QColor& colour, double width) const
{
    m_painter.setPen(roundPen(colour, width));
    m_painter.drawLine(from, to);
}

void Sketch::arrow(const QPointF& from, const QPointF& to, const QColor& colour, double width) const
{
    const double angle = std::atan2(to.y() - from.y(), to.x() - from.x());
    line(from, to - QPointF(std::cos(angle), std::sin(angle)) * (arrowHead - 2), colour, width);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(colour);
    m_painter.drawPolygon(headAt(to, angle));
}

void Sketch::bow(const QPointF& from, const QPointF& to, double height, const QColor& colour, double width) const
{
    const QPointF along = to - from;
    const double length = std::hypot(along.x(), along.y());
    const QPointF left = QPointF(along.y(), -along.x()) / length;
    const QPointF over = (from + to) / 2 + left * height * 2;
    const QPointF end = to - over;
    const double angle = std::atan2(end.y(), end.x());
    QPainterPath path(from);
    path.quadTo(over, to - QPointF(std::cos(angle), std::sin(angle)) * (arrowHead - 2));
    m_painter.setPen(roundPen(colour, width));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawPath(path);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(colour);
    m_painter.drawPolygon(headAt(to, angle));
}

void Sketch::hatch(const QRectF& rect, const QColor& colour) const
{
    constexpr double spacing = 6;
    QList<QLineF> lines;
    // Lines x + y = c, cut at the sides of the rectangle.
    for (double c = rect.left() + rect.top() + spacing; c < rect.right() + rect.bottom(); c += spacing) {
        const double fromX = std::max(rect.left(), c - rect.bottom());
        const double toX = std::min(rect.right(), c - rect.top());
        lines.append(QLineF(fromX, c - fromX, toX, c - toX));
    }
    m_painter.setPen(QPen(colour, 1.2));
    m_painter.drawLines(lines);
}

void Sketch::cross(const QPointF& middle, double side) const
{
    const double half = side / 2;
    // Seen on any ground, a thread's colour as well.
    for (const QPen& pen : {roundPen(theme.card, side * 0.24 + 3), roundPen(theme.lost, side * 0.24)}) {
        m_painter.setPen(pen);
        m_painter.drawLine(middle - QPointF(half, half), middle + QPointF(half, half));
        m_painter.drawLine(middle - QPointF(half, -half), middle + QPointF(half, -half));
    }
}

void Sketch::triangle(const QPointF& tip, bool filled) const
{
    constexpr double half = 5;
    m_painter.setPen(roundPen(theme.ink, 1.4));
    m_painter.setBrush(filled ? theme.ink : theme.card);
    m_painter.drawPolygon(QPolygonF{tip, tip + QPointF(-half, -2 * half + 1), tip + QPointF(half, -2 * half + 1)});
}

void Sketch::letter(const QRectF& rect, ThreadIndex thread) const
{
    box(rect, theme.thread(thread), {});
    text(rect, Qt::AlignHCenter, letterOf(thread), theme.onThread(thread), rect.height() * 0.74, true);
}

void Sketch::named(const QRectF& rect, const QString& name, const QString& value, const QColor& fill,
                   const QColor& edge, bool dashed) const
{
    box(rect, fill, edge, 2, dashed);
    text(rect.adjusted(6, 3, -6, 0).intersected(QRectF(rect.left(), rect.top(), rect.width(), 18)), Qt::AlignLeft, name,
         theme.softInk);
    this->value(rect.adjusted(0, 12, 0, 0), value, theme.ink, 20);
}

void Sketch::lostToken(const QRectF& rect, ThreadIndex thread, const QString& value) const
{
    const double h = rect.height();
    box(rect, theme.tinted(theme.lost, theme.dark ? 0.18 : 0.08), theme.lost, 2);
    cross(QPointF(rect.left() + h * 0.5, rect.center().y()), h * 0.34);
    const QRectF number(rect.left() + h * 0.75, rect.top(), rect.width() - h * 1.75, h);
    this->value(number, value, theme.lost, h * 0.66);
    line(number.center() + QPointF(-h * 0.35, h * 0.2), number.center() + QPointF(h * 0.35, -h * 0.2), theme.lost, 2);
    letter(QRectF(rect.right() - h * 0.95, rect.top() + h * 0.15, h * 0.75, h * 0.7), thread);
}

void Sketch::hollowToken(const QRectF& rect, ThreadIndex thread, const QString& value) const
{
    const double h = rect.height();
    box(rect, theme.card, theme.softInk, 2, true);
    const QPointF middle(rect.left() + h * 0.5, rect.center().y());
    const double half = h * 0.2;
    m_painter.setPen(roundPen(theme.ink, 1.6));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawPolygon(QPolygonF{middle - QPointF(half, 0), middle - QPointF(0, half), middle + QPointF(half, 0),
                                    middle + QPointF(0, half)});
    this->value(QRectF(rect.left() + h * 0.75, rect.top(), rect.width() - h * 1.75, h), value, theme.ink, h * 0.66);
    letter(QRectF(rect.right() - h * 0.95, rect.top() + h * 0.15, h * 0.75, h * 0.7), thread);
}

void Sketch::running(const QRectF& rect, ThreadIndex thread) const
{
    box(rect, theme.thread(thread), {});
    text(rect, Qt::AlignHCenter, letterOf(thread), theme.onThread(thread), textPixels, true);
}

void Sketch::ready(const QRectF& rect, ThreadIndex thread) const
{
    const double inset = rect.height() * 0.3;
    box(rect.adjusted(0, inset, 0, -inset), theme.card, theme.thread(thread));
}

void Sketch::waiting(const QRectF& rect, ThreadIndex thread) const
{
    box(rect, theme.card, theme.thread(thread));
    hatch(rect.adjusted(2, 2, -2, -2), theme.thread(thread));
}

} // namespace interleave
