// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/trace_spans.h"

#include <algorithm>
#include <bit>

namespace interleave {

namespace {

// A track of an index, and what it is called in the trace.
struct Line {
    const TimelineIndex& index;
    TrackName track;
    TrackName shown;

    // What TimelineSpan::who is called there.
    [[nodiscard]] std::uint32_t called(std::uint32_t who) const
    {
        return track.kind == TrackName::Kind::Thread && who != noCore ? index.coreNumber(who) : who;
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
bool gather(const Line& line, Time end, Time width, std::size_t most, std::vector<TraceSpan>& into)
{
    Gatherer gatherer(line.shown, most, into);
    if (width == 0) {
        const auto spans = line.index.spans(line.track, 0, end, most);
        if (!spans)
            return false;
        return std::ranges::all_of(*spans, [&](const TimelineSpan& span) {
            const Time until = std::min(span.end, end);
            return gatherer.add({line.shown, span.begin, until, span.activity, line.called(span.who), false,
                                 line.index.totals(line.track, span.begin, until)});
        });
    }
    for (Time at = 0; at < end;) {
        const Time limit = std::min(end, (at / width + 1) * width);
        const Time turn = std::min(end, line.index.nextTurn(line.track, at).value_or(end));
        TraceSpan span{line.shown, at, std::max(turn, limit), Activity::Inactive, noThread, turn < limit, {}};
        span.sums = line.index.totals(line.track, span.begin, span.end);
        if (span.merged) {
            span.activity = mostOf(span.sums);
        } else if (const auto here = line.index.spans(line.track, at, at + 1, 4); here && !here->empty()) {
            span.activity = here->front().activity;
            span.who = line.called(here->front().who);
        }
        at = span.end;
        if (!gatherer.add(span))
            return false;
    }
    return true;
}

// A program may take any cell as a lock, and each track takes a span at least.
constexpr std::size_t mostLocks = 256;

} // namespace

std::optional<TraceSpans> traceSpansOf(const History& history, std::size_t most, const std::stop_token& stop,
                                       const std::function<void(double)>& progress)
{
    const auto index = TimelineIndex::build(history, progress, stop);
    if (!index)
        return std::nullopt;
    const Time end = index->end();
    TraceSpans told;
    for (CoreIndex core = 0; core < index->cores(); ++core)
        told.cores.push_back(index->coreNumber(core));
    told.locks = static_cast<LockIndex>(std::min(index->locks(), mostLocks));
    told.lockGrid = told.locks > 0 ? index->grid() : 1;
    const auto gatherAll = [&] {
        told.spans.clear();
        using Kind = TrackName::Kind;
        for (std::uint32_t t = 0; t < index->threads(); ++t)
            if (!gather({*index, {Kind::Thread, t}, {Kind::Thread, t}}, end, told.width, most, told.spans))
                return false;
        for (std::uint32_t c = 0; c < index->cores(); ++c)
            if (!gather({*index, {Kind::Core, c}, {Kind::Core, told.cores[c]}}, end, told.width, most, told.spans))
                return false;
        for (LockIndex l = 0; l < told.locks; ++l)
            if (!gather({*index, {Kind::Lock, l}, {Kind::Lock, l}}, end, told.width, most, told.spans))
                return false;
        return true;
    };
    // Many tracks are empty for most of the time, so a width can be narrower than the room for full ones.
    constexpr double narrower = 4;
    const double tracks = static_cast<double>(index->threads() + told.cores.size() + told.locks);
    const auto guess = static_cast<Time>(static_cast<double>(end) * tracks / (narrower * static_cast<double>(most)));
    while (!gatherAll()) {
        if (stop.stop_requested())
            return std::nullopt;
        told.width = told.width == 0 ? std::max(index->grid(), std::bit_ceil(guess + 2)) : 2 * told.width;
    }
    return told;
}

} // namespace interleave
