// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace interleave {

// `Zero` is an ordinary register that programs leave at 0. `None` stands in an address for a register that is not
// there; its slot always holds 0, so that an address is computed without a question.
enum class Register : std::uint8_t { Ax, Bx, Cx, Dx, Ex, Fx, Sp, Bp, Zero, None };
inline constexpr std::size_t registerSlots = 10;
inline constexpr std::array<std::string_view, 9> registerNames{"ax", "bx", "cx", "dx", "ex", "fx", "sp", "bp", "zero"};

[[nodiscard]] constexpr std::string_view nameOf(Register r)
{
    return r == Register::None ? std::string_view() : registerNames[static_cast<std::size_t>(r)];
}

[[nodiscard]] constexpr std::optional<Register> registerNamed(std::string_view name)
{
    for (std::size_t i = 0; i < registerNames.size(); ++i)
        if (registerNames[i] == name)
            return static_cast<Register>(i);
    return std::nullopt;
}

enum class Opcode : std::uint8_t {
    Mov,
    Lea,
    Neg,
    Mul,
    Add,
    Sub,
    Test,
    Jump,
    JumpEqual,
    JumpNotEqual,
    JumpLess,
    JumpLessEqual,
    JumpGreater,
    JumpGreaterEqual,
    Exchange,
    FetchAdd,
    Push,
    Pop,
    Call,
    Return,
    Yield,
    Nop,
    Halt,
    DumpRegisters,
    DumpMemory,
    // Extensions of our own.
    CompareExchange, // with %ax, as x86's cmpxchg does
    Lock,
    Unlock,
    Sleep,
};

enum class OperandKind : std::uint8_t {
    None,
    Immediate, // value
    Constant,  // an immediate that an int64 does not hold: Program::constants[value]
    Register,  // base
    Memory,    // the cell at value + base + index * scale
    Label,     // the address value
};

struct Operand {
    OperandKind kind = OperandKind::None;
    Register base = Register::None;
    Register index = Register::None;
    std::int64_t value = 0;
    std::int64_t scale = 1;

    bool operator==(const Operand&) const = default;
};

// The first operand is the source, the second the destination; a lone one is the first.
struct Instruction {
    Opcode opcode = Opcode::Nop;
    Operand first;
    Operand second;

    bool operator==(const Instruction&) const = default;
};

} // namespace interleave
