// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures.h"

#include <algorithm>
#include <cstdio>

namespace interleave::bench {

namespace {

struct Figure {
    std::string what;
    double measured;
    Goal kind;
    double goal;
    std::string unit;
};

std::vector<Figure>& figures()
{
    static std::vector<Figure> all;
    return all;
}

} // namespace

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

void report(benchmark::State& state, const std::string& counter, double measured, Goal kind, double goal,
            const std::string& unit, const std::string& line)
{
    state.counters[counter] = measured;
    state.counters[counter + (kind == Goal::AtMost ? "_at_most" : "_at_least")] = goal;
    figures().push_back({line, measured, kind, goal, unit});
}

void printFigures()
{
    if (figures().empty())
        return;
    std::printf("\n%-64s %12s %14s\n", "figure", "measured", "goal");
    for (const Figure& figure : figures()) {
        const bool met = figure.kind == Goal::AtMost ? figure.measured <= figure.goal : figure.measured >= figure.goal;
        std::printf("%-64s %12.4g  %s %9.4g %-8s %s\n", figure.what.c_str(), figure.measured,
                    figure.kind == Goal::AtMost ? "<=" : ">=", figure.goal, figure.unit.c_str(),
                    met ? "met" : "MISSED");
    }
}

} // namespace interleave::bench
