// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stage/card_stage.h"
#include "stage/machine/machine_moment.h"
#include "stage/machine/machine_scene.h"
#include "stage/machine/machine_stage_layout.h"

#include <memory>

namespace interleave {

// The stage of a run of the machine: cores and queues, every thread with its TCB and its stack, and the memory that all
// share, at the current step. Shows nothing of other histories.
class MachineStageView : public CardStage {
    Q_OBJECT

public:
    // Brief: for two runs side by side, without code and heap.
    enum class Extent { Whole, Brief };

    MachineStageView(Playback& playback, Selection& selection, QWidget* parent = nullptr,
                     Extent extent = Extent::Whole);

    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] ThreadIndex threads() const override { return m_run ? m_run->shape.threads : 0; }
    [[nodiscard]] bool hasHistory() const override { return m_moment.has_value(); }
    // The history that is shown; null if the playback has none of a machine.
    [[nodiscard]] const MachineHistory* history() const { return m_history.get(); }
    // After the current step; only with a history.
    [[nodiscard]] const MachineState& state() const;
    [[nodiscard]] QRect cardRect(ThreadIndex thread) const override;
    [[nodiscard]] QString cardDescription(ThreadIndex thread) const override;
    [[nodiscard]] QString description() const override;
    [[nodiscard]] PartRegions parts() const override;
    [[nodiscard]] QRect invitationRoom() const override;

protected:
    void readHistory() override;
    void readStep(Step step, bool moves) override;
    void layOut() override;
    [[nodiscard]] double arrival() const override;
    [[nodiscard]] Step stepShown() const override { return m_moment->after.step; }
    void selectionChanged() override;
    [[nodiscard]] ThreadIndex threadAt(QPointF point) const override;
    [[nodiscard]] int cardColumns() const override { return m_layout.columns; }
    [[nodiscard]] bool tabVisitsCards() const override { return m_layout.style != CardStyle::Cell; }
    void paintLayer(QPainter& painter) override;
    void paintMovement(QPainter& painter) const override;
    void paintAll(QPainter& painter, const QSizeF& size) const override;
    [[nodiscard]] QString emptyText() const override;

private:
    void paintAtRest(const StageCanvas& canvas, const MachineScene& scene) const;
    [[nodiscard]] MachineScene sceneIn(const MachineStageLayout& layout) const;
    void chooseEnlarged();

    Extent m_extent;
    std::shared_ptr<const MachineHistory> m_history;
    std::optional<MachineRun> m_run;
    MachineStageLayout m_layout;
    std::optional<MachineMoment> m_moment;
    std::vector<ThreadIndex> m_enlarged;
};

} // namespace interleave
