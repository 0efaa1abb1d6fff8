// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/timeline/turn.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace interleave {

// What happened in a stretch of a track.
struct TimelineSums {
    std::array<Time, activities - 1> time{}; // in each activity but Inactive
    std::uint32_t updates = 0;
    std::uint32_t lost = 0; // of the updates
    std::uint32_t preempted = 0;
    std::uint32_t voluntary = 0; // departures from a core

    [[nodiscard]] Time& in(Activity activity) { return time[static_cast<std::size_t>(activity) - 1]; }
    // Of any but Inactive.
    [[nodiscard]] Time in(Activity activity) const { return time[static_cast<std::size_t>(activity) - 1]; }
    [[nodiscard]] std::uint32_t switches() const { return preempted + voluntary; }

    TimelineSums& operator+=(const TimelineSums& other);
    TimelineSums& operator-=(const TimelineSums& other);
    friend TimelineSums operator-(TimelineSums a, const TimelineSums& b) { return a -= b; }
    friend bool operator==(const TimelineSums&, const TimelineSums&) = default;
};

// A stretch of a track with one activity.
struct TimelineSpan {
    Time begin = 0;
    Time end = 0;
    Activity activity = Activity::Inactive;
    std::uint32_t who = noThread;          // Running: of a thread's track the core, of a core's track the thread
    Departure departure = Departure::None; // of the thread that leaves the core where the span begins

    friend bool operator==(const TimelineSpan&, const TimelineSpan&) = default;
};

// A time-aligned part of a track, and all that happened in it.
struct TimelineCell {
    Time begin = 0;
    TimelineSums sums;
    Activity activity = Activity::Inactive; // as it begins
    std::uint32_t who = noThread;
};

// One thread or one core through a stretch of time: every turn, and between them how many updates, written in 1 to 5
// bytes each. Sums from the start stand beside it twice: after every so many entries, so that any moment is found
// without reading on for long, and at time-aligned moments, so that what lies between two of those is one subtraction.
//
// Updates between two entries are taken to be spread evenly; entries stand at every multiple of the grid where updates
// go on, so sums over whole cells of the grid are exact.
class Track {
public:
    class Writer;
    class Reader;

    [[nodiscard]] Time begin() const { return m_begin; }
    [[nodiscard]] Time end() const { return m_end; }

    // What happened in [begin(), time).
    [[nodiscard]] TimelineSums sumsBefore(Time time) const;
    // Cells of this width, a power of two, that touch [from, to), appended.
    void appendCells(Time from, Time to, Time width, std::vector<TimelineCell>& cells) const;
    // The spans that touch [from, to), appended; false if there are more than `most`.
    [[nodiscard]] bool appendSpans(Time from, Time to, std::size_t most, std::vector<TimelineSpan>& spans) const;
    // The nearest turn after this time (before it).
    [[nodiscard]] std::optional<Time> nextTurn(Time time) const;
    [[nodiscard]] std::optional<Time> previousTurn(Time time) const;
    // The nearest moment after this time (before it) in which an update was stored that was lost.
    [[nodiscard]] std::optional<Time> nextLost(Time time) const;
    [[nodiscard]] std::optional<Time> previousLost(Time time) const;

    [[nodiscard]] std::size_t entries() const { return m_entries; }
    [[nodiscard]] std::size_t bytes() const;

    // One track of several, each of which goes on where the one before it ends.
    [[nodiscard]] static Track joined(std::span<Track> parts);
    // Once all is there: makes the time-aligned sums, of cells no narrower than `grid` and of so many entries or more.
    void align(Time grid, std::size_t entriesPerCell);
    // Of one time-aligned sum.
    static constexpr std::size_t bytesPerCell = 64;

private:
    // Where reading can begin: what is so right before the entry at `byte`.
    struct Mark {
        Time time = 0;
        TimelineSums sums; // of all before
        std::uint32_t byte = 0;
        std::uint32_t turns = 0;      // before
        std::uint32_t who = noThread; // who ran last
        Activity activity = Activity::Inactive;
    };
    // A time-aligned moment.
    struct Aligned {
        TimelineSums sums;
        std::uint32_t mark = 0; // where to read what comes before it
        std::uint32_t who = noThread;
        Activity activity = Activity::Inactive;
    };
    static_assert(sizeof(Aligned) == bytesPerCell);
    static constexpr std::size_t entriesPerMark = 64;

    void append(const Track& next);
    [[nodiscard]] std::size_t markFor(Time time) const;
    [[nodiscard]] Time timeOfLost(std::uint32_t number) const;
    [[nodiscard]] Time timeOfTurn(std::uint32_t number) const;
    [[nodiscard]] std::uint32_t turnsThrough(Time time) const;

    Time m_begin = 0;
    Time m_end = 0;
    std::vector<std::uint8_t> m_log;
    std::vector<Mark> m_marks; // one at m_begin at least
    std::size_t m_entries = 0;
    TimelineSums m_all;        // at m_end
    std::uint32_t m_turns = 0; // in all
    Time m_width = 0;          // between aligned moments; 0: there are none
    std::vector<Aligned> m_aligned;
};

// Writes a track, in the order of time. What comes earlier than something told before is moved there.
class Track::Writer {
public:
    // The track of [begin, end).
    Writer(Time begin, Time end, Time grid);

    void turn(Time at, Activity activity, std::uint32_t who, Departure departure);
    void updates(const UpdateBatch& batch);
    [[nodiscard]] Track take();

private:
    struct Held { // the last turn: nothing is written before time goes on
        Time at = 0;
        Activity activity = Activity::Inactive;
        std::uint32_t who = noThread;
        Departure departure = Departure::None;
    };
    void writeHeld();
    void cutAt(Time at);
    void write(Time at, const Held* turn);
    // The multiple of the grid, a power of two, after the last entry.
    [[nodiscard]] Time cellEnd() const { return (m_written | (m_grid - 1)) + 1; }

    Track m_track;
    Time m_grid;
    Time m_latest = 0;  // nothing may come before this
    Time m_written = 0; // of the last entry
    Activity m_activity = Activity::Inactive;
    std::uint32_t m_who = noThread;
    std::optional<Held> m_held;
    std::uint32_t m_count = 0; // updates since the last entry
    std::uint32_t m_lost = 0;
    TimelineSums m_sums;
    std::size_t m_sinceMark = 0;
};

} // namespace interleave
