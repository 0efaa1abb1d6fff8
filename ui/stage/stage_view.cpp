// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/stage_view.h"

#include "playback/playback.h"
#include "playback/selection.h"
#include "sentences/names.h"
#include "stage/shared_memory.h"
#include "stage/stage_text.h"
#include "stage/thread_card.h"
#include "stage/token_flight.h"
#include "stage/top_row.h"
#include "style/theme.h"

#include <QPainter>
#include <algorithm>

namespace interleave {

StageView::StageView(Playback& playback, Selection& selection, QWidget* parent) : CardStage(playback, selection, parent)
{
    setObjectName(QStringLiteral("stage"));
    setAccessibleName(tr("Stage"));
    setAccessibleDescription(tr("The threads with their stacks and registers, over the memory that they share"));
    begin();
}

void StageView::readHistory()
{
    m_moment.reset();
    m_program = m_playback.history() ? programOf(*m_playback.history()) : StageProgram{};
    if (m_playback.history())
        m_moment = StageMoment::at(*m_playback.history(), m_playback.state());
}

void StageView::readStep(Step step, bool moves)
{
    const History& history = *m_playback.history();
    const bool current = step == m_playback.step();
    m_moment = StageMoment::at(history, current ? m_playback.state() : history.state(step));
    if (moves)
        m_moment->loadBefore(history);
    m_enlarged = m_moment->concerned(m_selection.thread());
    if (m_enlarged.empty() && m_program.threads > 0)
        m_enlarged.push_back(0);
    m_enlarged.resize(std::min(m_enlarged.size(), static_cast<std::size_t>(m_layout.enlargedPlaces())));
}

void StageView::selectionChanged()
{
    if (m_layout.style == CardStyle::Cell)
        readStep(m_moment->after.step, m_moment->before.has_value());
}

void StageView::layOut()
{
    m_layout = StageLayout(size(), unitOf(this), m_program);
    m_cells.drop();
}

double StageView::arrival() const
{
    return m_moment->event && m_moment->before ? arrivalOf(m_moment->event->kind) : 0;
}

StageScene StageView::sceneIn(const StageLayout& layout) const
{
    return {layout, *m_moment, effectShown() ? m_moment->after : *m_moment->before, m_enlarged, m_selection.thread()};
}

void StageView::paintAtRest(const StageCanvas& canvas, const StageScene& scene, const QPixmap* cells) const
{
    const bool grid = scene.layout.style == CardStyle::Cell;
    if (cells)
        canvas.painter.drawPixmap(0, 0, *cells);
    else
        canvas.painter.fillRect(QRectF(QPointF(0, 0), scene.layout.size), canvas.theme.ground);
    if (grid && !cells)
        paintCells(canvas, scene);
    if (grid)
        paintLegend(canvas, scene);
    paintTopRow(canvas, scene);
    paintSharedMemory(canvas, scene);
    paintCards(canvas, scene);
}

void StageView::paintAll(QPainter& painter, const QSizeF& wanted) const
{
    const StageLayout layout(wanted, unitOf(this), m_program);
    const StageCanvas canvas(painter, Theme::of(this), m_fonts);
    const StageScene scene = sceneIn(layout);
    paintAtRest(canvas, scene, nullptr);
    paintFlight(canvas, scene, animationProgress());
}

void StageView::paintLayer(QPainter& painter)
{
    const StageScene scene = sceneIn(m_layout);
    const bool grid = m_layout.style == CardStyle::Cell;
    const QPixmap* cells = grid ? &m_cells.of(scene, Theme::of(this), m_fonts, devicePixelRatioF()) : nullptr;
    paintAtRest(StageCanvas(painter, Theme::of(this), m_fonts), scene, cells);
}

void StageView::paintMovement(QPainter& painter) const
{
    paintFlight(StageCanvas(painter, Theme::of(this), m_fonts), sceneIn(m_layout), animationProgress());
}

QString StageView::emptyText() const
{
    return tr("Nothing has run yet. Press Run, and the threads appear here.");
}

ThreadIndex StageView::threadAt(QPointF point) const
{
    return m_layout.threadAt(point, m_enlarged);
}

const State& StageView::state() const
{
    return m_playback.state();
}

// Before the first step between the registers and the counter, where values will pass; after the last one over the top
// row, where nobody runs or waits any more. Neither hides a value.
QRect StageView::invitationRoom() const
{
    if (!hasHistory())
        return rect();
    if (m_moment->after.step > 0)
        return QRectF(m_layout.topRow.left(), 0, m_layout.topRow.width(), m_layout.cards.top()).toAlignedRect();
    double top = m_layout.cards.bottom();
    if (m_layout.style == CardStyle::Full && m_layout.threads() > 0)
        top = m_layout.parts(m_layout.frame(m_layout.threads() - 1), CardStyle::Full).tally.top();
    return QRectF(QPointF(m_layout.cards.left(), top), QPointF(m_layout.cards.right(), m_layout.counterBox.top() - 2))
        .toAlignedRect();
}

QRect StageView::cardRect(ThreadIndex thread) const
{
    return m_layout.frame(thread).toAlignedRect();
}

QString StageView::cardDescription(ThreadIndex thread) const
{
    return cardText(state(), thread);
}

QString StageView::description() const
{
    return m_moment ? stageText(state()) : tr("Nothing has run yet");
}

} // namespace interleave
