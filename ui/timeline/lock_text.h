// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"
#include "history/timeline/timeline_index.h"

#include <QString>
#include <QStringList>

namespace interleave {

// What each lock of a history is called: its name; where it has none its number, or nothing if it is the only one.
[[nodiscard]] QStringList lockNames(const History& history);
// "lock m", "lock 2", "lock".
[[nodiscard]] QString lockText(LockIndex lock, const QStringList& names);
// "B", "B and C", "B, C and 7 more".
[[nodiscard]] QString lettersText(const std::vector<ThreadIndex>& threads);
// A lock at a moment: "lock m: held by B since 12 µs; C and D wait".
[[nodiscard]] QString lockMomentText(const TimelineIndex& index, LockIndex lock, double time, const QStringList& locks,
                                     TimeUnit unit);
// Who waits for a lock at a moment.
[[nodiscard]] std::vector<ThreadIndex> waitersFor(const TimelineIndex& index, LockIndex lock, double time);
// How long a thread held which locks in the whole run: "holding lock m 12 µs"; empty if it held none.
[[nodiscard]] QStringList heldTexts(const TimelineIndex& index, ThreadIndex thread, const QStringList& locks,
                                    TimeUnit unit);

} // namespace interleave
