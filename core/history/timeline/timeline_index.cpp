// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/timeline/timeline_index.h"

#include "history/history.h"
#include "history/timeline/lock_tracks.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <mutex>
#include <thread>

namespace interleave {

namespace {

// Short histories are known update by update.
constexpr Step stepsToKnowExactly = 1 << 15;
constexpr Step stepsPerCell = 256;
// Parts that are walked at once are worth their threads from here on.
constexpr Step stepsPerPart = 1 << 21;

Time gridFor(Step steps, Time end)
{
    if (steps <= stepsToKnowExactly)
        return 1;
    const double width = static_cast<double>(end) / static_cast<double>(steps) * stepsPerCell;
    constexpr Time widest = Time{1} << 40;
    return std::bit_ceil(std::clamp<Time>(static_cast<Time>(width), 1, widest));
}

// Writes the tracks of one window.
class Tracks final : public TimelineVisitor {
public:
    Tracks(const TimeWindow& window, std::size_t threads, std::size_t cores,
           const std::function<void(Time)>& reachedTime)
        : m_threads(threads, Track::Writer(window.begin, window.end, window.grid)),
          m_cores(cores, Track::Writer(window.begin, window.end, window.grid)),
          m_on(threads, noCore),
          m_locks(window),
          m_reached(reachedTime)
    {}

    void turn(const Turn& turn) override
    {
        m_threads[turn.thread].turn(turn.at, turn.activity, turn.core, turn.departure);
        CoreIndex& on = m_on[turn.thread];
        if (on < m_cores.size() && turn.core != on)
            m_cores[on].turn(turn.at, Activity::Inactive, noThread, turn.departure);
        on = turn.core;
        if (on < m_cores.size())
            m_cores[on].turn(turn.at, Activity::Running, turn.thread, Departure::None);
    }
    void updates(const UpdateBatch& batch) override
    {
        m_threads[batch.thread].updates(batch);
        if (const CoreIndex on = m_on[batch.thread]; on < m_cores.size())
            m_cores[on].updates(batch);
    }
    void lockTurn(const LockTurn& turn) override { m_locks.turn(turn); }
    void reached(Time time) override { m_reached(time); }

    std::vector<Track> takeThreads() { return take(m_threads); }
    std::vector<Track> takeCores() { return take(m_cores); }
    LockTracks takeLocks() { return m_locks.take(); }

private:
    static std::vector<Track> take(std::vector<Track::Writer>& writers)
    {
        std::vector<Track> tracks;
        tracks.reserve(writers.size());
        for (Track::Writer& writer : writers)
            tracks.push_back(writer.take());
        return tracks;
    }

    std::vector<Track::Writer> m_threads;
    std::vector<Track::Writer> m_cores;
    std::vector<CoreIndex> m_on; // by thread
    LockTracksWriter m_locks;
    const std::function<void(Time)>& m_reached;
};

// Tells how far several walks have come together.
class Meter {
public:
    Meter(const TimelineIndex::Progress& progress, Time whole, std::size_t parts)
        : m_progress(progress),
          m_whole(static_cast<double>(whole)),
          m_done(parts, 0)
    {}

    void reached(std::size_t part, Time done)
    {
        if (!m_progress)
            return;
        const std::lock_guard guard(m_mutex);
        if (done <= m_done[part])
            return;
        m_sum += done - m_done[part];
        m_done[part] = done;
        const double fraction = static_cast<double>(m_sum) / m_whole;
        if (fraction < m_told + 0.005 && fraction < 1)
            return;
        m_told = fraction;
        m_progress(fraction);
    }

private:
    const TimelineIndex::Progress& m_progress;
    double m_whole;
    std::mutex m_mutex;
    std::vector<Time> m_done;
    Time m_sum = 0;
    double m_told = 0;
};

// The tracks of one kind, of all parts; the parts are used up.
std::vector<Track> joined(std::vector<std::vector<Track>>& parts)
{
    std::vector<Track> tracks;
    std::vector<Track> pieces;
    for (std::size_t i = 0; i < parts.front().size(); ++i) {
        pieces.clear();
        for (std::vector<Track>& part : parts)
            pieces.push_back(std::move(part[i]));
        tracks.push_back(Track::joined(pieces));
    }
    return tracks;
}

} // namespace

Result<TimelineIndex, TimelineError> TimelineIndex::build(const History& history, const Progress& progress,
                                                          const std::stop_token& stop)
{
    const Time end = history.timelineEnd();
    return build(history, {0, end, gridFor(history.steps(), end)}, progress, stop);
}

Result<TimelineIndex, TimelineError> TimelineIndex::buildWindow(const History& history, Time begin, Time end,
                                                                const std::stop_token& stop)
{
    end = std::min(end, history.timelineEnd());
    return build(history, {std::min(begin, end), end, 1}, {}, stop);
}

Result<TimelineIndex, TimelineError> TimelineIndex::build(const History& history, const TimeWindow& window,
                                                          const Progress& progress, const std::stop_token& stop)
{
    TimelineIndex index;
    index.m_begin = window.begin;
    index.m_end = window.end;
    index.m_grid = window.grid;
    const Time length = window.end - window.begin;

    // More parts than workers, so that none waits long for another.
    const std::size_t workers = history.walksFromAnywhere() ? std::max(1U, std::thread::hardware_concurrency()) : 1;
    const double share = static_cast<double>(length) / static_cast<double>(std::max<Time>(1, history.timelineEnd()));
    const auto steps = static_cast<Step>(static_cast<double>(history.steps()) * share);
    const std::size_t parts = workers == 1 ? 1
                                           : std::clamp<std::size_t>(static_cast<std::size_t>(steps / stepsPerPart), 1,
                                                                     4 * workers);
    const Time perPart = (length / parts / window.grid + 1) * window.grid;
    std::vector<std::vector<Track>> threads(parts);
    std::vector<std::vector<Track>> cores(parts);
    std::vector<LockTracks> locks(parts);
    std::vector<TimeWindow> windows(parts, window);
    std::atomic<std::size_t> nextPart = 0;
    std::atomic<bool> cancelled = false;
    Meter meter(progress, length, parts);
    const auto work = [&] {
        for (std::size_t p = nextPart++; p < parts && !cancelled; p = nextPart++) {
            TimeWindow& part = windows[p];
            part.begin = std::min(window.end, window.begin + p * perPart);
            part.end = p + 1 == parts ? window.end : std::min(window.end, part.begin + perPart);
            const std::function<void(Time)> reached = [&](Time time) {
                meter.reached(p, std::clamp(time, part.begin, part.end) - part.begin);
            };
            Tracks tracks(part, history.threads(), history.timelineCores(), reached);
            if (part.begin < part.end && !history.walk(part, tracks, stop)) {
                cancelled = true;
                break;
            }
            threads[p] = tracks.takeThreads();
            cores[p] = tracks.takeCores();
            locks[p] = tracks.takeLocks();
            reached(part.end);
        }
    };
    {
        std::vector<std::jthread> others;
        for (std::size_t w = 1; w < std::min(workers, parts); ++w)
            others.emplace_back(work);
        work();
    }
    if (cancelled || stop.stop_requested())
        return TimelineError::Cancelled;
    index.m_threads = joined(threads);
    index.m_cores = joined(cores);
    JoinedLockTracks lockTracks = joined(locks, windows, history.timelineLocks());
    index.m_locks = std::move(lockTracks.held);
    index.m_uses = std::move(lockTracks.uses);
    for (CoreIndex core = 0; core < index.m_cores.size(); ++core)
        index.m_coreNumbers.push_back(history.coreNumber(core));
    index.align(steps);
    return index;
}

// The more sums the quicker a view, as far as they take no more room than they may.
void TimelineIndex::align(Step steps)
{
    constexpr double bytesPerStep = 0.3;
    constexpr double fewest = 12;
    constexpr double most = 96;
    std::size_t entries = 0;
    forEachTrack([&entries](const Track& track) { entries += track.entries(); });
    const double perCell = static_cast<double>(entries * Track::bytesPerCell)
                         / (bytesPerStep * static_cast<double>(std::max<Step>(1, steps)));
    const auto entriesPerCell = static_cast<std::size_t>(std::clamp(perCell, fewest, most));
    for (std::vector<Track>* const tracks : {&m_threads, &m_cores, &m_locks})
        for (Track& track : *tracks)
            track.align(m_grid, entriesPerCell);
    for (auto& [use, track] : m_uses)
        track.align(m_grid, entriesPerCell);
}

Time TimelineIndex::widthFor(Time from, Time to, int pixels)
{
    const Time perPixel = from < to ? (to - from) / static_cast<Time>(std::max(1, pixels)) : 0;
    return std::bit_floor(std::max<Time>(1, perPixel));
}

void TimelineIndex::query(TrackName track, Time from, Time to, int pixels, std::vector<TimelineCell>& cells) const
{
    cells.clear();
    at(track).appendCells(from, to, widthFor(from, to, pixels), cells);
}

std::vector<TimelineCell> TimelineIndex::query(TrackName track, Time from, Time to, int pixels) const
{
    std::vector<TimelineCell> cells;
    query(track, from, to, pixels, cells);
    return cells;
}

std::optional<std::vector<TimelineSpan>> TimelineIndex::spans(TrackName track, Time from, Time to,
                                                              std::size_t most) const
{
    std::vector<TimelineSpan> spans;
    if (!at(track).appendSpans(from, to, most, spans))
        return std::nullopt;
    return spans;
}

const Track* TimelineIndex::useOf(LockIndex lock, ThreadIndex thread) const
{
    const auto found = m_uses.find({lock, thread});
    return found == m_uses.end() ? nullptr : &found->second;
}

bool TimelineIndex::queryUse(LockIndex lock, ThreadIndex thread, Time from, Time to, int pixels,
                             std::vector<TimelineCell>& cells) const
{
    cells.clear();
    const Track* const use = useOf(lock, thread);
    if (use)
        use->appendCells(from, to, widthFor(from, to, pixels), cells);
    return use != nullptr;
}

std::optional<std::vector<TimelineSpan>> TimelineIndex::spansOfUse(LockIndex lock, ThreadIndex thread, Time from,
                                                                   Time to, std::size_t most) const
{
    std::vector<TimelineSpan> spans;
    if (const Track* const use = useOf(lock, thread); use && !use->appendSpans(from, to, most, spans))
        return std::nullopt;
    return spans;
}

std::optional<Time> TimelineIndex::nextTurnOfUse(LockIndex lock, ThreadIndex thread, Time time) const
{
    const Track* const use = useOf(lock, thread);
    return use ? use->nextTurn(time) : std::nullopt;
}

std::optional<Time> TimelineIndex::previousTurnOfUse(LockIndex lock, ThreadIndex thread, Time time) const
{
    const Track* const use = useOf(lock, thread);
    return use ? use->previousTurn(time) : std::nullopt;
}

TimelineSums TimelineIndex::totals(TrackName track, Time from, Time to) const
{
    if (from >= to)
        return {};
    const Track& line = at(track);
    // What happens at the end of all belongs to the last moment.
    return line.sumsBefore(to >= m_end ? m_end + 1 : to) - line.sumsBefore(from);
}

TimelineSums TimelineIndex::totals(Time from, Time to) const
{
    TimelineSums sums;
    for (std::uint32_t t = 0; t < m_threads.size(); ++t)
        sums += totals({TrackName::Kind::Thread, t}, from, to);
    return sums;
}

std::optional<Time> TimelineIndex::nextLost(Time time) const
{
    std::optional<Time> nearest;
    for (const Track& track : m_threads)
        if (const auto next = track.nextLost(time); next && (!nearest || *next < *nearest))
            nearest = next;
    return nearest;
}

std::optional<Time> TimelineIndex::previousLost(Time time) const
{
    std::optional<Time> nearest;
    for (const Track& track : m_threads)
        if (const auto previous = track.previousLost(time); previous && (!nearest || *previous > *nearest))
            nearest = previous;
    return nearest;
}

std::size_t TimelineIndex::bytes() const
{
    std::size_t bytes = sizeof(TimelineIndex);
    forEachTrack([&bytes](const Track& track) { bytes += track.bytes(); });
    return bytes;
}

} // namespace interleave
