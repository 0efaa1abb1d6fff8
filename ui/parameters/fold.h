// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace interleave {

class QuietButton;

// Controls that are seldom wanted, behind a word that shows and hides them. It remembers which; and while they are
// hidden, it says what of them is not as usual.
class Fold : public QWidget {
    Q_OBJECT

public:
    // `settingsKey`: where it remembers itself.
    Fold(const QString& title, const QString& settingsKey, QWidget* parent = nullptr);

    // What it hides goes into this.
    [[nodiscard]] QVBoxLayout& column() const { return *m_column; }
    // At the end of its first row.
    void addToHead(QWidget* widget);
    [[nodiscard]] QuietButton& button() const { return *m_button; }
    [[nodiscard]] bool isUnfolded() const;
    void setUnfolded(bool unfolded);
    // What says what of the hidden is not as usual; it may be placed where it is always seen.
    [[nodiscard]] QLabel* unusualText() const { return m_says; }
    // What of the hidden is not as usual, a few words each.
    void setUnusual(const QStringList& unusual);
    // Something that is hidden is not as in the run shown.
    void setMarked(bool marked);

signals:
    void toggled(bool unfolded);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showState();
    void takeLook();

    QString m_title;
    QString m_settingsKey;
    QStringList m_unusual;
    bool m_marked = false;
    bool m_unfolded = false;
    QuietButton* m_button;
    QLabel* m_says;
    QWidget* m_contents;
    QHBoxLayout* m_head;
    QVBoxLayout* m_column;
};

} // namespace interleave
