// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"
#include "parameters/figure_card.h"

#include <memory>

class QGridLayout;
class QLabel;

namespace interleave {

class FigureLabel;
class Fold;

// What came of a run of the machine: how it ended, what the counter came to, and what it took.
class MachineResultCard : public FigureCard {
    Q_OBJECT

public:
    explicit MachineResultCard(QWidget* parent = nullptr);

    // The ledger of the history is made here unless it was prepared. `program` is what ran, as it is called.
    void setResult(const MachineHistory& history, const QString& program = {});
    // There is no result, and why.
    void setProblem(const QString& sentence);
    void clear();

private:
    FigureLabel* addFigure(QGridLayout& grid, const QString& name, const char* objectName, bool large);
    void showCounter();
    void takeColours() override;

    QLabel* m_outcome;
    QLabel* m_noCounter;
    QWidget* m_counted; // what there is to say of a counter
    Fold* m_details;
    QLabel* m_switches;
    QList<FigureLabel*> m_largeFigures;
    QList<FigureLabel*> m_smallFigures;
    FigureLabel* m_final = nullptr;
    FigureLabel* m_expected = nullptr;
    FigureLabel* m_lost = nullptr;
    FigureLabel* m_instructions = nullptr;
    FigureLabel* m_ticks = nullptr;
    enum class Counter : std::uint8_t { Unknown, None, Some };
    Counter m_counter = Counter::Unknown;
    bool m_losesSome = false;
};

} // namespace interleave
