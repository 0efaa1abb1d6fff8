// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/flat_check_box.h"

#include "style/theme.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionButton>

namespace interleave {

FlatCheckBox::FlatCheckBox(const QString& text, QWidget* parent) : QCheckBox(text, parent)
{
    setFocusPolicy(Qt::TabFocus); // a click leaves the keys with whoever had them
}

void FlatCheckBox::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    const double unit = unitOf(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    QPainter painter(this);
    option.rect = style()->subElementRect(QStyle::SE_CheckBoxContents, &option, this);
    option.state &= ~QStyle::State_HasFocus; // the box itself shows it
    style()->drawControl(QStyle::CE_CheckBoxLabel, &option, &painter, this);

    option.rect = rect();
    QRectF box = style()->subElementRect(QStyle::SE_CheckBoxIndicator, &option, this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool filled = isChecked() && isEnabled();
    const bool lit = hasFocus() || (underMouse() && isEnabled());
    const double edge = hasFocus() ? 2 * unit : 1;
    box.adjust(edge / 2, edge / 2, -edge / 2, -edge / 2);
    // On its own fill the accent would not show that it has the focus.
    painter.setPen(QPen(filled ? (hasFocus() ? theme.ink : theme.accent)
                        : lit  ? theme.accent
                               : theme.controlLine,
                        edge));
    painter.setBrush(filled ? theme.accent : isEnabled() ? theme.card : theme.panel);
    painter.drawRoundedRect(box, 3 * unit, 3 * unit);
    if (!isChecked())
        return;
    const auto at = [&box](double x, double y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    painter.setBrush(Qt::NoBrush);
    painter.setPen(
        QPen(filled ? theme.onAccent : theme.softInk, 0.14 * box.width(), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF{at(0.24, 0.53), at(0.43, 0.72), at(0.77, 0.3)});
}

} // namespace interleave
