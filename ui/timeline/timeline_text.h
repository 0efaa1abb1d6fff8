// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"
#include "history/timeline/timeline_index.h"

#include <QString>
#include <QStringList>

namespace interleave {

// Where locks are told of, `locks` is what each is called (lockNames()).

// "thread B", "core 1", "lock m".
[[nodiscard]] QString trackText(TrackName track, const QStringList& locks = {});
// A track, or a span on it, as it is shown: with the core numbers that TimelineIndex::coreNumber gives.
[[nodiscard]] TrackName shown(const TimelineIndex& index, TrackName track);
[[nodiscard]] TimelineSpan shown(const TimelineIndex& index, TrackName track, TimelineSpan span);
// What a thread (a core, a lock) is at: "running on core 1", "ready", "waits for a lock", "held by B".
[[nodiscard]] QString activityText(TrackName track, const TimelineSpan& span);
// "1,204 updates, 311 lost, 8 switches", without what there is none of.
[[nodiscard]] QString countsText(const TimelineSums& sums);
// A track through a stretch of time: "thread B: running 12 µs, ready 3 µs, 300 updates, 20 lost".
// Through the whole run it says which locks a thread held for how long, too.
[[nodiscard]] QString trackSumsText(const TimelineIndex& index, TrackName track, double from, double to, TimeUnit unit,
                                    const QStringList& locks = {});
// All threads together in a stretch that was measured: "12.3 µs: 1,204 updates, 311 lost, 8 switches".
[[nodiscard]] QString rangeText(const TimelineIndex& index, double from, double to, TimeUnit unit);
// What is to say of one place; `tolerance`: so much time at either side of it is meant too.
[[nodiscard]] QString placeText(const TimelineIndex& index, TrackName track, double time, double tolerance,
                                TimeUnit unit, const QStringList& locks = {});
// The whole run, in a sentence for a screen reader.
[[nodiscard]] QString runText(const TimelineIndex& index, TimeUnit unit);

// The first and the last moment that [from, to] touches, as whole units for the index.
struct WholeTimes {
    Time from = 0;
    Time to = 0;
};
[[nodiscard]] WholeTimes wholeTimes(double from, double to);

} // namespace interleave
