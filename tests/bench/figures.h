// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace interleave::bench {

enum class Goal { AtMost, AtLeast };

// The middle of some figures; of an even number, the lower one.
[[nodiscard]] double median(std::vector<double> figures);

// Keeps a figure with the goal it is held against: as counters of the benchmark, and, with a line that says what was
// measured, for the table at the end.
void report(benchmark::State& state, const std::string& counter, double measured, Goal kind, double goal,
            const std::string& unit, const std::string& line);

// All figures reported so far beside their goals.
void printFigures();

} // namespace interleave::bench
