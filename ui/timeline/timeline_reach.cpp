// SPDX-License-Identifier: GPL-3.0-or-later
// How everything on the timeline is reached without seeing it: its marks one by one, and what a key went to.
#include "history/ledger.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "sentences/names.h"
#include "timeline/step_at_time.h"
#include "timeline/timeline_marks.h"
#include "timeline/timeline_text.h"
#include "timeline/timeline_view.h"

#include <QAccessible>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

constexpr double markWidth = 9; // design pixels

} // namespace

const TimelineMarks& TimelineView::marks(int place) const
{
    static const TimelineMarks none;
    if (place < 0 || place >= trackCount())
        return none;
    const auto found = m_marks.find(place);
    if (found != m_marks.end())
        return found->second;
    const WholeTimes seen = wholeTimes(m_visible.begin, m_visible.end);
    const TimelineScene scene = sceneIn(m_layout, m_visible);
    return m_marks.emplace(place, marksIn(scene.close, trackAt(place), seen.from, seen.to, mostMarks)).first->second;
}

QString TimelineView::markText(int place, int mark) const
{
    const auto& all = marks(place).marks;
    if (mark < 0 || static_cast<std::size_t>(mark) >= all.size())
        return {};
    return interleave::markText(*m_playback.history(), trackAt(place), all[static_cast<std::size_t>(mark)], m_locks);
}

QRect TimelineView::markRect(int place, int mark) const
{
    const auto& all = marks(place).marks;
    if (mark < 0 || static_cast<std::size_t>(mark) >= all.size())
        return {};
    const TimelineMark& what = all[static_cast<std::size_t>(mark)];
    const double left = m_layout.tracks().left() + m_visible.pixelOf(static_cast<double>(what.time));
    const bool lasts = what.kind == TimelineMark::Kind::Waits || what.kind == TimelineMark::Kind::Takes;
    const double wide = lasts ? static_cast<double>(what.end - what.time) / m_visible.perPixel() : 0;
    const double least = markWidth * m_layout.unit();
    const QRectF row = m_layout.row(place);
    QRectF rect(left, row.top(), wide, row.height());
    if (wide < least)
        rect.adjust((wide - least) / 2, 0, (least - wide) / 2, 0);
    return rect.intersected(m_layout.tracks()).toAlignedRect();
}

void TimelineView::goToMark(int place, int mark)
{
    const auto& all = marks(place).marks;
    if (mark < 0 || static_cast<std::size_t>(mark) >= all.size())
        return;
    const TimelineMark what = all[static_cast<std::size_t>(mark)];
    const TrackName track = trackAt(place);
    const History& history = *m_playback.history();
    const auto thread = what.thread == noThread ? std::nullopt : std::optional(what.thread);
    Step step = stepsAt(history, static_cast<double>(what.time), thread, 1);
    Position lost = initialPosition;
    if (what.kind == TimelineMark::Kind::Lost) {
        if (const auto update = lostUpdateAt(history, track, what.time)) {
            lost = update->position;
            step = history.storeStep(lost) + 1;
        }
    }
    m_playback.pause();
    m_playback.setStep(step);
    m_jump = {m_playback.step(), what.time};
    setCurrentTrack(place);
    if (lost != initialPosition)
        m_selection.selectUpdate(lost);
    const bool ofLock = what.kind == TimelineMark::Kind::Waits || what.kind == TimelineMark::Kind::Takes
                     || what.kind == TimelineMark::Kind::Releases;
    if (ofLock)
        chooseLock(what.lock);
    // What is seen may have moved, and with it the marks.
    const auto& now = marks(place).marks;
    const auto found = std::find(now.begin(), now.end(), what);
    if (found != now.end())
        announce(markText(place, static_cast<int>(found - now.begin())), place, static_cast<int>(found - now.begin()));
}

QString TimelineView::marksText(int place) const
{
    if (place < 0 || place >= trackCount())
        return {};
    const WholeTimes seen = wholeTimes(m_visible.begin, m_visible.end);
    const TimelineMarks& known = marks(place);
    const QString all = numberText(known.marks.size());
    if (known.all)
        return known.marks.empty()     ? tr("nothing is marked in what is seen")
             : known.marks.size() == 1 ? tr("1 mark is seen")
                                       : tr("%1 marks are seen").arg(all);
    const TimelineScene scene = sceneIn(m_layout, m_visible);
    const TimelineSums sums = scene.close.totals(trackAt(place), seen.from, seen.to);
    const QString counts = countsText(sums);
    return counts.isEmpty()
             ? tr("the first %1 of many marks that are seen are listed; zoom in for more").arg(all)
             : tr("the first %1 of many marks that are seen are listed (%2 in all); zoom in for more").arg(all, counts);
}

// The track and the mark there of what happens at a time: of the current track, else of the first that has one. Without
// a mark the track is what is current, or -1.
std::pair<int, int> TimelineView::markAt(Time time) const
{
    const int current = currentTrack();
    for (int place = 0; place < trackCount(); ++place) {
        if (current >= 0 && place != current)
            continue;
        const auto& all = marks(place).marks;
        const auto found = std::lower_bound(all.begin(), all.end(), time,
                                            [](const TimelineMark& mark, Time t) { return mark.time < t; });
        if (found != all.end() && found->time == time)
            return {place, static_cast<int>(found - all.begin())};
    }
    return {current, -1};
}

// Where the playback's own keys for clobbering stores went.
void TimelineView::announceLost()
{
    const Event* const last = m_playback.lastEvent();
    if (!m_index || !last || last->position == initialPosition)
        return;
    const Ledger& ledger = m_playback.history()->ledger();
    const std::uint64_t lost = ledger.updatesLostTo(last->position);
    const QString store = tr("store of %1", "update").arg(updateText(ledger.name(last->position)));
    if (lost == 0) {
        const std::uint64_t aside = ledger.pathChange(last->position).dropped;
        if (aside > 0)
            announce(aside == 1 ? tr("%1 set 1 update aside").arg(store)
                                : tr("%1 set %2 updates aside").arg(store, numberText(aside)),
                     -1, -1);
        return;
    }
    // The update that died there, where it is seen.
    const Update died = ledger.update(ledger.lostUpdate(ledger.lostBefore(last->position) - 1));
    const int place = placeOf({TrackName::Kind::Thread, died.name.thread});
    if (const int mark = died.lostTo == last->position ? lostMarkOf(place, died.position) : -1; mark >= 0) {
        announce(markText(place, mark), place, mark);
        return;
    }
    announce(lost == 1 ? tr("%1 destroyed 1 update").arg(store)
                       : tr("%1 destroyed %2 updates").arg(store, numberText(lost)),
             -1, -1);
}

int TimelineView::lostMarkOf(int place, Position update) const
{
    const History& history = *m_playback.history();
    const auto time = static_cast<Time>(std::max(0.0, timeAfter(history, history.storeStep(update) + 1)));
    const auto& all = marks(place).marks;
    const auto found = std::find_if(all.begin(), all.end(), [time](const TimelineMark& mark) {
        return mark.kind == TimelineMark::Kind::Lost && mark.time == time;
    });
    return found == all.end() ? -1 : static_cast<int>(found - all.begin());
}

// A mark that was reached has the focus of screen readers, which say its name; what has no mark of its own is said by
// the description of the timeline.
void TimelineView::announce(const QString& what, int place, int mark)
{
    m_reached = what;
    m_reachedMark = place >= 0 && mark >= 0 ? std::optional(MarkPlace{place, mark}) : std::nullopt;
    QAccessibleInterface* const timeline = QAccessible::queryAccessibleInterface(this);
    QAccessibleInterface* const track = timeline && place >= 0 ? timeline->child(place) : nullptr;
    if (QAccessibleInterface* const reached = track && mark >= 0 ? track->child(mark) : nullptr) {
        QAccessibleEvent event(reached, QAccessible::Focus);
        QAccessible::updateAccessibility(&event);
        return;
    }
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

} // namespace interleave
