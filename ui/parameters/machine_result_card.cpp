// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/machine_result_card.h"

#include "history/ledger.h"
#include "parameters/share_bar.h"
#include "sentences/machine_errors.h"
#include "sentences/names.h"
#include "style/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace interleave {

namespace {

constexpr qsizetype longestOutcome = 110; // characters

// A cell can hold any number of digits.
QString shown(const Integer& number)
{
    constexpr qsizetype longest = 16;
    if (number.isSmall())
        return numberText(number.small());
    const QString digits = QString::fromStdString(number.toString());
    return digits.size() <= longest ? digits : digits.left(longest - 1) + QChar(0x2026);
}

} // namespace

MachineResultCard::MachineResultCard(QWidget* parent) : FigureCard(parent), m_outcome(new QLabel)
{
    setAccessibleName(tr("Result of the machine"));
    m_outcome->setObjectName(QStringLiteral("machineOutcome"));
    m_outcome->setAccessibleName(tr("How the run ended"));
    m_outcome->setWordWrap(true);
    m_outcome->setTextFormat(Qt::PlainText);
    m_outcome->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column().addWidget(m_outcome);
    auto* large = new QGridLayout;
    large->setVerticalSpacing(4);
    m_expected = addFigure(*large, tr("expected"), "machineExpected", true);
    m_final = addFigure(*large, tr("final"), "machineFinal", true);
    m_lost = addFigure(*large, tr("lost"), "machineLost", true);
    column().addLayout(large);
    column().addWidget(&bar());
    auto* small = new QGridLayout;
    small->setVerticalSpacing(2);
    m_instructions = addFigure(*small, tr("instructions"), "machineInstructions", false);
    m_ticks = addFigure(*small, tr("ticks"), "machineTicks", false);
    m_switches = addFigure(*small, tr("switches"), "machineSwitches", false);
    m_switches->setToolTip(tr("Context switches: voluntary, because a thread blocked or gave up its core; and "
                              "involuntary, because it was preempted"));
    m_switches->setWordWrap(true);
    column().addLayout(small);
    takeColours();
    clear();
}

QLabel* MachineResultCard::addFigure(QGridLayout& grid, const QString& name, const char* objectName, bool large)
{
    const auto [label, figure] = newFigure(name, QLatin1String(objectName));
    const int row = grid.rowCount();
    grid.addWidget(label, row, 0, Qt::AlignTop);
    grid.addWidget(figure, row, 1);
    grid.setColumnStretch(1, 1);
    (large ? m_largeFigures : m_smallFigures) << figure;
    return figure;
}

void MachineResultCard::clear()
{
    setProblem(tr("No run yet."));
}

void MachineResultCard::setProblem(const QString& sentence)
{
    m_outcome->setText(sentence);
    m_outcome->setToolTip({});
    m_hasCounter = false;
    m_losesSome = false;
    for (QLabel* figure : m_largeFigures + m_smallFigures)
        figure->setText(tr("–", "no value yet"));
    bar().setShares(0, 0);
    takeColours();
}

void MachineResultCard::setResult(const MachineHistory& history)
{
    // A long chain of waiting would leave no room to the parameters.
    const bool choosing = history.outcome() == Outcome::Paused && history.settings().policy == Policy::Manual;
    const QString end = choosing ? tr("Your turn: pick who goes on.") : endOf(history);
    const bool tooLong = history.outcome() == Outcome::Deadlock && end.size() > longestOutcome;
    m_outcome->setText(tooLong ? deadlockHeadline(history.deadlock()) : end);
    m_outcome->setToolTip(tooLong ? end : QString());
    m_outcome->setAccessibleDescription(m_outcome->toolTip());
    const MachineState last = history.machineState(history.steps());
    const auto expected = history.expected();
    m_hasCounter = history.counter().has_value() && expected.has_value();
    const QString none = tr("–", "no value yet");
    std::uint64_t lost = 0;
    if (m_hasCounter) {
        const Ledger& ledger = history.ledger();
        lost = ledger.lost();
        m_final->setText(shown(last.cells.value(history.counter()->address)));
        m_expected->setText(shown(*expected));
        bar().setShares(lost, ledger.updates());
    } else {
        m_final->setText(none);
        m_expected->setText(none);
        bar().setShares(0, 0);
    }
    m_lost->setText(m_hasCounter ? numberText(lost) : none);
    const QString what = m_hasCounter ? tr("Of %1", "the counter").arg(QString::fromStdString(history.counter()->name))
                                      : tr("No cell of this program is a counter");
    for (QLabel* figure : m_largeFigures)
        figure->setToolTip(what);
    m_losesSome = lost > 0;
    m_instructions->setText(numberText(history.instructions()));
    m_ticks->setText(numberText(history.ticks()));
    m_switches->setText(tr("%1 voluntary\n%2 involuntary", "context switches")
                            .arg(numberText(last.voluntarySwitches), numberText(last.involuntarySwitches)));
    takeColours();
}

void MachineResultCard::takeColours()
{
    const Theme& theme = Theme::of(this);
    for (QLabel* name : names())
        colour(name, theme.softInk, smallFont());
    colour(m_expected, theme.ink, figureFont());
    colour(m_final, m_hasCounter ? theme.survived : theme.softInk, figureFont(), true);
    colour(m_lost, m_losesSome ? theme.lost : theme.softInk, figureFont(), true);
    for (QLabel* label : m_smallFigures)
        colour(label, theme.ink, smallFont());
    colour(m_outcome, theme.ink, smallFont(), true);
}

} // namespace interleave
