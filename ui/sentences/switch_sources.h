// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/switch_log.h"

#include <QString>

namespace interleave {

// Why the kernel did not tell of each context switch, as one clause without a full stop; empty if it did.
[[nodiscard]] QString reasonOf(const SwitchRefusal& refusal);

// One sentence that says where the figures for context switches come from, and what they miss. `captured` and `overflow`
// as in SwitchLog.
[[nodiscard]] QString sentenceOf(SwitchSource source, const SwitchRefusal& refusal, std::uint64_t captured,
                                 std::uint64_t overflow);

} // namespace interleave
