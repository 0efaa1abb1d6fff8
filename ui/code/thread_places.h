// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"
#include "program/program.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace interleave {

class MachineHistory;

// Where a thread stands: the assembly line of the instruction that it executes next, or that it is blocked at.
struct ThreadPlace {
    ThreadIndex thread = 0;
    ThreadPhase phase = ThreadPhase::Ready; // Ready, Running or Blocked
    std::uint32_t line = 0;

    bool operator==(const ThreadPlace&) const = default;
};

// All threads that stand somewhere, by index, and what the last step executed.
struct ThreadPlaces {
    std::vector<ThreadPlace> threads;
    ThreadIndex acting = noThread; // the thread of the last step
    std::uint32_t executed = 0;    // the line that it executed; 0: the step is no instruction
    [[nodiscard]] const ThreadPlace* of(ThreadIndex thread) const;
};

[[nodiscard]] ThreadPlaces placesIn(const MachineHistory& history, Step step);

// What the instructions of the counter loop are in a program; lines of the assembly, 0 where it has none.
struct LoopLines {
    std::uint32_t acquire = 0, load = 0, add = 0, store = 0, release = 0;

    static LoopLines of(const Program& program, std::string_view counter);
    [[nodiscard]] std::uint32_t lineOf(LoopInstruction instruction) const;
    [[nodiscard]] std::uint32_t lineOf(EventKind kind) const;
};

// For a history that knows of the counter loop only. `lastEvent` is null at the start.
[[nodiscard]] ThreadPlaces placesIn(const LoopLines& lines, const State& state, const Event* lastEvent);

// Both make the same steps from the same sources, line for line.
[[nodiscard]] bool isSameProgram(const Program& a, const Program& b);

} // namespace interleave
