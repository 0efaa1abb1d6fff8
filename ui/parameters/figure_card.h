// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>
#include <utility>

class QLabel;
class QVBoxLayout;

namespace interleave {

class ShareBar;

// A card with what came of a run: figures and their names, and a bar of how much was lost.
class FigureCard : public QFrame {
    Q_OBJECT

protected:
    explicit FigureCard(QWidget* parent);

    [[nodiscard]] QVBoxLayout& column() const;
    [[nodiscard]] ShareBar& bar() const { return *m_bar; } // which is not in the column yet
    // The name and the figure, which are not in any layout yet.
    [[nodiscard]] std::pair<QLabel*, QLabel*> newFigure(const QString& name, const QString& objectName);

    [[nodiscard]] QFont figureFont() const;
    [[nodiscard]] QFont smallFont() const;
    void colour(QLabel* label, const QColor& ink, QFont with, bool bold = false) const;
    [[nodiscard]] const QList<QLabel*>& names() const { return m_names; }
    virtual void takeColours() = 0;

    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    ShareBar* m_bar;
    QList<QLabel*> m_names;
};

} // namespace interleave
