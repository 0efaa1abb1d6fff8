// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/timeline/track.h"

#include <algorithm>

namespace interleave {

// How an entry of a track begins: varint(time since the entry before << 4 | hasUpdates << 3 | kind).
namespace track_entry {

inline constexpr std::uint32_t goesOn = 5;     // no turn
inline constexpr std::uint32_t told = 6;       // a byte follows, activity | departure << 3 | who << 5
inline constexpr std::uint32_t whoFollows = 7; // instead of who: as a number of its own; only if Running
inline constexpr std::uint32_t preempted = 7;  // Ready, Preempted
// Below: the activity, without a departure; Running: who ran last.
inline constexpr std::uint32_t hasUpdates = 8;
inline constexpr int timeShift = 4;

} // namespace track_entry

// Reads a track from one of its marks on.
class Track::Reader {
public:
    Reader(const Track& track, std::size_t mark) : m_track(track) { load(mark); }

    // Takes all entries before this time.
    void advanceTo(Time time)
    {
        if (m_mark + 1 < m_track.m_marks.size() && m_track.m_marks[m_mark + 1].time < time)
            skip([time](const Mark& mark) { return mark.time < time; });
        while (m_next < time)
            take();
    }
    // Takes those at this time, too.
    void advanceThrough(Time time)
    {
        advanceTo(time);
        while (m_next == time && !m_atEnd)
            take();
    }
    // Takes all up to and with the next turn; false if there is none.
    bool toNextTurn()
    {
        const std::uint32_t before = m_turns;
        if (m_turns == m_track.m_turns)
            return false;
        while (m_turns == before) {
            if (m_p == m_blockEnd || m_p == m_blockBegin)
                skip([before](const Mark& mark) { return mark.turns == before; });
            take();
        }
        return true;
    }
    // The time of the lost update of this number, which comes before the next mark.
    Time timeOfLost(std::uint32_t number)
    {
        while (m_sums.lost + m_lost < number)
            take();
        const std::uint32_t place = m_count - m_lost + (number - m_sums.lost) - 1;
        return m_time + static_cast<Time>(static_cast<double>(place) * static_cast<double>(m_next - m_time) / m_count);
    }

    // What happened before a time between the last entry taken and the next.
    [[nodiscard]] TimelineSums sumsAt(Time time) const
    {
        TimelineSums sums = m_sums;
        if (m_activity != Activity::Inactive)
            sums.in(m_activity) += time - m_time;
        if (m_count > 0 && time > m_time) {
            const std::uint32_t count = time >= m_next ? m_count : share(time);
            sums.updates += count;
            const std::uint32_t kept = m_count - m_lost;
            sums.lost += count > kept ? count - kept : 0;
        }
        return sums;
    }
    [[nodiscard]] std::size_t mark() const { return m_mark; }
    [[nodiscard]] Time time() const { return m_time; }
    [[nodiscard]] Activity activity() const { return m_activity; }
    [[nodiscard]] std::uint32_t who() const { return m_activity == Activity::Running ? m_who : noThread; }
    [[nodiscard]] Departure departure() const { return m_departure; }
    [[nodiscard]] std::uint32_t turns() const { return m_turns; }

private:
    static constexpr Time never = UINT64_MAX;

    // How many of the updates up to the next entry are stored before a time between; update i of n stands at i/n.
    [[nodiscard]] std::uint32_t share(Time time) const
    {
        const double length = static_cast<double>(m_next - m_time);
        auto count = static_cast<std::uint32_t>(static_cast<double>(time - m_time) * m_count / length);
        while (count < m_count && placeOf(count) < time)
            ++count;
        while (count > 0 && placeOf(count - 1) >= time)
            --count;
        return count;
    }
    [[nodiscard]] Time placeOf(std::uint32_t i) const
    {
        return m_time + static_cast<Time>(static_cast<double>(i) * static_cast<double>(m_next - m_time) / m_count);
    }

    // To the last of the marks ahead for which this holds, as it does for all before that.
    template <typename Holds>
    void skip(Holds holds)
    {
        const auto& marks = m_track.m_marks;
        std::size_t low = m_mark;
        std::size_t stride = 1;
        while (low + stride < marks.size() && holds(marks[low + stride])) {
            low += stride;
            stride *= 2;
        }
        const auto from = marks.begin() + static_cast<std::ptrdiff_t>(low);
        const auto to = marks.begin() + static_cast<std::ptrdiff_t>(std::min(marks.size(), low + stride));
        const auto after = std::partition_point(from + 1, std::max(from + 1, to), holds);
        if (const auto found = static_cast<std::size_t>(after - marks.begin()) - 1; found != m_mark)
            load(found);
    }

    void load(std::size_t index)
    {
        const Mark& mark = m_track.m_marks[index];
        m_mark = index;
        m_time = mark.time;
        m_sums = mark.sums;
        m_activity = mark.activity;
        m_who = mark.who;
        m_turns = mark.turns;
        m_blockBegin = m_track.m_log.data() + mark.byte;
        m_p = m_blockBegin;
        m_blockEnd = index + 1 < m_track.m_marks.size() ? m_track.m_log.data() + m_track.m_marks[index + 1].byte
                                                        : m_track.m_log.data() + m_track.m_log.size();
        look();
    }

    // Looks at the next entry.
    void look()
    {
        m_count = 0;
        m_lost = 0;
        if (m_p == m_blockEnd) {
            m_atEnd = m_mark + 1 == m_track.m_marks.size();
            m_next = m_atEnd ? never : m_track.m_marks[m_mark + 1].time;
            return;
        }
        m_behind = m_p;
        const std::uint64_t first = number();
        m_kind = static_cast<std::uint32_t>(first & 7);
        m_next = m_time + (first >> track_entry::timeShift);
        if (m_kind == track_entry::told) {
            m_told = *m_behind++;
            m_nextWho = m_told >> 5;
            if (m_nextWho == track_entry::whoFollows)
                m_nextWho = static_cast<std::uint32_t>(number());
        }
        if ((first & track_entry::hasUpdates) != 0) {
            const std::uint64_t counts = number();
            m_count = static_cast<std::uint32_t>(counts >> 1);
            m_lost = (counts & 1) != 0 ? static_cast<std::uint32_t>(number()) : 0;
        }
    }

    // Takes the entry that was looked at.
    void take()
    {
        if (m_p == m_blockEnd) {
            load(m_mark + 1);
            return;
        }
        if (m_activity != Activity::Inactive)
            m_sums.in(m_activity) += m_next - m_time;
        m_time = m_next;
        m_sums.updates += m_count;
        m_sums.lost += m_lost;
        m_p = m_behind;
        if (m_kind != track_entry::goesOn) {
            ++m_turns;
            m_departure = Departure::None;
            if (m_kind == track_entry::preempted) {
                m_activity = Activity::Ready;
                m_departure = Departure::Preempted;
            } else if (m_kind == track_entry::told) {
                m_activity = static_cast<Activity>(m_told & 7);
                m_departure = static_cast<Departure>(m_told >> 3 & 3);
                if (m_activity == Activity::Running)
                    m_who = m_nextWho;
            } else {
                m_activity = static_cast<Activity>(m_kind);
            }
            m_sums.preempted += m_departure == Departure::Preempted ? 1 : 0;
            m_sums.voluntary += m_departure == Departure::Voluntary ? 1 : 0;
        }
        look();
    }

    std::uint64_t number()
    {
        std::uint64_t value = *m_behind & 0x7f;
        for (int shift = 7; (*m_behind++ & 0x80) != 0; shift += 7)
            value |= static_cast<std::uint64_t>(*m_behind & 0x7f) << shift;
        return value;
    }

    const Track& m_track;
    std::size_t m_mark = 0;
    const std::uint8_t* m_blockBegin = nullptr;
    const std::uint8_t* m_p = nullptr; // the entry that is looked at
    const std::uint8_t* m_behind = nullptr;
    const std::uint8_t* m_blockEnd = nullptr;
    bool m_atEnd = false;

    Time m_time = 0;
    TimelineSums m_sums;
    Activity m_activity = Activity::Inactive;
    Departure m_departure = Departure::None;
    std::uint32_t m_who = noThread;
    std::uint32_t m_turns = 0;

    Time m_next = 0;
    std::uint32_t m_kind = 0;
    std::uint8_t m_told = 0;
    std::uint32_t m_nextWho = noThread;
    std::uint32_t m_count = 0;
    std::uint32_t m_lost = 0;
};

} // namespace interleave
