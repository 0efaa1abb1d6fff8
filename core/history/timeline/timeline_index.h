// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/timeline/track.h"
#include "history/timeline/turn.h"
#include "result.h"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace interleave {

class History;

// Why there is no index.
enum class TimelineError : std::uint8_t { Cancelled };

// One line of a timeline: a thread, a core, or a lock. On the track of a lock it is Running while it is held, and `who`
// is the thread that holds it; updates and departures are not told there.
struct TrackName {
    enum class Kind : std::uint8_t { Thread, Core, Lock };
    Kind kind = Kind::Thread;
    std::uint32_t index = 0;

    friend bool operator==(const TrackName&, const TrackName&) = default;
};

// A whole run against time, one track for each thread and each core, at every zoom: what a view of any stretch in any
// width needs takes a time that depends on the width alone. Made once from a history, off the thread that shows it.
//
// Spans, sums over whole cells of grid() and the number of lost updates anywhere are exact. Between two multiples of
// grid() updates are spread evenly over the stay on a core that they were made in; a close view that needs each where
// it was builds another index of its own short window, whose grid is 1. Between two multiples of grid() a thread that
// releases a lock and is the next to take it is told to have held it all the while.
class TimelineIndex {
public:
    // From 0 to 1; called now and then, never from two threads at once.
    using Progress = std::function<void(double done)>;

    static Result<TimelineIndex, TimelineError> build(const History& history, const Progress& progress = {},
                                                      const std::stop_token& stop = {});
    // Of the moments in [begin, end) alone, each update where it was.
    static Result<TimelineIndex, TimelineError> buildWindow(const History& history, Time begin, Time end,
                                                            const std::stop_token& stop = {});

    // The stretch of time it knows, [begin(), end()).
    [[nodiscard]] Time begin() const { return m_begin; }
    [[nodiscard]] Time end() const { return m_end; }
    // A power of two.
    [[nodiscard]] Time grid() const { return m_grid; }
    [[nodiscard]] std::size_t threads() const { return m_threads.size(); }
    // 0 where the history does not say who was on which core.
    [[nodiscard]] std::size_t cores() const { return m_cores.size(); }
    // What a core is called: History::coreNumber.
    [[nodiscard]] CoreIndex coreNumber(CoreIndex core) const { return m_coreNumbers[core]; }
    // 0 where the history knows of no locks.
    [[nodiscard]] std::size_t locks() const { return m_locks.size(); }

    // The width of the cells for a view: the largest power of two that is no wider than a pixel; at least 1.
    [[nodiscard]] static Time widthFor(Time from, Time to, int pixels);
    // The cells of that width that touch [from, to): no more than 2 * pixels + 2. Replaces what is in `cells`. The same
    // cells come back for every view of the same zoom, wherever it begins.
    void query(TrackName track, Time from, Time to, int pixels, std::vector<TimelineCell>& cells) const;
    [[nodiscard]] std::vector<TimelineCell> query(TrackName track, Time from, Time to, int pixels) const;
    // The spans that touch [from, to), whole; none if there are more than `most`.
    [[nodiscard]] std::optional<std::vector<TimelineSpan>> spans(TrackName track, Time from, Time to,
                                                                 std::size_t most) const;

    // What one thread is at with one lock, as cells and spans of a track on which Running stands for Holds, and Waiting
    // for Waits. Nothing, or false, where the thread never came to the lock.
    [[nodiscard]] bool queryUse(LockIndex lock, ThreadIndex thread, Time from, Time to, int pixels,
                                std::vector<TimelineCell>& cells) const;
    [[nodiscard]] std::optional<std::vector<TimelineSpan>> spansOfUse(LockIndex lock, ThreadIndex thread, Time from,
                                                                      Time to, std::size_t most) const;

    // When the thread next takes up (last took up) another use of the lock, after (before) a time.
    [[nodiscard]] std::optional<Time> nextTurnOfUse(LockIndex lock, ThreadIndex thread, Time time) const;
    [[nodiscard]] std::optional<Time> previousTurnOfUse(LockIndex lock, ThreadIndex thread, Time time) const;

    // What happened in [from, to): on one track, or of all threads together.
    [[nodiscard]] TimelineSums totals(TrackName track, Time from, Time to) const;
    [[nodiscard]] TimelineSums totals(Time from, Time to) const;

    // The nearest turn of a track after (before) a time.
    [[nodiscard]] std::optional<Time> nextTurn(TrackName track, Time time) const { return at(track).nextTurn(time); }
    [[nodiscard]] std::optional<Time> previousTurn(TrackName track, Time time) const
    {
        return at(track).previousTurn(time);
    }
    // The nearest moment after (before) a time in which an update was stored that was lost: by the thread (on the core)
    // of a track, or by any thread. Between multiples of grid() it is as near as updates are.
    [[nodiscard]] std::optional<Time> nextLost(TrackName track, Time time) const { return at(track).nextLost(time); }
    [[nodiscard]] std::optional<Time> previousLost(TrackName track, Time time) const
    {
        return at(track).previousLost(time);
    }
    [[nodiscard]] std::optional<Time> nextLost(Time time) const;
    [[nodiscard]] std::optional<Time> previousLost(Time time) const;

    [[nodiscard]] std::size_t bytes() const;

private:
    static Result<TimelineIndex, TimelineError> build(const History& history, const TimeWindow& window,
                                                      const Progress& progress, const std::stop_token& stop);
    void align(Step steps);
    template <typename Action>
    void forEachTrack(const Action& action) const
    {
        for (const std::vector<Track>* const tracks : {&m_threads, &m_cores, &m_locks})
            for (const Track& track : *tracks)
                action(track);
        for (const auto& [use, track] : m_uses)
            action(track);
    }
    [[nodiscard]] const Track& at(TrackName track) const
    {
        switch (track.kind) {
        case TrackName::Kind::Core: return m_cores[track.index];
        case TrackName::Kind::Lock: return m_locks[track.index];
        default: return m_threads[track.index];
        }
    }
    // Null where the thread never came to the lock.
    [[nodiscard]] const Track* useOf(LockIndex lock, ThreadIndex thread) const;

    Time m_begin = 0;
    Time m_end = 0;
    Time m_grid = 1;
    std::vector<Track> m_threads;
    std::vector<Track> m_cores;
    std::vector<CoreIndex> m_coreNumbers; // by core
    std::vector<Track> m_locks;
    std::map<std::pair<LockIndex, ThreadIndex>, Track> m_uses; // of those threads that came to a lock
};

} // namespace interleave
