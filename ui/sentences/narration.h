// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"

#include <QString>
#include <cstdint>
#include <vector>

namespace interleave {

// A way from what a step tells to another step that belongs to it.
struct NarrationLink {
    enum class Leads : std::uint8_t {
        ToDestroyer, // from the store of an update that will be lost to the store that it is lost to
        ToVictim,    // from that store back to the one of the update that is lost there
    };
    Leads leads = Leads::ToDestroyer;
    QString text;
    Step step = 0; // where to stand: just after that store

    friend bool operator==(const NarrationLink&, const NarrationLink&) = default;
};

// What a step does, in the user's language.
struct Narration {
    QString headline; // one sentence
    QString detail;   // what follows from it; may be empty
    ThreadIndex thread = noThread;
    bool loses = false;               // updates are lost at the step
    std::vector<NarrationLink> links; // at most one of each kind, to the destroyer first

    [[nodiscard]] const NarrationLink* link(NarrationLink::Leads leads) const;
};

// The narration of the state after `step` steps: of the step that led there, or of the opening when `step` is 0.
[[nodiscard]] Narration narrate(const History& history, Step step);

} // namespace interleave
