// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/keys_page.h"

#include "help/key_names.h"
#include "help/rows_view.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QShowEvent>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::KeysPage)
};

// Keys are found by what stands on them and by what they are called: ← and Left.
QString namesOf(const QAction& action)
{
    QStringList names{action.toolTip()};
    // Whoever looks for losses is looking for the stores that cause them.
    if (action.text().contains(Texts::tr("clobbering store", "in the text of an action")))
        names << Texts::tr("lost update") << Texts::tr("loss");
    for (const QKeySequence& key : action.shortcuts())
        names << key.toString(QKeySequence::PortableText);
    return names.join(QLatin1Char(','));
}

HelpGroup groupOf(const QString& title, const QList<QAction*>& actions)
{
    HelpGroup group{title, {}};
    for (const QAction* action : actions)
        group.rows.push_back(
            {withoutMnemonic(action->text()), {}, keyTexts(action->shortcuts()), HelpPicture::None, namesOf(*action)});
    return group;
}

HelpRow rowOf(const QString& what, const QStringList& keys)
{
    return {what, {}, keys};
}

} // namespace

std::vector<HelpGroup> keysBesideTheMenus()
{
    const auto keys = [](std::initializer_list<QKeyCombination> combinations) {
        QList<QKeySequence> sequences;
        for (const QKeyCombination key : combinations)
            sequences << QKeySequence(key);
        return keyTexts(sequences);
    };
    return {
        {Texts::tr("On the stage"),
         {rowOf(Texts::tr("Next card"), keys({Qt::Key_Down})), rowOf(Texts::tr("Card before"), keys({Qt::Key_Up}))}},
        {Texts::tr("While you are the scheduler"),
         {rowOf(Texts::tr("Pick the first, second, … thread"),
                {Texts::tr("1 … 9", "keys"), Texts::tr("A … Z", "keys")}),
          rowOf(Texts::tr("Take the last pick back"), keys({Qt::Key_Backspace, Qt::CTRL | Qt::Key_Z})),
          rowOf(Texts::tr("Make it again"), keys({Qt::CTRL | Qt::Key_Y, Qt::CTRL | Qt::SHIFT | Qt::Key_Z}))}},
        {Texts::tr("From control to control"),
         {rowOf(Texts::tr("Next control, control before"), keys({Qt::Key_Tab, Qt::SHIFT | Qt::Key_Tab})),
          rowOf(Texts::tr("Leave the control: the keys play again"), keys({Qt::Key_Escape}))}},
        {Texts::tr("With the mouse"),
         {rowOf(Texts::tr("Timeline: zoom at the mouse"), {Texts::tr("Ctrl + wheel", "mouse")}),
          rowOf(Texts::tr("Timeline: move along"), {Texts::tr("drag", "mouse")}),
          rowOf(Texts::tr("Timeline: measure a stretch"),
                {Texts::tr("Shift + drag", "mouse"), Texts::tr("drag on the axis", "mouse")}),
          rowOf(Texts::tr("Go to a moment, a loss or an update"), {Texts::tr("click", "mouse")})}},
    };
}

KeysPage::KeysPage(const QMenuBar& menus, QWidget* parent)
    : SearchPage(tr("All keys"), tr("Look for a key, or for what it does"), parent),
      m_menus(&menus),
      m_otherKeys(keysBesideTheMenus())
{
    read();
}

void KeysPage::setOtherKeys(std::vector<HelpGroup> groups)
{
    m_otherKeys = std::move(groups);
    read();
}

void KeysPage::showEvent(QShowEvent* event)
{
    if (!event->spontaneous())
        read();
    SearchPage::showEvent(event);
}

void KeysPage::read()
{
    if (!m_menus)
        return;
    std::vector<HelpGroup> groups;
    for (QAction* menu : m_menus->actions())
        groups.push_back(groupOf(withoutMnemonic(menu->text()), actionsWithKeys({menu})));
    groups.push_back(groupOf(tr("In the window"), actionsBesideMenus(*m_menus)));
    groups.insert(groups.end(), m_otherKeys.begin(), m_otherKeys.end());
    const QModelIndex current = view().currentIndex();
    const QString at = rows().rowAt(current) ? rows().rowAt(current)->title : QString();
    rows().setGroups(std::move(groups));
    const QModelIndex again = rows().indexOf(at);
    view().goTo(again.isValid() ? again : rows().best());
}

} // namespace interleave
