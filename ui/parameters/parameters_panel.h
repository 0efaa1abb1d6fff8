// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run.h"

#include <QWidget>
#include <optional>

class QButtonGroup;
class QCheckBox;
class QLabel;
class QVBoxLayout;

namespace interleave {

class ParameterRow;
class ResultCard;

// What to run, and below it what came of the last run.
class ParametersPanel : public QWidget {
    Q_OBJECT

public:
    static constexpr int mostIterations = 10'000'000;
    static constexpr int mostTrials = 100;

    explicit ParametersPanel(QWidget* parent = nullptr);

    [[nodiscard]] RunParameters parameters() const;
    [[nodiscard]] int trials() const;
    [[nodiscard]] bool recording() const;
    // Values beyond what the controls offer become the nearest that they do.
    void setParameters(const RunParameters& parameters, int trials, bool recording);

    // Whether a run can be made with what is set; if not, the panel says why.
    [[nodiscard]] bool canRun() const { return m_canRun; }

    // The last run; `counted` is the same run with nothing recorded.
    void setResult(const RunResult& result, const std::optional<RunResult>& counted);
    void clearResult();

signals:
    void parametersChanged();
    void canRunChanged(bool canRun);
    // The recorded run that setResult() was told of last is wanted as a run of the machine.
    void replayRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void createRows(QVBoxLayout& column);
    void createPills(QVBoxLayout& column);
    void change();
    void check();
    void takeColours();
    [[nodiscard]] Synchronisation synchronisation() const;

    ParameterRow* m_threads = nullptr;
    ParameterRow* m_iterations = nullptr;
    ParameterRow* m_cores = nullptr;
    ParameterRow* m_window = nullptr;
    ParameterRow* m_trials = nullptr;
    QLabel* m_synchroniseLabel;
    QButtonGroup* m_pills;
    QLabel* m_explanation;
    QCheckBox* m_record;
    QLabel* m_notice;
    ResultCard* m_result;
    QString m_refused; // what was typed and is no time
    bool m_canRun = true;
    bool m_setting = false;
};

} // namespace interleave
