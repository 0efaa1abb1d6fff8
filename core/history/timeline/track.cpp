// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/timeline/track.h"

#include "history/timeline/track_reader.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace interleave {

TimelineSums& TimelineSums::operator+=(const TimelineSums& other)
{
    for (std::size_t i = 0; i < time.size(); ++i)
        time[i] += other.time[i];
    updates += other.updates;
    lost += other.lost;
    preempted += other.preempted;
    voluntary += other.voluntary;
    return *this;
}

TimelineSums& TimelineSums::operator-=(const TimelineSums& other)
{
    for (std::size_t i = 0; i < time.size(); ++i)
        time[i] -= other.time[i];
    updates -= other.updates;
    lost -= other.lost;
    preempted -= other.preempted;
    voluntary -= other.voluntary;
    return *this;
}

// The last mark before this time: what stands at a mark's own time may be before it or behind it.
std::size_t Track::markFor(Time time) const
{
    auto from = m_marks.begin() + 1;
    auto to = m_marks.end();
    if (m_width > 0) {
        const std::size_t i = std::min(static_cast<std::size_t>(time / m_width - m_begin / m_width),
                                       m_aligned.size() - 1);
        from = m_marks.begin() + std::max<std::ptrdiff_t>(1, m_aligned[i].mark);
        if (i + 1 < m_aligned.size())
            to = m_marks.begin() + m_aligned[i + 1].mark + 1;
    }
    const auto after = std::partition_point(from, std::max(from, to),
                                            [time](const Mark& mark) { return mark.time < time; });
    return static_cast<std::size_t>(after - m_marks.begin()) - 1;
}

TimelineSums Track::sumsBefore(Time time) const
{
    if (time <= m_begin)
        return {};
    if (time > m_end)
        return m_all;
    Reader reader(*this, markFor(time));
    reader.advanceTo(time);
    return reader.sumsAt(time);
}

void Track::align(Time grid, std::size_t entriesPerCell)
{
    m_width = 0;
    m_aligned.clear();
    const std::size_t most = m_entries / entriesPerCell;
    if (most < 2)
        return;
    Time width = std::max<Time>(1, grid);
    while ((m_end - m_begin) / width >= most)
        width *= 2;
    Reader reader(*this, 0);
    std::vector<Aligned> aligned;
    aligned.reserve(static_cast<std::size_t>((m_end - m_begin) / width) + 2);
    for (Time at = m_begin / width * width; at <= m_end; at += width) {
        const Time time = std::max(at, m_begin);
        reader.advanceTo(time);
        Aligned& moment = aligned.emplace_back();
        moment.sums = reader.sumsAt(time);
        moment.mark = static_cast<std::uint32_t>(reader.mark());
        reader.advanceThrough(time);
        moment.activity = reader.activity();
        moment.who = reader.who();
    }
    m_width = width;
    m_aligned = std::move(aligned);
}

void Track::appendCells(Time from, Time to, Time width, std::vector<TimelineCell>& cells) const
{
    assert(std::has_single_bit(width));
    from = std::max(from, m_begin);
    to = std::min(to, m_end);
    if (from >= to)
        return;
    const Time first = from / width * width;
    if (m_width > 0 && width >= m_width) {
        const std::size_t stride = static_cast<std::size_t>(width / m_width);
        const Time origin = m_begin / m_width;
        std::size_t i = static_cast<std::size_t>(std::max(first / m_width, origin) - origin);
        // The first cell may begin before the track does.
        std::size_t next = static_cast<std::size_t>((first + width) / m_width - origin);
        for (Time at = first; at < to; at += width, i = next, next += stride) {
            const Aligned& begin = m_aligned[i];
            const TimelineSums& end = next < m_aligned.size() ? m_aligned[next].sums : m_all;
            cells.push_back({at, end - begin.sums, begin.activity, begin.who});
        }
        return;
    }
    const Time begin = std::max(first, m_begin);
    Reader reader(*this, markFor(begin));
    reader.advanceTo(begin);
    TimelineSums before = reader.sumsAt(begin);
    for (Time at = first; at < to; at += width) {
        reader.advanceThrough(std::max(at, m_begin));
        TimelineCell& cell = cells.emplace_back();
        cell.begin = at;
        cell.activity = reader.activity();
        cell.who = reader.who();
        const Time end = std::min(at + width, m_end);
        reader.advanceTo(end);
        const TimelineSums after = end == m_end ? m_all : reader.sumsAt(end);
        cell.sums = after - before;
        before = after;
    }
}

bool Track::appendSpans(Time from, Time to, std::size_t most, std::vector<TimelineSpan>& spans) const
{
    from = std::max(from, m_begin);
    to = std::min(to, m_end);
    if (from >= to)
        return true;
    const std::uint32_t turn = turnsThrough(from);
    const Time begin = turn == 0 ? m_begin : timeOfTurn(turn);
    Reader reader(*this, markFor(begin));
    reader.advanceTo(begin);
    Departure departure = Departure::None;
    while (reader.turns() < turn && reader.toNextTurn())
        departure = reader.departure();
    TimelineSpan span{begin, m_end, reader.activity(), reader.who(), departure};
    const std::size_t already = spans.size();
    while (span.begin < to) {
        const bool goesOn = reader.toNextTurn();
        span.end = goesOn ? reader.time() : m_end;
        if (span.begin < span.end) {
            if (spans.size() - already == most)
                return false;
            spans.push_back(span);
        }
        if (!goesOn)
            break;
        span = {reader.time(), m_end, reader.activity(), reader.who(), reader.departure()};
    }
    return true;
}

std::uint32_t Track::turnsThrough(Time time) const
{
    Reader reader(*this, markFor(time));
    reader.advanceThrough(time);
    return reader.turns();
}

// The turn of that number, from 1.
Time Track::timeOfTurn(std::uint32_t number) const
{
    const auto after = std::partition_point(m_marks.begin() + 1, m_marks.end(),
                                            [number](const Mark& mark) { return mark.turns < number; });
    Reader reader(*this, static_cast<std::size_t>(after - m_marks.begin()) - 1);
    while (reader.turns() < number && reader.toNextTurn()) {}
    return reader.time();
}

// The lost update of that number, from 1.
Time Track::timeOfLost(std::uint32_t number) const
{
    const auto after = std::partition_point(m_marks.begin() + 1, m_marks.end(),
                                            [number](const Mark& mark) { return mark.sums.lost < number; });
    Reader reader(*this, static_cast<std::size_t>(after - m_marks.begin()) - 1);
    return reader.timeOfLost(number);
}

std::optional<Time> Track::nextTurn(Time time) const
{
    const std::uint32_t number = turnsThrough(time) + 1;
    return number > m_turns ? std::nullopt : std::optional(timeOfTurn(number));
}

std::optional<Time> Track::previousTurn(Time time) const
{
    const std::uint32_t number = time <= m_begin ? 0 : turnsThrough(std::min(time, m_end) - 1);
    return number == 0 ? std::nullopt : std::optional(timeOfTurn(number));
}

std::optional<Time> Track::nextLost(Time time) const
{
    const std::uint32_t number = time >= m_end ? m_all.lost + 1 : sumsBefore(time + 1).lost + 1;
    return number > m_all.lost ? std::nullopt : std::optional(timeOfLost(number));
}

std::optional<Time> Track::previousLost(Time time) const
{
    const std::uint32_t number = sumsBefore(time).lost;
    return number == 0 ? std::nullopt : std::optional(timeOfLost(number));
}

std::size_t Track::bytes() const
{
    return sizeof(Track) + m_log.capacity() + m_marks.capacity() * sizeof(Mark)
         + m_aligned.capacity() * sizeof(Aligned);
}

Track Track::joined(std::span<Track> parts)
{
    Track all = std::move(parts.front());
    std::size_t bytes = all.m_log.size();
    std::size_t marks = all.m_marks.size();
    for (const Track& part : parts.subspan(1)) {
        bytes += part.m_log.size();
        marks += part.m_marks.size();
    }
    all.m_log.reserve(bytes);
    all.m_marks.reserve(marks);
    for (const Track& part : parts.subspan(1))
        all.append(part);
    return all;
}

void Track::append(const Track& next)
{
    assert(next.m_begin == m_end);
    for (Mark mark : next.m_marks) {
        mark.sums += m_all;
        mark.byte += static_cast<std::uint32_t>(m_log.size());
        mark.turns += m_turns;
        m_marks.push_back(mark);
    }
    m_log.insert(m_log.end(), next.m_log.begin(), next.m_log.end());
    m_all += next.m_all;
    m_turns += next.m_turns;
    m_entries += next.m_entries;
    m_end = next.m_end;
}

} // namespace interleave
