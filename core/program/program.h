// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/instruction.h"
#include "program/integer.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace interleave {

struct Variable {
    std::string name;
    std::int64_t address = 0;
    std::int64_t cells = 1; // 4 addresses apart
    std::size_t line = 0;
};

struct Label {
    std::string name; // with its dot
    std::int64_t address = 0;
    std::size_t line = 0;
};

struct SourceLine {
    std::string text;     // without comment, ends stripped
    std::size_t line = 0; // from 1
};

// What the assembler makes of a source. Instruction i stands at address loadAddress + i.
struct Program {
    std::int64_t loadAddress = 0;
    std::vector<Instruction> instructions;
    std::vector<SourceLine> sources; // one for each instruction
    std::vector<Integer> constants;
    std::vector<Variable> variables; // in the order of the source
    std::vector<Label> labels;

    [[nodiscard]] std::int64_t endAddress() const
    {
        return loadAddress + static_cast<std::int64_t>(instructions.size());
    }
    [[nodiscard]] bool holdsCode(std::int64_t address) const
    {
        return address >= loadAddress && address < endAddress();
    }
    // Null where there is none.
    [[nodiscard]] const Variable* variableNamed(std::string_view name) const;
};

} // namespace interleave
