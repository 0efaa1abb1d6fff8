// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QPushButton>
#include <cstdint>

class QAction;

namespace interleave {

// A button that does what an action does, and looks and says what the action says as long as there is one.
class ActionButton : public QPushButton {
    Q_OBJECT

public:
    // Stand: a button whose action cannot be had is grey. Hide: it is not there.
    enum class Without : std::uint8_t { Stand, Hide };

    ActionButton(const QString& text, Without without, QWidget* parent = nullptr);

    void setAction(QAction* action);
    // Why the action cannot be had, where it stands; empty: what the action says itself.
    void setReason(const QString& reason);

signals:
    // The text may be another one now.
    void followed();

private:
    void follow();

    QPointer<QAction> m_action;
    QString m_text; // before there is an action
    QString m_reason;
    Without m_without;
};

} // namespace interleave
