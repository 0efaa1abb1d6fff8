// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/ledger.h"
#include "playback/playback.h"
#include "sentences/durations.h"
#include "style/theme.h"
#include "timeline/step_at_time.h"
#include "timeline/timeline_text.h"
#include "timeline/timeline_view.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

constexpr double zoomStep = 0.7;
constexpr double panStep = 0.15;  // of what is seen
constexpr double clickPixels = 4; // a hand that moved less has clicked
constexpr double wheelStep = 120; // of QWheelEvent, one notch
constexpr double notchPixels = 60;

// While the timeline has focus the arrows mean what letters do; elsewhere they are others', and listed as theirs.
QKeySequence sequenceOf(const QKeyEvent& event)
{
    if ((event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier) {
        switch (event.key()) {
        case Qt::Key_Left: return Qt::Key_A;
        case Qt::Key_Right: return Qt::Key_D;
        case Qt::Key_Up: return Qt::Key_I;
        case Qt::Key_Down: return Qt::Key_K;
        default: break;
        }
    }
    return QKeyCombination(event.modifiers() & ~Qt::KeypadModifier, Qt::Key(event.key()));
}

} // namespace

// What keys and the menus do.

void TimelineView::createActions()
{
    const auto add = [this](const QString& text, const QList<QKeySequence>& keys, auto&& what) {
        auto* action = new QAction(text, this);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, what);
        addAction(action);
        m_keyActions.append(action);
    };
    const auto key = [](Qt::Key k) { return QKeySequence(k); };
    add(tr("Zoom &in"), {key(Qt::Key_W)}, [this] { zoomBy(zoomStep); });
    add(tr("Zoom &out"), {key(Qt::Key_S)}, [this] { zoomBy(1 / zoomStep); });
    add(tr("Move to &earlier (← in the timeline)"), {key(Qt::Key_A)}, [this] { panBy(-panStep); });
    add(tr("Move to &later (→ in the timeline)"), {key(Qt::Key_D)}, [this] { panBy(panStep); });
    add(tr("Go to the selection, then show &all"), {key(Qt::Key_F)}, [this] { focusSelection(); });
    add(tr("Ne&xt event of the track"), {key(Qt::Key_Period)}, [this] { nextEvent(); });
    add(tr("P&revious event of the track"), {key(Qt::Key_Comma)}, [this] { previousEvent(); });
    add(tr("&Measure from and to the playhead"), {key(Qt::Key_M)}, [this] { measureAtPlayhead(); });
    add(tr("Threads, &cores or locks"), {key(Qt::Key_C)}, [this] { flipTracks(); });
    add(tr("&Light the next lock, then none"), {key(Qt::Key_L)}, [this] { nextLock(); });
    add(tr("Track a&bove (↑ in the timeline)"), {key(Qt::Key_I)},
        [this] { setCurrentTrack(std::max(0, currentTrack() - 1)); });
    add(tr("Track bel&ow (↓ in the timeline)"), {key(Qt::Key_K)},
        [this] { setCurrentTrack(std::min(trackCount() - 1, currentTrack() + 1)); });
    add(tr("&Pin the track to the top"), {key(Qt::Key_T)}, [this] { pinCurrent(); });
    const auto move = [this](int by) {
        if (const int place = currentTrack(); place >= 0) {
            moveTrack(place, place + by);
            scrollTo(m_layout.scrollTo(currentTrack()));
        }
    };
    add(tr("Move the track &up"), {QKeySequence(Qt::SHIFT | Qt::Key_Up)}, [move] { move(-1); });
    add(tr("Move the track &down"), {QKeySequence(Qt::SHIFT | Qt::Key_Down)}, [move] { move(1); });
}

void TimelineView::fit()
{
    show(fitted(m_visible, whole()));
}

void TimelineView::zoomBy(double factor)
{
    // About the mouse if it is here, else about the playhead if that is seen, else about the middle.
    double pixel = m_visible.width / 2;
    if (m_hover && m_layout.tracks().contains(*m_hover))
        pixel = m_hover->x() - m_layout.tracks().left();
    else if (m_visible.shows(m_playhead))
        pixel = m_visible.pixelOf(m_playhead);
    show(zoomed(m_visible, factor, pixel, whole()));
}

void TimelineView::panBy(double part)
{
    show(panned(m_visible, -part * m_visible.width, whole()));
}

void TimelineView::focusSelection()
{
    if (!m_index)
        return;
    std::optional<std::pair<double, double>> wanted;
    const History& history = *m_playback.history();
    const int place = currentTrack();
    if (measured()) {
        wanted = {measured()->from, measured()->to};
    } else if (m_selection.update()) {
        const Update update = history.ledger().update(*m_selection.update());
        const double stored = history.timeOf(history.storeStep(update.position));
        const double other = history.timeOf(update.survived() ? history.loadStep(update.position)
                                                              : history.storeStep(update.lostTo));
        wanted = {std::min(stored, other), std::max(stored, other) + 1};
    } else if (place >= 0) {
        const WholeTimes at = wholeTimes(m_playhead, m_playhead);
        if (const auto spans = m_index->spans(trackAt(place), at.from, at.from + 1, 8); spans && !spans->empty())
            wanted = {static_cast<double>(spans->back().begin), static_cast<double>(spans->back().end)};
    }
    const VisibleTime there = wanted ? around(m_visible, wanted->first, wanted->second, whole()) : m_visible;
    if (!wanted || there == m_visible)
        fit();
    else
        show(there);
}

void TimelineView::nextEvent()
{
    toEvent(true);
}

void TimelineView::previousEvent()
{
    toEvent(false);
}

// The next turn or lost update of the current track; of all that are shown if none is current.
void TimelineView::toEvent(bool forward)
{
    if (!m_index)
        return;
    const Step step = m_playback.step();
    const Time from = m_jump && m_jump->step == step ? m_jump->time : static_cast<Time>(m_playhead);
    std::optional<Time> nearest;
    const auto consider = [&](std::optional<Time> time) {
        if (time && (!nearest || (forward ? *time < *nearest : *time > *nearest)))
            nearest = time;
    };
    const int current = currentTrack();
    for (int place = 0; place < trackCount(); ++place) {
        if (current >= 0 && place != current)
            continue;
        const TrackName track = trackAt(place);
        consider(forward ? m_index->nextTurn(track, from) : m_index->previousTurn(track, from));
        if (track.kind != TrackName::Kind::Lock)
            consider(forward ? m_index->nextLost(track, from) : m_index->previousLost(track, from));
        for (LockIndex lock = 0; track.kind == TrackName::Kind::Thread && lock < m_index->locks(); ++lock)
            consider(forward ? m_index->nextTurnOfUse(lock, track.index, from)
                             : m_index->previousTurnOfUse(lock, track.index, from));
    }
    if (!nearest)
        return;
    const auto thread = current >= 0 && m_kind == TrackName::Kind::Thread ? std::optional(trackAt(current).index)
                                                                          : std::nullopt;
    m_playback.pause();
    m_playback.setStep(stepsAt(*m_playback.history(), static_cast<double>(*nearest), thread, 1));
    m_jump = {m_playback.step(), *nearest};
    const auto [place, mark] = markAt(*nearest);
    announce(mark >= 0
                 ? markText(place, mark)
                 : placeText(*m_index, trackAt(std::max(0, place)), static_cast<double>(*nearest), 0, unit(), m_locks),
             place, mark);
}

void TimelineView::measureAtPlayhead()
{
    if (!m_index)
        return;
    if (m_measuresFrom) {
        setMeasured(Measured{*m_measuresFrom, m_playhead});
        m_measuresFrom.reset();
    } else if (measured()) {
        setMeasured(std::nullopt);
    } else {
        m_measuresFrom = m_playhead;
        update();
    }
}

bool TimelineView::event(QEvent* event)
{
    // Keys that mean something here are not to reach the actions of the window.
    if (event->type() == QEvent::ShortcutOverride && m_index) {
        auto* key = static_cast<QKeyEvent*>(event);
        const QKeySequence pressed = sequenceOf(*key);
        const bool ours = std::any_of(m_keyActions.begin(), m_keyActions.end(),
                                      [&](const QAction* action) { return action->shortcuts().contains(pressed); });
        const bool clears = key->key() == Qt::Key_Escape && (measured() || m_measuresFrom || m_lock);
        if (ours || clears) {
            key->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void TimelineView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && (measured() || m_measuresFrom)) {
        m_measuresFrom.reset();
        setMeasured(std::nullopt);
        return;
    }
    if (event->key() == Qt::Key_Escape && m_lock) {
        chooseLock(std::nullopt);
        return;
    }
    const QKeySequence pressed = sequenceOf(*event);
    for (QAction* action : std::as_const(m_keyActions)) {
        if (action->shortcuts().contains(pressed)) {
            action->trigger();
            return;
        }
    }
    QWidget::keyPressEvent(event);
}

void TimelineView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void TimelineView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

// What the mouse does.

double TimelineView::timeAt(double x) const
{
    return std::clamp(m_visible.timeAt(x - m_layout.tracks().left()), 0.0, whole());
}

void TimelineView::mousePressEvent(QMouseEvent* event)
{
    if (!m_index || event->button() != Qt::LeftButton)
        return;
    const QPointF at = event->position();
    m_pressedAt = at;
    m_pressedVisible = m_visible;
    m_pressedScroll = m_layout.scroll();
    m_dragged = false;
    if (m_layout.minimap().contains(at)) {
        m_hand = Hand::Minimap;
        moveMinimapTo(at.x());
    } else if (m_layout.labels().contains(at)) {
        m_hand = Hand::Label;
        m_draggedTrack = m_layout.trackAt(at.y());
    } else if (m_layout.axis().contains(at)
               || (m_layout.tracks().contains(at) && (event->modifiers() & Qt::ShiftModifier))) {
        m_hand = Hand::Measure;
    } else if (m_layout.tracks().contains(at)) {
        m_hand = Hand::Press;
    }
}

void TimelineView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_index)
        return;
    const QPointF at = event->position();
    m_hover = at;
    const QPointF way = at - m_pressedAt;
    m_dragged = m_dragged || (m_hand != Hand::None && way.manhattanLength() >= clickPixels);
    if (m_dragged && m_hand == Hand::Press) {
        m_hand = Hand::Pan;
        setCursor(Qt::ClosedHandCursor);
    }
    switch (m_hand) {
    case Hand::Pan:
        show(panned(m_pressedVisible, way.x(), whole()));
        scrollTo(m_pressedScroll - way.y());
        break;
    case Hand::Measure:
        if (m_dragged)
            setMeasured(Measured{timeAt(m_pressedAt.x()), timeAt(at.x())});
        break;
    case Hand::Minimap: moveMinimapTo(at.x()); break;
    case Hand::Label:
        if (m_dragged)
            dragLabelTo(at.y());
        break;
    default: break;
    }
    setLockUnderMouse(m_hand == Hand::None ? lockAt(at) : std::nullopt);
    if (m_hand == Hand::None) {
        const QString text = tooltipAt(at);
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(event->globalPosition().toPoint() + QPoint(8, 12), text, this);
    }
    update();
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_index || event->button() != Qt::LeftButton)
        return;
    if (!m_dragged && (m_hand == Hand::Press || m_hand == Hand::Measure))
        click(event->position());
    else if (!m_dragged && m_hand == Hand::Label)
        setCurrentTrack(m_draggedTrack);
    if (m_hand == Hand::Pan)
        unsetCursor();
    m_hand = Hand::None;
    update();
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (m_index && m_layout.minimap().contains(event->position()))
        fit();
    else
        mousePressEvent(event);
}

void TimelineView::leaveEvent(QEvent* event)
{
    m_hover.reset();
    setLockUnderMouse(std::nullopt);
    update();
    QWidget::leaveEvent(event);
}

void TimelineView::click(QPointF point)
{
    const int place = m_layout.trackAt(point.y());
    const bool onTrack = place >= 0 && m_layout.tracks().contains(point);
    std::optional<ThreadIndex> thread;
    if (onTrack && m_kind == TrackName::Kind::Thread)
        thread = trackAt(place).index;
    const double time = timeAt(point.x());
    // A cross leads to the store that the update was lost to: there the sentence tells of the loss.
    if (const auto lost = onTrack ? lostUnder(place, point) : std::nullopt) {
        m_selection.selectUpdate(lost->position);
        m_playback.pause();
        m_playback.setStep(m_playback.history()->storeStep(lost->lostTo) + 1);
        setCurrentTrack(place);
        return;
    }
    m_playback.setStep(stepsAt(*m_playback.history(), time, thread, 3 * m_visible.perPixel()));
    if (onTrack)
        setCurrentTrack(place);
    else
        setMeasured(std::nullopt);
}

// The lost update whose cross is under a point.
std::optional<Update> TimelineView::lostUnder(int place, QPointF point) const
{
    const double reach = 7 * m_layout.unit();
    const TrackName track = trackAt(place);
    const TimelineMarks& seen = marks(place);
    if (track.kind == TrackName::Kind::Lock || !seen.all
        || std::abs(point.y() - m_layout.bar(place).center().y()) > reach)
        return std::nullopt;
    std::optional<Time> nearest;
    double least = reach;
    for (const TimelineMark& mark : seen.marks) {
        const double x = m_layout.tracks().left() + m_visible.pixelOf(static_cast<double>(mark.time));
        if (mark.kind == TimelineMark::Kind::Lost && mark.count == 1 && std::abs(x - point.x()) <= least) {
            least = std::abs(x - point.x());
            nearest = mark.time;
        }
    }
    return nearest ? lostUpdateAt(*m_playback.history(), track, *nearest) : std::nullopt;
}

void TimelineView::moveMinimapTo(double x)
{
    const QRectF& map = m_layout.minimap();
    const double middle = (x - map.left()) / map.width() * whole();
    showTimes(middle - m_visible.length() / 2, middle + m_visible.length() / 2);
}

void TimelineView::dragLabelTo(double y)
{
    const int to = m_layout.trackAt(y);
    if (to < 0 || m_draggedTrack < 0 || to == m_draggedTrack)
        return;
    moveTrack(m_draggedTrack, to);
    m_draggedTrack = to;
}

void TimelineView::wheelEvent(QWheelEvent* event)
{
    if (!m_index)
        return;
    const QPoint delta = event->angleDelta();
    const double down = delta.y() / wheelStep;
    const QPointF at = event->position();
    event->accept();
    if (event->modifiers() & Qt::ControlModifier) {
        const double pixel = std::clamp(at.x() - m_layout.tracks().left(), 0.0, m_visible.width);
        show(zoomed(m_visible, std::pow(zoomStep, down), pixel, whole()));
    } else if (m_layout.labels().contains(at)) {
        scrollTo(m_layout.scroll() - down * 3 * m_layout.rowHeight());
    } else {
        // To the right is later; so is down.
        const double notches = delta.x() != 0 ? delta.x() / wheelStep : down;
        show(panned(m_visible, notches * notchPixels * m_layout.unit(), whole()));
    }
}

void TimelineView::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    menu.addActions(m_keyActions);
    menu.addSeparator();
    if (!m_sharedActions.isEmpty()) {
        menu.addActions(m_sharedActions);
        menu.addSeparator();
    }
    m_exportActions->fill(&menu);
    menu.exec(event->globalPos());
}

QString TimelineView::tooltipAt(QPointF point) const
{
    const int place = m_layout.trackAt(point.y());
    if (!m_index || !m_layout.tracks().contains(point) || place < 0)
        return {};
    const double time = timeAt(point.x());
    const TimelineScene scene = sceneIn(m_layout, m_visible);
    return tr("%1\n%2", "moment, what happens there")
        .arg(momentText(time, unit()),
             placeText(scene.close, trackAt(place), time, m_visible.perPixel() / 2, unit(), m_locks));
}

} // namespace interleave
