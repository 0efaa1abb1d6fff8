// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/interval_sweep.h"

#include <QString>

namespace interleave {

// Why a sweep came to the same value at every quantum, in a sentence that its runs and its program bear out; empty if it
// did not, or if there is but one quantum.
[[nodiscard]] QString reasonOfFlatSweep(const IntervalSweep& sweep);

} // namespace interleave
