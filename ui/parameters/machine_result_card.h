// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"
#include "parameters/figure_card.h"

#include <memory>

class QGridLayout;
class QLabel;

namespace interleave {

// What came of a run of the machine: how it ended, what the counter came to, and what it took.
class MachineResultCard : public FigureCard {
    Q_OBJECT

public:
    explicit MachineResultCard(QWidget* parent = nullptr);

    // The ledger of the history is made here unless it was prepared.
    void setResult(const MachineHistory& history);
    // There is no result, and why.
    void setProblem(const QString& sentence);
    void clear();

private:
    QLabel* addFigure(QGridLayout& grid, const QString& name, const char* objectName, bool large);
    void takeColours() override;

    QLabel* m_outcome;
    QList<QLabel*> m_largeFigures;
    QList<QLabel*> m_smallFigures;
    QLabel* m_final = nullptr;
    QLabel* m_expected = nullptr;
    QLabel* m_lost = nullptr;
    QLabel* m_instructions = nullptr;
    QLabel* m_ticks = nullptr;
    QLabel* m_switches = nullptr;
    bool m_hasCounter = false;
    bool m_losesSome = false;
};

} // namespace interleave
