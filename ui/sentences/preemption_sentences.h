// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/recorded_history.h"
#include "sentences/narration.h"

#include <QString>

namespace interleave {

// What the kernel's context switches tell about a clobbering store: whether its thread left its core between its load
// and its store, and for how long, as one clause without a full stop. What is proven is told as a fact, what is possible
// as possible; that it never left its core is told, too. Empty if nothing is known, and for stores that clobber nothing.
[[nodiscard]] QString preemptionClause(const RecordedHistory& history, Position store);

// It is proven that the thread of this clobbering store was preempted between its load and its store.
[[nodiscard]] bool isPreemptionProven(const RecordedHistory& history, Position store);

// Adds the clause to what is told of a clobbering store, if the history is one that can know.
void tellPreemption(Narration& told, const History& history, Position store);

} // namespace interleave
