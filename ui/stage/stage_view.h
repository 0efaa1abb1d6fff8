// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stage/card_stage.h"
#include "stage/stage_layout.h"
#include "stage/stage_moment.h"
#include "stage/stage_scene.h"
#include "stage/thread_grid.h"

namespace interleave {

// The stage: every thread with its stack and register over the memory that all share, at the current step.
class StageView : public CardStage {
    Q_OBJECT

public:
    StageView(Playback& playback, Selection& selection, QWidget* parent = nullptr);

    [[nodiscard]] ThreadIndex threads() const override { return m_program.threads; }
    [[nodiscard]] bool hasHistory() const override { return m_moment.has_value(); }
    [[nodiscard]] const State& state() const;
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
    void paintAtRest(const StageCanvas& canvas, const StageScene& scene, const QPixmap* cells) const;
    [[nodiscard]] StageScene sceneIn(const StageLayout& layout) const;

    StageProgram m_program;
    StageLayout m_layout;
    std::optional<StageMoment> m_moment;
    std::vector<ThreadIndex> m_enlarged;
    CellSheet m_cells;
};

} // namespace interleave
