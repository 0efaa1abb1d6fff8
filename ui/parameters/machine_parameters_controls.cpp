// SPDX-License-Identifier: GPL-3.0-or-later
// The controls of MachineParameters: what there is, and which of it is to be seen.
#include "controls/flat_combo_box.h"
#include "parameters/dice_button.h"
#include "parameters/machine_parameters.h"
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

QString latin(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

MachineParameters::MachineParameters(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 6, 12, 4);
    column->setSpacing(5);
    const QScopedValueRollback setting(m_setting, true);
    createProgram(*column);
    createMachine(*column);
    createScheduler(*column);
    createTexts(*column);
    column->addStretch(1);
    takeLook();
    setChoice(MachineChoice::beginningWith(builtInProgram(BuiltIn::UnlockedCounter)));
}

QComboBox* MachineParameters::addCombo(QVBoxLayout& column, const QString& name, const QString& description,
                                       const char* objectName)
{
    auto* label = new QLabel(name);
    auto* combo = new FlatComboBox;
    combo->setObjectName(QLatin1String(objectName));
    combo->setAccessibleName(name);
    combo->setAccessibleDescription(description);
    combo->setToolTip(description);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(8);
    combo->setFocusPolicy(Qt::StrongFocus);
    combo->installEventFilter(this);
    label->setBuddy(combo);
    column.addWidget(label);
    column.addWidget(combo);
    return combo;
}

QLineEdit* MachineParameters::addEdit(QVBoxLayout& column, QWidget*& group, const QString& name,
                                      const QString& description, const char* objectName)
{
    group = new QWidget;
    auto* inside = new QVBoxLayout(group);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(column.spacing());
    auto* label = new QLabel(name);
    auto* edit = new QLineEdit;
    edit->setObjectName(QLatin1String(objectName));
    edit->setAccessibleName(name);
    edit->setAccessibleDescription(description);
    edit->setToolTip(description);
    label->setBuddy(edit);
    inside->addWidget(label);
    inside->addWidget(edit);
    column.addWidget(group);
    return edit;
}

void MachineParameters::createProgram(QVBoxLayout& column)
{
    m_program = addCombo(column, tr("Program"), tr("Which program the threads run"), "machineProgram");
    for (const BuiltInProgram& program : builtInPrograms()) {
        m_program->addItem(titleOf(program.id), static_cast<int>(program.id));
        m_program->setItemData(m_program->count() - 1, summaryOf(program.id), Qt::ToolTipRole);
    }
    m_summary = explanationLabel("programSummary");
    column.addWidget(m_summary);
    connect(m_program, &QComboBox::currentIndexChanged, this, &MachineParameters::pickProgram);
}

void MachineParameters::createMachine(QVBoxLayout& column)
{
    const auto add = [this, &column](const char* objectName, auto... arguments) {
        auto* row = new ParameterRow(arguments...);
        row->setObjectName(QLatin1String(objectName));
        column.addWidget(row);
        connect(row, &ParameterRow::valueChanged, this, &MachineParameters::change);
        return row;
    };
    const SettingNames names = SettingNames::ofTheWindow();
    constexpr int mostThreads = MachineSettings::mostThreads;
    constexpr int mostCores = MachineSettings::mostCores;
    const QString usual = numberText(99'999);
    m_threads = add("machineThreads", names.threads, tr("How many threads run the program"),
                    LogScale(1, mostThreads, whole), spinBox(1, mostThreads), usual);
    m_iterations = add("machineIterations", tr("Iterations"),
                       tr("How often each thread goes round: one of the start registers"),
                       LogScale(1, mostIterations, whole), spinBox(1, mostIterations), numberText(mostIterations));
    m_cores = add("machineCores", names.cores, tr("Virtual cores: each executes one instruction in every tick"),
                  LogScale::linear(1, mostCores), spinBox(1, mostCores), usual);
    m_quantum = add("machineQuantum", names.quantum, tr("Instructions before the scheduler is asked again"),
                    LogScale(1, mostQuantum, whole), spinBox(1, mostQuantum), numberText(mostQuantum));
    m_switchCost = add("machineSwitchCost", names.switchCost,
                       tr("Ticks that a context switch takes, from saving one thread to restoring the next"),
                       LogScale(1, mostSwitchCost, whole, LogScale::Zero::First), spinBox(0, mostSwitchCost), usual);
    // The registers have to say it before anyone asks.
    disconnect(m_iterations, &ParameterRow::valueChanged, this, &MachineParameters::change);
    connect(m_iterations, &ParameterRow::valueChanged, this, [this](int value) {
        takeIterations(value);
        change();
    });
}

void MachineParameters::createScheduler(QVBoxLayout& column)
{
    m_policy = addCombo(column, tr("Scheduler"), tr("Who decides which thread goes on"), "machineScheduler");
    for (const Policy policy : policies) {
        m_policy->addItem(latin(nameOf(policy)), static_cast<int>(policy));
        m_policy->setItemData(m_policy->count() - 1, explanationOf(policy), Qt::ToolTipRole);
    }
    connect(m_policy, &QComboBox::currentIndexChanged, this, [this] {
        showPolicy();
        change();
    });
    m_explanation = explanationLabel("schedulerExplanation");
    column.addWidget(m_explanation);

    m_seedRow = new QWidget;
    auto* row = new QHBoxLayout(m_seedRow);
    row->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(tr("Seed"));
    m_seed = spinBox(0, std::numeric_limits<int>::max());
    m_seed->setObjectName(QStringLiteral("machineSeed"));
    m_seed->setKeyboardTracking(false);
    m_seed->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_seed->setAlignment(Qt::AlignRight);
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setAccessibleDescription(tr("Where chance begins: the same seed gives the same run, everywhere"));
    m_seed->setToolTip(m_seed->accessibleDescription());
    label->setBuddy(m_seed);
    auto* dice = new DiceButton;
    dice->setObjectName(QStringLiteral("seedDice"));
    dice->setAccessibleName(tr("Draw a new seed"));
    dice->setAccessibleDescription(tr("Puts a random number in the field for the seed"));
    dice->setToolTip(dice->accessibleName());
    row->addWidget(label, 1);
    row->addWidget(m_seed);
    row->addWidget(dice);
    column.addWidget(m_seedRow);
    connect(m_seed, &QSpinBox::valueChanged, this, &MachineParameters::change);
    connect(dice, &QAbstractButton::clicked, this, [this] {
        const int before = m_seed->value();
        do
            m_seed->setValue(static_cast<int>(QRandomGenerator::global()->bounded(drawnSeeds)));
        while (m_seed->value() == before);
    });

    constexpr int mostDepth = MachineSettings::mostPctDepth;
    m_depth = new ParameterRow(SettingNames::ofTheWindow().pctDepth,
                               tr("Depth of the bug to look for: how many orderings it takes to make it show"),
                               LogScale(1, mostDepth, whole), spinBox(1, mostDepth), numberText(99'999));
    m_depth->setObjectName(QStringLiteral("machineDepth"));
    column.addWidget(m_depth);
    connect(m_depth, &ParameterRow::valueChanged, this, &MachineParameters::change);

    m_schedule = addEdit(column, m_scheduleGroup, SettingNames::ofTheWindow().schedule,
                         tr("Which thread executes how many instructions, in order: 0:3,1:12,0:1"), "machineSchedule");
    connect(m_schedule, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (!m_setting && !text.isEmpty())
            m_longSchedule.clear();
        change();
    });
}

void MachineParameters::createTexts(QVBoxLayout& column)
{
    const SettingNames names = SettingNames::ofTheWindow();
    m_registers = addEdit(column, m_registersGroup, names.registers,
                          tr("bx=3:cx=1 for all threads, or one set for each, separated by commas"), "startRegisters");
    m_registers->setPlaceholderText(QStringLiteral("bx=3:cx=1"));
    connect(m_registers, &QLineEdit::textChanged, this, [this] {
        if (!m_setting)
            showIterations();
        change();
    });
    m_counter = addCombo(column, names.counter, tr("Whose updates the ledger keeps"), "machineCounter");
    m_counter->addItem(tr("found by the machine"), QString());
    connect(m_counter, &QComboBox::currentIndexChanged, this, &MachineParameters::change);
    m_steps = new ParameterRow(names.maxSteps, tr("The run ends after so many steps, should it not end by itself"),
                               LogScale(1, mostSteps, whole), spinBox(1, mostSteps), numberText(mostSteps));
    m_steps->setObjectName(QStringLiteral("machineSteps"));
    column.addWidget(m_steps);
    connect(m_steps, &ParameterRow::valueChanged, this, &MachineParameters::change);
}

void MachineParameters::showProgram()
{
    const BuiltInProgram* const chosen = program();
    m_summary->setText(m_program->currentData(Qt::ToolTipRole).toString());
    m_program->setToolTip(m_summary->text());
    constexpr int mostThreads = MachineSettings::mostThreads;
    const int fewest = chosen ? static_cast<int>(chosen->fewestThreads) : 1;
    const int most = chosen && chosen->mostThreads > 0 ? static_cast<int>(chosen->mostThreads) : mostThreads;
    {
        const QScopedValueRollback setting(m_setting, true);
        m_threads->setRange(fewest, most, most > 20 ? LogScale(fewest, most, whole) : LogScale::linear(fewest, most));
    }
    m_threads->setEnabled(fewest < most);
    m_threads->setToolTip(fewest < most ? tr("How many threads run the program")
                                        : tr("This program is written for %Ln threads.", nullptr, fewest));
    showIterations();
}

void MachineParameters::showPolicy()
{
    const Policy chosen = policy();
    m_explanation->setText(explanationOf(chosen));
    const bool manual = chosen == Policy::Manual;
    m_cores->setEnabled(!manual);
    m_cores->setToolTip(manual ? tr("Each pick is one instruction on one core: manual mode has no more.")
                               : tr("Virtual cores: each executes one instruction in every tick"));
    m_quantum->setVisible(usesQuantum(chosen));
    m_seedRow->setVisible(usesSeed(chosen));
    m_depth->setVisible(chosen == Policy::Pct);
    m_scheduleGroup->setVisible(chosen == Policy::Replay);
}

} // namespace interleave
