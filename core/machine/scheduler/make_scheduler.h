// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_settings.h"
#include "machine/scheduler/scheduler.h"

#include <memory>

namespace interleave {

// The scheduler of a run with these settings, which are without a problem (problemOf); with Policy::Pct pctLength is at
// least 1.
[[nodiscard]] std::unique_ptr<Scheduler> makeScheduler(const MachineSettings& settings);

} // namespace interleave
