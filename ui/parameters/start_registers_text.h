// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"
#include "machine/start_registers.h"
#include "result.h"

#include <QString>
#include <optional>
#include <vector>

namespace interleave {

// Start registers as they are typed: `bx=3:cx=1`, one set for all threads, or one for each, separated by commas.
using StartRegisterSets = std::vector<StartRegisters>;

// The sets for so many threads; or one sentence on why the text gives none. An empty text gives none at all.
[[nodiscard]] Result<StartRegisterSets, QString> parsedStartRegisters(const QString& text, ThreadIndex threads);
// The same whatever the number of threads.
[[nodiscard]] std::optional<StartRegisterSets> parsedStartRegisters(const QString& text);
[[nodiscard]] QString textOf(const StartRegisterSets& sets);

// What the first set gives a register; none if it does not.
[[nodiscard]] std::optional<Integer> valueIn(const StartRegisterSets& sets, Register which);
// Every set gives the register this value.
void setIn(StartRegisterSets& sets, Register which, const Integer& value);

} // namespace interleave
