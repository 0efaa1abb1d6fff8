// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/builtin.h"
#include "program/program.h"

#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

namespace interleave {

// The numbers of a run that a program's text names: so that it says what was run.
struct RunNumbers {
    ThreadIndex threads = 0;
    std::uint32_t iterations = 0;
    friend bool operator==(const RunNumbers&, const RunNumbers&) = default;
};

// One row of a face as it is shown.
struct FaceRow {
    std::uint32_t line = 0;              // of the face, from 1; 0: a row between the lines, for one instruction
    std::vector<std::uint32_t> assembly; // the assembly lines that it carries out, rising
};

// A face of a program, ready to be shown: its lines, and below a line that updates the counter the instructions that
// it takes, because that is where other threads come between.
struct FaceText {
    QString text;
    std::vector<FaceRow> rows; // one for each line of the text

    // The row that an assembly line is shown at.
    [[nodiscard]] std::optional<int> rowOf(std::uint32_t assemblyLine) const;

    // With the numbers of a run in the place of its own.
    static FaceText of(const BuiltInProgram& builtIn, const Program& program, ProgramFace face,
                       const std::optional<RunNumbers>& numbers = {});
    // The assembly as it stands; `lines` of it.
    static FaceText ofAssembly(const QString& text);

private:
    std::vector<int> m_rowOfAssembly; // by line; -1: none
    void takeRows();
};

// Whether an operand is this cell, named without a register.
[[nodiscard]] bool isCell(const Operand& operand, std::int64_t address);

// Whether an instruction loads the cell, and stores to it.
[[nodiscard]] bool loads(const Instruction& instruction, std::int64_t address);
[[nodiscard]] bool stores(const Instruction& instruction, std::int64_t address);

} // namespace interleave
