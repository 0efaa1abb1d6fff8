// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/wheel_guard.h"

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QEvent>
#include <QScrollBar>
#include <QTabBar>
#include <QWidget>

namespace interleave {

namespace {

bool hasValue(const QObject* object)
{
    const bool slides = qobject_cast<const QAbstractSlider*>(object) && !qobject_cast<const QScrollBar*>(object);
    return slides || qobject_cast<const QAbstractSpinBox*>(object) || qobject_cast<const QComboBox*>(object)
        || qobject_cast<const QTabBar*>(object);
}

} // namespace

WheelGuard::WheelGuard(QObject* parent) : QObject(parent)
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool WheelGuard::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Wheel && hasValue(watched)) {
        event->ignore(); // so that the parent is asked next
        return true;
    }
    // Qt gives the focus to what the wheel turns over before it asks whether anybody minds.
    if (event->type() == QEvent::Polish && watched->isWidgetType())
        if (auto* const widget = static_cast<QWidget*>(watched); widget->focusPolicy() == Qt::WheelFocus)
            widget->setFocusPolicy(Qt::StrongFocus);
    return false;
}

} // namespace interleave
