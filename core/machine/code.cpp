// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/code.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace interleave {

namespace {

bool isJump(Opcode opcode)
{
    return opcode >= Opcode::Jump && opcode <= Opcode::JumpGreaterEqual;
}

class Quickener {
public:
    Quickener(const Program& program, std::int64_t memoryCells) : m_program(program), m_memoryCells(memoryCells) {}

    [[nodiscard]] QuickInstruction of(const Instruction& now) const
    {
        switch (now.opcode) {
        case Opcode::Mov: return move(now);
        case Opcode::Add: return add(now, 1);
        case Opcode::Sub: return add(now, -1);
        case Opcode::Test: return test(now);
        default: break;
        }
        if (!isJump(now.opcode))
            return {};
        const auto kind = static_cast<int>(QuickKind::Jump) + static_cast<int>(now.opcode)
                        - static_cast<int>(Opcode::Jump);
        return {.kind = static_cast<QuickKind>(kind), .value = now.first.value - m_program.loadAddress};
    }

private:
    // A cell whose address is known and good.
    [[nodiscard]] bool isCell(const Operand& operand) const
    {
        return operand.kind == OperandKind::Memory && operand.base == Register::None && operand.index == Register::None
            && operand.value >= 0 && operand.value < m_memoryCells && !m_program.holdsCode(operand.value);
    }

    [[nodiscard]] QuickInstruction move(const Instruction& now) const
    {
        const bool fromRegister = now.first.kind == OperandKind::Register;
        const bool fromNumber = now.first.kind == OperandKind::Immediate;
        if (now.second.kind == OperandKind::Register) {
            if (isCell(now.first))
                return {.kind = QuickKind::Load, .second = now.second.base, .value = now.first.value};
            if (fromRegister)
                return {.kind = QuickKind::Copy, .first = now.first.base, .second = now.second.base};
            if (fromNumber)
                return {.kind = QuickKind::Set, .second = now.second.base, .value = now.first.value};
        } else if (isCell(now.second)) {
            if (fromRegister)
                return {.kind = QuickKind::Store, .first = now.first.base, .value = now.second.value};
            if (fromNumber)
                return {.kind = QuickKind::StoreNumber, .value = now.second.value, .number = now.first.value};
        }
        return {};
    }

    [[nodiscard]] static QuickInstruction add(const Instruction& now, int sign)
    {
        if (now.first.kind == OperandKind::Immediate && now.first.value != std::numeric_limits<std::int64_t>::min())
            return {.kind = QuickKind::AddNumber, .second = now.second.base, .value = sign * now.first.value};
        if (now.first.kind == OperandKind::Register && sign > 0)
            return {.kind = QuickKind::AddRegister, .first = now.first.base, .second = now.second.base};
        return {};
    }

    [[nodiscard]] static QuickInstruction test(const Instruction& now)
    {
        const bool second = now.second.kind == OperandKind::Register;
        if (now.first.kind == OperandKind::Immediate && second)
            return {.kind = QuickKind::TestNumber, .second = now.second.base, .value = now.first.value};
        if (now.first.kind == OperandKind::Register && now.second.kind == OperandKind::Immediate)
            return {.kind = QuickKind::TestNumberReversed, .second = now.first.base, .value = now.second.value};
        if (now.first.kind == OperandKind::Register && second)
            return {.kind = QuickKind::TestRegister, .first = now.first.base, .second = now.second.base};
        return {};
    }

    const Program& m_program;
    std::int64_t m_memoryCells;
};

} // namespace

Code::Code(const Program& program, std::int64_t memoryCells) : m_program(&program)
{
    const Quickener quickener(program, memoryCells);
    m_quick.reserve(program.instructions.size() + 1);
    std::transform(program.instructions.begin(), program.instructions.end(), std::back_inserter(m_quick),
                   [&](const Instruction& now) { return quickener.of(now); });
    m_quick.push_back({.kind = QuickKind::End});
}

} // namespace interleave
