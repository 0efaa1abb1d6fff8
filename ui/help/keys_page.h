// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "help/search_page.h"

#include <QPointer>

class QMenuBar;

namespace interleave {

// All keys and what they do, read from the actions of the window themselves, so that none is missing and none is wrong.
// Beside those stand the keys that are no actions.
class KeysPage : public SearchPage {
    Q_OBJECT

public:
    explicit KeysPage(const QMenuBar& menus, QWidget* parent = nullptr);

    // The keys that are no actions, in place of those that are known here.
    void setOtherKeys(std::vector<HelpGroup> groups);

protected:
    // Menus change: what was Run is Cancel during a run.
    void showEvent(QShowEvent* event) override;

private:
    void read();

    QPointer<const QMenuBar> m_menus;
    std::vector<HelpGroup> m_otherKeys;
};

// What the stage, the timeline, the panels and manual scheduling do with keys that are no actions, and with the mouse.
[[nodiscard]] std::vector<HelpGroup> keysBesideTheMenus();

} // namespace interleave
