// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/stage_view.h"

#include "playback/playback.h"
#include "playback/selection.h"
#include "sentences/names.h"
#include "stage/shared_memory.h"
#include "stage/stage_accessible.h"
#include "stage/stage_text.h"
#include "stage/thread_card.h"
#include "stage/token_flight.h"
#include "stage/top_row.h"
#include "style/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace interleave {

namespace {

constexpr int longestMilliseconds = 350;
// Of the time that a step has at the current speed.
constexpr double movingShare = 0.8;
// Shorter movements are not seen, only paid for.
constexpr int shortestMilliseconds = 40;

} // namespace

StageView::StageView(Playback& playback, Selection& selection, QWidget* parent)
    : QWidget(parent),
      m_playback(playback),
      m_selection(selection)
{
    installStageAccessibility();
    setObjectName(QStringLiteral("stage"));
    setAccessibleName(tr("Stage"));
    setAccessibleDescription(tr("The threads with their stacks and registers, over the memory that they share"));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_fonts.setBase(font());
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    connect(&m_animation, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& value) { setProgress(value.toDouble()); });
    connect(&m_animation, &QVariantAnimation::finished, this, &StageView::endAnimation);
    connect(&playback, &Playback::historyChanged, this, &StageView::setHistory);
    connect(&playback, &Playback::stepChanged, this, &StageView::setStep);
    connect(&selection, &Selection::changed, this, [this] {
        if (m_moment && m_layout.style == CardStyle::Cell)
            showMoment(m_moment->after.step);
        dropLayers();
    });
    setHistory();
}

QSize StageView::sizeHint() const
{
    return {840, 560};
}

QSize StageView::minimumSizeHint() const
{
    return {520, 380};
}

void StageView::setHistory()
{
    m_animation.stop();
    m_backwards = false;
    m_progress = 1;
    m_moment.reset();
    m_program = m_playback.history() ? programOf(*m_playback.history()) : StageProgram{};
    layOut();
    if (m_playback.history()) {
        m_step = m_playback.step();
        showMoment(m_step);
    }
    if (QAccessible::isActive()) {
        QAccessibleEvent reset(this, QAccessible::ObjectReorder);
        QAccessible::updateAccessibility(&reset);
    }
}

void StageView::setStep(Step step, bool smoothly)
{
    if (!m_playback.history())
        return;
    const bool forwards = step == m_step + 1;
    const bool backwards = m_step > 0 && step == m_step - 1;
    m_animation.stop();
    m_backwards = false;
    m_progress = 1;
    const Step shownBefore = m_step;
    m_step = step;
    const double milliseconds = std::min<double>(longestMilliseconds, 1000 * movingShare / m_playback.speed());
    const bool moves = smoothly && (forwards || backwards) && milliseconds >= shortestMilliseconds;
    // A step back is the same movement run backwards, so what it takes back stays the moment until it is done.
    showMoment(moves && backwards ? shownBefore : step);
    if (moves) {
        m_moment->loadBefore(*m_playback.history());
        m_animation.setDuration(static_cast<int>(milliseconds));
        animate(backwards);
    }
    announce();
}

void StageView::showMoment(Step step)
{
    const History& history = *m_playback.history();
    const bool current = step == m_playback.step();
    m_moment = StageMoment::at(history, current ? m_playback.state() : history.state(step));
    if (m_progress < 1)
        m_moment->loadBefore(history);
    m_enlarged = m_moment->concerned(m_selection.thread());
    if (m_enlarged.empty() && m_program.threads > 0)
        m_enlarged.push_back(0);
    m_enlarged.resize(std::min(m_enlarged.size(), static_cast<std::size_t>(m_layout.enlargedPlaces())));
    dropLayers();
}

void StageView::animate(bool backwards)
{
    m_backwards = backwards;
    m_progress = backwards ? 1 : 0;
    m_animation.start();
}

void StageView::setProgress(double progress)
{
    m_progress = std::clamp(m_backwards ? 1 - progress : progress, 0.0, 1.0);
    update();
}

void StageView::setAnimationProgress(double progress)
{
    if (!m_moment)
        return;
    const bool backwards = m_backwards;
    m_animation.stop();
    m_backwards = backwards;
    m_moment->loadBefore(*m_playback.history());
    setProgress(progress);
    if (progress >= 1)
        endAnimation();
}

void StageView::endAnimation()
{
    if (m_backwards) {
        m_backwards = false;
        showMoment(m_step);
    }
    m_progress = 1;
    update();
}

void StageView::layOut()
{
    m_layout = StageLayout(size(), unitOf(this), m_program);
    m_cells.drop();
    dropLayers();
}

void StageView::dropLayers()
{
    m_layers.fill(QPixmap());
    update();
}

bool StageView::effectShown() const
{
    return !m_moment->event || !m_moment->before || m_progress >= arrivalOf(m_moment->event->kind);
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

void StageView::paintEmpty(QPainter& painter, const QSizeF& wanted) const
{
    const Theme& theme = Theme::of(this);
    painter.fillRect(QRectF(QPointF(0, 0), wanted), theme.ground);
    const double unit = unitOf(this);
    painter.setFont(m_fonts.at(18 * unit, Face::Text).font);
    painter.setPen(theme.softInk);
    painter.drawText(QRectF(QPointF(0, 0), wanted).adjusted(24 * unit, 24 * unit, -24 * unit, -24 * unit),
                     Qt::AlignCenter | Qt::TextWordWrap,
                     tr("Nothing has run yet. Press Run, and the threads appear here."));
}

void StageView::paintStage(QPainter* painter, const QSizeF& wanted) const
{
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    if (!m_moment) {
        paintEmpty(*painter, wanted);
    } else {
        const StageLayout layout(wanted, unitOf(this), m_program);
        const StageCanvas canvas(*painter, Theme::of(this), m_fonts);
        const StageScene scene = sceneIn(layout);
        paintAtRest(canvas, scene, nullptr);
        paintFlight(canvas, scene, m_progress);
    }
    painter->restore();
}

void StageView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    if (!m_moment) {
        paintEmpty(painter, size());
        return;
    }
    const StageScene scene = sceneIn(m_layout);
    QPixmap& layer = m_layers[effectShown() ? 1 : 0];
    const double ratio = devicePixelRatioF();
    if (layer.isNull() || layer.devicePixelRatio() != ratio) {
        layer = QPixmap((QSizeF(size()) * ratio).toSize());
        layer.setDevicePixelRatio(ratio);
        QPainter layerPainter(&layer);
        layerPainter.setRenderHints(painter.renderHints());
        const bool grid = m_layout.style == CardStyle::Cell;
        const QPixmap* cells = grid ? &m_cells.of(scene, Theme::of(this), m_fonts, ratio) : nullptr;
        paintAtRest(StageCanvas(layerPainter, Theme::of(this), m_fonts), scene, cells);
    }
    painter.drawPixmap(0, 0, layer);
    paintFlight(StageCanvas(painter, Theme::of(this), m_fonts), scene, m_progress);
    if (hasFocus() && m_focusByKey && !m_selection.thread()) { // the card that is selected shows where the focus is, if there is one
        painter.setPen(QPen(Theme::of(this).accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

void StageView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layOut();
    if (m_moment)
        showMoment(m_moment->after.step);
}

void StageView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    switch (event->type()) {
    case QEvent::FontChange:
    case QEvent::StyleChange:
    case QEvent::PaletteChange:
    case QEvent::LocaleChange:
    case QEvent::LanguageChange:
        m_fonts.setBase(font());
        layOut();
        break;
    default: break;
    }
}

bool StageView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && m_moment) {
        auto* help = static_cast<QHelpEvent*>(event);
        const ThreadIndex thread = m_layout.threadAt(help->pos());
        if (thread == noThread)
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), cardText(state(), thread), this, cardRect(thread));
        return true;
    }
    return QWidget::event(event);
}

void StageView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_moment) {
        QWidget::mousePressEvent(event);
        return;
    }
    ThreadIndex thread = m_layout.threadAt(event->position());
    for (std::size_t place = 0; m_layout.style == CardStyle::Cell && place < m_enlarged.size(); ++place) {
        if (m_layout.enlargedFrame(static_cast<int>(place)).contains(event->position()))
            thread = m_enlarged[place];
    }
    if (thread == noThread)
        m_selection.selectThread(std::nullopt);
    else
        selectThread(thread);
}

std::optional<ThreadIndex> StageView::neighbour(int by) const
{
    if (m_program.threads == 0)
        return std::nullopt;
    const auto selected = selectedThread();
    if (!selected)
        return by > 0 ? 0 : m_program.threads - 1;
    const std::int64_t wanted = std::int64_t{*selected} + by;
    if (wanted < 0 || wanted >= std::int64_t{m_program.threads})
        return std::nullopt;
    return static_cast<ThreadIndex>(wanted);
}

// Left and Right step through the run wherever Playback's actions are at hand; Up, Down and Tab then reach every card.
void StageView::keyPressEvent(QKeyEvent* event)
{
    int by = 0;
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down: by = 1; break;
    case Qt::Key_Left:
    case Qt::Key_Up: by = -1; break;
    case Qt::Key_PageDown: by = std::max(1, m_layout.columns); break;
    case Qt::Key_PageUp: by = -std::max(1, m_layout.columns); break;
    case Qt::Key_Escape:
        if (selectedThread()) {
            m_selection.selectThread(std::nullopt);
            return;
        }
        break;
    default: break;
    }
    if (by == 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (const auto thread = neighbour(by))
        selectThread(*thread);
}

void StageView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    m_focusByKey = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    if (event->reason() == Qt::TabFocusReason && m_program.threads > 0 && m_layout.style != CardStyle::Cell)
        selectThread(0);
    else if (event->reason() == Qt::BacktabFocusReason && m_program.threads > 0 && m_layout.style != CardStyle::Cell)
        selectThread(m_program.threads - 1);
    update();
}

// Tab goes from card to card and then on; of a grid it takes one stop, or nobody would ever get past it.
bool StageView::focusNextPrevChild(bool next)
{
    if (hasFocus() && m_moment && m_layout.style != CardStyle::Cell) {
        if (const auto thread = neighbour(next ? 1 : -1)) {
            selectThread(*thread);
            return true;
        }
    }
    return QWidget::focusNextPrevChild(next);
}

const State& StageView::state() const
{
    return m_playback.state();
}

QRect StageView::cardRect(ThreadIndex thread) const
{
    return m_layout.frame(thread).toAlignedRect();
}

std::optional<ThreadIndex> StageView::selectedThread() const
{
    const auto thread = m_selection.thread();
    return thread && *thread < m_program.threads ? thread : std::nullopt;
}

void StageView::selectThread(ThreadIndex thread)
{
    m_selection.selectThread(thread);
    if (QAccessible::isActive()) {
        QAccessibleEvent focus(this, QAccessible::Focus);
        focus.setChild(static_cast<int>(thread));
        QAccessible::updateAccessibility(&focus);
    }
}

QString StageView::description() const
{
    return m_moment ? stageText(state()) : tr("Nothing has run yet");
}

void StageView::announce() const
{
    if (!QAccessible::isActive())
        return;
    auto* self = const_cast<StageView*>(this); // events name the object that they are about
    QAccessibleEvent described(self, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&described);
    if (const Event* last = m_playback.lastEvent(); last && last->thread < m_program.threads) {
        QAccessibleEvent named(self, QAccessible::NameChanged);
        named.setChild(static_cast<int>(last->thread));
        QAccessible::updateAccessibility(&named);
    }
}

} // namespace interleave
