// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_settings.h"

#include <QString>

namespace interleave {

// A scheduler in one sentence: who goes on, and for how long.
[[nodiscard]] QString explanationOf(Policy policy);

// The same in so few words that they fit into one line of a panel.
[[nodiscard]] QString shortlyExplained(Policy policy);

// Which of the settings a scheduler looks at.
[[nodiscard]] bool usesQuantum(Policy policy);
[[nodiscard]] bool usesSeed(Policy policy);

} // namespace interleave
