// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/timeline/track.h"
#include "history/timeline/track_reader.h"

#include <algorithm>
#include <utility>

namespace interleave {

namespace {

// Seven bits a byte, the lowest first; all bytes but the last have the eighth.
std::uint8_t* put(std::uint8_t* p, std::uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        *p++ = static_cast<std::uint8_t>(number | 0x80);
    *p++ = static_cast<std::uint8_t>(number);
    return p;
}

} // namespace

Track::Writer::Writer(Time begin, Time end, Time grid) : m_grid(grid), m_latest(begin), m_written(begin)
{
    m_track.m_begin = begin;
    m_track.m_end = end;
    m_track.m_marks.push_back({begin, {}, 0, 0, noThread, Activity::Inactive});
}

void Track::Writer::turn(Time at, Activity activity, std::uint32_t who, Departure departure)
{
    if (at < m_track.m_begin) { // how it was before
        Mark& first = m_track.m_marks.front();
        m_activity = first.activity = activity;
        if (activity == Activity::Running)
            m_who = first.who = who;
        return;
    }
    m_latest = std::max(m_latest, at);
    if (m_latest >= m_track.m_end)
        return;
    if (m_held) {
        if (m_held->at == m_latest && (m_held->departure == Departure::None || departure == Departure::None)) {
            m_held->activity = activity;
            m_held->who = who;
            m_held->departure = std::max(m_held->departure, departure);
            return;
        }
        writeHeld();
    }
    m_held = Held{m_latest, activity, who, departure};
}

void Track::Writer::updates(const UpdateBatch& batch)
{
    if (batch.begin < m_track.m_begin || batch.begin >= m_track.m_end)
        return;
    if (m_held)
        writeHeld();
    const Time begin = std::max(batch.begin, std::min(m_latest, m_track.m_end - 1));
    const Time cell = begin & ~(m_grid - 1);
    cutAt(cell);
    if (m_written < cell)
        write(cell, nullptr);
    m_count += batch.count;
    m_lost += batch.lost;
    m_latest = std::max({m_latest, begin, batch.end - 1});
}

// Updates do not cross the grid.
void Track::Writer::cutAt(Time at)
{
    const Time next = cellEnd();
    if (m_count > 0 && at >= next)
        write(next, nullptr);
}

void Track::Writer::writeHeld()
{
    const Held turn = *m_held;
    m_held.reset();
    const bool changes = turn.activity != m_activity || turn.departure != Departure::None
                      || (turn.activity == Activity::Running && turn.who != m_who);
    if (!changes)
        return;
    if (turn.at > cellEnd())
        cutAt(turn.at);
    write(turn.at, &turn);
}

void Track::Writer::write(Time at, const Held* turn)
{
    namespace entry = track_entry;
    constexpr Time furthest = Time{1} << (63 - entry::timeShift);
    while (at - m_written > furthest)
        write(m_written + furthest, nullptr);
    const bool tellsWho = turn && turn->activity == Activity::Running && turn->who != m_who;
    std::uint32_t kind = entry::goesOn;
    if (turn && turn->activity == Activity::Ready && turn->departure == Departure::Preempted)
        kind = entry::preempted;
    else if (turn)
        kind = tellsWho || turn->departure != Departure::None ? entry::told
                                                              : static_cast<std::uint32_t>(turn->activity);
    std::array<std::uint8_t, 40> bytes; // no entry is longer
    std::uint8_t* p = bytes.data();
    p = put(p, (at - m_written) << entry::timeShift | (m_count > 0 ? entry::hasUpdates : 0) | kind);
    if (kind == entry::told) {
        const std::uint32_t who = turn->activity == Activity::Running ? std::min(turn->who, entry::whoFollows) : 0;
        *p++ = static_cast<std::uint8_t>(static_cast<unsigned>(turn->activity)
                                         | static_cast<unsigned>(turn->departure) << 3 | who << 5);
        if (who == entry::whoFollows)
            p = put(p, turn->who);
    }
    if (m_count > 0)
        p = put(p, std::uint64_t{m_count} << 1 | (m_lost > 0 ? 1 : 0));
    if (m_lost > 0)
        p = put(p, m_lost);
    m_track.m_log.insert(m_track.m_log.end(), bytes.data(), p);

    if (m_activity != Activity::Inactive)
        m_sums.in(m_activity) += at - m_written;
    m_sums.updates += std::exchange(m_count, 0);
    m_sums.lost += std::exchange(m_lost, 0);
    m_written = at;
    if (turn) {
        m_sums.preempted += turn->departure == Departure::Preempted ? 1 : 0;
        m_sums.voluntary += turn->departure == Departure::Voluntary ? 1 : 0;
        m_activity = turn->activity;
        if (m_activity == Activity::Running)
            m_who = turn->who;
        ++m_track.m_turns;
    }
    ++m_track.m_entries;
    if (++m_sinceMark == entriesPerMark) {
        m_sinceMark = 0;
        m_track.m_marks.push_back(
            {at, m_sums, static_cast<std::uint32_t>(m_track.m_log.size()), m_track.m_turns, m_who, m_activity});
    }
}

Track Track::Writer::take()
{
    if (m_held)
        writeHeld();
    if (m_count > 0)
        write(std::min(cellEnd(), m_track.m_end), nullptr);
    m_track.m_all = m_sums;
    if (m_activity != Activity::Inactive)
        m_track.m_all.in(m_activity) += m_track.m_end - m_written;
    m_track.m_log.shrink_to_fit();
    m_track.m_marks.shrink_to_fit();
    return std::move(m_track);
}

} // namespace interleave
