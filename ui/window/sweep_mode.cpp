// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/sweep_mode.h"

#include "charts/charts_view.h"
#include "code/program_document.h"
#include "parameters/machine_panel.h"
#include "parameters/machine_parameters.h"
#include "sentences/machine_errors.h"
#include "window/sweep_controller.h"

namespace interleave {

SweepMode::SweepMode(ChartsView& charts, const MachinePanel& panel, const ProgramDocument& document, QObject* parent)
    : QObject(parent),
      m_charts(charts),
      m_panel(panel),
      m_document(document),
      m_controller(new SweepController(this))
{
    connect(&m_charts, &ChartsView::sweepRequested, this, &SweepMode::start);
    connect(&m_charts, &ChartsView::cancelSweepRequested, m_controller, &SweepController::cancel);
    connect(m_controller, &SweepController::progressed, &m_charts, &ChartsView::setSweepProgress);
    connect(m_controller, &SweepController::finished, &m_charts, &ChartsView::setSweep);
    connect(m_controller, &SweepController::failed, this, [this](const MachineError& error) {
        m_charts.setSweepProgress(-1);
        emit failed(sentenceOf(error, SettingNames::ofTheWindow()));
    });
}

void SweepMode::start()
{
    if (m_controller->isRunning())
        return;
    if (!m_panel.canRun() || !m_document.program()) {
        m_charts.setSweepProgress(-1);
        emit failed(m_panel.parameters().problem());
        return;
    }
    IntervalSweepPlan plan;
    plan.program = m_document.program();
    plan.name = m_document.name().toStdString();
    plan.settings = m_panel.parameters().choice().settings;
    m_controller->run(plan);
}

} // namespace interleave
