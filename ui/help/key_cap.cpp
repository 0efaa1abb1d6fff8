// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/key_cap.h"

#include "help/key_names.h"
#include "style/theme.h"

#include <QEvent>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QPainter>
#include <cmath>

namespace interleave {

QSizeF sizeOfKeyCap(const QString& text, const QFont& font)
{
    const QFontMetricsF metrics(font);
    const double height = std::ceil(metrics.height() * 1.5);
    return {std::max(height, std::ceil(metrics.horizontalAdvance(text) + metrics.height())), height};
}

void paintKeyCap(QPainter& painter, const QRectF& rect, const QString& text, const QFont& font, const Theme& theme)
{
    const double unit = QFontInfo(font).pixelSize() / static_cast<double>(normalTextPixels);
    const double radius = 5 * unit;
    const double depth = 2.5 * unit; // of the key, seen from the front
    const QRectF outline = rect.adjusted(0.75, 0.75, -0.75, -0.75);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.softInk, 1.2));
    painter.setBrush(theme.softInk);
    painter.drawRoundedRect(outline, radius, radius);
    const QRectF top = outline.adjusted(0, 0, 0, -depth);
    painter.setBrush(theme.card);
    painter.drawRoundedRect(top, radius, radius);
    painter.setFont(font);
    painter.setPen(theme.ink);
    painter.drawText(top, Qt::AlignCenter, text);
    painter.restore();
}

KeyCap::KeyCap(const QKeySequence& key, const QString& what, QWidget* parent) : QAbstractButton(parent), m_key(key)
{
    setText(keyText(key));
    setAccessibleName(tr("%1: %2", "key, what it does").arg(text(), what));
    setToolTip(tr("A click presses the key."));
    setCursor(Qt::PointingHandCursor);
    // A click leaves the keys with whoever had them.
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize KeyCap::sizeHint() const
{
    const int rim = static_cast<int>(4 * unitOf(this)); // for the ring of the focus
    return sizeOfKeyCap(text(), font()).toSize() + QSize(rim, rim);
}

void KeyCap::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    const double rim = 2 * unitOf(this);
    QPainter painter(this);
    QRectF cap = QRectF(rect()).adjusted(rim, rim, -rim, -rim);
    if (isDown())
        cap.adjust(0, rim / 2, 0, 0);
    paintKeyCap(painter, cap, text(), font(), theme);
    if (!hasFocus() && !underMouse())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.accent, rim));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(rim / 2, rim / 2, -rim / 2, -rim / 2), 6 * rim / 2, 6 * rim / 2);
}

void KeyCap::changeEvent(QEvent* event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    update();
}

void KeyCap::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void KeyCap::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace interleave
