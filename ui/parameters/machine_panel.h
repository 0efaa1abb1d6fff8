// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "parameters/controls_panel.h"

namespace interleave {

class MachineParameters;
class MachineResultCard;

// What to run on the machine, and below it what came of the last run.
class MachinePanel : public ControlsPanel {
    Q_OBJECT

public:
    explicit MachinePanel(QWidget* parent = nullptr);

    [[nodiscard]] MachineParameters& parameters() const { return *m_parameters; }
    [[nodiscard]] MachineResultCard& result() const { return *m_result; }

signals:
    // After check(): what canRun() says is of these parameters.
    void parametersChanged();

private:
    void check();

    MachineParameters* m_parameters;
    MachineResultCard* m_result;
};

} // namespace interleave
