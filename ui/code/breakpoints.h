// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/program.h"

#include <cstdint>
#include <vector>

namespace interleave {

// Breakpoints of a source that is being edited: they stay with their lines.
class Breakpoints {
public:
    [[nodiscard]] const std::vector<std::uint32_t>& lines() const { return m_lines; } // rising
    [[nodiscard]] bool isEmpty() const { return m_lines.empty(); }
    [[nodiscard]] bool contains(std::uint32_t line) const;

    void toggle(std::uint32_t line);
    void remove(std::uint32_t line);
    void clear() { m_lines.clear(); }

    // So many lines were put in below this one; negative: taken away. True if that moved any.
    bool shift(std::uint32_t below, std::int64_t by);
    // Moves each to the first instruction from its line on; those below the last instruction go. True if any moved.
    bool settle(const Program& program);

    // Of the instructions that they stand at.
    [[nodiscard]] std::vector<std::int64_t> addresses(const Program& program) const;

private:
    std::vector<std::uint32_t> m_lines;
};

// The first line from this one on that is an instruction; 0 if there is none.
[[nodiscard]] std::uint32_t instructionLineFrom(const Program& program, std::uint32_t line);

} // namespace interleave
