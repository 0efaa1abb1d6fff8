// SPDX-License-Identifier: GPL-3.0-or-later
#include "narration/link_button.h"

#include "style/theme.h"

#include <QEvent>
#include <QPainter>

namespace interleave {

LinkButton::LinkButton(QWidget* parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
}

void LinkButton::setLink(const QString& text, const QString& key)
{
    m_key = key;
    setText(text);
    setAccessibleName(text);
    setAccessibleDescription(tr("Key %1").arg(key));
    setToolTip(tr("%1 (%2)", "action, key").arg(text, key));
    updateGeometry();
    update();
}

QSize LinkButton::sizeHint() const
{
    const QFontMetrics metrics(font());
    const double unit = unitOf(this);
    const int key = metrics.horizontalAdvance(m_key) + qRound(10 * unit);
    return {metrics.horizontalAdvance(text()) + qRound(14 * unit) + key + qRound(8 * unit),
            metrics.height() + qRound(8 * unit)};
}

void LinkButton::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    const double unit = unitOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF all = QRectF(rect()).adjusted(1, 1, -1, -1);
    if (hasFocus() || underMouse()) {
        QColor tint = theme.accent;
        tint.setAlphaF(isDown() ? 0.26F : 0.12F);
        painter.setPen(hasFocus() ? QPen(theme.accent, 1.5 * unit) : QPen(Qt::NoPen));
        painter.setBrush(tint);
        painter.drawRoundedRect(all, 4 * unit, 4 * unit);
    }
    // The key as a key cap, then the words.
    const QFontMetricsF metrics(font());
    const double capWidth = metrics.horizontalAdvance(m_key) + 10 * unit;
    const QRectF cap(all.right() - capWidth - 4 * unit, all.center().y() - metrics.height() / 2, capWidth,
                     metrics.height());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.softInk, unit));
    painter.drawRoundedRect(cap, 3 * unit, 3 * unit);
    painter.drawText(cap, Qt::AlignCenter, m_key);
    QFont underlined = font();
    underlined.setUnderline(true);
    painter.setFont(underlined);
    painter.setPen(theme.accent);
    painter.drawText(QRectF(all.left() + 6 * unit, all.top(), cap.left() - all.left() - 6 * unit, all.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, text());
}

void LinkButton::changeEvent(QEvent* event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    update();
}

void LinkButton::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void LinkButton::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace interleave
