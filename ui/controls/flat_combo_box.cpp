// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/flat_combo_box.h"

#include "style/theme.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

// Design pixels.
constexpr double radius = 5;
constexpr double margin = 8;
constexpr double arrowRoom = 24;
constexpr double arrowReach = 4; // from its middle to either side
constexpr double leastHeight = 26;

} // namespace

FlatComboBox::FlatComboBox(QWidget* parent) : QComboBox(parent)
{
    setFocusPolicy(Qt::TabFocus); // choosing with the mouse leaves the keys with whoever had them
}

QSize FlatComboBox::grown(QSize size) const
{
    const double unit = unitOf(this);
    const double text = fontMetrics().height() + 8 * unit;
    return {size.width(), static_cast<int>(std::ceil(std::max(text, leastHeight * unit)))};
}

QSize FlatComboBox::sizeHint() const
{
    return grown(QComboBox::sizeHint());
}

QSize FlatComboBox::minimumSizeHint() const
{
    return grown(QComboBox::minimumSizeHint());
}

void FlatComboBox::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    const double unit = unitOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);

    const double pen = hasFocus() ? 2 : 1;
    const bool lit = hasFocus() || (underMouse() && isEnabled());
    painter.setPen(QPen(lit ? theme.accent : theme.controlLine, pen));
    painter.setBrush(isEnabled() ? theme.card : theme.panel);
    const QRectF frame = QRectF(rect()).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2);
    painter.drawRoundedRect(frame, radius * unit, radius * unit);

    const bool mirrored = isRightToLeft();
    const double room = arrowRoom * unit;
    QRectF text = QRectF(rect()).adjusted(margin * unit, 0, -room, 0);
    if (mirrored)
        text = QRectF(rect()).adjusted(room, 0, -margin * unit, 0);
    painter.setPen(isEnabled() ? theme.ink : theme.softInk);
    painter.setFont(font());
    painter.drawText(text, Qt::TextSingleLine | Qt::AlignVCenter | int{mirrored ? Qt::AlignRight : Qt::AlignLeft},
                     fontMetrics().elidedText(currentText(), Qt::ElideRight, static_cast<int>(text.width())));

    const QPointF middle(mirrored ? room / 2 : width() - room / 2, height() / 2.0);
    const double reach = arrowReach * unit;
    painter.setPen(
        QPen(isEnabled() ? theme.ink : theme.softInk, 1.8 * unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(QPolygonF{middle + QPointF(-reach, -reach / 2), middle + QPointF(0, reach / 2),
                                   middle + QPointF(reach, -reach / 2)});
}

void FlatComboBox::enterEvent(QEnterEvent* event)
{
    QComboBox::enterEvent(event);
    update();
}

void FlatComboBox::leaveEvent(QEvent* event)
{
    QComboBox::leaveEvent(event);
    update();
}

void FlatComboBox::changeEvent(QEvent* event)
{
    QComboBox::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    update();
}

} // namespace interleave
