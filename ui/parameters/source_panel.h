// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "parameters/source_switch.h"

#include <QWidget>

class QStackedWidget;

namespace interleave {

class MachinePanel;
class ParametersPanel;

// Where runs come from, and below it the parameters and results of that source.
class SourcePanel : public QWidget {
    Q_OBJECT

public:
    explicit SourcePanel(QWidget* parent = nullptr);

    [[nodiscard]] Source source() const { return m_switch->source(); }
    void setSource(Source source) { m_switch->setSource(source); }
    // The keys are with the switch.
    [[nodiscard]] bool isChoosing() const;
    [[nodiscard]] ParametersPanel& hardware() const { return *m_hardware; }
    [[nodiscard]] MachinePanel& machine() const { return *m_machine; }
    // Whether a run can be made with what is set for the source that is chosen.
    [[nodiscard]] bool canRun() const;

signals:
    void sourceChanged(interleave::Source source);
    void canRunChanged(bool canRun);

private:
    SourceSwitch* m_switch;
    ParametersPanel* m_hardware;
    MachinePanel* m_machine;
    QStackedWidget* m_pages;
};

} // namespace interleave
