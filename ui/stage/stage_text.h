// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/state.h"

#include <QString>

namespace interleave {

// The state of a thread in one or two words; a thread that waits on its core spins.
[[nodiscard]] QString phaseText(const ThreadState& thread);

// "thread C, running, register 8, next store, done 4, lost 1".
[[nodiscard]] QString cardText(const State& state, ThreadIndex thread);

// Shared memory in one sentence, and how many threads are in which state: what a glance at the stage tells.
[[nodiscard]] QString stageText(const State& state);

} // namespace interleave
