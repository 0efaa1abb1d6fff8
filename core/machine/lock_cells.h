// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_state.h"
#include "program/program.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace interleave {

// The cells that a run ever took as locks, numbered by address: a program may compute which those are, and in another
// order in every run.
class LockCells {
public:
    LockCells() = default;
    // As Machine::locks() has them at the end of the run.
    LockCells(std::span<const LockState> taken, const Program& program);

    [[nodiscard]] LockIndex count() const { return static_cast<LockIndex>(m_cells.size()); }
    // Of an address that is one's.
    [[nodiscard]] LockIndex indexOf(std::int64_t address) const;
    // Its variable, with [index] where that has several cells, or its address.
    [[nodiscard]] std::string_view name(LockIndex lock) const { return m_cells[lock].name; }
    // Those that were taken, in the order in which they were taken for the first time.
    [[nodiscard]] std::span<const LockIndex> taken() const { return m_taken; }

private:
    struct Cell {
        std::int64_t address = 0;
        std::string name;
    };
    std::vector<Cell> m_cells;
    std::vector<LockIndex> m_taken;
};

} // namespace interleave
