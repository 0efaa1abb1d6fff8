// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"
#include "stage/stage_layout.h"

#include <optional>
#include <vector>

namespace interleave {

// What the looks of a history have in common at every step of it.
[[nodiscard]] StageProgram programOf(const History& history);

// An update that a clobbering store took off the surviving path.
struct Erased {
    UpdateName name;
    std::uint64_t value = 0;
    bool lost = true; // for good; else it is set aside, and comes back
};

// One step as the stage shows it: the state it leads to, the step itself, and what it erased.
struct StageMoment {
    static constexpr std::size_t mostErased = 3;

    State after;
    std::optional<State> before; // only where the step is animated
    std::optional<Event> event;  // none before the first step
    UpdateName writer;           // who wrote the counter's value, after the step
    std::vector<Erased> erased;  // the latest first, at most mostErased
    std::uint64_t erasedCount = 0;
    std::uint64_t lostCount = 0; // of those, for good

    // The moment after `step` steps; `after` is the history's state there.
    static StageMoment at(const History& history, State after);
    void loadBefore(const History& history);

    [[nodiscard]] bool is(EventKind kind) const { return event && event->kind == kind; }
    [[nodiscard]] ThreadIndex actor() const { return event ? event->thread : noThread; }
    // Threads worth enlarging: who acts, whose value it saw or replaced, who holds the lock.
    [[nodiscard]] std::vector<ThreadIndex> concerned(std::optional<ThreadIndex> selected) const;
};

} // namespace interleave
