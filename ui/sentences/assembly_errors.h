// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/assembly_error.h"

#include <QString>

namespace interleave {

// What is wrong, without where: "there is no opcode 'jmp'".
[[nodiscard]] QString reasonOf(const AssemblyError& error);

// What is wrong and where, without a full stop: "line 3, column 5: there is no opcode 'jmp'".
[[nodiscard]] QString textOf(const AssemblyError& error);

// Numbers can have any length, and so can a line of a file that is no program.
[[nodiscard]] QString shortenedWord(const QString& text);

} // namespace interleave
