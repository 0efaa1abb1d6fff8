// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/assembly_error.h"
#include "program/instruction.h"
#include "program/integer.h"
#include "result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace interleave {

inline constexpr std::string_view blanks = " \t\r\v\f";

[[nodiscard]] std::string_view stripped(std::string_view text);

// May begin a name of a variable.
[[nodiscard]] bool isNameStart(char c);
// May stand in one.
[[nodiscard]] bool isNameCharacter(char c);

using Addresses = std::map<std::string, std::int64_t, std::less<>>;

// What is wrong with an operand; the word lies in the text that was parsed.
struct OperandError {
    AssemblyError::Kind kind = AssemblyError::Kind::MalformedOperand;
    std::string_view word;
};

// Reads single operands. Numbers that an int64 does not hold go to `constants`.
class OperandParser {
public:
    OperandParser(const Addresses& variables, const Addresses& labels, std::vector<Integer>& constants)
        : m_variables(variables),
          m_labels(labels),
          m_constants(constants)
    {}

    [[nodiscard]] Result<Operand, OperandError> parse(std::string_view text) const;

private:
    [[nodiscard]] Result<Operand, OperandError> immediate(std::string_view text) const;
    [[nodiscard]] static Result<Operand, OperandError> indirect(std::string_view text, std::size_t open);

    const Addresses& m_variables;
    const Addresses& m_labels;
    std::vector<Integer>& m_constants;
};

} // namespace interleave
