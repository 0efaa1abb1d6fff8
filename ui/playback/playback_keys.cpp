// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/playback_keys.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QComboBox>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QTabBar>

namespace interleave {

PlaybackKeys::PlaybackKeys(QObject* parent) : QObject(parent)
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool PlaybackKeys::usesKey(const QWidget* widget, const QKeyEvent& event)
{
    if ((event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return false;
    const int key = event.key();
    const bool moves = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Home || key == Qt::Key_End;
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) {
        const bool oneOfSeveral = button->group() != nullptr || button->autoExclusive();
        return key == Qt::Key_Space || (oneOfSeveral && (key == Qt::Key_Left || key == Qt::Key_Right));
    }
    if (qobject_cast<const QAbstractSlider*>(widget) || qobject_cast<const QTabBar*>(widget))
        return moves;
    if (qobject_cast<const QComboBox*>(widget))
        return moves || !event.text().isEmpty();
    return false;
}

bool PlaybackKeys::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride || !watched->isWidgetType())
        return false;
    auto* key = static_cast<QKeyEvent*>(event);
    const auto* widget = static_cast<const QWidget*>(watched);
    if (!widget->hasFocus() || !usesKey(widget, *key))
        return false;
    key->accept();
    return true;
}

} // namespace interleave
