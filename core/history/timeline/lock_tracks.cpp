// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/timeline/lock_tracks.h"

#include <array>
#include <set>

namespace interleave {

namespace {

// One track of all parts; of a part that does not have it, a stretch in which nothing is.
template <typename Key>
Track joinedTrack(std::span<LockTracks> parts, std::span<const TimeWindow> windows,
                  std::map<Key, Track> LockTracks::*kind, const Key& key)
{
    std::vector<Track> pieces;
    pieces.reserve(parts.size());
    for (std::size_t p = 0; p < parts.size(); ++p) {
        const auto found = (parts[p].*kind).find(key);
        if (found != (parts[p].*kind).end())
            pieces.push_back(std::move(found->second));
        else
            pieces.push_back(Track::Writer(windows[p].begin, windows[p].end, windows[p].grid).take());
    }
    return Track::joined(pieces);
}

} // namespace

LockTracksWriter::Line& LockTracksWriter::lineOf(LockIndex lock)
{
    if (lock >= m_lines.size())
        m_lines.resize(lock + std::size_t{1});
    std::unique_ptr<Line>& line = m_lines[lock];
    if (!line)
        line = std::make_unique<Line>(m_window);
    return *line;
}

Track::Writer& LockTracksWriter::useOf(Line& line, ThreadIndex thread)
{
    if (thread >= line.uses.size())
        line.uses.resize(thread + std::size_t{1});
    std::unique_ptr<Track::Writer>& use = line.uses[thread];
    if (!use)
        use = std::make_unique<Track::Writer>(m_window.begin, m_window.end, m_window.grid);
    return *use;
}

// What was put off: the holder may have come back at once.
void LockTracksWriter::release(Line& line)
{
    line.held.turn(*line.released, Activity::Inactive, noThread, Departure::None);
    useOf(line, line.holder).turn(*line.released, Activity::Inactive, noThread, Departure::None);
    line.released.reset();
    line.holder = noThread;
}

void LockTracksWriter::turn(const LockTurn& turn)
{
    Line& line = lineOf(turn.lock);
    const bool holds = turn.use == LockUse::Holds;
    if (line.released && (holds || turn.thread == line.holder)) {
        if (holds && turn.thread == line.holder && turn.at / m_window.grid == *line.released / m_window.grid) {
            line.released.reset();
            return;
        }
        release(line);
    }
    if (turn.thread == line.holder && turn.use == LockUse::None) {
        line.released = turn.at;
        return;
    }
    if (holds) {
        line.holder = turn.thread;
        line.held.turn(turn.at, Activity::Running, turn.thread, Departure::None);
    } else if (turn.thread == line.holder) {
        line.holder = noThread;
        line.held.turn(turn.at, Activity::Inactive, noThread, Departure::None);
    }
    constexpr std::array activityOf{Activity::Inactive, Activity::Waiting, Activity::Running};
    useOf(line, turn.thread).turn(turn.at, activityOf[static_cast<std::size_t>(turn.use)], noThread, Departure::None);
}

LockTracks LockTracksWriter::take()
{
    LockTracks tracks;
    for (LockIndex lock = 0; lock < m_lines.size(); ++lock) {
        if (!m_lines[lock])
            continue;
        Line& line = *m_lines[lock];
        if (line.released)
            release(line);
        tracks.held.emplace(lock, line.held.take());
        for (ThreadIndex thread = 0; thread < line.uses.size(); ++thread)
            if (line.uses[thread])
                tracks.uses.emplace(LockTracks::Use{lock, thread}, line.uses[thread]->take());
    }
    m_lines.clear();
    return tracks;
}

JoinedLockTracks joined(std::span<LockTracks> parts, std::span<const TimeWindow> windows, std::size_t locks)
{
    JoinedLockTracks all;
    all.held.reserve(locks);
    for (LockIndex lock = 0; lock < locks; ++lock)
        all.held.push_back(joinedTrack(parts, windows, &LockTracks::held, lock));
    std::set<LockTracks::Use> uses;
    for (const LockTracks& part : parts)
        for (const auto& [use, track] : part.uses)
            uses.insert(use);
    for (const LockTracks::Use& use : uses)
        all.uses.emplace(use, joinedTrack(parts, windows, &LockTracks::uses, use));
    return all;
}

} // namespace interleave
