// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/switch_log.h"

#include <cstdint>
#include <vector>

namespace interleave {

// What is known of a thread being switched out between the load and the store of one update.
struct Preemption {
    // It was: stores of other threads that lie between the load and the store in the proven order were made while the
    // thread was on no core. Otherwise it can have been: the thread was switched out at a time in which both the update
    // and others of the same thread may have fallen.
    bool proven = false;
    // Proven: the thread left its core at least so many times between the two. Otherwise: at most.
    std::uint32_t switches = 0;
    std::uint32_t preemptions = 0; // those of `switches` that were not voluntary (a window that sleeps switches, too)
    double nanoseconds = 0;        // it was on no core, those times together
    // When it left first and came back last, since the first thread began, and from and to which core.
    double outAt = 0;
    double inAt = 0;
    CoreIndex from = noCore;
    CoreIndex to = noCore;
};

// The times in which one thread was on no core.
class Absences {
public:
    Absences() = default;
    // Of a thread that was on a core at `begin` and at `end`: what lies between.
    Absences(const std::vector<SwitchRecord>& records, double begin, double end);

    [[nodiscard]] std::size_t size() const { return m_absences.size(); }
    [[nodiscard]] double outAt(std::size_t i) const { return m_absences[i].out; }
    [[nodiscard]] double inAt(std::size_t i) const { return m_absences[i].in; }
    // Between leaving and coming back, both ends left out.
    [[nodiscard]] bool isAwayAt(double time) const;

    [[nodiscard]] bool isPreemption(std::size_t i) const { return m_absences[i].preempted; }
    // From and to which core; the operating system's numbers.
    [[nodiscard]] CoreIndex from(std::size_t i) const { return m_absences[i].from; }
    [[nodiscard]] CoreIndex to(std::size_t i) const { return m_absences[i].to; }

    // The nearest time at which it was on a core: from when it came, and before it left.
    [[nodiscard]] double nearestOnCore(double time) const;
    // When it left last, if it is away at `time`, and when it comes back next; otherwise `time` itself.
    [[nodiscard]] double lastOnCore(double time) const;
    [[nodiscard]] double nextOnCore(double time) const;

    // A clock that stands still while the thread is away, and shows the time until it leaves first. Of a time in which
    // it is not away:
    [[nodiscard]] double onCoreTime(double time) const;
    // What it shows during absence i.
    [[nodiscard]] double onCoreTimeIn(std::size_t i) const { return m_absences[i].out - m_absences[i].awayBefore; }
    // How many absences are over when it shows a time and goes on.
    [[nodiscard]] std::size_t overAt(double onCoreTime) const;
    // How long the first `count` took together: what it is behind then.
    [[nodiscard]] double awayIn(std::size_t count) const
    {
        return count < m_absences.size() ? m_absences[count].awayBefore : m_away;
    }

    // The first that ends at or after `time`, and the first that begins after it; size() if there is none.
    [[nodiscard]] std::size_t firstEndingFrom(double time) const;
    [[nodiscard]] std::size_t firstBeginningAfter(double time) const;

    // Those from `first` up to, not including, `last`; there must be one.
    [[nodiscard]] Preemption summed(std::size_t first, std::size_t last, bool proven) const;

private:
    struct Absence {
        double out = 0;
        double in = 0;
        double awayBefore = 0; // in all those before
        std::uint32_t preemptionsBefore = 0;
        std::uint16_t from = 0;
        std::uint16_t to = 0;
        bool preempted = false;
    };
    std::vector<Absence> m_absences; // by time
    double m_away = 0;               // in all of them
};

} // namespace interleave
