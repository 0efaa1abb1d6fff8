// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/program.h"

#include <cstdint>
#include <vector>

namespace interleave {

// The instructions that programs are made of mostly, in a form that takes no looking up. What has no such form is
// executed from the program itself.
enum class QuickKind : std::uint8_t {
    None,
    Load,               // cell at value to register
    Store,              // register to cell at value
    StoreNumber,        // number to cell at value
    Set,                // value to register
    Copy,               // first to second
    AddNumber,          // value
    AddRegister,        // first to second
    TestNumber,         // second register against value
    TestNumberReversed, // value against second register
    TestRegister,       // second against first
    Jump,               // to the instruction of index value
    JumpEqual,
    JumpNotEqual,
    JumpLess,
    JumpLessEqual,
    JumpGreater,
    JumpGreaterEqual,
    End, // behind the last instruction: there is none
};

struct QuickInstruction {
    QuickKind kind = QuickKind::None;
    Register first = Register::None;
    Register second = Register::None;
    std::int64_t value = 0;
    std::int64_t number = 0;
};

// A program made ready to be executed on a memory of a given size.
class Code {
public:
    // The program must outlive the code.
    Code(const Program& program, std::int64_t memoryCells);

    [[nodiscard]] const Program& program() const { return *m_program; }
    // As many as the program has instructions, and the end.
    [[nodiscard]] const QuickInstruction* quick() const { return m_quick.data(); }

private:
    const Program* m_program;
    std::vector<QuickInstruction> m_quick;
};

} // namespace interleave
