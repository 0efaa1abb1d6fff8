// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/machine/machine_stage_view.h"

#include "playback/playback.h"
#include "playback/selection.h"
#include "stage/machine/machine_text.h"
#include "style/theme.h"

#include <QPainter>
#include <algorithm>

namespace interleave {

MachineStageView::MachineStageView(Playback& playback, Selection& selection, QWidget* parent, Extent extent)
    : CardStage(playback, selection, parent),
      m_extent(extent)
{
    setObjectName(QStringLiteral("machineStage"));
    setAccessibleName(tr("Stage of the machine"));
    setAccessibleDescription(
        tr("The cores, the queues, the threads with their stacks and registers, and the memory that they share"));
    begin();
}

QSize MachineStageView::minimumSizeHint() const
{
    return m_extent == Extent::Brief ? QSize(215, 190) : CardStage::minimumSizeHint();
}

void MachineStageView::readHistory()
{
    m_moment.reset();
    m_run.reset();
    m_enlarged.clear();
    m_history = std::dynamic_pointer_cast<const MachineHistory>(m_playback.history());
    if (!m_history)
        return;
    m_run = MachineRun::of(*m_history);
    m_run->shape.brief = m_extent == Extent::Brief;
    m_moment = MachineMoment::at(*m_run, *m_history, m_playback.step());
}

void MachineStageView::readStep(Step step, bool moves)
{
    if (!m_moment || m_moment->after.step != step)
        m_moment = MachineMoment::at(*m_run, *m_history, step);
    if (moves)
        m_moment->loadCountsBefore(*m_history);
    chooseEnlarged();
}

void MachineStageView::chooseEnlarged()
{
    m_enlarged = m_moment->concerned(m_selection.thread());
    if (m_enlarged.empty() && threads() > 0)
        m_enlarged.push_back(0);
    m_enlarged.resize(std::min(m_enlarged.size(), static_cast<std::size_t>(m_layout.enlargedPlaces())));
}

void MachineStageView::selectionChanged()
{
    if (m_layout.style == CardStyle::Cell)
        chooseEnlarged();
}

void MachineStageView::layOut()
{
    m_layout = MachineStageLayout(size(), unitOf(this), m_run ? m_run->shape : MachineShape{});
}

double MachineStageView::arrival() const
{
    return m_moment->before ? machineArrival(*m_run, *m_moment) : 0;
}

MachineScene MachineStageView::sceneIn(const MachineStageLayout& layout) const
{
    return {layout, *m_run, *m_moment, m_enlarged, m_selection.thread(), effectShown()};
}

void MachineStageView::paintAtRest(const StageCanvas& canvas, const MachineScene& scene) const
{
    canvas.painter.fillRect(QRectF(QPointF(0, 0), scene.layout.size), canvas.theme.ground);
    paintMachineTop(canvas, scene);
    paintMachineMemory(canvas, scene);
    paintMachineCards(canvas, scene);
}

void MachineStageView::paintAll(QPainter& painter, const QSizeF& wanted) const
{
    const MachineStageLayout layout(wanted, unitOf(this), m_run->shape);
    const StageCanvas canvas(painter, Theme::of(this), m_fonts);
    const MachineScene scene = sceneIn(layout);
    paintAtRest(canvas, scene);
    paintMachineFlight(canvas, scene, animationProgress());
}

void MachineStageView::paintLayer(QPainter& painter)
{
    paintAtRest(StageCanvas(painter, Theme::of(this), m_fonts), sceneIn(m_layout));
}

void MachineStageView::paintMovement(QPainter& painter) const
{
    paintMachineFlight(StageCanvas(painter, Theme::of(this), m_fonts), sceneIn(m_layout), animationProgress());
}

QString MachineStageView::emptyText() const
{
    return tr("No run of the machine yet. Press Run, and cores, threads and memory appear here.");
}

ThreadIndex MachineStageView::threadAt(QPointF point) const
{
    return m_layout.threadAt(point, m_enlarged);
}

// While a step back is animated, what is shown is still the step that is taken back.
const MachineState& MachineStageView::state() const
{
    const bool takesBack = m_moment->before && m_moment->before->step == m_playback.step();
    return takesBack ? *m_moment->before : m_moment->after;
}

// Before the first step between the registers and shared memory, where values will pass; after the last one over the
// cores and queues, where nobody runs or waits any more. Neither hides a value.
QRect MachineStageView::invitationRoom() const
{
    if (!hasHistory())
        return rect();
    const QRectF& cards = m_layout.cards;
    if (m_moment->after.step > 0)
        return QRectF(cards.left(), 0, cards.width(), cards.top()).toAlignedRect();
    double top = cards.bottom();
    if (m_layout.style == CardStyle::Full && m_layout.threads() > 0) {
        const MachineCardParts last = m_layout.parts(m_layout.frame(m_layout.threads() - 1), CardStyle::Full);
        top = last.tally.isNull() ? last.frame.bottom() : last.tally.top();
    }
    const double bottom = m_layout.counterBox.isNull() ? m_layout.data.top() : m_layout.counterBox.top() - 2;
    return QRectF(QPointF(cards.left(), top), QPointF(cards.right(), bottom)).toAlignedRect();
}

QRect MachineStageView::cardRect(ThreadIndex thread) const
{
    return m_layout.frame(thread).toAlignedRect();
}

QString MachineStageView::cardDescription(ThreadIndex thread) const
{
    return m_moment ? machineCardText(*m_run, state(), thread) : QString();
}

QString MachineStageView::description() const
{
    return m_moment ? machineStageText(*m_run, state(), m_moment->tick()) : tr("No run of the machine yet");
}

} // namespace interleave
