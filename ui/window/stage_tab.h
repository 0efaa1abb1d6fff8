// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedWidget>

class QMenu;

namespace interleave {

class CardStage;
class ExportActions;
class MachineStageView;
class Playback;
class Selection;
class StageView;

// The stage that suits the history: of real threads, or of the machine.
class StageTab : public QStackedWidget {
    Q_OBJECT

public:
    StageTab(Playback& playback, Selection& selection, QWidget* parent = nullptr);

    // The stage that is to be seen.
    [[nodiscard]] CardStage& stage() const;
    // Of the stage that is to be seen.
    [[nodiscard]] ExportActions& exportActions() const { return *m_export; }

private:
    void choose();

    Playback& m_playback;
    StageView* m_hardware;
    MachineStageView* m_machine;
    ExportActions* m_export;
};

} // namespace interleave
