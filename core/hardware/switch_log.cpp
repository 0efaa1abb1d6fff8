// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/switch_log.h"

#include <algorithm>

namespace interleave {

std::string_view nameOf(SwitchSource source)
{
    return source == SwitchSource::Kernel ? "kernel" : "rusage";
}

std::uint64_t SwitchLog::captured() const
{
    std::uint64_t sum = 0;
    for (const std::vector<SwitchRecord>& records : threads)
        sum += static_cast<std::uint64_t>(std::ranges::count_if(records, &SwitchRecord::out));
    return sum;
}

} // namespace interleave
