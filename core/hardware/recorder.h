// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run_parameters.h"
#include "hardware/switch_log.h"
#include "hardware/tagged_counter.h"
#include "hardware/tick_clock.h"
#include "history/event.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace interleave {

// The first update of a streak: what its load saw and what its store overwrote. The other updates of the streak saw
// and overwrote exactly the one before them, so they need no record.
struct StreakRecord {
    // Where the counter is tagged: the word that was loaded. `atomic`: the value that fetch_add returned.
    std::uint64_t seen = 0;
    // number (27 bits) | link (37 bits). The link: what the store overwrote (none); whose critical section the thread
    // waited for, or noWait (locks); unused (atomic, cas, sharded).
    std::uint64_t numberAndLink = 0;

    static constexpr int linkBits = 64 - tagged::numberBits;
    static constexpr std::uint64_t linkMask = (std::uint64_t{1} << linkBits) - 1;
    static constexpr std::uint64_t noWait = linkMask;

    static constexpr StreakRecord of(std::uint32_t number, std::uint64_t seen, std::uint64_t link)
    {
        return {seen, std::uint64_t{number} << linkBits | link};
    }
    [[nodiscard]] constexpr std::uint32_t number() const { return static_cast<std::uint32_t>(numberAndLink >> linkBits); }
    [[nodiscard]] constexpr std::uint64_t link() const { return numberAndLink & linkMask; }
};

// When a thread stored one of its updates: number (27 bits) | ticks since the thread began, in units of 16 (37 bits).
struct TimeSample {
    static constexpr int unitBits = 4;
    std::uint64_t packed = 0;

    static constexpr TimeSample of(std::uint32_t number, std::uint64_t ticks)
    {
        constexpr std::uint64_t most = (std::uint64_t{1} << StreakRecord::linkBits) - 1;
        const std::uint64_t units = ticks >> unitBits;
        return {std::uint64_t{number} << StreakRecord::linkBits | (units < most ? units : most)};
    }
    [[nodiscard]] constexpr std::uint32_t number() const { return static_cast<std::uint32_t>(packed >> StreakRecord::linkBits); }
    [[nodiscard]] constexpr std::uint64_t ticks() const { return (packed & StreakRecord::linkMask) << unitBits; }
};

// What one thread recorded.
struct ThreadRecord {
    std::vector<StreakRecord> streaks;
    std::vector<TimeSample> times;
    std::uint64_t beginTicks = 0;
    std::uint64_t endTicks = 0;
    // Updates under a lock whose exchange returned something else than their load: 0 if the lock excludes.
    std::uint64_t exclusionViolations = 0;

    [[nodiscard]] std::uint64_t bytes() const
    {
        return streaks.size() * sizeof(StreakRecord) + times.size() * sizeof(TimeSample);
    }
};

// What a whole recorded run left behind, before anything about its order is proven.
struct Recording {
    RunParameters parameters;
    std::vector<ThreadRecord> threads;
    // The counter after the last thread finished; where it is not tagged, the plain value; `sharded`: the shards' sum.
    std::uint64_t finalWord = 0;
    // What turned the times of `switches` into time since the first thread began; turns ticks into the same.
    std::optional<TickScale> scale;
    std::shared_ptr<const SwitchLog> switches; // null: nothing is known of switches

    [[nodiscard]] std::uint64_t bytes() const;
};

// Writes one thread's streaks. A streak grows in the registers of the thread's loop; only when another thread
// interfered is `cut` called. All memory is allocated and touched by the constructor, none is allocated while the
// threads run.
class StreakRecorder {
public:
    // A record of 16 bytes and a time of 8 for an update that interferes.
    static constexpr std::uint64_t maxBytesPerUpdate = sizeof(StreakRecord) + sizeof(TimeSample);

    // Room for `updates` updates. With `timeEveryStreak` the clock is read at every cut, otherwise at every 16th and
    // where a jump shows that the thread, or the others, had been away.
    StreakRecorder(std::uint32_t updates, bool timeEveryStreak);

    void begin(std::uint64_t ticks) { m_begin = ticks; }

    // Begins a new streak with update `number`, which loaded `seen`.
    [[gnu::noinline]] void cut(std::uint32_t number, std::uint64_t seen, std::uint64_t link);
    // A time for `number` without a new streak.
    void sampleTime(std::uint32_t number);

    void countViolation() { ++m_violations; }

    // Ends the recording and hands it over, its memory trimmed to what was used.
    [[nodiscard]] ThreadRecord take(std::uint64_t endTicks);

private:
    std::vector<StreakRecord> m_streaks;
    std::vector<TimeSample> m_times;
    std::size_t m_streakCount = 0;
    std::size_t m_timeCount = 0;
    std::uint64_t m_begin = 0;
    std::uint64_t m_violations = 0;
    std::uint64_t m_lastSeenValue = 0;
    bool m_timeEveryStreak;
};

} // namespace interleave
