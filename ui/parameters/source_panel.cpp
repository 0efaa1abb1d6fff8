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
    });
    const auto tellOf = [this](Source of) {
        return [this, of](bool can) {
            if (of == source())
                emit canRunChanged(can);
        };
    };
    connect(m_hardware, &ParametersPanel::canRunChanged, this, tellOf(Source::Hardware));
    connect(m_machine, &MachinePanel::canRunChanged, this, tellOf(Source::Machine));
}

bool SourcePanel::isChoosing() const
{
    return m_switch->isAncestorOf(QApplication::focusWidget());
}

bool SourcePanel::canRun() const
{
    return source() == Source::Hardware ? m_hardware->canRun() : m_machine->canRun();
}

} // namespace interleave
