// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/selection.h"

#include <utility>

namespace interleave {

void Selection::selectThread(std::optional<ThreadIndex> thread)
{
    if (m_thread == thread)
        return;
    m_thread = thread;
    emit changed();
}

void Selection::selectUpdate(std::optional<Position> update)
{
    if (m_update == update)
        return;
    m_update = update;
    emit changed();
}

void Selection::selectRange(std::optional<TimeRange> range)
{
    if (range && range->to < range->from)
        std::swap(range->from, range->to);
    if (m_range == range)
        return;
    m_range = range;
    emit rangeChanged();
}

void Selection::clear()
{
    selectRange(std::nullopt);
    if (!m_thread && !m_update)
        return;
    m_thread.reset();
    m_update.reset();
    emit changed();
}

} // namespace interleave
