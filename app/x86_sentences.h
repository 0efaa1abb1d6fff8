// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/fault.h"
#include "program/assembly_error.h"

#include <QString>

namespace interleave {

// What is wrong with a source, and where; without a full stop, as it stands behind ABORT::.
[[nodiscard]] QString reasonOf(const AssemblyError& error);

// Why a run ended early, as a whole sentence. `memoryCells` is the number of addresses there are.
[[nodiscard]] QString sentenceOf(const Fault& fault, qint64 memoryCells);

} // namespace interleave
