// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"
#include "sentences/narration.h"

#include <QString>
#include <cstdint>

namespace interleave {

// What is told alike of every source of histories about the steps on the shared counter.

[[nodiscard]] QString counterText(const History& history);

// Before a run: what its threads will do, where each of them adds 1 to the counter equally often.
[[nodiscard]] Narration narrateTask(const History& history, std::uint64_t each);
// Of a load: what it takes, and who took the same before. `step`: after it; `into`: the register, as one says it.
[[nodiscard]] Narration narrateLoad(const History& history, const Event& event, Step step, const QString& into);
// Of an add: that nothing else changes by it. `into` was `before` and is `after`, the counter is `counter` by now.
[[nodiscard]] Narration narrateAdd(const History& history, const Event& event, const QString& into, std::int64_t before,
                                   std::int64_t after, std::int64_t counter);
// Of a store: what it replaced, and what that did to the updates before it. `step`: after it.
[[nodiscard]] Narration narrateStore(const History& history, const Event& event, Step step);
// Adds where the update that was just stored will be lost, if it will, and the way there.
void tellFate(Narration& told, const History& history, Position position, Step step);
// What becomes of the updates of a thread that is finished: "2 of them survive"; the way there, if it is one that will be
// lost. Empty if it made none.
void tellFates(Narration& told, const History& history, ThreadIndex thread, Step step);
// "A gives the lock back", told on: who waits for it.
[[nodiscard]] QString waitingForItText(std::uint64_t waiting);
// How a run that came to its end went.
[[nodiscard]] Narration narrateResult(const History& history, std::int64_t final, std::int64_t expected);

[[nodiscard]] int forPlural(std::uint64_t count);

} // namespace interleave
