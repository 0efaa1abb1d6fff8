// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QScrollArea>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace interleave {

class KeyCap;
struct FirstStep;

// The walk of the first five minutes, step by step, with the keys that it needs: a click on one presses it.
class FirstStepsPage : public QScrollArea {
    Q_OBJECT

public:
    explicit FirstStepsPage(QWidget* parent = nullptr);

signals:
    void keyAsked(const QKeySequence& key);

protected:
    // Up, Down, Page Up and Page Down scroll; all other keys are for who reads on.
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* newStep(int number, const FirstStep& step);
    void takeSizes();

    std::vector<QLabel*> m_numbers;
    std::vector<QLabel*> m_titles;
};

} // namespace interleave
