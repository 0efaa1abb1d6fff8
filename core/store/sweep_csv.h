// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/interval_sweep.h"

#include <string>

namespace interleave {

// The runs of a sweep as text, RFC 4180: a header, one record a run, lines ended by CR LF. Numbers are written the same
// way in every locale; expected, final and lost are empty for a run without a counter.
[[nodiscard]] std::string toCsv(const IntervalSweep& sweep);

} // namespace interleave
