// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stage/stage_layout.h"
#include "stage/stage_moment.h"

#include <optional>
#include <vector>

namespace interleave {

// One picture of the stage: where things are, which step it tells of, and the state that is shown. While a value is on
// its way that is the state before the step.
struct StageScene {
    const StageLayout& layout;
    const StageMoment& moment;
    const State& shown;
    const std::vector<ThreadIndex>& enlarged;
    std::optional<ThreadIndex> selected;

    [[nodiscard]] const ThreadState& thread(ThreadIndex index) const { return shown.threads[index]; }
    // Where a thread's values leave from: its enlarged card if it has one, else its own.
    [[nodiscard]] QRectF cardOf(ThreadIndex index) const { return layout.cardOf(index, enlarged); }
    // How the card at cardOf() is drawn.
    [[nodiscard]] CardStyle cardStyle() const { return layout.cardStyle(); }
    [[nodiscard]] UpdateName writer() const
    {
        const bool replacedLater = moment.is(EventKind::Store) && shown.step != moment.after.step;
        return replacedLater ? moment.event->other : moment.writer;
    }
};

} // namespace interleave
