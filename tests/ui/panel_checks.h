// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/theme.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QTest>

// What tests of the panels ask of them.

namespace interleave {

// The column at the left of a window of 1280 by 800, between the switch of sources and the timeline.
inline void inTheSmallestColumn(QWidget& panel)
{
    QFont font = panel.font();
    font.setPixelSize(normalTextPixels);
    panel.setFont(font);
    panel.resize(264, 430);
}

inline bool isInSight(const QWidget& panel, const char* name)
{
    const auto* widget = panel.findChild<QWidget*>(QLatin1String(name));
    return widget && widget->isVisible() && widget->visibleRegion().boundingRect() == widget->rect();
}

// What a screen reader says of a label.
inline QString heard(const QWidget& panel, const char* name)
{
    auto* widget = panel.findChild<QLabel*>(QLatin1String(name));
    QAccessibleInterface* const accessible = QAccessible::queryAccessibleInterface(widget);
    return accessible ? accessible->text(QAccessible::Name) : QString();
}

inline void everyLabelSaysItsText(const QWidget& panel)
{
    for (QLabel* label : panel.findChildren<QLabel*>()) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        QAccessibleInterface* const accessible = QAccessible::queryAccessibleInterface(label);
        QVERIFY(accessible);
        QCOMPARE(accessible->text(QAccessible::Name), label->text());
    }
}

// A click on a control leaves the focus where it was, unless text is edited there.
inline void clickingLeavesTheFocus(const QWidget& panel)
{
    for (const QWidget* control : panel.findChildren<QWidget*>()) {
        const bool isControl = qobject_cast<const QAbstractButton*>(control)
                            || qobject_cast<const QAbstractSlider*>(control) || qobject_cast<const QComboBox*>(control);
        if (!isControl || control->objectName().startsWith(QLatin1String("qt_")))
            continue;
        if (control->focusPolicy() == Qt::NoFocus)
            continue;
        QVERIFY2(control->focusPolicy() == Qt::TabFocus,
                 qPrintable(QLatin1String(control->metaObject()->className()) + u' ' + control->objectName()));
    }
}

} // namespace interleave
