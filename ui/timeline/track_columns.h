// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"
#include "history/timeline/timeline_index.h"
#include "timeline/timeline_geometry.h"

#include <vector>

namespace interleave {

// What happened on a track within one column of pixels.
struct TrackColumn {
    double time = 0; // that the column stands for; 0: nothing begins in it
    TimelineSums sums;
    std::uint32_t who = noThread; // as it begins

    [[nodiscard]] double share(Activity activity) const
    {
        return time > 0 ? static_cast<double>(sums.in(activity)) / time : 0;
    }
};

// Spans are painted one by one while there are no more than this; more are closer than the eye can part.
[[nodiscard]] std::size_t mostSpans(const VisibleTime& view);

// A track as columns of one pixel each, none left out: every lost update and every switch of the stretch is in the
// column that it belongs to.
class TrackColumns {
public:
    void read(const TimelineIndex& index, TrackName track, const VisibleTime& view);
    // What a thread is at with a lock: Running stands for holding it, Waiting for waiting. False where it never came to
    // the lock.
    bool readUse(const TimelineIndex& index, LockIndex lock, ThreadIndex thread, const VisibleTime& view);
    [[nodiscard]] const std::vector<TrackColumn>& all() const { return m_columns; }
    // Cells that the last reading took.
    [[nodiscard]] std::size_t cells() const { return m_cells.size(); }

private:
    void toColumns(const VisibleTime& view);

    std::vector<TimelineCell> m_cells;
    std::vector<TrackColumn> m_columns;
};

} // namespace interleave
