// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/picture.h"

#include <QWidget>
#include <array>
#include <memory>

class QLabel;
class QStackedWidget;

namespace interleave {

class CompareStages;
class ExportActions;
class MachineHistory;
class MachineStageView;
class ManualPanel;
class Playback;
class Selection;
class StageInvitation;
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
    // What the run on display is called.
    void setTitle(const QString& title);
    // A key that is good to know, beside the title; none if empty.
    void setHint(const QString& hint);
    // Lays words over the stage that say what to do, with a button if that is not empty; and takes them away.
    void invite(const QString& words, const QString& button);
    void dismiss();

signals:
    // The button of what was laid over the stage.
    void invitationTaken();

protected:
    void changeEvent(QEvent* event) override;

private:
    void choose();
    void takeLook();
    [[nodiscard]] Picture picture() const;

    Playback& m_playback;
    QLabel* m_title;
    QLabel* m_hint;
    QStackedWidget* m_stages;
    StageView* m_hardware;
    MachineStageView* m_machine;
    CompareStages* m_compare;
    std::array<StageInvitation*, 2> m_invitations; // over the first two
    ManualPanel* m_manual;
    ExportActions* m_export;
    bool m_comparing = false;
};

} // namespace interleave
