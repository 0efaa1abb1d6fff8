// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/cells.h"

#include <algorithm>

namespace interleave {

Cells::Cells(std::int64_t size)
    : m_size(std::clamp(size, std::int64_t{0}, mostCells)),
      m_pages(static_cast<std::size_t>((m_size + pageSize - 1) / pageSize))
{}

} // namespace interleave
