// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/operand_parser.h"

#include <algorithm>
#include <array>

namespace interleave {

namespace {

using Kind = AssemblyError::Kind;
using Parsed = Result<Operand, OperandError>;

// Between the parentheses: base, index, scale.
constexpr std::size_t mostSlots = 3;

bool isNumber(std::string_view text)
{
    const std::string_view digits = text.substr(!text.empty() && text.front() == '-');
    return !digits.empty() && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<std::int64_t, OperandError> smallNumber(std::string_view text)
{
    if (!isNumber(text))
        return OperandError{Kind::MalformedOperand, text};
    const auto number = Integer::parsed(text);
    if (!number || !number->isSmall())
        return OperandError{Kind::NumberTooLarge, text};
    return number->small();
}

// An empty slot is the zero register.
Result<Register, OperandError> registerIn(std::string_view slot)
{
    if (slot.empty())
        return Register::Zero;
    if (slot.front() != '%')
        return OperandError{Kind::MalformedOperand, slot};
    const auto found = registerNamed(slot.substr(1));
    if (!found)
        return OperandError{Kind::UnknownRegister, slot};
    return *found;
}

} // namespace

std::string_view stripped(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return text.substr(text.size());
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isNameCharacter(char c)
{
    return isNameStart(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

Parsed OperandParser::immediate(std::string_view text) const
{
    const std::string_view digits = text.substr(1);
    if (!isNumber(digits))
        return OperandError{Kind::MalformedOperand, text};
    auto number = Integer::parsed(digits);
    if (!number)
        return OperandError{Kind::NumberTooLarge, text};
    Operand operand;
    if (number->isSmall()) {
        operand.kind = OperandKind::Immediate;
        operand.value = number->small();
    } else {
        operand.kind = OperandKind::Constant;
        operand.value = static_cast<std::int64_t>(m_constants.size());
        m_constants.push_back(*std::move(number));
    }
    return operand;
}

Parsed OperandParser::indirect(std::string_view text, std::size_t open)
{
    if (text.back() != ')')
        return OperandError{Kind::MalformedOperand, text};
    Operand operand;
    operand.kind = OperandKind::Memory;
    if (const std::string_view displacement = stripped(text.substr(0, open)); !displacement.empty()) {
        const auto number = smallNumber(displacement);
        if (!number)
            return number.error();
        operand.value = *number;
    }

    std::array<std::string_view, mostSlots> slots;
    std::size_t count = 0;
    std::string_view rest = text.substr(open + 1, text.size() - open - 2);
    for (;;) {
        if (count == mostSlots)
            return OperandError{Kind::MalformedOperand, text};
        const std::size_t comma = rest.find(',');
        slots[count++] = stripped(rest.substr(0, comma));
        if (comma == std::string_view::npos)
            break;
        rest = rest.substr(comma + 1);
    }

    const auto base = registerIn(slots[0]);
    if (!base)
        return base.error();
    operand.base = *base;
    if (count > 1) {
        const auto index = registerIn(slots[1]);
        if (!index)
            return index.error();
        operand.index = *index;
    }
    if (count > 2 && !slots[2].empty()) {
        const auto scale = smallNumber(slots[2]);
        if (!scale)
            return scale.error();
        operand.scale = *scale;
    }
    return operand;
}

Parsed OperandParser::parse(std::string_view text) const
{
    if (text.empty())
        return OperandError{Kind::MalformedOperand, text};
    Operand operand;
    if (text.front() == '$')
        return immediate(text);
    if (text.front() == '%') {
        const auto found = registerNamed(text.substr(1));
        if (!found)
            return OperandError{Kind::UnknownRegister, text};
        operand.kind = OperandKind::Register;
        operand.base = *found;
        return operand;
    }
    if (text.front() == '.') {
        const auto label = m_labels.find(text);
        if (label == m_labels.end())
            return OperandError{Kind::UnknownLabel, text};
        operand.kind = OperandKind::Label;
        operand.value = label->second;
        return operand;
    }
    if (const std::size_t open = text.find('('); open != std::string_view::npos)
        return indirect(text, open);
    operand.kind = OperandKind::Memory;
    if (isNameStart(text.front()) && std::all_of(text.begin(), text.end(), isNameCharacter)) {
        const auto variable = m_variables.find(text);
        if (variable == m_variables.end())
            return OperandError{Kind::UnknownVariable, text};
        operand.value = variable->second;
        return operand;
    }
    const auto number = smallNumber(text);
    if (!number)
        return number.error();
    operand.value = *number;
    return operand;
}

} // namespace interleave
