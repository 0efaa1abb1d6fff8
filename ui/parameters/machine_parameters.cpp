// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/machine_parameters.h"

#include "parameters/parameter_row.h"
#include "parameters/policy_texts.h"
#include "parameters/start_registers_text.h"
#include "sentences/machine_errors.h"
#include "sentences/names.h"
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
    if (choice.schedule.isEmpty())
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
    if (policy() == Policy::Replay || policy() == Policy::Manual) {
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
            takeDefaults(*builtIn);
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

// A program brings the threads and registers along that it is good to begin with.
void MachineParameters::takeDefaults(const BuiltInProgram& program)
{
    const QScopedValueRollback setting(m_setting, true);
    const MachineChoice good = MachineChoice::beginningWith(program);
    showProgram();
    m_threads->setValue(static_cast<int>(good.settings.threads));
    m_registers->setText(good.registers);
    m_counter->setCurrentIndex(0);
    showIterations();
}

void MachineParameters::pickProgram()
{
    if (m_setting)
        return;
    if (const BuiltInProgram* const picked = program()) {
        takeDefaults(*picked);
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
    emit changed();
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
