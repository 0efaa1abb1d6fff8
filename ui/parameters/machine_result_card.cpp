// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/machine_result_card.h"

#include "history/ledger.h"
#include "parameters/figure_label.h"
#include "parameters/fold.h"
#include "parameters/quiet_button.h"
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

// "2 threads on 1 core, round-robin": what the run was made with.
QString runText(const MachineSettings& settings, const QString& program)
{
    const QString how = MachineResultCard::tr("%1 on %2 · %3", "2 threads on 1 core, a scheduler")
                            .arg(threadsText(settings.threads), coresText(settings.cores),
                                 QString::fromStdString(std::string(nameOf(settings.policy))));
    return program.isEmpty() ? how : MachineResultCard::tr("%1 · %2", "a program, how it was run").arg(program, how);
}

} // namespace

MachineResultCard::MachineResultCard(QWidget* parent)
    : FigureCard(parent),
      m_outcome(newText(QStringLiteral("machineOutcome"))),
      m_noCounter(new QLabel(tr("no counter"))),
      m_counted(new QWidget),
      m_details(new Fold(tr("Details"), QStringLiteral("panel/detailsOfMachine"))),
      m_switches(newText(QStringLiteral("machineSwitches")))
{
    setAccessibleName(tr("Result of the machine"));
    column().addWidget(m_outcome);
    m_noCounter->setObjectName(QStringLiteral("noCounter"));
    m_noCounter->setToolTip(tr("No cell of this program is a counter, so there are no updates to be lost."));
    m_noCounter->setAccessibleDescription(m_noCounter->toolTip());
    column().addWidget(m_noCounter);
    auto* counted = new QVBoxLayout(m_counted);
    counted->setContentsMargins(0, 0, 0, 0);
    counted->setSpacing(column().spacing());
    auto* large = new QGridLayout;
    large->setVerticalSpacing(2);
    m_expected = addFigure(*large, tr("expected"), "machineExpected", true);
    m_final = addFigure(*large, tr("final"), "machineFinal", true);
    m_lost = addFigure(*large, tr("lost"), "machineLost", true);
    counted->addLayout(large);
    counted->addWidget(&bar());
    column().addWidget(m_counted);
    auto* small = new QGridLayout;
    small->setVerticalSpacing(2);
    m_instructions = addFigure(*small, tr("instructions"), "machineInstructions", false);
    m_ticks = addFigure(*small, tr("ticks"), "machineTicks", false);
    auto* name = new QLabel(tr("switches"));
    name->setObjectName(QStringLiteral("switchesName"));
    name->setBuddy(m_switches);
    m_switches->setAlignment(Qt::AlignRight);
    m_switches->setToolTip(tr("Context switches: voluntary, because a thread blocked or yielded; and involuntary, "
                              "because it was preempted"));
    m_switches->setAccessibleDescription(m_switches->toolTip());
    small->addWidget(name, small->rowCount(), 0, Qt::AlignTop);
    small->addWidget(m_switches, small->rowCount() - 1, 1);
    m_details->column().addLayout(small);
    column().addWidget(m_details);
    takeColours();
    clear();
}

FigureLabel* MachineResultCard::addFigure(QGridLayout& grid, const QString& name, const char* objectName, bool large)
{
    const auto [label, figure] = newFigure(name, QLatin1String(objectName));
    const int row = grid.rowCount();
    grid.addWidget(label, row, 0);
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
    setRun({});
    m_counter = Counter::Unknown;
    m_losesSome = false;
    for (FigureLabel* figure : m_largeFigures + m_smallFigures) {
        figure->setFigure(tr("–", "no value yet"));
        figure->setExplanation({});
    }
    m_switches->setText(tr("–", "no value yet"));
    bar().setShares(0, 0);
    showCounter();
}

// A program without a counter has no updates: figures of nothing would be read as figures.
void MachineResultCard::showCounter()
{
    m_counted->setVisible(m_counter == Counter::Some);
    m_noCounter->setVisible(m_counter == Counter::None);
    m_details->setVisible(m_counter != Counter::Unknown);
    takeColours();
}

void MachineResultCard::setResult(const MachineHistory& history, const QString& program)
{
    setRun(runText(history.settings(), program));
    // A long chain of waiting would leave no room to the parameters.
    const bool choosing = history.outcome() == Outcome::Paused && history.settings().policy == Policy::Manual;
    const QString end = choosing ? tr("Your turn: pick who goes on.") : endOf(history);
    const bool tooLong = history.outcome() == Outcome::Deadlock && end.size() > longestOutcome;
    m_outcome->setText(tooLong ? deadlockHeadline(history.deadlock()) : end);
    m_outcome->setToolTip(tooLong ? end : QString());
    m_outcome->setAccessibleDescription(m_outcome->toolTip());
    const MachineState last = history.machineState(history.steps());
    const auto expected = history.expected();
    std::uint64_t lost = 0;
    m_counter = Counter::None;
    // A cell that a finished run never added to was none, whoever called it one.
    const Ledger& ledger = history.ledger();
    if (history.counter() && expected && (ledger.updates() > 0 || history.outcome() != Outcome::Finished)) {
        lost = ledger.lost();
        m_counter = Counter::Some;
        m_final->setFigure(last.cells.value(history.counter()->address));
        m_expected->setFigure(*expected);
        m_lost->setFigure(numberText(lost));
        bar().setShares(lost, ledger.updates());
        const QString what = tr("Of %1", "the counter").arg(QString::fromStdString(history.counter()->name));
        for (FigureLabel* figure : m_largeFigures)
            figure->setExplanation(what);
    }
    m_losesSome = lost > 0;
    m_instructions->setFigure(numberText(history.instructions()));
    m_ticks->setFigure(numberText(history.ticks()));
    m_switches->setText(tr("%1 voluntary\n%2 involuntary", "context switches")
                            .arg(numberText(last.voluntarySwitches), numberText(last.involuntarySwitches)));
    showCounter();
}

void MachineResultCard::takeColours()
{
    const Theme& theme = Theme::of(this);
    for (QLabel* name : names())
        colour(name, theme.softInk, smallFont());
    colour(findChild<QLabel*>(QStringLiteral("switchesName")), theme.softInk, smallFont());
    m_details->button().setFont(smallFont());
    colour(m_noCounter, theme.softInk, smallFont());
    m_expected->setLook(theme.ink, figurePixels, false);
    m_final->setLook(m_counter == Counter::Some ? theme.survived : theme.softInk, figurePixels, true);
    m_lost->setLook(m_losesSome ? theme.lost : theme.softInk, figurePixels, true);
    for (FigureLabel* figure : m_smallFigures)
        figure->setLook(theme.ink, smallPixels, false);
    colour(m_switches, theme.ink, smallFont());
    colour(m_outcome, theme.ink, smallFont());
}

} // namespace interleave
