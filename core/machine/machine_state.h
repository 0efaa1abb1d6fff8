// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/state.h"
#include "machine/cells.h"
#include "machine/context.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace interleave {

// What a core is at.
enum class CorePhase : std::uint8_t {
    Idle,      // nothing to run
    Executing, // the thread on it
    Saving,    // the thread on it has blocked; its registers are to be saved to its TCB
    Picking,   // the registers of the thread before are saved; who is next is to be picked
    Restoring, // the registers of the thread that was picked are on their way from its TCB
};

struct CoreState {
    CorePhase phase = CorePhase::Idle;
    ThreadIndex thread = noThread; // Executing, Saving: who is on it; Restoring: who will be
    std::uint64_t sliceLeft = 0;   // Executing: instructions before the scheduler is asked
    std::uint64_t busyUntil = 0;   // Restoring: the tick in which it is done
};

// A thread's TCB, and what its core works on while it is on one.
struct MachineThread {
    ThreadPhase phase = ThreadPhase::New;
    CoreIndex core = noCore;              // Running: where
    Context context;                      // in the core's registers while Running, else saved in the TCB
    std::optional<std::int64_t> waitsFor; // Blocked at a lock: its address
    std::optional<std::uint64_t> wakesAt; // Blocked asleep: the tick
    std::uint64_t instructions = 0;       // executed so far
};

struct LockState {
    std::int64_t address = 0;
    ThreadIndex holder = noThread;
    std::vector<ThreadIndex> waiting; // who waits longest first

    // Between the step that releases it and the one that makes the next holder ready, that one holds it and is blocked
    // still, but waits for nothing any more.
    [[nodiscard]] bool isHandedTo(ThreadIndex thread) const
    {
        return holder == thread && std::find(waiting.begin(), waiting.end(), thread) == waiting.end();
    }
};

// The whole machine after some steps.
struct MachineState {
    Step step = 0;
    std::uint64_t tick = 0;
    std::uint64_t instructions = 0;
    std::uint64_t voluntarySwitches = 0;
    std::uint64_t involuntarySwitches = 0;
    std::vector<CoreState> cores;
    std::vector<MachineThread> threads;
    std::vector<ThreadIndex> ready; // the ready queue, who waits longest first
    std::vector<LockState> locks;   // that were ever taken, by address
    Cells cells;
};

// One cell that an instruction read or wrote.
struct CellAccess {
    std::int64_t address = 0;
    Integer before;
    Integer after; // as before if it was only read
};

// What one step did.
struct MachineStep {
    Event event;
    std::uint64_t tick = 0;
    std::int64_t pc = -1; // of the instruction executed; -1: the step is none
    std::optional<CellAccess> read;
    std::optional<CellAccess> written;
    std::optional<std::int64_t> lock; // LockWait, LockAcquire, LockRelease: its address
    Origin origin;                    // of what the instruction stored or computed with, before it
};

} // namespace interleave
