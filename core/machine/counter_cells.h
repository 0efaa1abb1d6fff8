// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"
#include "machine/cells.h"
#include "program/program.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace interleave {

// A cell that every store to it updates: it was loaded, changed and stored by the same register of a thread, or in one
// instruction; and by several threads, if there are several.
struct CounterCell {
    std::int64_t address = 0;
    std::string name; // of the variable (with [index] where it has several cells), or the address
};

// The counters of a memory after a run. Those that are updated by separate instructions come first, for they can lose
// updates; then those of a variable, in the order of the source.
[[nodiscard]] std::vector<CounterCell> counterCellsOf(const Cells& cells, const Program& program, ThreadIndex threads);

// What a cell is called: its variable, or its address.
[[nodiscard]] std::string cellName(const Program& program, std::int64_t address);

// The address of a cell that is given by the name of a variable or as a number; none if there is no such cell.
[[nodiscard]] std::optional<std::int64_t> cellNamed(const Program& program, std::string_view name,
                                                    std::int64_t memoryCells);

// A cell's number as events and states have it: beyond what an int64 holds, the nearest that it does.
[[nodiscard]] std::int64_t shownAs64(const Integer& number);

} // namespace interleave
