// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/value_scale.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace interleave {

namespace {

constexpr double wantedSteps = 5;

// The smallest of 1, 2, 2.5 or 5 times a power of ten that is not below `value`.
double niceAtLeast(double value, bool whole)
{
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
        const double nice = factor * decade;
        if (nice >= value * (1 - 1e-9) && (!whole || nice == std::floor(nice)))
            return nice;
    }
    return 10 * decade;
}

} // namespace

ValueScale ValueScale::linear(double largest, bool whole)
{
    ValueScale scale;
    if (largest <= 0)
        return scale;
    scale.step = niceAtLeast(largest / wantedSteps, whole);
    if (whole)
        scale.step = std::max(scale.step, 1.0);
    scale.most = largest;
    return scale;
}

ValueScale ValueScale::linearBetween(double smallest, double largest, bool whole)
{
    if (smallest >= 0)
        return linear(largest, whole);
    ValueScale scale = linear(std::max(largest, 0.0) - smallest, whole);
    scale.least = smallest;
    scale.most = std::max(largest, 0.0);
    return scale;
}

ValueScale ValueScale::logarithmicOver(double smallest, double largest)
{
    assert(smallest > 0 && largest >= smallest);
    constexpr double shortestBar = 1.5;
    ValueScale scale;
    scale.logarithmic = true;
    scale.least = std::pow(10.0, std::floor(std::log10(smallest)));
    if (smallest < scale.least * shortestBar)
        scale.least /= 10;
    scale.most = std::pow(10.0, std::ceil(std::log10(largest) - 1e-9));
    return scale;
}

double ValueScale::fraction(double value) const
{
    if (logarithmic) {
        if (value <= least)
            return 0;
        return std::min(1.0, std::log(value / least) / std::log(most / least));
    }
    return std::clamp((value - least) / (most - least), 0.0, 1.0);
}

std::vector<double> ValueScale::ticks() const
{
    constexpr double tolerance = 1 + 1e-9;
    std::vector<double> ticks;
    if (logarithmic)
        for (double tick = least; tick <= most * tolerance; tick *= 10)
            ticks.push_back(tick);
    else
        for (int i = static_cast<int>(std::ceil(least / step - 1e-9)); i * step <= most * tolerance; ++i)
            ticks.push_back(i * step);
    return ticks;
}

int ValueScale::decimalsOf(double tick) const
{
    int decimals = 0;
    for (double scaled = logarithmic ? tick : step; decimals < 6 && std::abs(scaled - std::round(scaled)) > 1e-6;
         scaled *= 10)
        ++decimals;
    return decimals;
}

} // namespace interleave
