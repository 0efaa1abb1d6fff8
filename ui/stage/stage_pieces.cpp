// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/stage_pieces.h"

#include "sentences/names.h"

#include <QEasingCurve>
#include <algorithm>
#include <cmath>

namespace interleave {

void paintLetters(const StageCanvas& canvas, const QRectF& in, const std::vector<ThreadIndex>& threads, double height,
                  bool wait)
{
    const double gap = height * 0.16;
    double widest = height * 0.95;
    for (std::size_t i = 0; i < std::min<std::size_t>(threads.size(), 16); ++i)
        widest = std::max(widest, canvas.width(letterOf(threads[i]), height * 0.7, Face::Bold) + height * 0.3);
    const auto fits = [&](double room) {
        return static_cast<std::size_t>(std::max(0.0, (room + gap) / (widest + gap)));
    };
    std::size_t shown = std::min(threads.size(), fits(in.width()));
    QString more;
    double moreWidth = 0;
    if (shown < threads.size()) {
        const QString longest = QStringLiteral("+%1").arg(numberText(threads.size()));
        moreWidth = canvas.width(longest, height * 0.75, Face::Text) + gap;
        shown = std::min(shown, fits(in.width() - moreWidth));
        more = QStringLiteral("+%1").arg(numberText(threads.size() - shown));
    }
    constexpr double leastHeight = 11;
    if (shown == 0 && !threads.empty() && height * 0.8 > leastHeight) {
        paintLetters(canvas, in, threads, height * 0.8, wait);
        return;
    }
    double x = in.left();
    for (std::size_t i = 0; i < shown; ++i) {
        canvas.letter(QRectF(x, in.center().y() - height / 2, widest, height), threads[i], wait);
        x += widest + gap;
    }
    if (!more.isEmpty())
        canvas.figure(QRectF(x, in.top(), std::max(1.0, in.right() - x), in.height()), Qt::AlignLeft, more,
                      height * 0.75, Face::Text, canvas.theme.softInk);
}

double eased(double t)
{
    static const QEasingCurve curve(QEasingCurve::InOutCubic);
    return curve.valueForProgress(std::clamp(t, 0.0, 1.0));
}

QPointF pointOn(const QPolygonF& way, double share)
{
    double length = 0;
    for (int i = 1; i < way.size(); ++i)
        length += QLineF(way[i - 1], way[i]).length();
    double rest = length * share;
    for (int i = 1; i < way.size(); ++i) {
        const QLineF part(way[i - 1], way[i]);
        if (rest <= part.length() && part.length() > 0)
            return part.pointAt(rest / part.length());
        rest -= part.length();
    }
    return way.last();
}

void paintWay(const StageCanvas& canvas, const QPolygonF& way, const QColor& color, double opacity, double s)
{
    QPainter& painter = canvas.painter;
    const QColor shown = canvas.theme.tinted(color, opacity);
    QPen pen(shown, 3 * s, Qt::CustomDashLine, Qt::RoundCap, Qt::RoundJoin);
    pen.setDashPattern({0.1, 2.1});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(way);
    // The head of the arrow, along the last part of the way.
    const QPointF tip = way.last();
    const QLineF last(way[way.size() - 2], tip);
    if (last.length() < 1)
        return;
    const QPointF along(last.dx() / last.length(), last.dy() / last.length());
    const QPointF across(-along.y(), along.x());
    const double head = std::min(10 * s, last.length());
    painter.setPen(Qt::NoPen);
    painter.setBrush(shown);
    painter.drawPolygon(
        QPolygonF{tip, tip - along * head + across * head * 0.55, tip - along * head - across * head * 0.55});
}

void paintToken(const StageCanvas& canvas, QPointF at, const QString& text, const QColor& color, double s)
{
    const double height = 31 * s;
    const double width = std::max(height, canvas.width(text, 19 * s, Face::MonoBold) + 18 * s);
    const QRectF rect(at.x() - width / 2, at.y() - height / 2, width, height);
    canvas.box(rect, height / 2, color, canvas.theme.ground, 2 * s);
    canvas.figure(rect.adjusted(6 * s, 0, -6 * s, 0), Qt::AlignCenter, text, 19 * s, Face::MonoBold,
                  canvas.theme.onAccent);
}

void paintErasedToken(const StageCanvas& canvas, const QRectF& rect, UpdateName name, const QString& text)
{
    const Theme& theme = canvas.theme;
    const double h = rect.height();
    canvas.box(rect, h * 0.3, theme.tinted(theme.lost, theme.dark ? 0.18 : 0.08), theme.lost, h * 0.075);
    const QRectF icon(rect.left() + h * 0.2, rect.center().y() - h * 0.28, h * 0.56, h * 0.56);
    canvas.cross(icon, theme.lost);
    const QRectF letter(rect.right() - h * 0.95, rect.center().y() - h * 0.36, h * 0.78, h * 0.72);
    canvas.letter(letter, name.thread);
    const QRectF value(QPointF(icon.right() + h * 0.08, rect.top()), QPointF(letter.left() - h * 0.12, rect.bottom()));
    canvas.figure(value, Qt::AlignCenter, text, h * 0.66, Face::MonoBold, theme.lost);
    const double half = std::min(value.width() / 2, canvas.width(text, h * 0.66, Face::MonoBold) / 2 + h * 0.12);
    canvas.painter.setPen(QPen(theme.lost, h * 0.085, Qt::SolidLine, Qt::RoundCap));
    const QPointF middle = value.center();
    canvas.painter.drawLine(middle + QPointF(-half, h * 0.2), middle + QPointF(half, -h * 0.2));
}

void paintPulse(const StageCanvas& canvas, const QRectF& box, const QColor& color, double t, double s)
{
    if (t <= 0 || t >= 1)
        return;
    const double out = 9 * s * t;
    canvas.box(box.adjusted(-out, -out, out, out), 6 * s + out, {}, faded(color, 1 - t), 3.5 * s);
}

QPolygonF reversed(const QPolygonF& way)
{
    return QPolygonF(way.crbegin(), way.crend());
}

} // namespace interleave
