// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/machine_parameters.h"

#include "parameters/fold.h"
#include "parameters/parameter_label.h"
#include "parameters/parameter_row.h"
#include "parameters/policy_texts.h"
#include "parameters/start_registers_text.h"
#include "sentences/machine_errors.h"
#include "sentences/names.h"
#include "sentences/programs.h"
#include "style/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <algorithm>

namespace interleave {

namespace {

template <typename Number>
int bounded(Number value, int most)
{
    return static_cast<int>(std::min<std::uint64_t>(value, static_cast<std::uint64_t>(most)));
}

// Entry of the list for the user's own program: the built-in ones are there by their number.
constexpr int ownProgram = -1;

} // namespace

MachineChoice MachineParameters::choice() const
{
    MachineChoice choice;
    choice.program = program();
    MachineSettings& s = choice.settings;
    s.threads = static_cast<ThreadIndex>(m_threads->value());
    s.cores = static_cast<CoreIndex>(m_cores->value());
    s.policy = policy();
    s.quantum = static_cast<std::uint64_t>(m_quantum->value());
    s.seed = static_cast<std::uint64_t>(m_seed->value());
    s.switchCost = static_cast<std::uint64_t>(m_switchCost->value());
    s.maxSteps = static_cast<std::uint64_t>(m_steps->value());
    s.pctDepth = static_cast<std::uint32_t>(m_depth->value());
    choice.registers = m_registers->text().trimmed();
    choice.schedule = m_schedule->text().trimmed();
    if (auto sets = parsedStartRegisters(choice.registers, s.threads))
        s.registers = std::move(sets).value();
    // Nobody sees it, so it does not count.
    if (s.policy != Policy::Replay)
        s.schedule.clear();
    else if (choice.schedule.isEmpty())
        s.schedule = m_longSchedule;
    else if (auto schedule = parseSchedule(choice.schedule.toStdString(), s.threads))
        s.schedule = std::move(schedule).value();
    s.counter = m_counter->currentData().toString().toStdString();
    if (s.counter.empty() && choice.program)
        s.counter = choice.program->counter;
    return choice;
}

void MachineParameters::setChoice(const MachineChoice& choice)
{
    {
        const QScopedValueRollback setting(m_setting, true);
        const MachineSettings& s = choice.settings;
        const int number = choice.program ? static_cast<int>(choice.program->id) : ownProgram;
        m_program->setCurrentIndex(std::max(0, m_program->findData(number)));
        showProgram();
        m_threads->setValue(bounded(s.threads, static_cast<int>(MachineSettings::mostThreads)));
        m_cores->setValue(bounded(s.cores, static_cast<int>(MachineSettings::mostCores)));
        m_policy->setCurrentIndex(m_policy->findData(static_cast<int>(s.policy)));
        m_quantum->setValue(bounded(s.quantum, mostQuantum));
        m_seed->setValue(bounded(s.seed, m_seed->maximum()));
        m_switchCost->setValue(bounded(s.switchCost, mostSwitchCost));
        m_steps->setValue(bounded(s.maxSteps, mostSteps));
        m_depth->setValue(bounded(s.pctDepth, static_cast<int>(MachineSettings::mostPctDepth)));
        m_registers->setText(choice.registers);
        const bool isLong = choice.schedule.isEmpty() && s.schedule.size() > longestScheduleShown;
        m_longSchedule = isLong ? s.schedule : Schedule{};
        m_schedule->setText(isLong || !choice.schedule.isEmpty() ? choice.schedule
                                                                 : QString::fromStdString(textOf(s.schedule)));
        m_schedule->setPlaceholderText(isLong ? tr("from a recording: %1 entries").arg(numberText(s.schedule.size()))
                                              : QStringLiteral("0:3,1:12,0:1"));
        const QString counter = QString::fromStdString(s.counter);
        const bool known = choice.program && s.counter == choice.program->counter;
        if (!known && !counter.isEmpty() && m_counter->findData(counter) < 0)
            m_counter->addItem(counter, counter);
        m_counter->setCurrentIndex(known ? 0 : std::max(0, m_counter->findData(counter)));
        showPolicy();
        showIterations();
    }
    change();
}

QString MachineParameters::problem() const
{
    if (!program() && !m_ownProblem.isEmpty())
        return m_ownProblem;
    const auto threads = static_cast<ThreadIndex>(m_threads->value());
    if (const auto sets = parsedStartRegisters(m_registers->text(), threads); !sets)
        return sets.error();
    if (policy() == Policy::Replay) {
        const QString text = m_schedule->text().trimmed();
        if (!text.isEmpty())
            if (const auto schedule = parseSchedule(text.toStdString(), threads); !schedule)
                return sentenceOf(schedule.error(), SettingNames::ofTheWindow());
    }
    const auto error = problemOf(choice().settings);
    return error ? sentenceOf(*error, SettingNames::ofTheWindow()) : QString();
}

void MachineParameters::setProgram(const BuiltInProgram* builtIn, const QString& title, const QString& problem)
{
    m_ownProblem = builtIn ? QString() : problem;
    const BuiltInProgram* const before = program();
    const int own = m_program->findData(ownProgram);
    {
        const QScopedValueRollback setting(m_setting, true);
        if (!builtIn && own < 0) {
            m_program->addItem(QString(), ownProgram);
            m_program->setItemData(m_program->count() - 1, tr("The program in the editor"), Qt::ToolTipRole);
        }
        if (!builtIn)
            m_program->setItemText(m_program->findData(ownProgram), tr("Own: %1", "a program").arg(title));
        m_program->setCurrentIndex(m_program->findData(builtIn ? static_cast<int>(builtIn->id) : ownProgram));
        if (builtIn && own >= 0)
            m_program->removeItem(own);
        if (builtIn && builtIn != before)
            takeBeginning(*builtIn);
        showProgram();
    }
    change();
}

void MachineParameters::setCounters(std::span<const CounterCell> counters)
{
    const QScopedValueRollback setting(m_setting, true);
    const QVariant chosen = m_counter->currentData();
    while (m_counter->count() > 1)
        m_counter->removeItem(1);
    for (const CounterCell& counter : counters) {
        const QString name = QString::fromStdString(counter.name);
        m_counter->addItem(name, name);
    }
    if (!chosen.toString().isEmpty() && m_counter->findData(chosen) < 0)
        m_counter->addItem(chosen.toString(), chosen);
    m_counter->setCurrentIndex(std::max(0, m_counter->findData(chosen)));
    compare();
}

const BuiltInProgram* MachineParameters::program() const
{
    const int number = m_program->currentData().toInt();
    return number == ownProgram ? nullptr : &builtInProgram(static_cast<BuiltIn>(number));
}

Policy MachineParameters::policy() const
{
    return static_cast<Policy>(m_policy->currentData().toInt());
}

// A program brings along what it is good to begin with, and no schedule fits two.
void MachineParameters::takeBeginning(const BuiltInProgram& program)
{
    const QScopedValueRollback setting(m_setting, true);
    const MachineChoice good = MachineChoice::beginningWith(program);
    showProgram();
    m_threads->setValue(static_cast<int>(good.settings.threads));
    m_cores->setValue(static_cast<int>(good.settings.cores));
    m_switchCost->setValue(static_cast<int>(good.settings.switchCost));
    if (policy() == Policy::Replay)
        m_policy->setCurrentIndex(m_policy->findData(static_cast<int>(good.settings.policy)));
    m_registers->setText(good.registers);
    m_counter->setCurrentIndex(0);
    showIterations();
}

void MachineParameters::pickProgram()
{
    if (m_setting)
        return;
    if (const BuiltInProgram* const picked = program()) {
        takeBeginning(*picked);
        emit programPicked(picked->id);
    }
    change();
}

// The iterations are one of the start registers, and stand nowhere else.
void MachineParameters::takeIterations(int value)
{
    const BuiltInProgram* const chosen = program();
    if (m_setting || !chosen || !chosen->iterations)
        return;
    auto sets = parsedStartRegisters(m_registers->text());
    if (!sets)
        return;
    setIn(*sets, *chosen->iterations, Integer(value));
    const QScopedValueRollback setting(m_setting, true);
    m_registers->setText(textOf(*sets));
}

void MachineParameters::showIterations()
{
    const BuiltInProgram* const chosen = program();
    m_iterations->setVisible(chosen && chosen->iterations);
    if (!chosen || !chosen->iterations)
        return;
    const auto sets = parsedStartRegisters(m_registers->text());
    const auto value = sets ? valueIn(*sets, *chosen->iterations) : std::nullopt;
    if (!value || !value->isSmall() || value->small() < 1 || value->small() > mostIterations)
        return;
    const QScopedValueRollback setting(m_setting, true);
    m_iterations->setValue(static_cast<int>(value->small()));
}

void MachineParameters::change()
{
    if (m_setting)
        return;
    compare();
    emit changed();
}

void MachineParameters::compare()
{
    compareWithDefaults();
    compareWithShown();
}

MachineChoice MachineParameters::defaults() const
{
    if (const BuiltInProgram* const chosen = program())
        return MachineChoice::beginningWith(*chosen);
    // Of a program of the user's own nobody knows what its registers are for.
    MachineChoice choice = MachineChoice::beginningWith(builtInProgram(BuiltIn::UnlockedCounter));
    choice.program = nullptr;
    choice.registers.clear();
    choice.settings.registers.clear();
    choice.settings.counter.clear();
    return choice;
}

void MachineParameters::takeDefaults()
{
    setChoice(defaults());
}

std::optional<std::uint64_t> MachineParameters::rounds() const
{
    const BuiltInProgram* const chosen = program();
    if (!chosen || !chosen->iterations)
        return std::nullopt;
    return roundsIn(choice().settings.registers, *chosen->iterations);
}

bool MachineParameters::isAtDefaults() const
{
    return differencesBetween(choice(), defaults()).none();
}

void MachineParameters::compareWithDefaults()
{
    using Difference = MachineDifferences::Of;
    const MachineDifferences differences = differencesBetween(choice(), defaults());
    QStringList unusual;
    for (const auto& [of, row] :
         {std::pair(Difference::Cores, m_cores), std::pair(Difference::SwitchCost, m_switchCost),
          std::pair(Difference::MaxSteps, m_steps)})
        if (differences.has(of))
            unusual << row->text();
    const auto named = [](const ParameterLabel& label, const QString& value) {
        return tr("%1 %2", "a parameter and its value").arg(label.name(), value);
    };
    if (differences.has(Difference::Registers) || parsedStartRegisters(m_registers->text()) == std::nullopt)
        unusual << named(*m_registersLabel,
                         m_registers->text().trimmed().isEmpty() ? tr("none", "start registers") : m_registers->text());
    if (differences.has(Difference::Counter))
        unusual << named(*m_counterLabel, m_counter->currentText());
    m_more->setUnusual(unusual);
}

void MachineParameters::setShown(const std::optional<MachineChoice>& choice)
{
    m_shown = choice;
    compareWithShown();
}

void MachineParameters::compareWithShown()
{
    const bool differs = !m_shown || !differencesBetween(choice(), *m_shown).none();
    // What is marked already is kept up to date; else it has its time to be run by itself.
    const bool marked = m_programLabel->isMarked() || m_threads->label().isMarked() || m_iterations->label().isMarked();
    if (!differs || marked)
        mark();
    else if (!m_patience.isActive())
        m_patience.start();
    if (m_differs == differs)
        return;
    m_differs = differs;
    emit differsChanged(differs);
}

void MachineParameters::mark()
{
    using Difference = MachineDifferences::Of;
    m_patience.stop();
    const MachineChoice set = choice();
    const MachineChoice shown = m_shown.value_or(set);
    const MachineSettings& s = shown.settings;
    const MachineDifferences differences = differencesBetween(set, shown);
    const auto put = [&](ParameterLabel& label, Difference of, const QString& value) {
        label.setMark(differences.has(of) ? value : QString());
    };
    put(*m_programLabel, Difference::Program, shown.program ? titleOf(shown.program->id) : tr("a program of your own"));
    put(m_threads->label(), Difference::Threads, numberText(s.threads));
    const BuiltInProgram* const chosen = program();
    const auto rounds = chosen && chosen->iterations ? roundsIn(s.registers, *chosen->iterations) : std::nullopt;
    put(m_iterations->label(), Difference::Rounds, rounds ? numberText(*rounds) : tr("another number", "iterations"));
    put(*m_policyLabel, Difference::Scheduler, QString::fromStdString(std::string(nameOf(s.policy))));
    put(*m_scheduleLabel, Difference::GivenSchedule, tr("another one", "schedule"));
    put(*m_seedLabel, Difference::Seed, numberText(s.seed));
    put(m_depth->label(), Difference::Depth, numberText(s.pctDepth));
    put(m_quantum->label(), Difference::Quantum, numberText(s.quantum));
    put(m_cores->label(), Difference::Cores, numberText(s.cores));
    put(m_switchCost->label(), Difference::SwitchCost, numberText(s.switchCost));
    put(*m_registersLabel, Difference::Registers,
        s.registers.empty() ? tr("none", "start registers") : textOf(s.registers));
    put(*m_counterLabel, Difference::Counter,
        s.counter.empty() ? tr("the program's own") : QString::fromStdString(s.counter));
    put(m_steps->label(), Difference::MaxSteps, numberText(s.maxSteps));
    m_more->setMarked(m_cores->label().isMarked() || m_switchCost->label().isMarked() || m_registersLabel->isMarked()
                      || m_counterLabel->isMarked() || m_steps->label().isMarked());
}

void MachineParameters::takeLook()
{
    QFont small = font();
    small.setPixelSize(static_cast<int>(13 * unitOf(this)));
    QPalette soft = palette();
    soft.setColor(QPalette::WindowText, Theme::of(this).softInk);
    for (QLabel* label : {m_summary, m_explanation}) {
        label->setFont(small);
        label->setPalette(soft);
    }
}

void MachineParameters::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange)
        takeLook();
}

// A list that the mouse merely passes while the panel is scrolled keeps its entry.
bool MachineParameters::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Wheel && !static_cast<QWidget*>(watched)->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace interleave
