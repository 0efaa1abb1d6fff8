// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/pill_button.h"

#include "style/theme.h"

#include <QEvent>
#include <QPainter>

namespace interleave {

PillButton::PillButton(const QString& text, QWidget* parent) : QAbstractButton(parent)
{
    setText(text);
    setCheckable(true);
    // Reached with Tab, yet a click leaves the keys with whoever had them.
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize PillButton::sizeHint() const
{
    const double unit = unitOf(this);
    return {fontMetrics().horizontalAdvance(text()) + static_cast<int>(14 * unit),
            std::max(static_cast<int>(28 * unit), fontMetrics().height() + 6)};
}

void PillButton::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    const double unit = unitOf(this);
    const bool hot = isEnabled() && underMouse();
    QColor fill = isChecked() ? theme.accent : theme.card;
    if (isDown() || hot)
        fill = isChecked() ? fill.lighter(108) : theme.tinted(theme.ink, isDown() ? 0.16 : 0.07);
    QColor ink = isChecked() ? theme.onAccent : theme.ink;
    if (!isEnabled()) {
        fill = isChecked() ? theme.line : theme.panel;
        ink = theme.softInk;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double width = hasFocus() ? 2 * unit : 1;
    const QRectF shape = QRectF(rect()).adjusted(width / 2 + 0.5, width / 2 + 0.5, -width / 2 - 0.5, -width / 2 - 0.5);
    QColor edge = hasFocus() ? theme.accent : theme.controlLine;
    if (isChecked() && isEnabled())
        edge = hasFocus() ? theme.ink : theme.accent;
    painter.setPen(QPen(edge, width));
    painter.setBrush(fill);
    painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2);
    painter.setPen(ink);
    painter.drawText(rect(), Qt::AlignCenter, fontMetrics().elidedText(text(), Qt::ElideRight, rect().width() - 8));
}

void PillButton::changeEvent(QEvent* event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    update();
}

void PillButton::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void PillButton::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace interleave
