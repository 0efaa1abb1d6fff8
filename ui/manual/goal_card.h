// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/goal.h"

#include <QVariantAnimation>
#include <QWidget>

class QLabel;

namespace interleave {

// A goal in a few words: "End at 2". And in a sentence: what is run, and what is to come of it.
[[nodiscard]] QString titleOf(const Goal& goal);
[[nodiscard]] QString sentenceOf(const Goal& goal);

// How it stands with a goal: a mark, a word, and what to do about it. A goal that has just been reached lights up once.
class GoalCard : public QWidget {
    Q_OBJECT

public:
    explicit GoalCard(QWidget* parent = nullptr);

    void setGoal(const Goal& goal, GoalState state, std::uint64_t picks);
    [[nodiscard]] QString text() const;
    [[nodiscard]] GoalState state() const { return m_state; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void takeSizes();

    GoalState m_state = GoalState::NotYet;
    QLabel* m_headline;
    QLabel* m_text;
    QVariantAnimation m_glow;
};

} // namespace interleave
