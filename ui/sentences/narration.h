// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"

#include <QString>

namespace interleave {

// What a step does, in the user's language.
struct Narration {
    QString headline; // one sentence
    QString detail;   // what follows from it; may be empty
    ThreadIndex thread = noThread;
    bool loses = false; // the step takes updates off the surviving path
};

// The narration of the state after `step` steps: of the step that led there, or of the opening when `step` is 0.
[[nodiscard]] Narration narrate(const History& history, Step step);

} // namespace interleave
