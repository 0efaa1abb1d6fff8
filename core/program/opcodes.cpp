// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/opcodes.h"

#include <algorithm>
#include <array>

namespace interleave {

namespace {

using Form = OpcodeForms::Form;
constexpr auto i = OpcodeForms::immediate;
constexpr auto r = OpcodeForms::aRegister;
constexpr auto m = OpcodeForms::memory;
constexpr auto l = OpcodeForms::label;

constexpr std::array<Form, 1> none{Form{}};
constexpr std::array<Form, 2> moves{Form{i | r | m, r}, Form{i | r, m}};
constexpr std::array<Form, 1> loadsAddress{Form{m, r}};
constexpr std::array<Form, 1> oneRegister{Form{r, 0}};
constexpr std::array<Form, 1> computes{Form{i | r, r}};
constexpr std::array<Form, 2> tests{Form{i | r, r}, Form{r, i}};
constexpr std::array<Form, 1> jumps{Form{l, 0}};
constexpr std::array<Form, 1> swaps{Form{r, m}};
constexpr std::array<Form, 1> pushes{Form{r | m, 0}};
constexpr std::array<Form, 2> pops{Form{}, Form{r, 0}};
constexpr std::array<Form, 1> oneCell{Form{m, 0}};
constexpr std::array<Form, 1> oneNumber{Form{i | m, 0}};

constexpr std::array opcodes{
    OpcodeForms{"mov", Opcode::Mov, moves, false, true},
    OpcodeForms{"lea", Opcode::Lea, loadsAddress},
    OpcodeForms{"neg", Opcode::Neg, oneRegister},
    OpcodeForms{"mul", Opcode::Mul, computes},
    OpcodeForms{"add", Opcode::Add, computes},
    OpcodeForms{"sub", Opcode::Sub, computes},
    OpcodeForms{"test", Opcode::Test, tests},
    OpcodeForms{"j", Opcode::Jump, jumps},
    OpcodeForms{"je", Opcode::JumpEqual, jumps},
    OpcodeForms{"jne", Opcode::JumpNotEqual, jumps},
    OpcodeForms{"jlt", Opcode::JumpLess, jumps},
    OpcodeForms{"jlte", Opcode::JumpLessEqual, jumps},
    OpcodeForms{"jgt", Opcode::JumpGreater, jumps},
    OpcodeForms{"jgte", Opcode::JumpGreaterEqual, jumps},
    OpcodeForms{"xchg", Opcode::Exchange, swaps},
    OpcodeForms{"fetchadd", Opcode::FetchAdd, swaps},
    OpcodeForms{"push", Opcode::Push, pushes},
    OpcodeForms{"pop", Opcode::Pop, pops},
    OpcodeForms{"call", Opcode::Call, jumps},
    OpcodeForms{"ret", Opcode::Return, none},
    OpcodeForms{"yield", Opcode::Yield, none},
    OpcodeForms{"nop", Opcode::Nop, none},
    OpcodeForms{"halt", Opcode::Halt, none},
    OpcodeForms{"rdump", Opcode::DumpRegisters, none},
    OpcodeForms{"mdump", Opcode::DumpMemory, oneCell},
    OpcodeForms{"cmpxchg", Opcode::CompareExchange, swaps, true},
    OpcodeForms{"lock", Opcode::Lock, oneCell, true},
    OpcodeForms{"unlock", Opcode::Unlock, oneCell, true},
    OpcodeForms{"sleep", Opcode::Sleep, oneNumber, true},
};

} // namespace

std::span<const OpcodeForms> allOpcodes()
{
    return opcodes;
}

const OpcodeForms* opcodeNamed(std::string_view name)
{
    const auto found = std::find_if(opcodes.begin(), opcodes.end(),
                                    [name](const OpcodeForms& o) { return o.name == name; });
    return found == opcodes.end() ? nullptr : &*found;
}

OpcodeForms::Kinds kindsOf(const Operand& operand)
{
    switch (operand.kind) {
    case OperandKind::None: return 0;
    case OperandKind::Immediate:
    case OperandKind::Constant: return i;
    case OperandKind::Register: return r;
    case OperandKind::Memory: return m;
    case OperandKind::Label: return l;
    }
    return 0;
}

} // namespace interleave
