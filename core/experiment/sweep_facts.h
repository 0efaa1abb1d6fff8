// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <stop_token>

namespace interleave {

class MachineHistory;

// What runs have in common that says why a quantum makes no difference to them.
struct SweepFacts {
    bool preempts = false;         // some thread was preempted
    bool inOneInstruction = false; // every update is one instruction
    bool underALock = false;       // every update is made under one and the same lock, from its load to its store
};

// Of these runs; none where one of them is longer than is worth going through, or after a stop.
inline constexpr unsigned mostStepsForFacts = 1'000'000;
[[nodiscard]] std::optional<SweepFacts> factsOf(std::span<const MachineHistory* const> runs,
                                                const std::stop_token& stop = {});

} // namespace interleave
