// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/playback_icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>

namespace interleave {

namespace {

// All shapes live in a square of 16 by 16.
constexpr double side = 16;

QPainterPath triangle(double left, double right)
{
    QPainterPath path;
    path.moveTo(left, 3);
    path.lineTo(right, 8);
    path.lineTo(left, 13);
    path.closeSubpath();
    return path;
}

QPainterPath bar(double left, double width)
{
    QPainterPath path;
    path.addRect(left, 3, width, 10);
    return path;
}

// A cross: an update that was lost.
QPainterPath cross(double centre)
{
    QPainterPath lines;
    lines.moveTo(centre - 2.6, 5.4);
    lines.lineTo(centre + 2.6, 10.6);
    lines.moveTo(centre - 2.6, 10.6);
    lines.lineTo(centre + 2.6, 5.4);
    QPainterPathStroker stroker;
    stroker.setWidth(1.9);
    return stroker.createStroke(lines);
}

QPainterPath shapeOf(PlaybackIcon icon)
{
    switch (icon) {
    case PlaybackIcon::Play: return triangle(4, 14);
    case PlaybackIcon::Pause: return bar(3.5, 3.2) + bar(9.3, 3.2);
    case PlaybackIcon::Forward: return bar(3, 2.2) + triangle(6.5, 14);
    case PlaybackIcon::Back: return triangle(9.5, 2) + bar(10.8, 2.2);
    case PlaybackIcon::NextLost: return triangle(1.5, 7.5) + cross(11.8);
    case PlaybackIcon::PreviousLost: return triangle(14.5, 8.5) + cross(4.2);
    case PlaybackIcon::Start: return bar(1.5, 2) + triangle(9, 4) + triangle(14.5, 9.5);
    case PlaybackIcon::End: return triangle(1.5, 6.5) + triangle(7, 12) + bar(12.5, 2);
    case PlaybackIcon::Faster: return triangle(2, 8) + triangle(8, 14);
    case PlaybackIcon::Slower: return triangle(8, 2) + triangle(14, 8);
    }
    return {};
}

class PlaybackIconEngine : public QIconEngine {
public:
    explicit PlaybackIconEngine(PlaybackIcon icon) : m_icon(icon) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const auto role = mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText;
        QColor colour = QGuiApplication::palette().color(group, role);
        if (mode == QIcon::Disabled)
            colour.setAlphaF(0.45F);
        drawPlaybackIcon(*painter, m_icon, QRectF(rect), colour);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }

    [[nodiscard]] QIconEngine* clone() const override { return new PlaybackIconEngine(m_icon); }

private:
    PlaybackIcon m_icon;
};

} // namespace

void drawPlaybackIcon(QPainter& painter, PlaybackIcon icon, const QRectF& rect, const QColor& colour)
{
    const double scale = std::min(rect.width(), rect.height()) / side;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.center());
    painter.scale(scale, scale);
    painter.translate(-side / 2, -side / 2);
    QPainterPath shape = shapeOf(icon);
    shape.setFillRule(Qt::WindingFill);
    painter.fillPath(shape, colour);
    painter.restore();
}

QIcon playbackIcon(PlaybackIcon icon)
{
    return QIcon(new PlaybackIconEngine(icon));
}

} // namespace interleave
