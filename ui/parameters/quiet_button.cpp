// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/quiet_button.h"

#include "style/theme.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>

namespace interleave {

namespace {

// Design pixels.
constexpr double padding = 4;
constexpr double arrowWidth = 14;
constexpr double arrowReach = 3.5;

} // namespace

QuietButton::QuietButton(const QString& text, QWidget* parent) : QPushButton(parent)
{
    setText(text);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void QuietButton::setArrow(Arrow arrow)
{
    m_arrow = arrow;
    updateGeometry();
    update();
}

int QuietButton::arrowRoom() const
{
    return m_arrow == Arrow::None ? 0 : static_cast<int>(arrowWidth * unitOf(this));
}

QSize QuietButton::sizeHint() const
{
    const double unit = unitOf(this);
    return {arrowRoom() + fontMetrics().horizontalAdvance(text()) + static_cast<int>(2 * padding * unit),
            std::max(static_cast<int>(22 * unit), fontMetrics().height() + 4)};
}

void QuietButton::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    const double unit = unitOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool lit = isEnabled() && (underMouse() || hasFocus());
    if (lit || isDown()) {
        painter.setPen(hasFocus() ? QPen(theme.accent, 2 * unit) : QPen(Qt::NoPen));
        painter.setBrush(theme.tinted(theme.ink, isDown() ? 0.16 : 0.07));
        const double inset = unit;
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 4 * unit, 4 * unit);
    }
    const QColor ink = isEnabled() ? theme.accent : theme.softInk;
    const bool mirrored = isRightToLeft();
    QRectF room = QRectF(rect()).adjusted(padding * unit, 0, -padding * unit, 0);
    if (m_arrow != Arrow::None) {
        const QPointF middle(mirrored ? room.right() - arrowReach * unit : room.left() + arrowReach * unit,
                             room.center().y());
        const double reach = arrowReach * unit;
        painter.setPen(QPen(ink, 1.8 * unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        const double along = mirrored ? -1 : 1;
        if (m_arrow == Arrow::Down)
            painter.drawPolyline(QPolygonF{middle + QPointF(-reach, -reach / 2), middle + QPointF(0, reach / 2),
                                           middle + QPointF(reach, -reach / 2)});
        else
            painter.drawPolyline(QPolygonF{middle + QPointF(-along * reach / 2, -reach),
                                           middle + QPointF(along * reach / 2, 0),
                                           middle + QPointF(-along * reach / 2, reach)});
        if (mirrored)
            room.adjust(0, 0, -arrowRoom(), 0);
        else
            room.adjust(arrowRoom(), 0, 0, 0);
    }
    painter.setPen(ink);
    painter.drawText(room, Qt::AlignVCenter | int{mirrored ? Qt::AlignRight : Qt::AlignLeft}, text());
}

void QuietButton::changeEvent(QEvent* event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    update();
}

void QuietButton::enterEvent(QEnterEvent* event)
{
    QPushButton::enterEvent(event);
    update();
}

void QuietButton::leaveEvent(QEvent* event)
{
    QPushButton::leaveEvent(event);
    update();
}

} // namespace interleave
