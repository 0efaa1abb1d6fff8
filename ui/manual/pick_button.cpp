// SPDX-License-Identifier: GPL-3.0-or-later
#include "manual/pick_button.h"

#include "style/theme.h"

#include <QEvent>
#include <QFontDatabase>
#include <QPainter>
#include <algorithm>

namespace interleave {

namespace {

constexpr double tall = 54; // design pixels
constexpr double badge = 34;
constexpr double gap = 10;
constexpr double leastPixels = 11;
constexpr int lineFlags = Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap;
constexpr ThreadIndex digits = 9; // threads that a digit picks, too

} // namespace

PickButton::PickButton(ThreadIndex thread, QWidget* parent) : QAbstractButton(parent), m_thread(thread)
{
    setObjectName(QStringLiteral("pick%1").arg(thread));
    setText(letterOf(thread));
    setFocusPolicy(Qt::TabFocus); // a click leaves the keys with whoever had them
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Pick thread %1").arg(letterOf(thread)));
}

void PickButton::offer(const QString& instruction)
{
    m_line = instruction;
    m_finished = false;
    setEnabled(true);
    const QString keys = m_thread < digits              ? tr("key %1 or %2").arg(letterOf(m_thread)).arg(m_thread + 1)
                       : letterOf(m_thread).size() == 1 ? tr("key %1").arg(letterOf(m_thread))
                                                        : QString();
    QString description = tr("Thread %1 executes %2 next").arg(letterOf(m_thread), instruction);
    if (!keys.isEmpty())
        description = tr("%1 (%2)", "what happens, key").arg(description, keys);
    setAccessibleDescription(description);
    setToolTip(description);
    update();
}

void PickButton::refuse(const QString& reason, bool finished)
{
    m_line = reason;
    m_finished = finished;
    setEnabled(false);
    const QString description = tr("Thread %1 cannot be picked: %2").arg(letterOf(m_thread), reason);
    setAccessibleDescription(description);
    setToolTip(description);
    update();
}

void PickButton::setLatest(bool latest)
{
    m_latest = latest;
    update();
}

void PickButton::setSelected(bool selected)
{
    m_selected = selected;
    update();
}

QSize PickButton::sizeHint() const
{
    const double unit = unitOf(this);
    return {static_cast<int>(210 * unit), std::max(static_cast<int>(tall * unit), 2 * fontMetrics().height())};
}

QSize PickButton::minimumSizeHint() const
{
    return {static_cast<int>(150 * unitOf(this)), sizeHint().height()};
}

void PickButton::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    const double unit = unitOf(this);
    const QColor colour = m_finished ? theme.softInk : theme.thread(m_thread);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);

    const bool hot = isEnabled() && (underMouse() || isDown());
    const double edge = hasFocus() || m_selected ? 3 * unit : isEnabled() ? 1.5 * unit : 1;
    const QRectF shape = QRectF(rect()).adjusted(edge / 2 + 0.5, edge / 2 + 0.5, -edge / 2 - 0.5, -edge / 2 - 0.5);
    painter.setPen(QPen(hasFocus() ? theme.ink : isEnabled() ? colour : theme.line, edge));
    painter.setBrush(!isEnabled() ? QBrush(Qt::NoBrush)
                     : isDown()   ? QBrush(theme.tinted(colour, 0.3))
                     : hot        ? QBrush(theme.tinted(colour, 0.16))
                                  : QBrush(theme.card));
    painter.drawRoundedRect(shape, 6 * unit, 6 * unit);
    if (!isEnabled() && !m_finished) { // blocked is hatched
        QColor hatch = colour;
        hatch.setAlphaF(0.28F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(hatch, Qt::BDiagPattern));
        painter.drawRoundedRect(shape, 6 * unit, 6 * unit);
    }

    const QRectF mark = markBox();
    const double side = mark.height();
    painter.setPen(isEnabled() ? QPen(Qt::NoPen) : QPen(colour, 1.5 * unit));
    painter.setBrush(isEnabled() ? QBrush(colour) : QBrush(theme.ground));
    painter.drawRoundedRect(mark, 5 * unit, 5 * unit);
    QFont letter = font();
    letter.setBold(true);
    letter.setPixelSize(static_cast<int>(side * (text().size() == 1 ? 0.6 : 0.42)));
    painter.setFont(letter);
    painter.setPen(isEnabled() ? theme.onThread(m_thread) : m_finished ? theme.softInk : theme.threadText(m_thread));
    painter.drawText(mark, Qt::AlignCenter, text());

    if (m_latest && isEnabled()) { // where the class has been last
        const double middle = shape.center().y();
        const double right = shape.right() - 6 * unit;
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawPolygon(
            QPolygonF{{right, middle - 5 * unit}, {right - 7 * unit, middle}, {right, middle + 5 * unit}});
    }
    painter.setFont(lineFont());
    painter.setPen(isEnabled() ? theme.ink : theme.softInk);
    painter.drawText(lineBox(), lineFlags, m_line);
}

QRectF PickButton::markBox() const
{
    const double unit = unitOf(this);
    const double side = std::min(badge * unit, height() - 12 * unit);
    return {gap * unit, (height() - side) / 2, side, side};
}

QRectF PickButton::lineBox() const
{
    const double unit = unitOf(this);
    const double left = markBox().right() + gap * unit;
    const double right = width() - (m_latest && isEnabled() ? 6 + gap : gap) * unit;
    return {left, 2, right - left, height() - 4.0};
}

// The line is whole, whatever the width: first in smaller letters, then in several lines.
QFont PickButton::lineFont() const
{
    const double unit = unitOf(this);
    const QRectF box = lineBox();
    QFont line = isEnabled() ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : font();
    line.setBold(isEnabled() && m_latest);
    const int wanted = static_cast<int>((isEnabled() ? 17 : 14) * unit);
    const int least = std::max(1, static_cast<int>(leastPixels * std::min(1.0, unit)));
    for (int size = wanted; size >= least; --size) {
        line.setPixelSize(size);
        if (QFontMetricsF(line).horizontalAdvance(m_line) <= box.width())
            return line;
    }
    for (int size = wanted; size > least; --size) {
        line.setPixelSize(size);
        if (QFontMetricsF(line).boundingRect(box, lineFlags, m_line).height() <= box.height())
            return line;
    }
    line.setPixelSize(least);
    return line;
}

void PickButton::changeEvent(QEvent* event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    update();
}

void PickButton::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void PickButton::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace interleave
