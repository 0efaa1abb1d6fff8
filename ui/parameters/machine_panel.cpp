// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/machine_panel.h"

#include "parameters/machine_parameters.h"
#include "parameters/machine_result_card.h"
#include "parameters/quiet_button.h"
#include "sentences/run_lengths.h"

#include <QLabel>

namespace interleave {

MachinePanel::MachinePanel(QWidget* parent)
    : ControlsPanel(parent),
      m_parameters(new MachineParameters),
      m_result(new MachineResultCard)
{
    setRunsByItself();
    m_parameters->addToFold(&defaultsButton());
    setUp(m_parameters, m_parameters->hiddenText(), m_result, QStringLiteral("machineNotice"));
    setOptional(m_parameters->summary());
    connect(m_parameters, &MachineParameters::changed, this, [this] {
        check();
        emit parametersChanged();
    });
    connect(m_parameters, &MachineParameters::differsChanged, this, &MachinePanel::setDiffers);
    connect(&defaultsButton(), &QAbstractButton::clicked, m_parameters, [this] { m_parameters->takeDefaults(); });
    check();
}

void MachinePanel::check()
{
    const QString problem = m_parameters->problem();
    setChecked(problem.isEmpty() ? longRunText(m_parameters->choice().settings, m_parameters->rounds()) : problem,
               problem.isEmpty());
    setAtDefaults(m_parameters->isAtDefaults());
}

} // namespace interleave
