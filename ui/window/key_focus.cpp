// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/key_focus.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTextEdit>
#include <array>

namespace interleave {

namespace {

// The letters as they stand on the keys A to Z, and those that take Shift.
constexpr std::array<char32_t, 26> plainJamo{U'ㅁ', U'ㅠ', U'ㅊ', U'ㅇ', U'ㄷ', U'ㄹ', U'ㅎ', U'ㅗ', U'ㅑ',
                                             U'ㅓ', U'ㅏ', U'ㅣ', U'ㅡ', U'ㅜ', U'ㅐ', U'ㅔ', U'ㅂ', U'ㄱ',
                                             U'ㄴ', U'ㅅ', U'ㅕ', U'ㅍ', U'ㅈ', U'ㅌ', U'ㅛ', U'ㅋ'};
constexpr std::array<std::pair<char32_t, char>, 7> shiftedJamo{{{U'ㅃ', 'Q'},
                                                               {U'ㅉ', 'W'},
                                                               {U'ㄸ', 'E'},
                                                               {U'ㄲ', 'R'},
                                                               {U'ㅆ', 'T'},
                                                               {U'ㅒ', 'O'},
                                                               {U'ㅖ', 'P'}}};

bool isText(const QWidget* widget)
{
    return qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget)
        || qobject_cast<const QPlainTextEdit*>(widget) || qobject_cast<const QTextEdit*>(widget);
}

// The widget itself, or that which it is a part of, such as the viewport of an editor.
const QWidget* textAt(const QWidget* widget)
{
    for (const QWidget* at = widget; at && !at->isWindow(); at = at->parentWidget())
        if (isText(at))
            return at;
    return nullptr;
}

bool isEnter(const QKeyEvent& key)
{
    return key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
}

bool hasNoModifier(const QKeyEvent& key)
{
    return (key.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
}

} // namespace

KeyFocus::KeyFocus(QWidget& window, std::function<QWidget*()> home)
    : QObject(&window), m_window(window), m_home(std::move(home))
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool KeyFocus::takesText(const QWidget* widget)
{
    if (const auto* edit = qobject_cast<const QPlainTextEdit*>(widget))
        return !edit->isReadOnly();
    if (const auto* edit = qobject_cast<const QTextEdit*>(widget))
        return !edit->isReadOnly();
    return isText(widget);
}

bool KeyFocus::usesKey(const QWidget* widget, const QKeyEvent& event)
{
    if (!hasNoModifier(event))
        return false;
    const int key = event.key();
    const bool sideways = key == Qt::Key_Left || key == Qt::Key_Right;
    const bool moves = sideways || key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_Home
                    || key == Qt::Key_End || key == Qt::Key_PageUp || key == Qt::Key_PageDown;
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) {
        const bool oneOfSeveral = button->group() != nullptr || button->autoExclusive();
        return key == Qt::Key_Space || isEnter(event) || (oneOfSeveral && moves);
    }
    if (qobject_cast<const QAbstractSlider*>(widget))
        return moves;
    if (qobject_cast<const QTabBar*>(widget))
        return sideways || key == Qt::Key_Home || key == Qt::Key_End;
    if (qobject_cast<const QComboBox*>(widget))
        return moves || key == Qt::Key_Space;
    if (qobject_cast<const QAbstractItemView*>(widget))
        return moves || key == Qt::Key_Space || isEnter(event);
    return false;
}

char KeyFocus::latinOf(char32_t jamo)
{
    for (std::size_t i = 0; i < plainJamo.size(); ++i)
        if (plainJamo[i] == jamo)
            return static_cast<char>('A' + i);
    for (const auto& [shifted, letter] : shiftedJamo)
        if (shifted == jamo)
            return letter;
    return 0;
}

void KeyFocus::goHome()
{
    if (QWidget* const home = m_home())
        home->setFocus(Qt::OtherFocusReason);
}

bool KeyFocus::isEditing() const
{
    return takesText(m_window.focusWidget());
}

QWidget* KeyFocus::reached() const
{
    return m_reached && m_reached->hasFocus() ? m_reached.data() : nullptr;
}

void KeyFocus::takeFocus(QWidget* widget, Qt::FocusReason reason)
{
    switch (reason) {
    case Qt::TabFocusReason:
    case Qt::BacktabFocusReason:
    case Qt::ShortcutFocusReason: m_reached = widget; break;
    case Qt::PopupFocusReason: // a list or a menu was open for a while
    case Qt::MenuBarFocusReason:
    case Qt::ActiveWindowFocusReason: break;
    default: m_reached = nullptr;
    }
}

bool KeyFocus::overridden(QWidget* widget, QKeyEvent* key)
{
    if (!widget->hasFocus())
        return false;
    const bool leaves = key->key() == Qt::Key_Escape && (takesText(widget) || reached() == widget);
    if (leaves || (reached() == widget && usesKey(widget, *key))) {
        key->accept();
        return true;
    }
    // What is there to be read takes no keys away from playing.
    if (isText(widget) && !takesText(widget) && hasNoModifier(*key)) {
        key->ignore();
        return true;
    }
    return false;
}

bool KeyFocus::pressed(QWidget* widget, QKeyEvent* key)
{
    if (!widget->hasFocus())
        return false;
    if (key->key() == Qt::Key_Escape && (takesText(widget) || reached() == widget)) {
        goHome();
        return true;
    }
    if (isEnter(*key) && reached() == widget)
        if (auto* button = qobject_cast<QAbstractButton*>(widget)) {
            button->click();
            return true;
        }
    return !takesText(widget) && typedInHangul(*key);
}

// Where the system names the key by the letter that it types, no shortcut is found for it.
bool KeyFocus::typedInHangul(const QKeyEvent& key)
{
    const QList<uint> typed = key.text().toUcs4();
    const char letter = latinOf(typed.size() == 1 ? typed.first() : static_cast<char32_t>(key.key()));
    if (letter == 0)
        return false;
    const QKeySequence meant(QKeyCombination(key.modifiers() & ~Qt::KeypadModifier, static_cast<Qt::Key>(letter)));
    const auto actions = m_window.findChildren<QAction*>();
    for (QAction* action : actions)
        if (action->isEnabled() && action->shortcuts().contains(meant)) {
            action->trigger();
            return true;
        }
    return false;
}

bool KeyFocus::eventFilter(QObject* watched, QEvent* event)
{
    auto* const widget = qobject_cast<QWidget*>(watched);
    if (!widget || widget->window() != &m_window)
        return false;
    switch (event->type()) {
    case QEvent::FocusIn: {
        const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
        takeFocus(widget, reason);
        if (reason != Qt::MouseFocusReason || isText(widget) || widget == m_home())
            return false;
        goHome();
        return true;
    }
    case QEvent::MouseButtonPress:
        if (isEditing() && !textAt(widget))
            goHome();
        m_reached = nullptr;
        return false;
    case QEvent::ShortcutOverride: return overridden(widget, static_cast<QKeyEvent*>(event));
    case QEvent::KeyPress: return pressed(widget, static_cast<QKeyEvent*>(event));
    default: return false;
    }
}

} // namespace interleave
