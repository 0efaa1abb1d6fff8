// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"
#include "sentences/narration.h"

#include <QString>
#include <cstdint>

namespace interleave {

// What is told alike of every source of histories about the steps on the shared counter.

[[nodiscard]] QString counterText(const History& history);

// Of a store: what it replaced, and what that did to the updates before it. `step`: after it.
[[nodiscard]] Narration narrateStore(const History& history, const Event& event, Step step);
// Who wrote the value that a load saw: "The value that A stored."
[[nodiscard]] QString writerText(const Event& load);
// "g_num still holds 3.": whether the counter is what it was when the thread loaded it.
[[nodiscard]] QString counterByNowText(const History& history, std::int64_t counter, std::int64_t seen);
// "A gives the lock back", told on: who waits for it.
[[nodiscard]] QString waitingForItText(std::uint64_t waiting);
// How a run that came to its end went.
[[nodiscard]] Narration narrateResult(const History& history, std::int64_t final, std::int64_t expected);

[[nodiscard]] int forPlural(std::uint64_t count);

} // namespace interleave
