// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/machine_panel.h"

#include "parameters/machine_parameters.h"
#include "parameters/machine_result_card.h"

namespace interleave {

MachinePanel::MachinePanel(QWidget* parent)
    : ControlsPanel(parent),
      m_parameters(new MachineParameters),
      m_result(new MachineResultCard)
{
    setUp(m_parameters, m_result, QStringLiteral("machineNotice"));
    connect(m_parameters, &MachineParameters::changed, this, [this] {
        check();
        emit parametersChanged();
    });
    check();
}

void MachinePanel::check()
{
    const QString problem = m_parameters->problem();
    setChecked(problem, problem.isEmpty());
}

} // namespace interleave
