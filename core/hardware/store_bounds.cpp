// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/store_bounds.h"

#include <algorithm>
#include <limits>

namespace interleave {

void StoreBounds::seal()
{
    std::ranges::sort(m_notYet, {}, &Bound::position);
    std::size_t kept = 0;
    for (const Bound& bound : m_notYet) // the latest so far counts
        if (kept == 0 || bound.time > m_notYet[kept - 1].time) {
            if (kept > 0 && m_notYet[kept - 1].position == bound.position)
                --kept;
            m_notYet[kept++] = bound;
        }
    m_notYet.resize(kept);
    m_notYet.shrink_to_fit();

    std::ranges::sort(m_done, std::ranges::greater{}, &Bound::position);
    kept = 0;
    for (const Bound& bound : m_done) // from the back, the earliest so far counts
        if (kept == 0 || bound.time < m_done[kept - 1].time) {
            if (kept > 0 && m_done[kept - 1].position == bound.position)
                --kept;
            m_done[kept++] = bound;
        }
    m_done.resize(kept);
    m_done.shrink_to_fit();
    std::ranges::reverse(m_done);
}

double StoreBounds::earliest(Position position) const
{
    const auto after = std::ranges::upper_bound(m_notYet, position, {}, &Bound::position);
    return after == m_notYet.begin() ? -std::numeric_limits<double>::infinity() : (after - 1)->time;
}

double StoreBounds::latest(Position position) const
{
    const auto from = std::ranges::lower_bound(m_done, position, {}, &Bound::position);
    return from == m_done.end() ? std::numeric_limits<double>::infinity() : from->time;
}

Position StoreBounds::firstSurelyAfter(double time) const
{
    const auto found = std::ranges::lower_bound(m_notYet, time, {}, &Bound::time);
    return found == m_notYet.end() ? 0 : found->position;
}

} // namespace interleave
