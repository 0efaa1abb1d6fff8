// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace interleave {

// A moment on a timeline: whole units of History::timeUnit() since the first thread began.
using Time = std::uint64_t;

// What a thread is at, as far as a timeline tells it; of a core, whether a thread is on it.
enum class Activity : std::uint8_t {
    Inactive, // not yet there, or finished; of a core: idle, or busy with a switch
    Running,  // on a core, or as far as is known; of a core: a thread is on it
    Ready,
    Waiting, // for a lock, off its core or spinning
    Asleep,
};

inline constexpr std::size_t activities = 5;

// How a thread left its core.
enum class Departure : std::uint8_t { None, Preempted, Voluntary };

// A thread takes up another activity. SwitchOut is told with it, as `departure`; a thread that ends is not switched.
struct Turn {
    ThreadIndex thread = noThread;
    Time at = 0;
    Activity activity = Activity::Inactive;
    CoreIndex core = noCore; // Running, or Waiting by spinning: the core that it is on, if that is known
    Departure departure = Departure::None;
};

// Updates of the shared counter by one thread, consecutive in that thread. `lost` of them, the last ones, were lost in
// the end. They were stored in [begin, end).
struct UpdateBatch {
    ThreadIndex thread = noThread;
    Time begin = 0;
    Time end = 0;
    std::uint32_t count = 0;
    std::uint32_t lost = 0;
};

// What a thread is at with one lock.
enum class LockUse : std::uint8_t { None, Waits, Holds };

// A thread takes up another use of a lock. Holds: from the step that acquired it to the one that released it; a thread
// that waits for what it holds itself goes on to hold it. In a walk whose grid is not 1, one turn may stand for many
// acquisitions in a row that nobody else's came between.
struct LockTurn {
    ThreadIndex thread = noThread;
    LockIndex lock = 0;
    Time at = 0;
    LockUse use = LockUse::None;
};

// The part of a history that is walked. Multiples of `grid` cut updates into batches: no batch crosses one.
struct TimeWindow {
    Time begin = 0; // a multiple of `grid`
    Time end = 0;   // not in it any more
    Time grid = 1;  // a power of two

    // The last multiple of the grid up to a time, and the first after it.
    [[nodiscard]] Time cellOf(Time time) const { return time & ~(grid - 1); }
    [[nodiscard]] Time afterCellOf(Time time) const { return (time | (grid - 1)) + 1; }
};

// Is told a history in bulk. What belongs to one thread comes in the order of time, and so does what belongs to one
// core, and what belongs to one lock; between two threads there is no order.
class TimelineVisitor {
public:
    virtual ~TimelineVisitor() = default;
    virtual void turn(const Turn& turn) = 0;
    virtual void updates(const UpdateBatch& batch) = 0;
    virtual void lockTurn(const LockTurn& /*turn*/) {}
    // Everything before this time has been told, as far as can be said; called now and then.
    virtual void reached(Time /*time*/) {}
};

} // namespace interleave
