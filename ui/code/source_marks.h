// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/state.h"

#include <optional>
#include <vector>

namespace interleave {

// What a source view shows of threads, in its own rows from 0.
struct SourceMarks {
    struct Chip {
        int row = 0;
        ThreadIndex thread = 0;
        ThreadPhase phase = ThreadPhase::Ready;

        bool operator==(const Chip&) const = default;
    };

    std::vector<Chip> chips; // by row
    int executed = -1;       // the row that the last step executed
    ThreadIndex acting = noThread;
    std::optional<ThreadIndex> selected;

    // The chips of a row: who is selected, who acts, and who runs come first.
    [[nodiscard]] std::vector<Chip> at(int row) const;
    // Where a thread stands; -1: nowhere.
    [[nodiscard]] int rowOf(ThreadIndex thread) const;
    bool operator==(const SourceMarks&) const = default;
};

} // namespace interleave
