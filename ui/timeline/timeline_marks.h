// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/ledger.h"
#include "timeline/timeline_scene.h"

#include <QString>
#include <optional>
#include <vector>

namespace interleave {

// One thing that happened on a track, for who goes through them one by one.
struct TimelineMark {
    enum class Kind : std::uint8_t { Switch, Lost, Waits, Takes, Releases };
    Kind kind = Kind::Switch;
    Time time = 0;
    Time end = 0;                    // Switch, Waits, Takes: of what begins with it
    ThreadIndex thread = noThread;   // whose it is; on a core, as far as is known
    std::uint32_t count = 1;         // Lost: updates at that moment
    LockIndex lock = 0;              // Waits, Takes, Releases
    Departure how = Departure::None; // Switch

    friend bool operator==(const TimelineMark&, const TimelineMark&) = default;
};

struct TimelineMarks {
    std::vector<TimelineMark> marks; // in the order of time
    bool all = true;                 // there are no more than these
};

// The marks of a track in [from, to): all, or the first of them, at most `most`.
[[nodiscard]] TimelineMarks marksIn(const TimelineIndex& index, TrackName track, Time from, Time to, std::size_t most);

// What is marked, in words: "lost update 17 of thread B, at 12.3 µs, destroyed by C".
[[nodiscard]] QString markText(const History& history, TrackName track, const TimelineMark& mark,
                               const QStringList& locks);

// The lost update that was stored on a track at a time, within a unit.
[[nodiscard]] std::optional<Update> lostUpdateAt(const History& history, TrackName track, Time time);

} // namespace interleave
