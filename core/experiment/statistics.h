// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace interleave {

// A sample in seven figures.
struct Summary {
    std::size_t count = 0;
    double min = 0;
    double lowerQuartile = 0; // quantile(0.25)
    double median = 0;        // quantile(0.5): the middle value, or the mean of the two in the middle
    double mean = 0;          // sum divided by count
    double upperQuartile = 0; // quantile(0.75)
    double max = 0;

    friend bool operator==(const Summary&, const Summary&) = default;
};

// The p-quantile (0 to 1) of a sorted, non-empty sample x[0] to x[n-1]: the value at the place h = (n-1) p, linear
// between the two neighbours of a broken place. This is definition 7 of Hyndman and Fan, "Sample Quantiles in
// Statistical Packages", The American Statistician 50 (1996).
[[nodiscard]] double quantile(std::span<const double> sorted, double p);

// The summary of a sample in any order; none of an empty one.
[[nodiscard]] std::optional<Summary> summarise(std::span<const double> sample);

} // namespace interleave
