// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace interleave {

// Index of a thread in a run, from 0. Shown to people as a letter.
using ThreadIndex = std::uint32_t;

// Index of an event in the one total order of a history, from 0.
using Step = std::uint64_t;

// Place of an update in the modification order of the shared counter, from 1. Position 0 is the initial value, so
// the update at position p always overwrote position p - 1. ("Modification order": ISO C++20, [intro.races] 6.9.2.2.)
using Position = std::uint32_t;

inline constexpr Position initialPosition = 0;
inline constexpr ThreadIndex noThread = UINT32_MAX;

// Index of a core, from 0.
using CoreIndex = std::uint32_t;
inline constexpr CoreIndex noCore = UINT32_MAX;

// Index of a lock in a run, from 0.
using LockIndex = std::uint32_t;

// What a step does. One list for every source of histories: the hardware records no frames and no switches of its own,
// and takes an atomic update apart; the machine tells of every instruction and of every part of a context switch.
enum class EventKind : std::uint8_t {
    Spawn,       // the thread exists and is ready
    Load,        // the shared counter is copied to a register
    Add,         // the register grows by one
    Store,       // the register is copied to the shared counter
    Update,      // load, add and store in one instruction that nobody comes between
    Execute,     // any other instruction
    LockWait,    // the lock was held by another thread; the thread waits
    LockAcquire, // the lock is now held by the thread
    LockRelease, // the lock is free again
    Sleep,       // the thread gives up its core for a time
    Wake,        // that time is over; the thread is ready
    SwitchOut,   // the thread left its core; its registers are in the TCB
    Pick,        // the scheduler chose the thread that the core goes on with
    SwitchIn,    // the thread is on a core; its registers were restored from the TCB
    FramePush,   // a stack frame was entered
    FramePop,    // a stack frame was left
    Exit,        // the thread is finished
};

// One update, named as its thread names it: its thread and its number in that thread, from 1. Without a thread it names
// the initial value of the counter.
struct UpdateName {
    ThreadIndex thread = noThread;
    std::uint32_t number = 0;

    [[nodiscard]] constexpr bool isInitialValue() const { return thread == noThread; }
    friend bool operator==(const UpdateName&, const UpdateName&) = default;
};

// One step of a history.
struct Event {
    EventKind kind = EventKind::Spawn;
    ThreadIndex thread = noThread;
    // The update that the step belongs to: its number in the thread (from 1; 0: none) and its position (0: none).
    std::uint32_t number = 0;
    Position position = initialPosition;
    // Load: the value loaded. Add: the register after it. Store, Update: the value stored.
    std::int64_t value = 0;
    // Load, Add: the update that was seen. Store, Update: the update that was overwritten.
    UpdateName other;
    // Store, Update: the value that was overwritten, and the one its load had seen.
    std::int64_t overwrittenValue = 0;
    std::int64_t seenValue = 0;
    // Store only: it replaced an update that its load had not seen.
    bool clobbering = false;
    // LockWait: who holds the lock.
    ThreadIndex holder = noThread;
    // Where it happened, if the source knows.
    CoreIndex core = noCore;
    // SwitchOut: the thread blocked or gave up its core itself; otherwise it was preempted.
    bool voluntary = false;
    // LockWait, LockAcquire, LockRelease: which; 0 where there is but one.
    LockIndex lock = 0;
};

} // namespace interleave
