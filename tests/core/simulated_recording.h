// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/recorder.h"
#include "history/ledger.h"

#include <cstdint>
#include <vector>

namespace interleave {

// An update as it happened.
struct TrueUpdate {
    UpdateName name;
    Position seen = initialPosition;
};

// What recorders leave behind when the threads of a run are interleaved by a seeded draw, one instruction at a time,
// and the order that truly was. On a real machine with few cores the interleavings that are hard to prove are rare;
// here they are the rule, and the same on every machine.
struct SimulatedRun {
    Recording recording;
    std::vector<TrueUpdate> order; // in modification order
    std::uint64_t final = 0;       // what the counter held at the end
    std::size_t waits = 0;         // threads that found the lock held
    bool interfered = false;       // a store replaced something that its load had not seen, or a thread had to wait
};

// `switchesOneIn`: how often another thread gets to run: before one in so many instructions.
[[nodiscard]] SimulatedRun simulate(const RunParameters& parameters, std::uint64_t seed,
                                    std::uint64_t switchesOneIn = 1);

// The streaks of an order, spelled out update by update.
[[nodiscard]] std::vector<TrueUpdate> spelledOut(const std::vector<Streak>& streaks);

inline bool operator==(const TrueUpdate& a, const TrueUpdate& b)
{
    return a.name == b.name && a.seen == b.seen;
}

} // namespace interleave
