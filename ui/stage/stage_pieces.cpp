// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/stage_pieces.h"

#include "sentences/names.h"

#include <QCoreApplication>
#include <QEasingCurve>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(interleave::StagePieces)
};

} // namespace

void paintLetters(const StageCanvas& canvas, const QRectF& in, const std::vector<ThreadIndex>& threads, double height,
                  bool wait)
{
    const double gap = height * 0.16;
    double widest = height * 0.95;
    for (std::size_t i = 0; i < std::min<std::size_t>(threads.size(), 64); ++i)
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
                  canvas.theme.on(color));
}

namespace {

// Whose the value was, and what it was; a token narrower than its value shows whose alone.
void paintErasedToken(const StageCanvas& canvas, const QRectF& rect, const Erased& erased)
{
    const Theme& theme = canvas.theme;
    const double h = rect.height();
    const QColor ink = erased.lost ? theme.lost : theme.softInk;
    canvas.box(rect, h * 0.3, erased.lost ? theme.tinted(theme.lost, theme.dark ? 0.18 : 0.08) : theme.panel, ink,
               h * 0.075, erased.lost ? Qt::SolidLine : Qt::DashLine);
    const QRectF icon(rect.left() + h * 0.2, rect.center().y() - h * 0.28, h * 0.56, h * 0.56);
    if (erased.lost)
        canvas.cross(icon, ink);
    else
        canvas.setAside(icon, ink);
    const double letterWidth = std::max(h * 0.78, canvas.width(letterOf(erased.name.thread), h * 0.5, Face::Bold) + 4);
    const QRectF letter(rect.right() - letterWidth - h * 0.17, rect.center().y() - h * 0.36, letterWidth, h * 0.72);
    canvas.letter(letter, erased.name.thread);
    const QRectF value(QPointF(icon.right() + h * 0.08, rect.top()), QPointF(letter.left() - h * 0.12, rect.bottom()));
    const double used = canvas.words(value, Qt::AlignCenter, {numberText(erased.value)}, h * 0.66, Face::MonoBold, ink);
    if (!erased.lost || used == 0)
        return;
    const double half = std::min(value.width() / 2, used / 2 + h * 0.12);
    canvas.painter.setPen(QPen(theme.lost, h * 0.085, Qt::SolidLine, Qt::RoundCap));
    const QPointF middle = value.center();
    canvas.painter.drawLine(middle + QPointF(-half, h * 0.2), middle + QPointF(half, -h * 0.2));
}

} // namespace

void paintErased(const StageCanvas& canvas, const StageMoment& moment, const QRectF& area, const QRectF& counter,
                 double fall, double s)
{
    if (moment.erased.empty() || area.isNull())
        return;
    // As many as can be read below each other; a line of words takes the place of the last one if there are more.
    const double gap = 4 * s;
    const double least = canvas.fonts.least() * 1.4;
    const auto fitting = static_cast<std::size_t>(std::max(1.0, (area.height() + gap) / (least + gap)));
    const std::size_t places = std::min(StageMoment::mostErased, fitting);
    const bool more = moment.erasedCount > std::min(moment.erased.size(), places);
    const std::size_t tokens = more ? std::min(moment.erased.size(), places) - 1 : moment.erased.size();
    const double lines = static_cast<double>(std::max<std::size_t>(1, tokens + (more ? 1 : 0)));
    const double height = std::min(34 * s, (area.height() - gap * (lines - 1)) / lines);
    const double longest = canvas.width(numberText(moment.erased.front().value), height * 0.66, Face::MonoBold);
    const double width = std::min(area.width(), std::max(height * 4.2, longest + height * 2.2));
    for (std::size_t i = 0; i < tokens; ++i) {
        const QRectF rest(area.left(), area.top() + (height + gap) * static_cast<double>(i), width, height);
        const QPointF from = counter.center() - rest.center();
        const double left = 1 - eased(fall);
        // Over the edge of the box in an arc.
        const QPointF offset(from.x() * left, from.y() * left - std::sin(left * M_PI) * height * 0.9);
        paintErasedToken(canvas, rest.translated(offset), moment.erased[i]);
    }
    if (!more || fall < 1)
        return;
    std::uint64_t lost = moment.lostCount;
    for (std::size_t i = 0; i < tokens; ++i)
        lost -= moment.erased[i].lost ? 1U : 0U;
    const QString count = numberText(moment.erasedCount - tokens);
    const QRectF rest(area.left(), area.top() + (height + gap) * static_cast<double>(tokens), area.width(), height);
    canvas.words(rest, Qt::AlignLeft, {Tr::tr("+%1 more").arg(count), QStringLiteral("+%1").arg(count)}, height * 0.6,
                 Face::Bold, lost > 0 ? canvas.theme.lost : canvas.theme.softInk);
}

void paintFates(const StageCanvas& canvas, const QRectF& in, std::uint64_t lost, std::uint64_t setAside, double s)
{
    const double icon = 17 * s;
    const double gap = 4 * s;
    double right = in.right();
    const auto paint = [&](const QString& text, const QString& brief, const QColor& color, auto mark) {
        const QRectF words(QPointF(in.left() + icon + gap, in.top()), QPointF(right, in.bottom()));
        const double used = canvas.words(words, Qt::AlignRight, {text, brief}, 17 * s, Face::Bold, color);
        if (used == 0)
            return;
        mark(QRectF(right - used - icon - gap, in.center().y() - icon / 2, icon, icon));
        right -= used + icon + 4 * gap;
    };
    if (lost > 0)
        paint(Tr::tr("lost %1").arg(numberText(lost)), numberText(lost), canvas.theme.lost,
              [&](const QRectF& at) { canvas.cross(at, canvas.theme.lost); });
    if (setAside > 0)
        paint(Tr::tr("set aside %1").arg(numberText(setAside)), numberText(setAside), canvas.theme.softInk,
              [&](const QRectF& at) { canvas.setAside(at, canvas.theme.softInk); });
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
