// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/fault.h"
#include "program/program.h"

#include <QString>

namespace interleave {

// Why a run of the machine ended early, as a whole sentence: "Thread A at 1001, line 2: the address …".
[[nodiscard]] QString sentenceOf(const Fault& fault, const Program& program);

// The same for a run of the classroom simulator, which numbers its threads. `memoryCells`: how many addresses there are.
[[nodiscard]] QString classroomSentenceOf(const Fault& fault, qint64 memoryCells);

// How a cell is called: "lock_a", "forks[2]", or where it belongs to no variable its address, "[1996]".
[[nodiscard]] QString cellText(const Program& program, qint64 address);

} // namespace interleave
