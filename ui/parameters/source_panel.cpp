// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/source_panel.h"

#include "parameters/machine_panel.h"
#include "parameters/parameters_panel.h"

#include <QApplication>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace interleave {

SourcePanel::SourcePanel(QWidget* parent)
    : QWidget(parent),
      m_switch(new SourceSwitch),
      m_hardware(new ParametersPanel),
      m_machine(new MachinePanel),
      m_pages(new QStackedWidget)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_switch);
    column->addWidget(m_pages, 1);
    m_pages->addWidget(m_hardware);
    m_pages->addWidget(m_machine);
    connect(m_switch, &SourceSwitch::sourceChanged, this, [this](Source source) {
        m_pages->setCurrentIndex(static_cast<int>(source));
        emit sourceChanged(source);
        emit canRunChanged(canRun());
        emit differsChanged(differsFromShown());
    });
    for (const ControlsPanel* panel :
         {static_cast<ControlsPanel*>(m_hardware), static_cast<ControlsPanel*>(m_machine)}) {
        connect(panel, &ControlsPanel::canRunChanged, this, [this, panel](bool can) {
            if (panel == &current())
                emit canRunChanged(can);
        });
        connect(panel, &ControlsPanel::differsChanged, this, [this, panel](bool differs) {
            if (panel == &current())
                emit differsChanged(differs);
        });
    }
}

ControlsPanel& SourcePanel::current() const
{
    if (source() == Source::Hardware)
        return *m_hardware;
    return *m_machine;
}

bool SourcePanel::isChoosing() const
{
    return m_switch->isAncestorOf(QApplication::focusWidget());
}

bool SourcePanel::canRun() const
{
    return current().canRun();
}

bool SourcePanel::differsFromShown() const
{
    return current().differsFromShown();
}

void SourcePanel::setRunAction(QAction* action)
{
    m_hardware->setRunAction(action);
    m_machine->setRunAction(action);
}

void SourcePanel::setLastRunAction(QAction* action)
{
    m_hardware->setLastRunAction(action);
    m_machine->setLastRunAction(action);
}

} // namespace interleave
