// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"
#include "stage/stage_canvas.h"
#include "stage/stage_parts.h"

#include <QPixmap>
#include <QVariantAnimation>
#include <QWidget>
#include <array>
#include <optional>

namespace interleave {

class Playback;
class Selection;

// What every stage does alike, whatever stands on it: follows the playback, moves from step to step, keeps what does
// not move as pictures, and lets cards be reached by mouse, by keys and by whoever does not look.
class CardStage : public QWidget {
    Q_OBJECT

public:
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
    [[nodiscard]] virtual ThreadIndex threads() const = 0;
    [[nodiscard]] virtual bool hasHistory() const = 0;
    [[nodiscard]] virtual QRect cardRect(ThreadIndex thread) const = 0;
    [[nodiscard]] virtual QString cardDescription(ThreadIndex thread) const = 0;
    // Everything on the stage in words.
    [[nodiscard]] virtual QString description() const = 0;
    // What is where on the widget, for whoever points at it and asks.
    [[nodiscard]] virtual PartRegions parts() const = 0;
    // Where something can be laid over the stage and hides the least: no register, no counter.
    [[nodiscard]] virtual QRect invitationRoom() const = 0;
    // The texts that paintStage() draws at a size.
    [[nodiscard]] std::vector<PaintedText> paintedTexts(const QSizeF& size) const;
    [[nodiscard]] std::optional<ThreadIndex> selectedThread() const;
    void selectThread(ThreadIndex thread);

protected:
    CardStage(Playback& playback, Selection& selection, QWidget* parent);
    // The last thing that a constructor does.
    void begin();

    // The playback has another history, or none any more.
    virtual void readHistory() = 0;
    // The step that is shown. `moves`: it is animated, so what was before it is needed as well.
    virtual void readStep(Step step, bool moves) = 0;
    virtual void layOut() = 0;
    // How far the movement of the step has come when the step takes effect.
    [[nodiscard]] virtual double arrival() const = 0;
    [[nodiscard]] virtual Step stepShown() const = 0;
    virtual void selectionChanged() {}

    [[nodiscard]] virtual ThreadIndex threadAt(QPointF point) const = 0;
    [[nodiscard]] virtual int cardColumns() const = 0;
    // Tab goes from card to card and then on; of a grid it takes one stop, or nobody would ever get past it.
    [[nodiscard]] virtual bool tabVisitsCards() const = 0;

    // All that does not move, and all that does, on the widget itself.
    virtual void paintLayer(QPainter& painter) = 0;
    virtual void paintMovement(QPainter& painter) const = 0;
    // Both, at any size.
    virtual void paintAll(QPainter& painter, const QSizeF& size) const = 0;
    [[nodiscard]] virtual QString emptyText() const = 0;

    [[nodiscard]] bool effectShown() const { return m_progress >= arrival(); }
    void dropLayers();

    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool focusNextPrevChild(bool next) override;

    Playback& m_playback;
    Selection& m_selection;
    StageFonts m_fonts;

private:
    void setHistory();
    void setStep(Step step, bool smoothly);
    void showStep(Step step, bool moves);
    void setProgress(double progress);
    void endAnimation();
    void announce() const;
    // What is at a point of the widget, in words; nothing where there is nothing to tell.
    [[nodiscard]] QString textAt(const QPoint& point, QRect* region) const;
    void explain(const QPoint& point);
    [[nodiscard]] std::optional<ThreadIndex> neighbour(int by) const;
    void paintEmpty(QPainter& painter, const QSizeF& size) const;

    Step m_step = 0; // while a step back is animated, the one shown is the step that is taken back
    double m_progress = 1;
    bool m_backwards = false;
    bool m_focusByKey = false; // only then does the stage show that it has the focus
    QVariantAnimation m_animation;
    // All that does not move, before and after the step took effect; null where it has to be drawn anew.
    std::array<QPixmap, 2> m_layers;
};

} // namespace interleave
