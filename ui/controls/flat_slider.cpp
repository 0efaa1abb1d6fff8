// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/flat_slider.h"

#include "style/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

// Design pixels.
constexpr double handleRadius = 7;
constexpr double grooveHeight = 4;
constexpr double handleRoom = 10; // the ring and what shows that it has the focus

} // namespace

FlatSlider::FlatSlider(QWidget* parent) : QSlider(Qt::Horizontal, parent)
{
    setFocusPolicy(Qt::TabFocus); // dragging it leaves the keys with whoever had them
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize FlatSlider::sizeHint() const
{
    const double unit = unitOf(this);
    return {static_cast<int>(120 * unit),
            static_cast<int>(std::ceil(2 * std::max(handleRoom + 1, marksReach()) * unit))};
}

QSize FlatSlider::minimumSizeHint() const
{
    return {static_cast<int>(60 * unitOf(this)), sizeHint().height()};
}

QRectF FlatSlider::groove() const
{
    const double unit = unitOf(this);
    const double centre = height() / 2.0;
    const double room = handleRoom * unit;
    return {room, centre - grooveHeight * unit / 2, width() - 2 * room, grooveHeight * unit};
}

int FlatSlider::valueAt(double x) const
{
    const QRectF along = groove();
    const double share = along.width() > 0 ? std::clamp((x - along.left()) / along.width(), 0.0, 1.0) : 0;
    const double range = static_cast<double>(maximum()) - minimum();
    return static_cast<int>(minimum() + std::round(share * range));
}

double FlatSlider::xOf(int value) const
{
    const QRectF along = groove();
    const double range = static_cast<double>(maximum()) - minimum();
    return range > 0 ? along.left() + along.width() * (static_cast<double>(value) - minimum()) / range : along.left();
}

void FlatSlider::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    const double unit = unitOf(this);
    const QColor colour = isEnabled() ? theme.accent : theme.controlLine;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);

    const QRectF along = groove();
    const double radius = along.height() / 2;
    const QPointF centre(xOf(sliderPosition()), along.center().y());
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.controlLine);
    painter.drawRoundedRect(along, radius, radius);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(along.topLeft(), QPointF(centre.x(), along.bottom())), radius, radius);
    paintMarks(painter, along);

    if (hasFocus() || (underMouse() && isEnabled())) {
        QColor halo = colour;
        halo.setAlphaF(hasFocus() ? 0.35F : 0.18F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(halo);
        painter.drawEllipse(centre, handleRoom * unit, handleRoom * unit);
    }
    painter.setPen(QPen(colour, 2.4 * unit));
    painter.setBrush(isSliderDown() ? colour : theme.card);
    painter.drawEllipse(centre, handleRadius * unit, handleRadius * unit);
}

void FlatSlider::paintMarks(QPainter&, const QRectF&) {}

void FlatSlider::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    setSliderDown(true);
    setSliderPosition(valueAt(event->position().x()));
    update();
}

void FlatSlider::mouseMoveEvent(QMouseEvent* event)
{
    if (isSliderDown())
        setSliderPosition(valueAt(event->position().x()));
}

void FlatSlider::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    setSliderDown(false);
    update();
}

void FlatSlider::enterEvent(QEnterEvent* event)
{
    QSlider::enterEvent(event);
    update();
}

void FlatSlider::leaveEvent(QEvent* event)
{
    QSlider::leaveEvent(event);
    update();
}

void FlatSlider::changeEvent(QEvent* event)
{
    QSlider::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    update();
}

} // namespace interleave
