// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/picture.h"

#include <QWidget>
#include <memory>

class QStackedWidget;

namespace interleave {

class CompareStages;
class ExportActions;
class MachineHistory;
class MachineStageView;
class ManualPanel;
class Playback;
class Selection;
class StageView;

// The stage that suits the history: of real threads, of the machine, or of two runs of it side by side; and below it,
// where someone schedules by hand, what that takes.
class StageTab : public QWidget {
    Q_OBJECT

public:
    StageTab(Playback& playback, Selection& selection, QWidget* parent = nullptr);

    // The stage that is to be seen.
    [[nodiscard]] QWidget& stage() const;
    // Of the stage that is to be seen.
    [[nodiscard]] ExportActions& exportActions() const { return *m_export; }
    [[nodiscard]] ManualPanel& manual() const { return *m_manual; }

    // A run to be seen beside that of the playback; null for none.
    void setBeside(std::shared_ptr<const MachineHistory> history);
    void setManual(bool manual);

private:
    void choose();
    [[nodiscard]] Picture picture() const;

    Playback& m_playback;
    QStackedWidget* m_stages;
    StageView* m_hardware;
    MachineStageView* m_machine;
    CompareStages* m_compare;
    ManualPanel* m_manual;
    ExportActions* m_export;
    bool m_comparing = false;
};

} // namespace interleave
