// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "parameters/source_switch.h"

#include <QWidget>

class QAction;
class QStackedWidget;

namespace interleave {

class ControlsPanel;
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
    // What is set for that source is not what the run shown was made with: see setShown() of its panel.
    [[nodiscard]] bool differsFromShown() const;
    // The buttons of the panels do and say what these do; that of the last run is there only while it can be had.
    void setRunAction(QAction* action);
    void setLastRunAction(QAction* action);

signals:
    void sourceChanged(interleave::Source source);
    void canRunChanged(bool canRun);
    void differsChanged(bool differs);

private:
    [[nodiscard]] ControlsPanel& current() const;

    SourceSwitch* m_switch;
    ParametersPanel* m_hardware;
    MachinePanel* m_machine;
    QStackedWidget* m_pages;
};

} // namespace interleave
