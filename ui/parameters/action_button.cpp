// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/action_button.h"

#include <QAction>

namespace interleave {

ActionButton::ActionButton(const QString& text, Without without, QWidget* parent)
    : QPushButton(text, parent),
      m_text(text),
      m_without(without)
{
    setFocusPolicy(Qt::TabFocus);
    connect(this, &QPushButton::clicked, this, [this] {
        if (m_action)
            m_action->trigger();
    });
    follow();
}

void ActionButton::setAction(QAction* action)
{
    if (m_action)
        m_action->disconnect(this);
    m_action = action;
    if (action) {
        connect(action, &QAction::changed, this, &ActionButton::follow);
        connect(action, &QObject::destroyed, this, [this] { setAction(nullptr); });
    }
    follow();
}

void ActionButton::setReason(const QString& reason)
{
    m_reason = reason;
    follow();
}

void ActionButton::follow()
{
    // The letter of a menu's entry is the menu's: as one of a button it would take the keys of that menu.
    setText(m_action ? m_action->text().remove(QLatin1Char('&')) : m_text);
    const bool can = m_action && m_action->isEnabled() && m_action->isVisible();
    setEnabled(can);
    const QString tip = !can && !m_reason.isEmpty() ? m_reason : m_action ? m_action->toolTip() : m_text;
    setToolTip(tip);
    setAccessibleDescription(tip);
    if (m_without == Without::Hide)
        setVisible(can);
    emit followed();
}

} // namespace interleave
