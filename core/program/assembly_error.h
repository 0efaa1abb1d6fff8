// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace interleave {

// Why a source is no program, and where. Lines and columns count from 1, columns in bytes.
struct AssemblyError {
    enum class Kind : std::uint8_t {
        NotText,            // bytes that no text has
        TwoComments,        // a second # on the line
        UnknownOpcode,      // word
        ExtensionOpcode,    // word is ours, and the extensions are not allowed here
        OperandCount,       // of the opcode word
        OperandNotAllowed,  // word is an operand, but not one that this opcode takes there
        MalformedOperand,   // word is none at all
        UnknownRegister,    // word
        UnknownVariable,    // word
        UnknownLabel,       // word
        NumberTooLarge,     // word
        MalformedVariable,  // .var without a name, or with a name or count that is none
        DuplicateVariable,  // word
        DuplicateLabel,     // word
        VariablesReachCode, // word is the variable that ends at the load address or beyond
        CodeBeyondMemory,   // word is the first instruction that has no place
    };

    std::size_t line = 0;
    std::size_t column = 0;
    Kind kind = Kind::NotText;
    std::string word;
};

} // namespace interleave
