// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/state.h"
#include "style/theme.h"

namespace interleave {

// The colours that a thread's state gives to its card or cell. Running is filled, ready an outline, blocked hatched,
// finished grey.
struct CardColours {
    QColor edge, header, name, phase, value;
    double edgeWidth = 1.4;
    bool hatched = false;
};

[[nodiscard]] CardColours coloursOf(const Theme& theme, ThreadIndex thread, const ThreadState& state);

} // namespace interleave
