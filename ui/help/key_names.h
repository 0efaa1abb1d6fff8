// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>
#include <QStringList>

class QAction;
class QMenuBar;

namespace interleave {

// A key as it is written on a key cap: "Ctrl + T", "←", "Page Up".
[[nodiscard]] QString keyText(const QKeySequence& sequence);
// Each once, though two keys may be written alike.
[[nodiscard]] QStringList keyTexts(const QList<QKeySequence>& sequences);

// A text of a menu without its underlining and its dots.
[[nodiscard]] QString withoutMnemonic(QString text);

// Those of a menu and of the menus in it that have keys and are to be seen.
[[nodiscard]] QList<QAction*> actionsWithKeys(const QList<QAction*>& actions);
// Those of the window that no menu has, such as those of a look.
[[nodiscard]] QList<QAction*> actionsBesideMenus(const QMenuBar& menus);

// The action of the window that a key belongs to, or null.
[[nodiscard]] QAction* actionOfKey(const QMenuBar& menus, const QKeySequence& key);

} // namespace interleave
