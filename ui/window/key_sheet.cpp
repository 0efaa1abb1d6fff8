// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/key_sheet.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMenu>
#include <QMenuBar>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace interleave {

namespace {

QString plain(QString text)
{
    return text.remove(QLatin1Char('&')).remove(QChar(0x2026));
}

void listActions(QTreeWidgetItem* parent, const QList<QAction*>& actions)
{
    for (const QAction* action : actions) {
        if (action->menu()) {
            listActions(parent, action->menu()->actions());
            continue;
        }
        if (action->shortcuts().isEmpty())
            continue;
        QStringList keys;
        for (const QKeySequence& key : action->shortcuts())
            keys.append(key.toString(QKeySequence::NativeText));
        new QTreeWidgetItem(parent, {plain(action->text()), keys.join(QStringLiteral("   "))});
    }
}

} // namespace

KeySheet::KeySheet(const QMenuBar& menus, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    auto* list = new QTreeWidget(this);
    list->setAccessibleName(tr("All keys"));
    list->setHeaderLabels({tr("What"), tr("Key")});
    list->setRootIsDecorated(false);
    list->setSelectionMode(QAbstractItemView::SingleSelection);
    list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    for (const QAction* menu : menus.actions()) {
        auto* group = new QTreeWidgetItem(list, {plain(menu->text())});
        QFont bold = font();
        bold.setBold(true);
        group->setFont(0, bold);
        listActions(group, menu->menu()->actions());
        group->setHidden(group->childCount() == 0);
    }
    const auto add = [this, list](const QString& title, const QList<std::pair<QString, QString>>& keys) {
        auto* group = new QTreeWidgetItem(list, {title});
        QFont bold = font();
        bold.setBold(true);
        group->setFont(0, bold);
        for (const auto& [what, key] : keys)
            new QTreeWidgetItem(group, {what, key});
    };
    const auto named = [](QKeyCombination key) { return QKeySequence(key).toString(QKeySequence::NativeText); };
    const QString between = QStringLiteral("   ");
    add(tr("On the stage"), {{tr("Next card"), named(Qt::Key_Down)}, {tr("Card before"), named(Qt::Key_Up)}});
    add(tr("While you are the scheduler"),
        {{tr("Pick the first, second, … thread"), tr("1 … 9", "keys") + between + tr("A … Z", "keys")},
         {tr("Take the last pick back"), named(Qt::Key_Backspace) + between + named(Qt::CTRL | Qt::Key_Z)},
         {tr("Make it again"), named(Qt::CTRL | Qt::Key_Y) + between + named(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)}});
    list->expandAll();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(list);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 70, fontMetrics().height() * 32);
}

} // namespace interleave
