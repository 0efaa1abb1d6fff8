// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QPointer>

class QKeySequence;
class QLabel;
class QMenuBar;
class QTabWidget;

namespace interleave {

class KeysPage;
class WordsPage;

// First steps, words, keys and what the program is, in a window beside the main one. It stays open while one works in
// that one; Esc closes it.
class HelpWindow : public QDialog {
    Q_OBJECT

public:
    enum class Page { FirstSteps, Words, Keys, About };
    Q_ENUM(Page)

    // `menus` are those of the main window: their keys are listed, and work from here as well where no text is edited.
    explicit HelpWindow(const QMenuBar& menus, QWidget* parent = nullptr);

    [[nodiscard]] Page page() const;
    [[nodiscard]] KeysPage& keys() const { return *m_keys; }
    [[nodiscard]] WordsPage& words() const { return *m_words; }

public slots:
    // Opens the window, or brings it to the front, at a page.
    void showPage(interleave::HelpWindow::Page page);
    // The same, at what a word means.
    void showWord(const QString& word);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void place();
    void takeSizes();
    // Does what the menus of the main window have this key for. False: nothing has it.
    bool press(const QKeySequence& key);

    QPointer<const QMenuBar> m_menus;
    QTabWidget* m_pages;
    WordsPage* m_words;
    KeysPage* m_keys;
    QLabel* m_said;
    double m_placedAt = 0; // the size of a design pixel then
};

} // namespace interleave
