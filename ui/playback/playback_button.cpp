// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/playback_button.h"

#include "style/theme.h"

#include <QAction>
#include <QPainter>

namespace interleave {

PlaybackButton::PlaybackButton(QAction* action, PlaybackIcon icon, QWidget* parent) : QToolButton(parent), m_icon(icon)
{
    setDefaultAction(action);
    // Reached with Tab, yet a click leaves the keys with whoever had them.
    setFocusPolicy(Qt::TabFocus);
    setAutoRepeat(action->autoRepeat());
    const auto describe = [this, action] {
        QString name = action->text();
        setAccessibleName(name.remove(QLatin1Char('&')));
        setAccessibleDescription(action->toolTip());
    };
    connect(action, &QAction::changed, this, describe);
    describe();
}

void PlaybackButton::setIconShown(PlaybackIcon icon)
{
    m_icon = icon;
    update();
}

QSize PlaybackButton::sizeHint() const
{
    const double unit = unitOf(this);
    return {static_cast<int>(34 * unit), static_cast<int>(32 * unit)};
}

void PlaybackButton::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    const double unit = unitOf(this);
    const bool hot = isEnabled() && underMouse();
    QColor fill = theme.card;
    QColor ink = theme.ink;
    QColor edge = theme.controlLine;
    if (m_isMain && isEnabled()) {
        fill = theme.accent;
        ink = theme.onAccent;
        edge = theme.accent;
    }
    if (isDown())
        fill = m_isMain ? fill.darker(115) : theme.tinted(theme.ink, 0.16);
    else if (hot)
        fill = m_isMain ? fill.lighter(108) : theme.tinted(theme.ink, 0.07);
    if (!isEnabled())
        ink = theme.softInk;

    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(hasFocus() ? theme.accent : edge, (hasFocus() ? 2 : 1) * unit));
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 5 * unit, 5 * unit);
    if (hasFocus() && m_isMain) { // the accent's edge would not show on the accent
        painter.setPen(QPen(theme.onAccent, 1.5 * unit));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(4, 4, -4, -4), 3 * unit, 3 * unit);
    }
    const double side = 17 * unit;
    const QPointF corner = QRectF(rect()).center() - QPointF(side / 2, side / 2);
    drawPlaybackIcon(painter, m_icon, QRectF(corner, QSizeF(side, side)), ink);
}

} // namespace interleave
