// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/recorded_history.h"
#include "hardware/tagged_counter.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace interleave {

// What a recorded run of two threads left behind, written by hand: A loads 0; B stores `othersUpdates` times, from 2 ms
// on, one every 10 µs or faster, so that all are done by 29 ms; A stores 1 over the last of them. The kernel's records say when A
// was on no core.
struct PreemptedRun {
    struct Away {
        double fromMilliseconds = 0;
        double toMilliseconds = 0;
        bool preempted = true;
    };

    std::vector<Away> away;
    std::uint32_t othersUpdates = 3;
    bool timed = true; // the times of B's stores were taken; otherwise only when it began and ended is known
    std::uint64_t overflow = 0;
    bool captured = true;

    [[nodiscard]] Recording recording() const
    {
        Recording recording;
        recording.scale = TickScale(); // a tick is a nanosecond
        recording.parameters.threads = 2;
        recording.parameters.iterations = othersUpdates;
        recording.parameters.cores = 2;
        recording.parameters.synchronisation = Synchronisation::None;

        // A's second and later updates follow at once and see its own.
        ThreadRecord a;
        a.beginTicks = zero;
        a.endTicks = zero + ticks(41);
        a.streaks.push_back(StreakRecord::of(1, 0, tagged::linkOf(tagged::word(1, othersUpdates, othersUpdates))));
        ThreadRecord b;
        b.beginTicks = zero;
        b.endTicks = zero + ticks(40.5);
        b.streaks.push_back(StreakRecord::of(1, 0, 0));
        const std::uint32_t apart = std::min(10'000U, 27'000'000U / othersUpdates); // in ns
        for (std::uint32_t number = 1; timed && number <= othersUpdates; ++number)
            b.times.push_back(TimeSample::of(number, ticks(2) + std::uint64_t{apart} * number));
        recording.threads = {std::move(a), std::move(b)};
        recording.finalWord = tagged::word(0, othersUpdates, othersUpdates);

        auto log = std::make_shared<SwitchLog>();
        if (captured) {
            log->source = SwitchSource::Kernel;
            log->threads.resize(2);
            log->overflow = overflow;
            for (const Away& each : away) {
                const auto at = [](double ms) { return static_cast<std::int64_t>(ms * 1e6); };
                log->threads[0].push_back({at(each.fromMilliseconds), 0, 0, true, each.preempted});
                log->threads[0].push_back({at(each.toMilliseconds), 0, 0, false, false});
            }
        } else {
            log->refusal = {SwitchRefusal::Kind::EventRefused, 13, 3};
        }
        recording.switches = std::move(log);
        return recording;
    }

    // Null if it contradicts itself.
    [[nodiscard]] std::shared_ptr<const RecordedHistory> history() const
    {
        auto proven = RecordedHistory::fromRecording(recording());
        return proven ? *proven : nullptr;
    }

    // A's first store, which destroys what B did.
    [[nodiscard]] Position store() const { return othersUpdates + 1; }

private:
    static constexpr std::uint64_t zero = 1'000'000;
    static std::uint64_t ticks(double milliseconds) { return static_cast<std::uint64_t>(milliseconds * 1e6); }
};

} // namespace interleave
