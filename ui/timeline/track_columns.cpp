// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/track_columns.h"

#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

// What to ask the index for.
struct Asked {
    explicit Asked(const VisibleTime& view)
        : from(static_cast<Time>(std::max(0.0, std::floor(view.begin)))),
          to(std::max(from + 1, static_cast<Time>(std::ceil(view.end)))),
          pixels(std::max(1, static_cast<int>(std::ceil(view.width))))
    {}
    Time from;
    Time to;
    int pixels;
};

} // namespace

std::size_t mostSpans(const VisibleTime& view)
{
    return static_cast<std::size_t>(view.perPixel() <= 1 ? view.width + 2 : view.width / 5);
}

void TrackColumns::read(const TimelineIndex& index, TrackName track, const VisibleTime& view)
{
    const Asked asked(view);
    index.query(track, asked.from, asked.to, asked.pixels, m_cells);
    toColumns(view);
}

bool TrackColumns::readUse(const TimelineIndex& index, LockIndex lock, ThreadIndex thread, const VisibleTime& view)
{
    const Asked asked(view);
    if (!index.queryUse(lock, thread, asked.from, asked.to, asked.pixels, m_cells))
        return false;
    toColumns(view);
    return true;
}

void TrackColumns::toColumns(const VisibleTime& view)
{
    const Asked asked(view);
    const int width = asked.pixels;
    m_columns.assign(static_cast<std::size_t>(width), {});
    const auto cellWidth = static_cast<double>(TimelineIndex::widthFor(asked.from, asked.to, width));
    const double perPixel = view.perPixel();
    const double pixelsPerUnit = 1 / perPixel;
    const auto columnAt = [&](double time) {
        const auto column = static_cast<std::int64_t>((time - view.begin) * pixelsPerUnit);
        return static_cast<std::size_t>(std::clamp<std::int64_t>(column, 0, width - 1));
    };
    for (const TimelineCell& cell : m_cells) {
        const auto begin = static_cast<double>(cell.begin);
        const std::size_t first = columnAt(begin);
        TrackColumn& column = m_columns[first];
        if (column.time == 0)
            column.who = cell.who;
        column.time += cellWidth;
        column.sums += cell.sums;
        // Where a cell is wider than a pixel what goes on goes on in all of it; what happens happens once.
        for (std::size_t x = first + 1; cellWidth > perPixel && x < columnAt(begin + cellWidth); ++x) {
            m_columns[x] = {cellWidth, {}, cell.who};
            m_columns[x].sums.time = cell.sums.time;
        }
    }
}

} // namespace interleave
