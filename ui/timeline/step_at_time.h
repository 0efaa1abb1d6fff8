// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"

#include <optional>

namespace interleave {

// How many steps have happened at a time, in the unit of the history. Times of neighbouring steps may go back where
// clocks of threads differ: then the step nearest in time is meant, one of `thread` if that is as near as `tolerance`.
[[nodiscard]] Step stepsAt(const History& history, double time, std::optional<ThreadIndex> thread = std::nullopt,
                           double tolerance = 0);

// When the last of the first `step` steps happened, within the run; 0 at the start.
[[nodiscard]] double timeAfter(const History& history, Step step);

} // namespace interleave
