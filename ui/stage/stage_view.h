// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stage/stage_canvas.h"
#include "stage/stage_layout.h"
#include "stage/stage_moment.h"
#include "stage/stage_scene.h"
#include "stage/thread_grid.h"

#include <QPixmap>
#include <QVariantAnimation>
#include <QWidget>
#include <array>

namespace interleave {

class Playback;
class Selection;

// The stage: every thread with its stack and register over the memory that all share, at the current step.
class StageView : public QWidget {
    Q_OBJECT

public:
    StageView(Playback& playback, Selection& selection, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    // Draws the stage as it stands into any painter, at any size; `unit` as in unitOf().
    void paintStage(QPainter* painter, const QSizeF& size) const;
    // The size at which paintStage() draws what is on the screen.
    [[nodiscard]] QSizeF stageSize() const { return size(); }

    // How far the movement of the current step has come, 0 to 1. Setting it takes over from the clock.
    [[nodiscard]] double animationProgress() const { return m_progress; }
    [[nodiscard]] bool isAnimating() const { return m_animation.state() == QAbstractAnimation::Running; }
    void setAnimationProgress(double progress);

    // For whoever describes the stage without looking at it.
    [[nodiscard]] ThreadIndex threads() const { return m_program.threads; }
    [[nodiscard]] bool hasHistory() const { return m_moment.has_value(); }
    [[nodiscard]] const State& state() const;
    [[nodiscard]] QRect cardRect(ThreadIndex thread) const;
    [[nodiscard]] std::optional<ThreadIndex> selectedThread() const;
    void selectThread(ThreadIndex thread);
    // Everything on the stage in words.
    [[nodiscard]] QString description() const;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void setHistory();
    void setStep(Step step, bool smoothly);
    void showMoment(Step step);
    void animate(bool backwards);
    void setProgress(double progress);
    void endAnimation();
    void layOut();
    void dropLayers();
    void announce() const;
    [[nodiscard]] std::optional<ThreadIndex> neighbour(int by) const;
    [[nodiscard]] bool effectShown() const;
    void paintAtRest(const StageCanvas& canvas, const StageScene& scene, const QPixmap* cells) const;
    void paintEmpty(QPainter& painter, const QSizeF& size) const;
    [[nodiscard]] StageScene sceneIn(const StageLayout& layout) const;

    Playback& m_playback;
    Selection& m_selection;
    StageFonts m_fonts;
    StageProgram m_program;
    StageLayout m_layout;
    std::optional<StageMoment> m_moment; // while a step back is animated: the step that is taken back
    std::vector<ThreadIndex> m_enlarged;
    Step m_step = 0;
    double m_progress = 1;
    bool m_backwards = false;
    bool m_focusByKey = false; // only then does the stage show that it has the focus
    QVariantAnimation m_animation;
    // All that does not move, before and after the step took effect; null where it has to be drawn anew.
    std::array<QPixmap, 2> m_layers;
    CellSheet m_cells;
};

} // namespace interleave
