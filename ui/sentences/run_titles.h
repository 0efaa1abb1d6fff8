// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run_parameters.h"
#include "machine/machine_settings.h"

#include <QDateTime>
#include <QString>

namespace interleave {

// What a run is called that is on display: what was run, how much of it, and when; without a time where that means
// nothing.

// "none · 50 threads × 200,000 · 14:03:21", of real threads.
[[nodiscard]] QString titleOf(const RunParameters& parameters, const QDateTime& when);
// "Peterson's lock · 2 threads · 1 core · round-robin", of the machine; `program` is what the program is called.
[[nodiscard]] QString titleOf(const QString& program, const MachineSettings& settings, const QDateTime& when);

} // namespace interleave
