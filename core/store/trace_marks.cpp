// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/trace_marks.h"

#include "hardware/recorded_history.h"
#include "history/ledger.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace interleave {

namespace {

constexpr std::size_t updatesBetweenLooks = 16; // of a machine, each can take milliseconds

// One in so many is shown where there is room for `most` of `all`.
std::uint64_t strideFor(std::uint64_t all, std::uint64_t most)
{
    return all <= most ? 1 : (all + most - 1) / most;
}

Time whole(double time)
{
    return static_cast<Time>(std::max(0.0, time));
}

// Keeps at most so many switches of a walk, evenly: each time there are too many, every second one goes.
class SwitchCollector final : public TimelineVisitor {
public:
    SwitchCollector(ThreadIndex threads, std::uint64_t most) : m_most(most), m_seen(threads, 0), m_on(threads, noCore)
    {}

    void turn(const Turn& turn) override
    {
        if (turn.departure != Departure::None)
            add(turn.thread, turn.at, m_on[turn.thread], turn.departure == Departure::Voluntary);
        if (turn.activity == Activity::Running)
            m_on[turn.thread] = turn.core;
    }
    void updates(const UpdateBatch&) override {}

    void add(ThreadIndex thread, Time at, CoreIndex core, bool voluntary)
    {
        ++m_all;
        const std::uint64_t number = m_seen[thread]++;
        if (number % m_stride != 0)
            return;
        m_marks.push_back({at, thread, core, voluntary, number});
        while (m_marks.size() > m_most && m_stride < (std::uint64_t{1} << 62)) {
            m_stride *= 2;
            std::erase_if(m_marks, [this](const TraceSwitch& mark) { return mark.number % m_stride != 0; });
            if (m_marks.size() <= m_seen.size()) // the first of each thread: fewer there cannot be
                break;
        }
    }

    [[nodiscard]] std::uint64_t all() const { return m_all; }
    [[nodiscard]] std::vector<TraceSwitch> take() { return std::move(m_marks); }

private:
    std::uint64_t m_most;
    std::uint64_t m_stride = 1;
    std::uint64_t m_all = 0;
    std::vector<std::uint64_t> m_seen; // by thread
    std::vector<CoreIndex> m_on;
    std::vector<TraceSwitch> m_marks;
};

bool collectSwitches(const History& history, std::uint64_t most, const std::stop_token& stop, TraceMarks& marks)
{
    SwitchCollector collector(history.threads(), most);
    if (const auto* recorded = dynamic_cast<const RecordedHistory*>(&history)) {
        for (ThreadIndex t = 0; t < recorded->threads(); ++t)
            for (const SwitchRecord& record : recorded->switchesOf(t))
                if (record.out)
                    collector.add(t, whole(static_cast<double>(record.nanoseconds)), record.core, !record.preempted);
    } else {
        const Time end = history.timelineEnd();
        if (!history.walk({0, end, std::bit_ceil(std::max<Time>(1, end))}, collector, stop))
            return false;
    }
    marks.allSwitches = collector.all();
    marks.switches = collector.take();
    return true;
}

// Goes through the updates to be shown in the order of their stores: a machine finds those near one another at once.
bool collectUpdates(const History& history, const TraceMarks::Room& room, const std::stop_token& stop,
                    TraceMarks& marks)
{
    const Ledger& ledger = history.ledger();
    // Each thread of a recorded run can have a counter of its own, and the sum is what counts.
    const bool usesLedger = dynamic_cast<const RecordedHistory*>(&history) != nullptr;
    const std::uint64_t everyArrow = strideFor(ledger.lost(), room.arrows);
    for (std::uint64_t k = 0; k < ledger.lost(); k += everyArrow) {
        const Position position = ledger.lostUpdate(k);
        marks.arrows.push_back({position, ledger.update(position).lostTo, 0, 0});
    }
    const std::uint64_t everyValue = strideFor(ledger.updates(), room.values);
    for (std::uint64_t p = ledger.updates(); p >= 1 && p <= ledger.updates(); p -= std::min(p, everyValue))
        marks.values.push_back({static_cast<Position>(p), 0, 0});
    std::ranges::reverse(marks.values);

    struct Wanted {
        Position position;
        Time at;
    };
    std::vector<Wanted> wanted;
    for (const TraceArrow& arrow : marks.arrows)
        wanted.insert(wanted.end(), {{arrow.from, 0}, {arrow.to, 0}});
    for (const TraceValue& value : marks.values)
        wanted.push_back({value.position, 0});
    std::ranges::sort(wanted, {}, &Wanted::position);
    const auto same = std::ranges::unique(wanted, {}, &Wanted::position);
    wanted.erase(same.begin(), same.end());
    auto value = marks.values.begin();
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (i % updatesBetweenLooks == 0 && stop.stop_requested())
            return false;
        const Step step = history.storeStep(wanted[i].position);
        wanted[i].at = whole(history.timeOf(step));
        if (value == marks.values.end() || value->position != wanted[i].position)
            continue;
        value->value = usesLedger ? static_cast<std::int64_t>(ledger.value(value->position))
                                  : history.event(step).value;
        value->at = wanted[i].at;
        ++value;
    }
    const auto timeOf = [&](Position position) {
        return std::ranges::lower_bound(wanted, position, {}, &Wanted::position)->at;
    };
    for (TraceArrow& arrow : marks.arrows) {
        // The order is proven, the times can be estimates: no arrow goes back, nor does the counter's time.
        arrow.end = timeOf(arrow.to);
        arrow.begin = std::min(arrow.end, timeOf(arrow.from));
    }
    for (std::size_t i = 1; i < marks.values.size(); ++i)
        marks.values[i].at = std::max(marks.values[i].at, marks.values[i - 1].at);
    return true;
}

} // namespace

std::optional<TraceMarks> traceMarksOf(const History& history, const TraceMarks::Room& room,
                                       const std::stop_token& stop)
{
    TraceMarks marks;
    if (!collectSwitches(history, room.switches, stop, marks) || !collectUpdates(history, room, stop, marks))
        return std::nullopt;
    return marks;
}

} // namespace interleave
