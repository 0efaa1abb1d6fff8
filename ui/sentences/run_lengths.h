// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run_parameters.h"
#include "machine/machine_settings.h"

#include <QString>
#include <chrono>
#include <cstdint>
#include <optional>

namespace interleave {

// How long a run will take, before it starts. Good to about a factor of two: it is for people who decide whether to wait.

// From here on a run is long enough to say so.
inline constexpr std::chrono::seconds longRun{5};

// Of a run on real threads, the counted run beside a recorded one included. None for parameters that nothing runs with.
[[nodiscard]] std::optional<std::chrono::nanoseconds> estimatedLength(const RunParameters& parameters, bool recorded);
// Of a run on the machine whose threads go round `rounds` times each. None if that is not known: then it is over within
// what longestLength() says.
[[nodiscard]] std::optional<std::chrono::nanoseconds> estimatedLength(const MachineSettings& settings,
                                                                      std::optional<std::uint64_t> rounds);
[[nodiscard]] std::chrono::nanoseconds longestLength(const MachineSettings& settings);

// "About 3 minutes": as long, in words and rounded.
[[nodiscard]] QString aboutText(std::chrono::nanoseconds length);

// One sentence that says how long the run will take, and why; empty if it is not long.
[[nodiscard]] QString longRunText(const RunParameters& parameters, bool recorded);
[[nodiscard]] QString longRunText(const MachineSettings& settings, std::optional<std::uint64_t> rounds);

} // namespace interleave
