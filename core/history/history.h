// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"
#include "history/state.h"

#include <cstdint>

namespace interleave {

class Ledger;

// A finished run, immutable, with random access to every step. Looks read nothing else, and cannot tell which source
// made it. All functions are safe to call from several threads at once.
class History {
public:
    History() = default;
    History(const History&) = delete;
    History& operator=(const History&) = delete;
    virtual ~History() = default;

    // Number of steps. Steps are numbered from 0.
    [[nodiscard]] virtual Step steps() const = 0;

    // The event of a step, 0 <= step < steps().
    [[nodiscard]] virtual Event event(Step step) const = 0;

    // The state after the first `step` steps, 0 <= step <= steps(); state(0) is the state before anything happened.
    // Answers in under 1 ms whatever the length of the history.
    [[nodiscard]] virtual State state(Step step) const = 0;

    [[nodiscard]] virtual ThreadIndex threads() const = 0;

    // Updates each thread makes.
    [[nodiscard]] virtual std::uint32_t iterations() const = 0;

    // Every update of the shared counter: survived, or lost to whom.
    [[nodiscard]] virtual const Ledger& ledger() const = 0;

    // The step in which the update at `position` is stored.
    [[nodiscard]] virtual Step storeStep(Position position) const = 0;

    // The step in which the update at `position` was loaded.
    [[nodiscard]] virtual Step loadStep(Position position) const = 0;

    // Time of a step since the first thread began, in nanoseconds; an estimate between measured points.
    [[nodiscard]] virtual double timeOf(Step step) const = 0;
};

} // namespace interleave
