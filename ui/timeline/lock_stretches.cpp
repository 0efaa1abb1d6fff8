// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/lock_stretches.h"

#include "timeline/timeline_text.h"

#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

// What is seen of a turn, no narrower than a pixel.
LockStretch stretchOf(const VisibleTime& view, const TimelineSpan& span)
{
    const double left = std::max(0.0, view.pixelOf(static_cast<double>(span.begin)));
    const double right = std::min(view.width, view.pixelOf(static_cast<double>(span.end)));
    return {left, std::max(left + 1, right)};
}

void appendColumns(const std::vector<TrackColumn>& columns, Activity activity, std::vector<LockStretch>& stretches)
{
    for (std::size_t x = 0; x < columns.size(); ++x) {
        const double share = columns[x].share(activity);
        if (share <= 0)
            continue;
        const int level = std::clamp(static_cast<int>(std::ceil(share * LockStretch::mostLevel)), 1,
                                     LockStretch::mostLevel);
        const auto left = static_cast<double>(x);
        if (!stretches.empty() && stretches.back().right == left && stretches.back().level == level)
            stretches.back().right = left + 1;
        else
            stretches.push_back({left, left + 1, false, level});
    }
}

// The parts of [left, right] that `stretches` cover, appended.
void appendWithin(const std::vector<LockStretch>& stretches, double left, double right, std::vector<LockStretch>& parts)
{
    auto at = std::partition_point(stretches.begin(), stretches.end(),
                                   [left](const LockStretch& stretch) { return stretch.right <= left; });
    for (; at != stretches.end() && at->left < right; ++at)
        parts.push_back({std::max(left, at->left), std::min(right, at->right), at->single, at->level});
}

} // namespace

LockStretches LockReader::read(LockIndex lock, ThreadIndex thread)
{
    LockStretches stretches;
    const VisibleTime& view = m_scene.view;
    const WholeTimes seen = wholeTimes(view.begin, view.end);
    if (const auto spans = m_scene.close.spansOfUse(lock, thread, seen.from, seen.to, mostSpans(view))) {
        m_scene.count(spans->size());
        for (const TimelineSpan& span : *spans) {
            if (span.activity == Activity::Running)
                stretches.held.push_back(stretchOf(view, span));
            else if (span.activity == Activity::Waiting)
                stretches.waited.push_back(stretchOf(view, span));
        }
    } else if (m_columns.readUse(m_scene.close, lock, thread, view)) {
        m_scene.count(m_columns.cells());
        appendColumns(m_columns.all(), Activity::Running, stretches.held);
        appendColumns(m_columns.all(), Activity::Waiting, stretches.waited);
    }
    return stretches;
}

const LockStretches& LitRows::ofThread(ThreadIndex thread)
{
    const auto found = m_threads.find(thread);
    return found != m_threads.end() ? found->second
                                    : m_threads.emplace(thread, m_reader.read(m_lock, thread)).first->second;
}

LockStretches LitRows::ofCore(CoreIndex core)
{
    LockStretches stretches;
    const auto add = [&](ThreadIndex thread, double left, double right) {
        if (thread >= m_scene.index.threads())
            return;
        const LockStretches& own = ofThread(thread);
        appendWithin(own.held, left, right, stretches.held);
        appendWithin(own.waited, left, right, stretches.waited);
    };
    const VisibleTime& view = m_scene.view;
    const TrackName track{TrackName::Kind::Core, core};
    const WholeTimes seen = wholeTimes(view.begin, view.end);
    if (const auto spans = m_scene.close.spans(track, seen.from, seen.to, mostSpans(view))) {
        m_scene.count(spans->size());
        for (const TimelineSpan& span : *spans)
            if (span.activity == Activity::Running)
                add(span.who, stretchOf(view, span).left, stretchOf(view, span).right);
        return stretches;
    }
    // Who else was there within a pixel cannot be told.
    m_columns.read(m_scene.close, track, view);
    m_scene.count(m_columns.cells());
    const auto& columns = m_columns.all();
    for (std::size_t x = 0; x < columns.size(); ++x)
        if (columns[x].share(Activity::Running) > 0)
            add(columns[x].who, static_cast<double>(x), static_cast<double>(x) + 1);
    return stretches;
}

LockStretches LitRows::of(TrackName track)
{
    switch (track.kind) {
    case TrackName::Kind::Thread: return ofThread(track.index);
    case TrackName::Kind::Core: return ofCore(track.index);
    case TrackName::Kind::Lock: break;
    }
    LockStretches own;
    if (track.index == m_lock)
        own.held.push_back({0, m_scene.view.width});
    return own;
}

LocksOfThread locksOfThread(const TimelineIndex& index, ThreadIndex thread, double time, double tolerance)
{
    LocksOfThread locks;
    Time longestHeld = 0;
    Time longestWaited = 0;
    const WholeTimes near = wholeTimes(time - tolerance, time + tolerance);
    std::vector<TimelineCell> cells;
    for (LockIndex lock = 0; lock < index.locks(); ++lock) {
        if (!index.queryUse(lock, thread, near.from, near.to, 1, cells))
            continue;
        TimelineSums sums;
        for (const TimelineCell& cell : cells)
            sums += cell.sums;
        if (sums.in(Activity::Running) > longestHeld) {
            longestHeld = sums.in(Activity::Running);
            locks.held = lock;
        }
        if (sums.in(Activity::Waiting) > longestWaited) {
            longestWaited = sums.in(Activity::Waiting);
            locks.waited = lock;
        }
    }
    return locks;
}

} // namespace interleave
