// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace interleave {

class ChartsView;
class MachinePanel;
class ProgramDocument;
class SweepController;

// Sweeps the quantum when the charts ask for it: of the program in the document, with the settings of the panel,
// whatever runs come from at present.
class SweepMode : public QObject {
    Q_OBJECT

public:
    SweepMode(ChartsView& charts, const MachinePanel& panel, const ProgramDocument& document,
              QObject* parent = nullptr);

    [[nodiscard]] SweepController& controller() const { return *m_controller; }

signals:
    // One sentence on why there is no sweep.
    void failed(const QString& sentence);

private:
    void start();

    ChartsView& m_charts;
    const MachinePanel& m_panel;
    const ProgramDocument& m_document;
    SweepController* m_controller;
};

} // namespace interleave
