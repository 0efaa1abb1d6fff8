// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace interleave {

// The five states of a thread. (Silberschatz, Galvin, Gagne: Operating System Concepts, "Process State".)
// A source that knows of every context switch shows as Running the threads that were on a core: the machine by its
// steps, a recorded run, where the kernel told of its switches, by the times of its steps, which are estimates between
// measured points. Where the switches are not known, those threads are shown as Running that acted last, as many as there
// are cores: more cannot have been on one.
enum class ThreadPhase : std::uint8_t { New, Ready, Running, Blocked, Finished };

// What a thread does next: the program counter of the counter loop.
enum class LoopInstruction : std::uint8_t { None, Acquire, Load, Add, Store, Release };

// One thread as it stands after a step.
struct ThreadState {
    ThreadPhase phase = ThreadPhase::New;
    LoopInstruction next = LoopInstruction::None;
    // Updates finished so far; how many of those stand on the path from the last store back through `seen`; and how many
    // are off it, but come back or are not lost yet.
    std::uint32_t done = 0;
    std::uint32_t surviving = 0;
    std::uint32_t setAside = 0;
    // The number of the update under way, from 1; 0 between updates and outside the loop.
    std::uint32_t current = 0;
    // The register: empty before the first load.
    std::optional<std::int64_t> registerValue;
    // Waits for the lock by asking again and again (a spinlock): it does not give up its core for that, but may be
    // preempted like any other.
    bool spinning = false;

    // Those whose destroying store has happened; it only grows.
    [[nodiscard]] std::uint32_t lost() const { return done - surviving - setAside; }
};

// Everything a look needs to draw one moment: the state after `step` steps.
struct State {
    Step step = 0;
    std::int64_t counter = 0;
    // The last update that reached the counter, initialPosition if none has.
    Position lastStore = initialPosition;
    // Updates whose destroying store has happened (Update::lostTo); from step to step it only grows.
    std::uint64_t lost = 0;
    // Updates that are off the surviving path now and come back later, be they lost after that. Where each update adds
    // one, counter == updates done - lost - setAside.
    std::uint64_t setAside = 0;
    ThreadIndex lockHolder = noThread;
    std::vector<ThreadState> threads;
    // The shards' values where each thread counts for itself; empty otherwise.
    std::vector<std::int64_t> shards;
};

} // namespace interleave
