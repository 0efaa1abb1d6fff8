// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"
#include "parameters/machine_choice.h"

#include <QTimer>
#include <QWidget>
#include <cstdint>
#include <optional>
#include <span>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QVBoxLayout;

namespace interleave {

class Fold;
class ParameterLabel;
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

    // What the run shown was made with; none: it is none of the machine.
    void setShown(const std::optional<MachineChoice>& choice);
    [[nodiscard]] bool differsFromShown() const { return m_differs; }
    // Back to how the program that is chosen is good to begin with.
    void takeDefaults();
    [[nodiscard]] bool isAtDefaults() const;
    // How often each thread goes round; none if no parameter says it.
    [[nodiscard]] std::optional<std::uint64_t> rounds() const;
    // What the program is about: there is no harm where there is no room for it.
    [[nodiscard]] QLabel* summary() const { return m_summary; }
    // What says what of these is hidden and not as the program begins.
    [[nodiscard]] QLabel* hiddenText() const;
    // For whatever belongs beside what is seldom wanted.
    void addToFold(QWidget* widget);

signals:
    void changed();
    void differsChanged(bool differs);
    // Someone picked a program from the list. Comes before changed().
    void programPicked(interleave::BuiltIn program);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createProgram(QVBoxLayout& column);
    void createScheduler(QVBoxLayout& column);
    void createMore(QVBoxLayout& column);
    void createTexts(QVBoxLayout& column);
    ParameterRow* addRow(QVBoxLayout& column, ParameterRow* row, const char* objectName);
    QComboBox* newCombo(ParameterLabel& label, const char* objectName);
    QLineEdit* newEdit(ParameterLabel& label, const char* objectName);
    void pickProgram();
    void takeBeginning(const BuiltInProgram& program);
    void takeIterations(int value);
    void showIterations();
    void showProgram();
    void showPolicy();
    void change();
    void compare();
    void compareWithDefaults();
    void compareWithShown();
    void mark();
    [[nodiscard]] MachineChoice defaults() const;
    void takeLook();
    [[nodiscard]] const BuiltInProgram* program() const;
    [[nodiscard]] Policy policy() const;

    ParameterLabel* m_programLabel = nullptr;
    QComboBox* m_program = nullptr;
    QLabel* m_summary = nullptr;
    ParameterRow* m_threads = nullptr;
    ParameterRow* m_iterations = nullptr;
    ParameterLabel* m_policyLabel = nullptr;
    QComboBox* m_policy = nullptr;
    QLabel* m_explanation = nullptr;
    QWidget* m_scheduleGroup = nullptr;
    ParameterLabel* m_scheduleLabel = nullptr;
    QLineEdit* m_schedule = nullptr;
    Fold* m_more = nullptr;
    ParameterRow* m_quantum = nullptr;
    QWidget* m_seedRow = nullptr;
    ParameterLabel* m_seedLabel = nullptr;
    QSpinBox* m_seed = nullptr;
    ParameterRow* m_depth = nullptr;
    ParameterRow* m_cores = nullptr;
    ParameterRow* m_switchCost = nullptr;
    ParameterLabel* m_registersLabel = nullptr;
    QLineEdit* m_registers = nullptr;
    ParameterLabel* m_counterLabel = nullptr;
    QComboBox* m_counter = nullptr;
    ParameterRow* m_steps = nullptr;
    std::optional<MachineChoice> m_shown;
    QTimer m_patience;       // until what differs is marked
    Schedule m_longSchedule; // too long to be shown; stands while nothing is typed
    QString m_ownProblem;
    bool m_setting = false;
    bool m_differs = true; // nothing has been run yet
};

} // namespace interleave
