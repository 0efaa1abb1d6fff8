// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/instruction.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace interleave {

// How one opcode is written and what it takes.
struct OpcodeForms {
    // Which operand kinds may stand at a place; a bit for each.
    using Kinds = std::uint8_t;
    static constexpr Kinds immediate = 1, aRegister = 2, memory = 4, label = 8;

    struct Form {
        Kinds first = 0; // 0: no operand
        Kinds second = 0;
    };

    std::string_view name;
    Opcode opcode = Opcode::Nop;
    std::span<const Form> forms;
    bool extension = false;
    // Two registers and a scale count in an address; elsewhere only the first register is read.
    bool readsIndex = false;
};

[[nodiscard]] std::span<const OpcodeForms> allOpcodes();

// Null where there is none.
[[nodiscard]] const OpcodeForms* opcodeNamed(std::string_view name);

[[nodiscard]] OpcodeForms::Kinds kindsOf(const Operand& operand);

} // namespace interleave
