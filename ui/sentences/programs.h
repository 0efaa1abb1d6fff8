// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/builtin.h"

#include <QString>

namespace interleave {

// A built-in program's title, and what it does in one sentence.
[[nodiscard]] QString titleOf(BuiltIn program);
[[nodiscard]] QString summaryOf(BuiltIn program);

} // namespace interleave
