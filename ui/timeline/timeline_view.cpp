// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/timeline_view.h"

#include "history/ledger.h"
#include "playback/playback.h"
#include "sentences/durations.h"
#include "style/theme.h"
#include "timeline/lock_text.h"
#include "timeline/step_at_time.h"
#include "timeline/timeline_accessible.h"
#include "timeline/timeline_painting.h"
#include "timeline/timeline_text.h"

#include <QAccessible>
#include <QAction>
#include <QEvent>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

constexpr QSizeF wantedSize{900, 220}; // design pixels
constexpr QSizeF leastSize{320, 76};
constexpr double leastWithoutMinimap = 56; // high
constexpr int closeDelay = 120;            // ms without a move before a close view asks for more

} // namespace

TimelineView::TimelineView(Playback& playback, Selection& selection, QWidget* parent)
    : QWidget(parent),
      m_playback(playback),
      m_selection(selection),
      m_scrollBar(new QScrollBar(Qt::Vertical, this)),
      m_exportActions(
          std::make_unique<ExportActions>([this] { return m_sharedPicture ? m_sharedPicture() : picture(); }, this))
{
    installTimelineAccessibility();
    setObjectName(QStringLiteral("timeline"));
    setAccessibleName(tr("Timeline"));
    setAccessibleDescription(tr("The whole run: threads, cores or locks against time"));
    setFocusPolicy(Qt::TabFocus); // the mouse leaves the keys with whoever had them
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_scrollBar->setFocusPolicy(Qt::NoFocus);
    m_scrollBar->setAccessibleName(tr("Tracks further down"));
    m_scrollBar->hide();
    createActions();
    m_closeTimer.setSingleShot(true);
    m_closeTimer.setInterval(closeDelay);
    connect(&m_closeTimer, &QTimer::timeout, this, &TimelineView::askForClose);
    connect(&m_builder, &TimelineBuilder::built, this, &TimelineView::takeIndex);
    connect(&m_builder, &TimelineBuilder::progressed, this, [this](double part) {
        m_progress = part;
        update();
    });
    connect(&m_closeBuilder, &TimelineBuilder::built, this, [this](const auto& close) {
        m_close = close;
        changed();
    });
    connect(m_scrollBar, &QScrollBar::valueChanged, this, [this](int value) { scrollTo(value); });
    connect(&m_playback, &Playback::historyChanged, this, &TimelineView::takeHistory);
    connect(&m_playback, &Playback::stepChanged, this, &TimelineView::takeStep);
    for (const QAction* action : {m_playback.nextClobberingAction(), m_playback.previousClobberingAction()})
        connect(action, &QAction::triggered, this, &TimelineView::announceLost);
    connect(&m_selection, &Selection::changed, this, [this] {
        if (const int place = currentTrack(); place >= 0)
            scrollTo(m_layout.scrollTo(place));
        changed();
    });
    connect(&m_selection, &Selection::rangeChanged, this, &TimelineView::takeRange);
    takeHistory();
}

TimelineView::~TimelineView() = default;

QSize TimelineView::sizeHint() const
{
    return (wantedSize * unitOf(this)).toSize();
}

QSize TimelineView::minimumSizeHint() const
{
    if (m_form == TimelineForm::Strip)
        return (QSizeF(leastSize.width(), TimelineLayout::stripHeight) * unitOf(this)).toSize();
    const QSizeF least(leastSize.width(), m_hasMinimap ? leastSize.height() : leastWithoutMinimap);
    return (least * unitOf(this)).toSize();
}

double TimelineView::whole() const
{
    return m_index ? std::max({1.0, static_cast<double>(m_index->end()), m_axisEnd}) : 1;
}

void TimelineView::setAxisEnd(double end)
{
    const double before = whole();
    m_axisEnd = end;
    if (!m_index || whole() == before)
        return;
    m_visible = m_fits ? fitted(m_visible, whole()) : clamped(m_visible, whole());
    layOut();
    emit visibleChanged();
}

void TimelineView::setShared(const QList<QAction*>& actions, std::function<Picture()> picture)
{
    m_sharedActions = actions;
    m_sharedPicture = std::move(picture);
}

void TimelineView::setMinimapShown(bool shown)
{
    m_hasMinimap = shown;
    setForm(shown ? TimelineForm::Whole : TimelineForm::WithoutMinimap);
}

void TimelineView::setStrip(bool strip)
{
    setForm(strip ? TimelineForm::Strip : m_hasMinimap ? TimelineForm::Whole : TimelineForm::WithoutMinimap);
}

void TimelineView::setForm(TimelineForm form)
{
    m_form = form;
    updateGeometry();
    layOut();
    emit visibleChanged();
}

void TimelineView::setLegendWithout(const std::vector<LegendEntry>& elsewhere)
{
    if (m_legendElsewhere == elsewhere)
        return;
    m_legendElsewhere = elsewhere;
    listLegend();
    changed();
}

void TimelineView::listLegend()
{
    m_legend = m_index ? legendOf(*m_index, whole() / std::max(1.0, m_layout.tracks().width()))
                       : std::vector<LegendEntry>();
    std::erase_if(m_legend, [this](LegendEntry entry) {
        return std::find(m_legendElsewhere.begin(), m_legendElsewhere.end(), entry) != m_legendElsewhere.end();
    });
}

std::vector<LegendEntry> TimelineView::shownLegend() const
{
    return {m_legend.begin(),
            m_legend.begin() + static_cast<std::ptrdiff_t>(std::min(m_legend.size(), legendRoom(m_layout)))};
}

TimeUnit TimelineView::unit() const
{
    return m_playback.history() ? m_playback.history()->timeUnit() : TimeUnit::Nanoseconds;
}

void TimelineView::takeHistory()
{
    m_builder.cancel();
    m_closeBuilder.cancel();
    m_index.reset();
    m_close.reset();
    m_selection.selectRange(std::nullopt);
    m_measuresFrom.reset();
    m_jump.reset();
    m_lockUnderMouse.reset();
    m_reached.clear();
    m_hand = Hand::None;
    m_progress = 0;
    m_fits = m_fits || m_playback.step() == 0; // another run, and not the same with a step more
    if (m_playback.history() && m_playback.steps() > 0)
        m_builder.build(m_playback.history());
    layOut();
    m_exportActions->setEnabled(m_index != nullptr);
}

void TimelineView::takeIndex(const std::shared_ptr<const TimelineIndex>& index)
{
    m_index = index;
    for (const auto& [kind, count] :
         {std::pair(TrackName::Kind::Thread, index->threads()), std::pair(TrackName::Kind::Core, index->cores()),
          std::pair(TrackName::Kind::Lock, index->locks())}) {
        std::vector<TrackName>& order = m_orders[static_cast<std::size_t>(kind)];
        if (order.size() == count)
            continue; // the same again: it stays in the order that was made
        order.clear();
        for (std::uint32_t i = 0; i < count; ++i)
            order.push_back({kind, i});
        m_pinned[static_cast<std::size_t>(kind)] = 0;
    }
    if (order().empty())
        m_kind = TrackName::Kind::Thread;
    m_locks = lockNames(*m_playback.history());
    if (m_lock && *m_lock >= index->locks())
        m_lock.reset();
    m_visible = m_fits ? fitted(m_visible, whole()) : clamped(m_visible, whole());
    m_playhead = timeAfter(*m_playback.history(), m_playback.step());
    m_exportActions->setEnabled(true);
    layOut();
    emit visibleChanged();
}

void TimelineView::takeStep()
{
    if (!m_index)
        return;
    const bool wasSeen = m_visible.shows(m_playhead);
    m_playhead = timeAfter(*m_playback.history(), m_playback.step());
    m_reached.clear();
    m_reachedMark.reset();
    // Who looks elsewhere while it plays is left alone.
    if (wasSeen || !m_playback.isPlaying())
        show(following(m_visible, m_playhead, whole()));
    // Among many threads, who acts is to be seen; but the track that was chosen stays.
    const Event* const last = m_playback.lastEvent();
    if (last && !m_playback.isPlaying() && m_kind == TrackName::Kind::Thread && !m_selection.thread())
        scrollTo(m_layout.scrollTo(placeOf({m_kind, last->thread})));
    update();
}

void TimelineView::layOut()
{
    m_layout = TimelineLayout(size(), unitOf(this), trackCount(), m_layout.scroll(), m_form);
    m_visible.width = m_layout.tracks().width();
    listLegend();
    m_minimap = QPixmap();
    m_lit = QPixmap();
    const QRectF& tracks = m_layout.tracks();
    const double most = m_layout.mostScroll();
    m_scrollBar->setGeometry(QRectF(tracks.right(), tracks.top(), 8 * m_layout.unit(), tracks.height()).toRect());
    m_scrollBar->setPageStep(static_cast<int>(tracks.height()));
    m_scrollBar->setSingleStep(static_cast<int>(m_layout.rowHeight()));
    m_scrollBar->setRange(0, static_cast<int>(most));
    m_scrollBar->setValue(static_cast<int>(m_layout.scroll()));
    m_scrollBar->setVisible(m_index && most > 0);
    changed();
    emit laidOut();
}

void TimelineView::changed()
{
    m_layerValid = false;
    m_litIs.reset();
    m_marks.clear();
    m_reachedMark.reset();
    update();
}

void TimelineView::scrollTo(double scroll)
{
    if (std::round(scroll) == m_layout.scroll())
        return;
    m_layout = TimelineLayout(m_layout.size(), m_layout.unit(), trackCount(), scroll, m_form);
    m_scrollBar->setValue(static_cast<int>(m_layout.scroll()));
    changed();
}

void TimelineView::show(const VisibleTime& visible)
{
    if (!m_index || visible == m_visible)
        return;
    m_visible = visible;
    m_fits = visible == fitted(visible, whole());
    if (m_index->grid() > 1)
        m_closeTimer.start();
    changed();
    emit visibleChanged();
}

void TimelineView::showTimes(double begin, double end)
{
    show(clamped({begin, end, m_visible.width}, whole()));
}

// Where pixels are finer than what the index of the whole run knows for certain, an own index knows each update.
void TimelineView::askForClose()
{
    constexpr double mostColumns = 8; // windows that would take as long as the whole are not worth it
    if (!m_index || m_visible.begin >= static_cast<double>(m_index->end())
        || m_visible.perPixel() * mostColumns >= static_cast<double>(m_index->grid()))
        return;
    const WholeTimes seen = wholeTimes(m_visible.begin, m_visible.end);
    if (m_close && m_close->begin() <= seen.from && m_close->end() >= std::min<Time>(seen.to, m_index->end()))
        return;
    const double more = m_visible.length();
    const WholeTimes wanted = wholeTimes(m_visible.begin - more, m_visible.end + more);
    m_closeBuilder.buildWindow(m_playback.history(), wanted.from, wanted.to);
}

int TimelineView::placeOf(TrackName track) const
{
    const auto found = std::find(order().begin(), order().end(), track);
    return found == order().end() ? -1 : static_cast<int>(found - order().begin());
}

int TimelineView::currentTrack() const
{
    if (!m_index)
        return -1;
    if (m_kind == TrackName::Kind::Core)
        return m_core ? placeOf({m_kind, *m_core}) : -1;
    if (m_kind == TrackName::Kind::Lock)
        return m_lock ? placeOf({m_kind, *m_lock}) : -1;
    return m_selection.thread() ? placeOf({m_kind, *m_selection.thread()}) : -1;
}

void TimelineView::setCurrentTrack(int place)
{
    if (place < 0 || place >= trackCount())
        return;
    select(place);
    scrollTo(m_layout.scrollTo(place));
    if (QAccessible::isActive()) {
        QAccessibleEvent event(this, QAccessible::Focus);
        event.setChild(place);
        QAccessible::updateAccessibility(&event);
    }
}

void TimelineView::select(int place)
{
    if (m_kind == TrackName::Kind::Thread) {
        m_selection.selectThread(trackAt(place).index);
    } else if (m_kind == TrackName::Kind::Lock) {
        chooseLock(trackAt(place).index);
    } else {
        m_core = trackAt(place).index;
        changed();
    }
}

void TimelineView::moveTrack(int from, int to)
{
    if (from < 0 || to < 0 || from >= trackCount() || to >= trackCount() || from == to)
        return;
    const auto begin = order().begin();
    if (from < to)
        std::rotate(begin + from, begin + from + 1, begin + to + 1);
    else
        std::rotate(begin + to, begin + from, begin + from + 1);
    // Who crosses the line that the pinned ones end at is pinned, or is not any more.
    std::size_t& pins = m_pinned[static_cast<std::size_t>(m_kind)];
    const auto line = static_cast<int>(pins);
    if (from < line && to >= line)
        --pins;
    else if (from >= line && to < line)
        ++pins;
    changed();
}

void TimelineView::pinCurrent()
{
    const int place = currentTrack();
    if (place < 0)
        return;
    std::size_t& pins = m_pinned[static_cast<std::size_t>(m_kind)];
    const auto line = static_cast<int>(pins);
    if (place < line) {
        moveTrack(place, line - 1);
        --pins;
    } else {
        moveTrack(place, line);
        ++pins;
    }
    scrollTo(m_layout.scrollTo(currentTrack()));
    changed();
}

void TimelineView::flipTracks()
{
    if (!m_index)
        return;
    constexpr int kinds = 3;
    do
        m_kind = static_cast<TrackName::Kind>((static_cast<int>(m_kind) + 1) % kinds);
    while (order().empty() && m_kind != TrackName::Kind::Thread);
    m_lockUnderMouse.reset();
    layOut();
}

QRect TimelineView::trackRect(int place) const
{
    return m_layout.row(place).united(m_layout.label(place)).intersected(QRectF(rect())).toAlignedRect();
}

QString TimelineView::trackDescription(int place) const
{
    return place < trackCount() ? trackSumsText(*m_index, trackAt(place), 0, whole(), unit(), m_locks) : QString();
}

QString TimelineView::measuredText() const
{
    if (!measured() || !m_index)
        return {};
    return rangeText(*m_index, measured()->from, measured()->to, unit());
}

QString TimelineView::description() const
{
    if (!m_index)
        return emptyText();
    QStringList parts{runText(*m_index, unit())};
    if (!m_fits)
        parts << tr("seen: from %1 to %2").arg(momentText(m_visible.begin, unit()), momentText(m_visible.end, unit()));
    parts << tr("playhead at %1").arg(momentText(m_playhead, unit()));
    if (measured())
        parts << tr("measured %1").arg(measuredText());
    if (m_lock)
        parts << chosenLockText();
    if (!m_reached.isEmpty())
        parts.prepend(m_reached);
    return parts.join(QStringLiteral("; "));
}

QString TimelineView::emptyText() const
{
    if (m_builder.isBuilding())
        return tr("Laying the run out in time: %1 %").arg(qRound(m_progress * 100));
    return tr("There is nothing to replay yet. A recorded run appears here, thread by thread against time.");
}

void TimelineView::setMeasured(std::optional<Measured> measured)
{
    m_selection.selectRange(measured);
    update(); // where keys began to measure, if nothing else
}

void TimelineView::takeRange()
{
    update();
    if (QAccessible::isActive()) {
        QAccessibleEvent event(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&event);
    }
}

void TimelineView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void TimelineView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange) {
        updateGeometry();
        layOut();
    }
    QWidget::changeEvent(event);
}

} // namespace interleave
