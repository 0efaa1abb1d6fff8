// SPDX-License-Identifier: GPL-3.0-or-later
// The controls of MachineParameters: what there is, and which of it is to be seen.
#include "controls/flat_combo_box.h"
#include "parameters/controls_panel.h"
#include "parameters/dice_button.h"
#include "parameters/fold.h"
#include "parameters/machine_parameters.h"
#include "parameters/parameter_label.h"
#include "parameters/parameter_row.h"
#include "parameters/policy_texts.h"
#include "sentences/machine_errors.h"
#include "sentences/names.h"
#include "sentences/programs.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

namespace interleave {

namespace {

constexpr auto whole = LogScale::Values::Whole;
constexpr int drawnSeeds = 1'000'000; // short enough to be read out

QSpinBox* spinBox(int least, int most)
{
    auto* box = new QSpinBox;
    box->setRange(least, most);
    return box;
}

QLabel* explanationLabel(const char* objectName)
{
    auto* label = new QLabel;
    label->setObjectName(QLatin1String(objectName));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

// A name and its control beside each other.
QHBoxLayout* line(QLabel* name, QWidget* control)
{
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(name);
    row->addWidget(control, 1);
    return row;
}

QString latin(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

MachineParameters::MachineParameters(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 6, 12, 2);
    column->setSpacing(4);
    // What is run again by itself after a change is not to be marked as not run for that moment.
    m_patience.setSingleShot(true);
    m_patience.setInterval(ControlsPanel::patience);
    connect(&m_patience, &QTimer::timeout, this, &MachineParameters::mark);
    const QScopedValueRollback setting(m_setting, true);
    createProgram(*column);
    createScheduler(*column);
    createMore(*column);
    column->addStretch(1);
    takeLook();
    setChoice(MachineChoice::beginningWith(builtInProgram(BuiltIn::UnlockedCounter)));
    compare();
}

ParameterRow* MachineParameters::addRow(QVBoxLayout& column, ParameterRow* row, const char* objectName)
{
    row->setObjectName(QLatin1String(objectName));
    column.addWidget(row);
    connect(row, &ParameterRow::valueChanged, this, &MachineParameters::change);
    return row;
}

QComboBox* MachineParameters::newCombo(ParameterLabel& label, const char* objectName)
{
    auto* combo = new FlatComboBox;
    combo->setObjectName(QLatin1String(objectName));
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(8);
    combo->setFocusPolicy(Qt::TabFocus);
    combo->installEventFilter(this);
    label.addControl(combo);
    return combo;
}

QLineEdit* MachineParameters::newEdit(ParameterLabel& label, const char* objectName)
{
    auto* edit = new QLineEdit;
    edit->setObjectName(QLatin1String(objectName));
    label.addControl(edit);
    return edit;
}

void MachineParameters::createProgram(QVBoxLayout& column)
{
    const SettingNames names = SettingNames::ofTheWindow();
    m_programLabel = new ParameterLabel(tr("Program"), tr("Which program the threads run"));
    m_program = newCombo(*m_programLabel, "machineProgram");
    for (const BuiltInProgram& program : builtInPrograms()) {
        m_program->addItem(titleOf(program.id), static_cast<int>(program.id));
        m_program->setItemData(m_program->count() - 1, summaryOf(program.id), Qt::ToolTipRole);
    }
    column.addLayout(line(m_programLabel, m_program));
    m_summary = explanationLabel("programSummary");
    column.addWidget(m_summary);
    connect(m_program, &QComboBox::currentIndexChanged, this, &MachineParameters::pickProgram);

    constexpr int mostThreads = MachineSettings::mostThreads;
    m_threads = addRow(column,
                       new ParameterRow(names.threads, tr("How many threads run the program"),
                                        LogScale(1, mostThreads, whole), spinBox(1, mostThreads), numberText(99'999)),
                       "machineThreads");
    m_iterations = addRow(column,
                          new ParameterRow(tr("Iterations"),
                                           tr("How often each thread goes round: one of the start registers"),
                                           LogScale(1, mostIterations, whole), spinBox(1, mostIterations),
                                           numberText(mostIterations)),
                          "machineIterations");
    // The registers have to say it before anyone asks.
    disconnect(m_iterations, &ParameterRow::valueChanged, this, &MachineParameters::change);
    connect(m_iterations, &ParameterRow::valueChanged, this, [this](int value) {
        takeIterations(value);
        change();
    });
}

// Who goes on, and what that scheduler looks at.
void MachineParameters::createScheduler(QVBoxLayout& column)
{
    const SettingNames names = SettingNames::ofTheWindow();
    m_policyLabel = new ParameterLabel(tr("Scheduler"), tr("Who decides which thread goes on"));
    m_policy = newCombo(*m_policyLabel, "machineScheduler");
    for (const Policy policy : policies) {
        m_policy->addItem(latin(nameOf(policy)), static_cast<int>(policy));
        m_policy->setItemData(m_policy->count() - 1, explanationOf(policy), Qt::ToolTipRole);
    }
    connect(m_policy, &QComboBox::currentIndexChanged, this, [this] {
        showPolicy();
        change();
    });
    column.addLayout(line(m_policyLabel, m_policy));
    m_explanation = explanationLabel("schedulerExplanation");
    column.addWidget(m_explanation);

    m_scheduleGroup = new QWidget;
    m_scheduleLabel = new ParameterLabel(names.schedule,
                                         tr("Which thread executes how many instructions, in order: 0:3,1:12,0:1"));
    m_schedule = newEdit(*m_scheduleLabel, "machineSchedule");
    m_scheduleGroup->setLayout(line(m_scheduleLabel, m_schedule));
    column.addWidget(m_scheduleGroup);
    connect(m_schedule, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (!m_setting && !text.isEmpty())
            m_longSchedule.clear();
        change();
    });

    m_seedRow = new QWidget;
    m_seedLabel = new ParameterLabel(tr("Seed"),
                                     tr("Where chance begins: the same seed gives the same run, everywhere"));
    m_seed = spinBox(0, std::numeric_limits<int>::max());
    m_seed->setObjectName(QStringLiteral("machineSeed"));
    m_seed->setKeyboardTracking(false);
    m_seed->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_seed->setAlignment(Qt::AlignRight);
    m_seed->setFocusPolicy(Qt::StrongFocus);
    m_seedLabel->addControl(m_seed);
    auto* dice = new DiceButton;
    dice->setObjectName(QStringLiteral("seedDice"));
    dice->setAccessibleName(tr("Draw a new seed"));
    dice->setAccessibleDescription(tr("Puts a random number in the field for the seed"));
    dice->setToolTip(dice->accessibleName());
    auto* row = line(m_seedLabel, m_seed);
    row->addWidget(dice);
    m_seedRow->setLayout(row);
    column.addWidget(m_seedRow);
    connect(m_seed, &QSpinBox::valueChanged, this, &MachineParameters::change);
    connect(dice, &QAbstractButton::clicked, this, [this] {
        const int before = m_seed->value();
        do
            m_seed->setValue(static_cast<int>(QRandomGenerator::global()->bounded(drawnSeeds)));
        while (m_seed->value() == before);
    });

    constexpr int mostDepth = MachineSettings::mostPctDepth;
    m_depth = addRow(column,
                     new ParameterRow(names.pctDepth,
                                      tr("Depth of the bug to look for: how many orderings it takes to make it show"),
                                      LogScale(1, mostDepth, whole), spinBox(1, mostDepth), numberText(99'999)),
                     "machineDepth");
    m_quantum = addRow(column,
                       new ParameterRow(names.quantum, tr("Instructions before the scheduler is asked again"),
                                        LogScale(1, mostQuantum, whole), spinBox(1, mostQuantum),
                                        numberText(mostQuantum)),
                       "machineQuantum");
}

void MachineParameters::createMore(QVBoxLayout& column)
{
    m_more = new Fold(tr("More"), QStringLiteral("panel/moreOfMachine"));
    m_more->setObjectName(QStringLiteral("moreParameters"));
    column.addWidget(m_more);
    QVBoxLayout& inside = m_more->column();
    const SettingNames names = SettingNames::ofTheWindow();
    constexpr int mostCores = MachineSettings::mostCores;
    const QString usual = numberText(99'999);
    m_cores = addRow(inside,
                     new ParameterRow(names.cores, tr("Virtual cores: each executes one instruction in every tick"),
                                      LogScale::linear(1, mostCores), spinBox(1, mostCores), usual),
                     "machineCores");
    m_switchCost = addRow(
        inside,
        new ParameterRow(names.switchCost,
                         tr("Ticks that a context switch takes, from saving one thread to restoring the next"),
                         LogScale(1, mostSwitchCost, whole, LogScale::Zero::First), spinBox(0, mostSwitchCost), usual),
        "machineSwitchCost");
    createTexts(inside);
    m_steps = addRow(inside,
                     new ParameterRow(names.maxSteps,
                                      tr("The run ends after so many steps, should it not end by itself"),
                                      LogScale(1, mostSteps, whole), spinBox(1, mostSteps), numberText(mostSteps)),
                     "machineSteps");
}

void MachineParameters::createTexts(QVBoxLayout& column)
{
    const SettingNames names = SettingNames::ofTheWindow();
    m_registersLabel = new ParameterLabel(names.registers,
                                          tr("bx=3:cx=1 for all threads, or one set for each, separated by commas"));
    m_registers = newEdit(*m_registersLabel, "startRegisters");
    m_registers->setPlaceholderText(QStringLiteral("bx=3:cx=1"));
    column.addWidget(m_registersLabel);
    column.addWidget(m_registers);
    connect(m_registers, &QLineEdit::textChanged, this, [this] {
        if (!m_setting)
            showIterations();
        change();
    });
    m_counterLabel = new ParameterLabel(names.counter, tr("Whose updates the ledger keeps"));
    m_counter = newCombo(*m_counterLabel, "machineCounter");
    m_counter->addItem(tr("the program's own"), QString());
    column.addLayout(line(m_counterLabel, m_counter));
    connect(m_counter, &QComboBox::currentIndexChanged, this, &MachineParameters::change);
}

QLabel* MachineParameters::hiddenText() const
{
    return m_more->unusualText();
}

void MachineParameters::addToFold(QWidget* widget)
{
    m_more->addToHead(widget);
}

void MachineParameters::showProgram()
{
    const BuiltInProgram* const chosen = program();
    m_summary->setText(m_program->currentData(Qt::ToolTipRole).toString());
    m_programLabel->setDescription(m_summary->text());
    constexpr int mostThreads = MachineSettings::mostThreads;
    const int fewest = chosen ? static_cast<int>(chosen->fewestThreads) : 1;
    const int most = chosen && chosen->mostThreads > 0 ? static_cast<int>(chosen->mostThreads) : mostThreads;
    {
        const QScopedValueRollback setting(m_setting, true);
        m_threads->setRange(fewest, most, most > 20 ? LogScale(fewest, most, whole) : LogScale::linear(fewest, most));
    }
    m_threads->setReason(fewest < most ? QString() : tr("This program is written for %Ln threads.", nullptr, fewest));
    showIterations();
}

void MachineParameters::showPolicy()
{
    const Policy chosen = policy();
    m_explanation->setText(shortlyExplained(chosen));
    m_explanation->setToolTip(explanationOf(chosen));
    m_policyLabel->setDescription(explanationOf(chosen));
    m_cores->setReason(chosen == Policy::Manual
                           ? tr("Each pick is one instruction on one core: manual mode has no more.")
                           : QString());
    m_quantum->setVisible(usesQuantum(chosen));
    m_seedRow->setVisible(usesSeed(chosen));
    m_depth->setVisible(chosen == Policy::Pct);
    m_scheduleGroup->setVisible(chosen == Policy::Replay);
}

} // namespace interleave
