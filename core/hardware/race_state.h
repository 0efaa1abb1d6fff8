// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/recorder.h"
#include "hardware/run.h"
#include "hardware/spin_lock.h"
#include "hardware/window.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

namespace interleave {

inline constexpr std::size_t cacheLine = 128; // adjacent lines are fetched in pairs

struct alignas(cacheLine) Cell {
    std::atomic<std::uint64_t> value{0};
};

// Everything the threads of one run share. Each part has cache lines of its own, so that they race on the counter and
// on nothing else.
struct Shared {
    Shared(const RunParameters& parameters, const TickScale& scale)
        : window(parameters.window, scale, wakeUp),
          shards(parameters.synchronisation == Synchronisation::Sharded ? parameters.threads : 0)
    {
    }

    Cell counter;
    alignas(cacheLine) std::mutex mutex;
    alignas(cacheLine) SpinLock spinlock;
    Cell owner; // link of the update whose thread took the lock last (recorded runs)
    alignas(cacheLine) std::atomic<bool> stopped{false};
    WakeUp wakeUp;
    Window window;
    std::vector<Cell> shards;
    RunProgress* progress = nullptr;

    [[nodiscard]] bool isStopped() const { return stopped.load(std::memory_order_relaxed); }
};

// One thread of a run. Lives on a cache line of its own.
struct alignas(cacheLine) Worker {
    ThreadIndex index = 0;
    std::uint64_t beginTicks = 0;
    std::uint64_t endTicks = 0;
    std::uint64_t voluntarySwitches = 0;
    std::uint64_t involuntarySwitches = 0;
    std::uint64_t retries = 0;
    std::optional<StreakRecorder> recorder;
};

} // namespace interleave
