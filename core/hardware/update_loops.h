// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run_parameters.h"

#include <cstdint>

namespace interleave {

struct Shared;
struct Worker;

// The loop of one thread, in each way to synchronise: makes the worker's updates until they are done or the run is
// stopped. Recording needs worker.recorder, with room for mostStreaks() streaks.
void countUpdates(const RunParameters& parameters, Shared& shared, Worker& worker);
void recordUpdates(const RunParameters& parameters, Shared& shared, Worker& worker);

// Streaks that one thread can record at most.
[[nodiscard]] std::uint32_t mostStreaks(const RunParameters& parameters);

} // namespace interleave
