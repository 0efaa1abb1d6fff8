// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"
#include "history/timeline/timeline_index.h"
#include "timeline/timeline_geometry.h"
#include "timeline/timeline_layout.h"

#include <QStringList>
#include <algorithm>
#include <optional>
#include <vector>

namespace interleave {

// What painting has cost so far, counted.
struct TimelineWork {
    std::size_t layers = 0; // times that all at rest was painted
    std::size_t lit = 0;    // times that it was found where a lock is held and waited for
    std::size_t cells = 0;  // cells and spans that were read from an index
};

// What a legend explains, in its order.
enum class LegendEntry : std::uint8_t { Running, Ready, Waiting, Lost, ManyLost, Asleep, Preempted, GaveUp, Holds };

// All that is painted of a timeline at rest.
struct TimelineScene {
    const TimelineIndex& index; // of the whole run
    const TimelineIndex& close; // knows what is seen at least as well
    const TimelineLayout& layout;
    VisibleTime view; // as wide as layout.tracks()
    TimeUnit unit = TimeUnit::Nanoseconds;
    const std::vector<TrackName>& order; // from the top
    std::size_t pinned = 0;              // so many of them are
    std::optional<ThreadIndex> selected;
    std::optional<CoreIndex> selectedCore;
    std::optional<LockIndex> selectedLock;
    const QStringList& locks; // what each is called
    TimelineWork* work = nullptr;
    double axisEnd = 0; // later than the run: the axis goes on until then
    std::vector<LegendEntry> legend = {}; // what it is to explain

    // How long the axis is, of which the visible stretch is a part.
    [[nodiscard]] double whole() const { return std::max({1.0, static_cast<double>(index.end()), axisEnd}); }

    void count(std::size_t cells) const
    {
        if (work)
            work->cells += cells;
    }
};

} // namespace interleave
