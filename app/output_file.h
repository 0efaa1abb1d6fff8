// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace interleave {

// Empty, or one sentence that says why the file that a flag names cannot be written. Leaves no trace.
[[nodiscard]] QString writingProblem(const QString& flag, const QString& name);

} // namespace interleave
