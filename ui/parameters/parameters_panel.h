// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run.h"
#include "parameters/controls_panel.h"

#include <optional>

class QButtonGroup;
class QCheckBox;
class QLabel;
class QVBoxLayout;

namespace interleave {

class Fold;
class ParameterLabel;
class ParameterRow;
class ResultCard;

// What to run, and below it what came of the last run.
class ParametersPanel : public ControlsPanel {
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

    // What *Defaults* brings back.
    void setDefaults(const RunParameters& parameters, int trials, bool recording);
    // What the run shown was made with; none: it is none of real threads.
    void setShown(const std::optional<RunParameters>& parameters);

    // The run shown; `counted` is the same run with nothing recorded.
    void setResult(const RunResult& result, const std::optional<RunResult>& counted);
    void clearResult();

signals:
    void parametersChanged();
    // The recorded run that setResult() was told of last is wanted as a run of the machine.
    void replayRequested();

protected:
    void takeColours() override;

private:
    [[nodiscard]] ParameterRow* addRow(QVBoxLayout& column, ParameterRow* row, const QString& objectName);
    void createRows(QVBoxLayout& column);
    void createMore(QVBoxLayout& column);
    void createPills(QVBoxLayout& column);
    void change();
    void check();
    void compareWithDefaults();
    void compareWithShown();
    [[nodiscard]] Synchronisation synchronisation() const;

    ParameterRow* m_threads = nullptr;
    ParameterRow* m_iterations = nullptr;
    ParameterRow* m_cores = nullptr;
    ParameterRow* m_window = nullptr;
    ParameterRow* m_trials = nullptr;
    ParameterLabel* m_synchroniseLabel;
    QButtonGroup* m_pills;
    QLabel* m_explanation;
    QCheckBox* m_record;
    Fold* m_more;
    ResultCard* m_result;
    RunParameters m_defaults;
    int m_defaultTrials = 5;
    bool m_defaultRecording = true;
    std::optional<RunParameters> m_shown;
    QString m_refused; // what was typed and is no time
    bool m_setting = false;
};

} // namespace interleave
