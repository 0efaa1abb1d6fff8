// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <functional>

class QKeyEvent;
class QWidget;

namespace interleave {

// Who gets the keys of a window. They play, wherever the mouse has been: a click leaves the focus on the stage, unless it
// goes into text. A control that was reached with Tab keeps the keys that work it until Escape. Letters mean the same
// keys while Hangul is typed.
class KeyFocus : public QObject {
    Q_OBJECT

public:
    // `home` is where the focus belongs: what is to be seen of the stage.
    KeyFocus(QWidget& window, std::function<QWidget*()> home);

    // Gives the focus back to the stage.
    void goHome();
    // The focus is in text that is being edited.
    [[nodiscard]] bool isEditing() const;
    // The control that was reached with Tab and still has the focus; null if there is none.
    [[nodiscard]] QWidget* reached() const;

    // Text can be typed here.
    [[nodiscard]] static bool takesText(const QWidget* widget);
    // The key works this control, whatever it means elsewhere.
    [[nodiscard]] static bool usesKey(const QWidget* widget, const QKeyEvent& event);
    // The letter, 'A' to 'Z', on whose key a letter of the two-set Hangul keyboard stands; 0 for any other character.
    [[nodiscard]] static char latinOf(char32_t jamo);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool overridden(QWidget* widget, QKeyEvent* key);
    bool pressed(QWidget* widget, QKeyEvent* key);
    bool typedInHangul(const QKeyEvent& key);
    void takeFocus(QWidget* widget, Qt::FocusReason reason);

    QWidget& m_window;
    std::function<QWidget*()> m_home;
    QPointer<QWidget> m_reached;
};

} // namespace interleave
