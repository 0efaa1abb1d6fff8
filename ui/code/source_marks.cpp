// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/source_marks.h"

#include <algorithm>
#include <tuple>

namespace interleave {

std::vector<SourceMarks::Chip> SourceMarks::at(int row) const
{
    const auto before = [](const Chip& a, const Chip& b) { return a.row < b.row; };
    const auto [first, last] = std::equal_range(chips.begin(), chips.end(), Chip{row, 0, {}}, before);
    std::vector<Chip> here(first, last);
    const auto rank = [this](const Chip& chip) {
        return std::tuple{selected != chip.thread, acting != chip.thread, chip.phase != ThreadPhase::Running,
                          chip.thread};
    };
    std::sort(here.begin(), here.end(), [&](const Chip& a, const Chip& b) { return rank(a) < rank(b); });
    return here;
}

int SourceMarks::rowOf(ThreadIndex thread) const
{
    const auto found = std::find_if(chips.begin(), chips.end(),
                                    [&](const Chip& chip) { return chip.thread == thread; });
    return found == chips.end() ? -1 : found->row;
}

} // namespace interleave
