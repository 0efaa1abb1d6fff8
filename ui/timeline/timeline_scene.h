// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"
#include "history/timeline/timeline_index.h"
#include "timeline/timeline_geometry.h"
#include "timeline/timeline_layout.h"

#include <QSet>
#include <optional>
#include <vector>

namespace interleave {

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
};

} // namespace interleave
