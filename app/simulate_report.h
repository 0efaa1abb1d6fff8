// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"
#include "output_buffer.h"

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

namespace interleave {

// A run of the machine, and what was asked about it.
struct Simulation {
    std::string program; // as it was asked for
    const MachineHistory& history;
    std::chrono::nanoseconds elapsed{0}; // the run itself took
    std::optional<Schedule> schedule;    // none if it is too long
    std::optional<std::uint64_t> lost;   // updates of the counter, if there is one
};

// Entries of a schedule that is printed.
inline constexpr std::size_t longestScheduleInJson = 1'000'000;
inline constexpr std::size_t longestScheduleInText = 16;

// Every step, a line each, under a header; until it is stopped.
void printTrace(const MachineHistory& history, const std::stop_token& stop, OutputBuffer& out);
// What came of it, in a few lines.
void printSummary(const Simulation& simulation, OutputBuffer& out);
// The same as one JSON object, with every step if that is wanted.
void printJson(const Simulation& simulation, bool trace, const std::stop_token& stop, OutputBuffer& out);

} // namespace interleave
