// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace interleave {

class MachineParameters;
class MachineResultCard;

// What to run on the machine, and below it what came of the last run.
class MachinePanel : public QWidget {
    Q_OBJECT

public:
    explicit MachinePanel(QWidget* parent = nullptr);

    [[nodiscard]] MachineParameters& parameters() const { return *m_parameters; }
    [[nodiscard]] MachineResultCard& result() const { return *m_result; }
    // Whether a run can be made with what is set; if not, the panel says why.
    [[nodiscard]] bool canRun() const { return m_canRun; }

signals:
    // After check(): what canRun() says is of these parameters.
    void parametersChanged();
    void canRunChanged(bool canRun);

protected:
    void changeEvent(QEvent* event) override;

private:
    void check();
    void takeColours();

    MachineParameters* m_parameters;
    QLabel* m_notice;
    MachineResultCard* m_result;
    bool m_canRun = true;
};

} // namespace interleave
