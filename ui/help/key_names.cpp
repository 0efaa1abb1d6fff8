// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/key_names.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::KeyNames)
};

// What stands on the key itself, where that is not what Qt calls it.
QString capText(Qt::Key key)
{
    switch (key) {
    case Qt::Key_Left: return QStringLiteral("←");
    case Qt::Key_Right: return QStringLiteral("→");
    case Qt::Key_Up: return QStringLiteral("↑");
    case Qt::Key_Down: return QStringLiteral("↓");
    case Qt::Key_PageUp: return Texts::tr("Page Up", "key");
    case Qt::Key_PageDown: return Texts::tr("Page Down", "key");
    case Qt::Key_Return: return Texts::tr("Enter", "key");
    default: return QKeySequence(key).toString(QKeySequence::NativeText);
    }
}

} // namespace

QString keyText(const QKeySequence& sequence)
{
    QStringList strokes;
    for (int i = 0; i < sequence.count(); ++i) {
        const QKeyCombination stroke = sequence[static_cast<uint>(i)];
        const QString plain = QKeySequence(stroke.key()).toString(QKeySequence::NativeText);
        QString modifiers = QKeySequence(stroke).toString(QKeySequence::NativeText);
        modifiers.chop(plain.size());
        strokes << modifiers.replace(QLatin1Char('+'), QStringLiteral(" + ")) + capText(stroke.key());
    }
    return strokes.join(QStringLiteral(", "));
}

QStringList keyTexts(const QList<QKeySequence>& sequences)
{
    QStringList texts;
    for (const QKeySequence& sequence : sequences)
        texts << keyText(sequence);
    texts.removeDuplicates();
    return texts;
}

QString withoutMnemonic(QString text)
{
    text.remove(QLatin1Char('&')).remove(QChar(0x2026));
    return text.trimmed();
}

QList<QAction*> actionsWithKeys(const QList<QAction*>& actions)
{
    QList<QAction*> all;
    for (QAction* action : actions) {
        if (const QMenu* menu = action->menu())
            all += actionsWithKeys(menu->actions());
        else if (action->isVisible() && !action->shortcuts().isEmpty())
            all.append(action);
    }
    return all;
}

QList<QAction*> actionsBesideMenus(const QMenuBar& menus)
{
    QStringList texts;
    for (const QAction* action : actionsWithKeys(menus.actions()))
        texts << action->text();
    QList<QAction*> beside;
    for (QAction* action : menus.window()->findChildren<QAction*>()) {
        // Of two looks of one kind each has actions of its own, and they are called alike.
        const bool has = !action->menu() && action->isVisible() && !action->shortcuts().isEmpty();
        if (!has || texts.contains(action->text()))
            continue;
        texts << action->text();
        beside.append(action);
    }
    return beside;
}

QAction* actionOfKey(const QMenuBar& menus, const QKeySequence& key)
{
    for (QAction* action : actionsWithKeys(menus.actions()) + actionsBesideMenus(menus))
        if (action->shortcuts().contains(key))
            return action;
    return nullptr;
}

} // namespace interleave
