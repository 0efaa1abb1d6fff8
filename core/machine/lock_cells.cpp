// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/lock_cells.h"

#include "machine/counter_cells.h"

#include <algorithm>

namespace interleave {

LockCells::LockCells(std::span<const LockState> taken, const Program& program)
{
    for (const LockState& lock : taken)
        m_cells.push_back({lock.address, cellName(program, lock.address)});
    std::ranges::sort(m_cells, {}, &Cell::address);
    for (const LockState& lock : taken)
        m_taken.push_back(indexOf(lock.address));
}

LockIndex LockCells::indexOf(std::int64_t address) const
{
    return static_cast<LockIndex>(std::ranges::lower_bound(m_cells, address, {}, &Cell::address) - m_cells.begin());
}

} // namespace interleave
