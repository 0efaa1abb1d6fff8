// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/trace_spans.h"

#include "hardware/recorded_history.h"
#include "history/ledger.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace interleave {

namespace {

// A track of an index, and one that stands alone: what the spans are gathered from.
struct IndexedLine {
    const TimelineIndex& index;
    TrackName name;

    [[nodiscard]] std::optional<std::vector<TimelineSpan>> spans(Time from, Time to, std::size_t most) const
    {
        return index.spans(name, from, to, most);
    }
    [[nodiscard]] std::optional<Time> nextTurn(Time time) const { return index.nextTurn(name, time); }
    [[nodiscard]] TimelineSums totals(Time from, Time to) const { return index.totals(name, from, to); }
};

struct SingleLine {
    const Track& track;
    TrackName name;

    [[nodiscard]] std::optional<std::vector<TimelineSpan>> spans(Time from, Time to, std::size_t most) const
    {
        std::vector<TimelineSpan> spans;
        if (!track.appendSpans(from, to, most, spans))
            return std::nullopt;
        return spans;
    }
    [[nodiscard]] std::optional<Time> nextTurn(Time time) const { return track.nextTurn(time); }
    [[nodiscard]] TimelineSums totals(Time from, Time to) const
    {
        return track.sumsBefore(to) - track.sumsBefore(from);
    }
};

Activity mostOf(const TimelineSums& sums)
{
    const auto longest = std::max_element(sums.time.begin(), sums.time.end());
    if (*longest == 0)
        return Activity::Inactive;
    return static_cast<Activity>(longest - sums.time.begin() + 1);
}

// The spans of one track, appended as long as there are no more than `most` in all.
class Gatherer {
public:
    Gatherer(TrackName name, std::size_t most, std::vector<TraceSpan>& into) : m_name(name), m_most(most), m_into(into)
    {}

    // False if there is no room.
    [[nodiscard]] bool add(TraceSpan span)
    {
        const bool follows = !m_into.empty() && m_into.back().track == m_name;
        if (span.activity == Activity::Inactive) {
            // The last update of a thread can be stored in the moment in which it ends: it was not inactive then.
            if (follows) {
                m_into.back().sums.updates += span.sums.updates;
                m_into.back().sums.lost += span.sums.lost;
            }
            return true;
        }
        if (m_into.size() == m_most)
            return false;
        m_into.push_back(span);
        return true;
    }

private:
    TrackName m_name;
    std::size_t m_most;
    std::vector<TraceSpan>& m_into;
};

// Whether they all had room. With a width, whatever is not over by the next multiple of it is shown as it is, and what
// changes before is merged up to there.
template <typename Line>
bool gather(const Line& line, Time end, Time width, std::size_t most, std::vector<TraceSpan>& into)
{
    Gatherer gatherer(line.name, most, into);
    if (width == 0) {
        const auto spans = line.spans(0, end, most);
        if (!spans)
            return false;
        return std::ranges::all_of(*spans, [&](const TimelineSpan& span) {
            const Time until = std::min(span.end, end);
            return gatherer.add(
                {line.name, span.begin, until, span.activity, span.who, false, line.totals(span.begin, until)});
        });
    }
    for (Time at = 0; at < end;) {
        const Time limit = std::min(end, (at / width + 1) * width);
        const Time turn = std::min(end, line.nextTurn(at).value_or(end));
        TraceSpan span{line.name, at, std::max(turn, limit), Activity::Inactive, noThread, turn < limit, {}};
        span.sums = line.totals(span.begin, span.end);
        if (span.merged) {
            span.activity = mostOf(span.sums);
        } else if (const auto here = line.spans(at, at + 1, 4); here && !here->empty()) {
            span.activity = here->front().activity;
            span.who = here->front().who;
        }
        at = span.end;
        if (!gatherer.add(span))
            return false;
    }
    return true;
}

struct CoreTrack {
    CoreIndex core = noCore;
    Track track;
};

Time whole(double time)
{
    return static_cast<Time>(std::max(0.0, time));
}

Time exitOf(const RecordedHistory& history, ThreadIndex thread)
{
    const Step stored = history.storeStep(history.ledger().positionOf({thread, history.iterations()}));
    for (Step step = stored; step < history.steps(); ++step)
        if (const Event event = history.event(step); event.kind == EventKind::Exit && event.thread == thread)
            return whole(history.timeOf(step));
    return whole(history.timeOf(stored));
}

// Who was on which core as the kernel told it; none if it did not tell all. A thread's first stay is known from its
// first load on.
std::vector<CoreTrack> coreTracksOf(const RecordedHistory& history, Time& end)
{
    if (!history.switches().isComplete())
        return {};
    struct Change {
        CoreIndex core;
        Time at;
        bool comes; // who leaves, leaves first
        ThreadIndex thread;
    };
    std::vector<Change> changes;
    for (ThreadIndex t = 0; t < history.threads(); ++t) {
        const auto records = history.switchesOf(t);
        if (records.empty())
            continue; // it never left its core, and nothing tells which that was
        const auto at = [](const SwitchRecord& record) { return whole(static_cast<double>(record.nanoseconds)); };
        const Time load = whole(history.timeOf(history.loadStep(history.ledger().positionOf({t, 1}))));
        changes.push_back({records.front().core, std::min(load, at(records.front())), true, t});
        for (const SwitchRecord& record : records)
            changes.push_back({record.core, at(record), !record.out, t});
        changes.push_back({records.back().core, std::max(exitOf(history, t), at(records.back())), false, t});
    }
    std::ranges::sort(changes, {}, [](const Change& change) {
        return std::tuple(change.core, change.at, change.comes, change.thread);
    });
    for (const Change& change : changes)
        end = std::max(end, change.at + 1);
    std::vector<CoreTrack> tracks;
    for (auto change = changes.begin(); change != changes.end();) {
        const CoreIndex core = change->core;
        Track::Writer writer(0, end, 1);
        ThreadIndex on = noThread;
        for (; change != changes.end() && change->core == core; ++change) {
            if (!change->comes && change->thread != on)
                continue; // by their clocks, another came before it left
            on = change->comes ? change->thread : ThreadIndex{noThread};
            writer.turn(change->at, on == noThread ? Activity::Inactive : Activity::Running, on, Departure::None);
        }
        tracks.push_back({core, writer.take()});
    }
    return tracks;
}

} // namespace

std::optional<TraceSpans> traceSpansOf(const History& history, std::size_t most, const std::stop_token& stop)
{
    const auto index = TimelineIndex::build(history, {}, stop);
    if (!index)
        return std::nullopt;
    Time end = index->end();
    std::vector<CoreTrack> kernelTracks;
    if (const auto* recorded = dynamic_cast<const RecordedHistory*>(&history))
        kernelTracks = coreTracksOf(*recorded, end);

    TraceSpans told;
    for (CoreIndex core = 0; core < index->cores(); ++core)
        told.cores.push_back(core);
    for (const CoreTrack& track : kernelTracks)
        told.cores.push_back(track.core);
    const auto gatherAll = [&] {
        told.spans.clear();
        for (std::uint32_t t = 0; t < index->threads(); ++t)
            if (!gather(IndexedLine{*index, {TrackName::Kind::Thread, t}}, index->end(), told.width, most, told.spans))
                return false;
        for (std::uint32_t c = 0; c < index->cores(); ++c)
            if (!gather(IndexedLine{*index, {TrackName::Kind::Core, c}}, index->end(), told.width, most, told.spans))
                return false;
        for (const CoreTrack& track : kernelTracks)
            if (!gather(SingleLine{track.track, {TrackName::Kind::Core, track.core}}, end, told.width, most,
                        told.spans))
                return false;
        return true;
    };
    // Many tracks are empty for most of the time, so a width can be narrower than the room for full ones.
    constexpr double narrower = 4;
    const double tracks = static_cast<double>(index->threads() + told.cores.size());
    const auto guess = static_cast<Time>(static_cast<double>(end) * tracks / (narrower * static_cast<double>(most)));
    while (!gatherAll()) {
        if (stop.stop_requested())
            return std::nullopt;
        told.width = told.width == 0 ? std::max(index->grid(), std::bit_ceil(guess + 2)) : 2 * told.width;
    }
    return told;
}

} // namespace interleave
