// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>
#include <utility>

class QLabel;
class QVBoxLayout;

namespace interleave {

class FigureLabel;
class ShareBar;

// A card with what came of a run: figures and their names, and a bar of how much was lost.
class FigureCard : public QFrame {
    Q_OBJECT

protected:
    explicit FigureCard(QWidget* parent);

    [[nodiscard]] QVBoxLayout& column() const;
    [[nodiscard]] ShareBar& bar() const { return *m_bar; } // which is not in the column yet
    // The name and the figure, which are not in any layout yet.
    [[nodiscard]] std::pair<QLabel*, FigureLabel*> newFigure(const QString& name, const QString& objectName);
    // Which run this is of, in the first line; empty: of none.
    void setRun(const QString& run);
    // A text of several lines, in small letters.
    [[nodiscard]] QLabel* newText(const QString& objectName);

    static constexpr int figurePixels = 17; // design pixels
    static constexpr int smallPixels = 13;
    static constexpr int runPixels = 12;
    [[nodiscard]] QFont smallFont() const;
    void colour(QLabel* label, const QColor& ink, QFont with, bool bold = false) const;
    [[nodiscard]] const QList<QLabel*>& names() const { return m_names; }
    virtual void takeColours() = 0;

    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void takeLookOfRun();

    ShareBar* m_bar;
    QLabel* m_run;
    QList<QLabel*> m_names;
};

} // namespace interleave
