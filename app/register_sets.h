// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/start_registers.h"
#include "result.h"

#include <QString>
#include <cstddef>
#include <string_view>
#include <vector>

namespace interleave {

// Start registers as a flag gives them: ax=1:bx=2,cx=3 is one set for all threads, or one for each. Or, without a full
// stop, why they mean nothing.
[[nodiscard]] Result<std::vector<StartRegisters>, QString> registerSets(std::string_view text, std::size_t threads,
                                                                        const QString& flag);

// The parts of a text between the separators; at least one.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

} // namespace interleave
