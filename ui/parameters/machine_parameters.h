// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"
#include "parameters/machine_choice.h"

#include <QWidget>
#include <span>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QVBoxLayout;

namespace interleave {

class ParameterRow;

// The controls for a run of the machine: which program, on what machine, and who goes on when.
class MachineParameters : public QWidget {
    Q_OBJECT

public:
    static constexpr int mostIterations = 10'000'000;
    static constexpr int mostQuantum = 1'000'000;
    static constexpr int mostSwitchCost = 10'000;
    static constexpr int mostSteps = 2'000'000'000;
    static constexpr std::size_t longestScheduleShown = 1000; // entries

    explicit MachineParameters(QWidget* parent = nullptr);

    [[nodiscard]] MachineChoice choice() const;
    // Values beyond what the controls offer become the nearest that they do.
    void setChoice(const MachineChoice& choice);
    // One sentence on why this cannot run; empty if it can.
    [[nodiscard]] QString problem() const;

    // The program that is open, by whoever opened it: one that comes with Interleave, or where that is null the user's
    // own, called `title`, with a problem if it cannot run.
    void setProgram(const interleave::BuiltInProgram* program, const QString& title, const QString& problem);
    // What the last run found that could be its counter.
    void setCounters(std::span<const CounterCell> counters);

signals:
    void changed();
    // Someone picked a program from the list. Comes before changed().
    void programPicked(interleave::BuiltIn program);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createProgram(QVBoxLayout& column);
    void createMachine(QVBoxLayout& column);
    void createScheduler(QVBoxLayout& column);
    void createTexts(QVBoxLayout& column);
    QComboBox* addCombo(QVBoxLayout& column, const QString& name, const QString& description, const char* objectName);
    QLineEdit* addEdit(QVBoxLayout& column, QWidget*& group, const QString& name, const QString& description,
                       const char* objectName);
    void pickProgram();
    void takeDefaults(const BuiltInProgram& program);
    void takeIterations(int value);
    void showIterations();
    void showProgram();
    void showPolicy();
    void change();
    void takeLook();
    [[nodiscard]] const BuiltInProgram* program() const;
    [[nodiscard]] Policy policy() const;

    QComboBox* m_program = nullptr;
    QLabel* m_summary = nullptr;
    ParameterRow* m_threads = nullptr;
    ParameterRow* m_iterations = nullptr;
    ParameterRow* m_cores = nullptr;
    QComboBox* m_policy = nullptr;
    QLabel* m_explanation = nullptr;
    ParameterRow* m_quantum = nullptr;
    ParameterRow* m_switchCost = nullptr;
    QWidget* m_seedRow = nullptr;
    QSpinBox* m_seed = nullptr;
    ParameterRow* m_depth = nullptr;
    QWidget* m_scheduleGroup = nullptr;
    QLineEdit* m_schedule = nullptr;
    QWidget* m_registersGroup = nullptr;
    QLineEdit* m_registers = nullptr;
    QComboBox* m_counter = nullptr;
    ParameterRow* m_steps = nullptr;
    Schedule m_longSchedule; // too long to be shown; stands while nothing is typed
    QString m_ownProblem;
    bool m_setting = false;
};

} // namespace interleave
