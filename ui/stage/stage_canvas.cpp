// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/stage_canvas.h"

#include <QFontDatabase>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

// Half a pixel is what rounding of a rectangle costs.
constexpr double tolerance = 0.5;
constexpr double smallestPixels = 4;

// The largest square in the middle of a rectangle.
QRectF squareIn(const QRectF& rect)
{
    const double side = std::min(rect.width(), rect.height());
    return {rect.center() - QPointF(side / 2, side / 2), QSizeF(side, side)};
}

QPen roundPen(const QColor& color, double width)
{
    return {color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

} // namespace

void StageFonts::setBase(const QFont& font)
{
    m_text = font;
    m_mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    m_mono.setStyleHint(QFont::Monospace);
    m_least = std::floor(leastPixels * std::min(1.0, QFontInfo(font).pixelSize() / double{normalTextPixels}));
    m_entries.clear();
}

const StageFonts::Entry& StageFonts::exactly(double pixels, Face face) const
{
    const int size = std::max(1, static_cast<int>(std::lround(pixels)));
    const int key = size * 4 + static_cast<int>(face);
    const auto found = m_entries.constFind(key);
    if (found != m_entries.constEnd())
        return *found;
    QFont font = face == Face::Text || face == Face::Bold ? m_text : m_mono;
    font.setPixelSize(size);
    font.setBold(face == Face::Bold || face == Face::MonoBold);
    return *m_entries.insert(key, {font, QFontMetricsF(font)});
}

QColor faded(QColor color, double opacity)
{
    color.setAlphaF(static_cast<float>(std::clamp(opacity, 0.0, 1.0)));
    return color;
}

double StageCanvas::width(const QString& text, double pixels, Face face) const
{
    return fonts.at(pixels, face).metrics.horizontalAdvance(text);
}

void StageCanvas::line(const QRectF& in, Qt::Alignment align, const QString& text, const QString& whole,
                       const StageFonts::Entry& entry, double textWidth, const QColor& color) const
{
    double x = in.left();
    if (align & Qt::AlignRight)
        x = in.right() - textWidth;
    else if (align & Qt::AlignHCenter)
        x = in.center().x() - textWidth / 2;
    // Centred by the height of capitals and digits: what is written here rarely descends.
    const double high = entry.metrics.capHeight();
    const double y = in.center().y() + high / 2;
    painter.setFont(entry.font);
    painter.setPen(color);
    painter.drawText(QPointF(x, y), text);
    if (auto* texts = fonts.recorded(); texts && !whole.isEmpty())
        texts->push_back({text, whole, QRectF(x, y - high, textWidth, high), double(entry.font.pixelSize())});
}

double StageCanvas::fittingSize(const QString& text, double width, double pixels, double least, Face face) const
{
    double size = std::max(pixels, least);
    const double wanted = fonts.exactly(size, face).metrics.horizontalAdvance(text);
    if (wanted <= width + tolerance)
        return size;
    // Rounded down: fonts have whole sizes. Small sizes are hinted, and so a little wider than the large ones say.
    size = std::max(least, std::floor(size * width / wanted));
    while (size > least && fonts.exactly(size, face).metrics.horizontalAdvance(text) > width + tolerance)
        size = std::max(least, size - 1);
    return size;
}

bool StageCanvas::fits(const QString& text, double wide, Face face) const
{
    return width(text, 0, face) <= wide + tolerance;
}

void StageCanvas::text(const QRectF& in, Qt::Alignment align, const QString& text, double pixels, Face face,
                       const QColor& color) const
{
    const StageFonts::Entry& entry = fonts.at(fittingSize(text, in.width(), pixels, fonts.least(), face), face);
    const double wanted = entry.metrics.horizontalAdvance(text);
    if (wanted <= in.width() + tolerance) {
        line(in, align, text, text, entry, wanted, color);
        return;
    }
    const QString elided = entry.metrics.elidedText(text, Qt::ElideRight, in.width());
    line(in, align, elided, text, entry, entry.metrics.horizontalAdvance(elided), color);
}

void StageCanvas::figure(const QRectF& in, Qt::Alignment align, const QString& text, double pixels, Face face,
                         const QColor& color) const
{
    double size = fittingSize(text, in.width(), pixels, fonts.least(), face);
    if (width(text, size, face) > in.width() + tolerance)
        size = fittingSize(text, in.width(), size, smallestPixels, face);
    const StageFonts::Entry& entry = fonts.exactly(size, face);
    line(in, align, text, text, entry, entry.metrics.horizontalAdvance(text), color);
}

double StageCanvas::words(const QRectF& in, Qt::Alignment align, const QStringList& wordings, double pixels, Face face,
                          const QColor& color) const
{
    // Rather a shorter one of about that size than a longer one that is much smaller.
    for (const double least : {std::max(pixels * 0.87, fonts.least()), fonts.least()}) {
        for (const QString& wording : wordings) {
            const double size = fittingSize(wording, in.width(), pixels, least, face);
            const StageFonts::Entry& entry = fonts.at(size, face);
            const double used = entry.metrics.horizontalAdvance(wording);
            if (used > in.width() + tolerance)
                continue;
            line(in, align, wording, wording, entry, used, color);
            return used;
        }
    }
    return 0;
}

void StageCanvas::box(const QRectF& rect, double radius, const QColor& fill, const QColor& edge, double edgeWidth,
                      Qt::PenStyle style) const
{
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    if (edge.isValid() && edgeWidth > 0) {
        QPen pen(edge, edgeWidth, style);
        if (style == Qt::DashLine)
            pen.setDashPattern({3, 2.2});
        painter.setPen(pen);
    } else {
        painter.setPen(Qt::NoPen);
    }
    const double inset = edge.isValid() ? edgeWidth / 2 : 0;
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
}

void StageCanvas::ring(const QRectF& around, double width) const
{
    const double out = width * 1.1;
    box(around.adjusted(-out, -out, out, out), 8 + out, {}, theme.accent, width);
}

void StageCanvas::hatch(const QRectF& rect, const QColor& color, double spacing, double lineWidth) const
{
    const double inset = lineWidth;
    const QRectF in = rect.adjusted(inset, inset, -inset, -inset);
    if (in.isEmpty())
        return;
    QVector<QLineF> lines;
    // Lines x + y = c, cut at the sides of the rectangle.
    for (double c = in.left() + in.top() + spacing; c < in.right() + in.bottom(); c += spacing) {
        const double fromX = std::max(in.left(), c - in.bottom());
        const double toX = std::min(in.right(), c - in.top());
        lines.append(QLineF(fromX, c - fromX, toX, c - toX));
    }
    painter.setPen(QPen(color, lineWidth));
    painter.drawLines(lines);
}

void StageCanvas::cross(const QRectF& in, const QColor& color) const
{
    const QRectF square = squareIn(in);
    const double pad = square.width() * 0.18;
    const QRectF r = square.adjusted(pad, pad, -pad, -pad);
    painter.setPen(roundPen(color, square.width() * 0.17));
    painter.drawLine(r.topLeft(), r.bottomRight());
    painter.drawLine(r.topRight(), r.bottomLeft());
}

void StageCanvas::tick(const QRectF& in, const QColor& color) const
{
    const QRectF r = squareIn(in);
    const auto at = [&r](double x, double y) { return QPointF(r.left() + r.width() * x, r.top() + r.height() * y); };
    painter.setPen(roundPen(color, r.width() * 0.15));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(QPolygonF{at(0.16, 0.55), at(0.4, 0.78), at(0.84, 0.24)});
}

void StageCanvas::padlock(const QRectF& in, const QColor& color, bool closed) const
{
    const QRectF r = squareIn(in);
    const double w = r.width();
    const QRectF body(r.left() + w * 0.16, r.top() + w * 0.46, w * 0.68, w * 0.48);
    QPainterPath shackle;
    const double lift = closed ? 0 : w * 0.1;
    shackle.moveTo(r.left() + w * 0.3, body.top());
    shackle.lineTo(r.left() + w * 0.3, r.top() + w * 0.32 - lift);
    shackle.arcTo(QRectF(r.left() + w * 0.3, r.top() + w * 0.1 - lift, w * 0.4, w * 0.42), 180, -180);
    if (closed)
        shackle.lineTo(r.left() + w * 0.7, body.top());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, w * 0.12, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    painter.drawPath(shackle);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(body, w * 0.08, w * 0.08);
}

void StageCanvas::setAside(const QRectF& in, const QColor& color) const
{
    const QRectF r = squareIn(in);
    const double half = r.width() * 0.36;
    const QPointF c = r.center();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(roundPen(color, r.width() * 0.12));
    painter.drawPolygon(
        QPolygonF{c - QPointF(0, half), c + QPointF(half, 0), c + QPointF(0, half), c - QPointF(half, 0)});
}

void StageCanvas::phaseIcon(const QRectF& in, const ThreadState& thread, const QColor& color) const
{
    const QRectF r = squareIn(in);
    const double w = r.width();
    const QRectF ring = r.adjusted(w * 0.14, w * 0.14, -w * 0.14, -w * 0.14);
    if (thread.spinning) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(roundPen(color, w * 0.13));
        painter.drawArc(ring, 40 * 16, 280 * 16);
        const QPointF tip(ring.center().x() + ring.width() * 0.38, ring.center().y() - ring.height() * 0.32);
        painter.drawPolyline(QPolygonF{tip + QPointF(-w * 0.24, 0), tip + QPointF(w * 0.04, w * 0.02),
                                       tip + QPointF(w * 0.06, -w * 0.26)});
        return;
    }
    switch (thread.phase) {
    case ThreadPhase::Running: {
        painter.setPen(roundPen(color, w * 0.08));
        painter.setBrush(color);
        painter.drawPolygon(QPolygonF{r.topLeft() + QPointF(w * 0.22, w * 0.14),
                                      r.topLeft() + QPointF(w * 0.86, w * 0.5),
                                      r.topLeft() + QPointF(w * 0.22, w * 0.86)});
        return;
    }
    case ThreadPhase::Ready:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(roundPen(color, w * 0.13));
        painter.drawEllipse(ring);
        return;
    case ThreadPhase::Blocked: padlock(r, color, true); return;
    case ThreadPhase::Finished: tick(r, color); return;
    case ThreadPhase::New:
        painter.setBrush(color);
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(r.center(), w * 0.16, w * 0.16);
        return;
    }
}

void StageCanvas::letter(const QRectF& in, ThreadIndex thread, bool waits) const
{
    const double h = in.height();
    box(in, h * 0.3, waits ? theme.card : theme.thread(thread), waits ? theme.thread(thread) : QColor(), h * 0.08);
    if (waits)
        hatch(in.adjusted(h * 0.1, h * 0.1, -h * 0.1, -h * 0.1), faded(theme.thread(thread), 0.4), h * 0.28, h * 0.06);
    const QRectF inside = in.adjusted(h * 0.08, 0, -h * 0.08, 0);
    figure(inside, Qt::AlignCenter, letterOf(thread), h * 0.7, Face::Bold, waits ? theme.ink : theme.onThread(thread));
}

} // namespace interleave
