// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/dice_button.h"

#include "style/theme.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>

namespace interleave {

DiceButton::DiceButton(QWidget* parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize DiceButton::sizeHint() const
{
    const auto side = static_cast<int>(28 * unitOf(this));
    return {side, side};
}

void DiceButton::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    const double unit = unitOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double side = std::min(width(), height()) - 6 * unit;
    const QPointF centre = QRectF(rect()).center();
    const QRectF die(centre.x() - side / 2, centre.y() - side / 2, side, side);
    const QColor ink = isEnabled() ? theme.ink : theme.softInk;
    painter.setPen(QPen(hasFocus() ? theme.accent : ink, (hasFocus() ? 2.2 : 1.4) * unit));
    painter.setBrush(isDown()       ? theme.tinted(theme.ink, 0.16)
                     : underMouse() ? theme.tinted(theme.accent, 0.16)
                                    : theme.card);
    painter.drawRoundedRect(die, 4 * unit, 4 * unit);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    const double pip = side / 10;
    const double apart = side / 4;
    for (const QPointF place : {QPointF(0, 0), QPointF(-1, -1), QPointF(1, -1), QPointF(-1, 1), QPointF(1, 1)})
        painter.drawEllipse(centre + place * apart, pip, pip);
}

void DiceButton::changeEvent(QEvent* event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    update();
}

void DiceButton::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void DiceButton::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace interleave
