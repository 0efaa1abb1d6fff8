// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/statistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace interleave {

double quantile(std::span<const double> sorted, double p)
{
    assert(!sorted.empty() && p >= 0 && p <= 1);
    const double place = static_cast<double>(sorted.size() - 1) * p;
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

std::optional<Summary> summarise(std::span<const double> sample)
{
    if (sample.empty())
        return std::nullopt;
    std::vector<double> sorted(sample.begin(), sample.end());
    std::sort(sorted.begin(), sorted.end());

    // The mean as it grows, value by value: a sum of large values would lose digits.
    double mean = 0;
    double count = 0;
    for (const double value : sorted)
        mean += (value - mean) / ++count;

    return Summary{sorted.size(),         sorted.front(), quantile(sorted, 0.25), quantile(sorted, 0.5), mean,
                   quantile(sorted, 0.75), sorted.back()};
}

} // namespace interleave
