// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/trace_json.h"

#include "hardware/recorded_history.h"
#include "history/ledger.h"
#include "store/json_pieces.h"
#include "store/trace_marks.h"
#include "store/trace_spans.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace interleave {

namespace {

// What one of each can take at most, in bytes, and its share of the file.
constexpr std::uint64_t bytesPerSpan = 320;
constexpr std::uint64_t bytesPerArrow = 320; // both ends
constexpr std::uint64_t bytesPerValue = 128;
constexpr std::uint64_t bytesPerSwitch = 160;
constexpr std::uint64_t fewestSpans = 4096; // one for each track there can be
constexpr std::uint64_t leastBytes = 1'000'000;
// Of the way: until all spans are known, and until everything else is.
constexpr double spansPart = 0.4;
constexpr double foundPart = 0.6;

constexpr int threadProcess = 1;
constexpr int coreProcess = 2;
constexpr int lockProcess = 3;
constexpr std::size_t eventsBetweenLooks = 256;

enum class EventType : std::uint8_t { Span, Value, Switch, ArrowBegin, ArrowEnd }; // in this order at one time

// An event to be written: the `index`th of its type.
struct TraceEvent {
    Time at = 0;
    EventType type = EventType::Span;
    std::uint32_t index = 0;
};

std::string_view nameOf(Activity activity)
{
    switch (activity) {
    case Activity::Running: return "running";
    case Activity::Ready: return "ready";
    case Activity::Waiting: return "waiting for a lock";
    case Activity::Asleep: return "asleep";
    default: return "inactive";
    }
}

class Export {
public:
    Export(const History& history, const TraceOptions& options, const TraceSink& sink, const std::stop_token& stop)
        : m_history(history),
          m_recorded(dynamic_cast<const RecordedHistory*>(&history)),
          m_options(options),
          m_stop(stop),
          m_inTicks(history.timeUnit() == TimeUnit::Ticks),
          m_out(sink)
    {}

    Result<TraceSummary, TraceError> run()
    {
        const std::uint64_t most = std::max(m_options.mostBytes, leastBytes);
        std::uint64_t longestName = 0;
        for (ThreadIndex t = 0; t < m_history.threads(); ++t)
            longestName = std::max<std::uint64_t>(longestName, threadName(t).size());
        auto spans = traceSpansOf(m_history, std::max(most / 2 / (bytesPerSpan + longestName), fewestSpans), m_stop,
                                  [this](double done) { tell(done * spansPart); });
        if (!spans)
            return TraceError::Cancelled;
        m_spans = *std::move(spans);
        tell(spansPart);
        const TraceMarks::Room room{most / 4 / bytesPerArrow,
                                    most / 16 / (bytesPerValue + m_history.counterName().size()),
                                    most / 8 / bytesPerSwitch};
        auto marks = traceMarksOf(m_history, room, m_stop);
        if (!marks)
            return TraceError::Cancelled;
        m_marks = *std::move(marks);
        summarise();
        sortEvents();
        tell(foundPart);
        m_out << "{\"displayTimeUnit\":\"ns\",\n\"otherData\":{";
        writeOtherData();
        m_out << "},\n\"traceEvents\":[\n";
        writeNames();
        for (std::size_t i = 0; i < m_events.size(); ++i) {
            if (i % eventsBetweenLooks == 0) {
                if (m_stop.stop_requested())
                    return TraceError::Cancelled;
                tell(foundPart + (1 - foundPart) * static_cast<double>(i) / static_cast<double>(m_events.size()));
            }
            m_out << ",\n";
            write(m_events[i]);
        }
        m_out << "\n]}\n";
        m_out.flush();
        m_summary.bytes = m_out.bytes();
        return m_summary;
    }

private:
    void tell(double done) const
    {
        if (m_options.progress)
            m_options.progress(done);
    }

    void summarise()
    {
        const Ledger& ledger = m_history.ledger();
        m_summary.spanWidth = m_spans.width;
        m_summary.spans = m_spans.spans.size();
        m_summary.mergedSpans = static_cast<std::uint64_t>(std::ranges::count_if(m_spans.spans, &TraceSpan::merged));
        m_summary.lostUpdates = {m_marks.arrows.size(), ledger.lost()};
        m_summary.counterValues = {m_marks.values.size(), ledger.updates()};
        m_summary.switches = {m_marks.switches.size(), m_marks.allSwitches};
    }

    void sortEvents()
    {
        const auto add = [this](const auto& list, EventType type, auto timeOf) {
            for (std::size_t i = 0; i < list.size(); ++i)
                m_events.push_back({timeOf(list[i]), type, static_cast<std::uint32_t>(i)});
        };
        add(m_spans.spans, EventType::Span, [](const TraceSpan& span) { return span.begin; });
        add(m_marks.values, EventType::Value, [](const TraceValue& value) { return value.at; });
        add(m_marks.switches, EventType::Switch, [](const TraceSwitch& mark) { return mark.at; });
        add(m_marks.arrows, EventType::ArrowBegin, [](const TraceArrow& arrow) { return arrow.begin; });
        add(m_marks.arrows, EventType::ArrowEnd, [](const TraceArrow& arrow) { return arrow.end; });
        std::ranges::sort(m_events, {},
                          [](const TraceEvent& event) { return std::tuple(event.at, event.type, event.index); });
    }

    void fact(std::string_view name, std::string_view text)
    {
        m_out << ",\n  ";
        m_out.quoted(name) << ":";
        m_out.quoted(text);
    }
    void fact(std::string_view name, std::uint64_t number)
    {
        m_out << ",\n  ";
        m_out.quoted(name) << ":" << number;
    }

    void writeOtherData()
    {
        const Ledger& ledger = m_history.ledger();
        const bool thinned = m_summary.lostUpdates.shown < m_summary.lostUpdates.all
                          || m_summary.counterValues.shown < m_summary.counterValues.all
                          || m_summary.switches.shown < m_summary.switches.all || m_spans.lockGrid > 1
                          || m_spans.locks < m_history.timelineLocks();
        m_out << "\n  \"source\":" << (m_inTicks ? "\"machine\"" : "\"threads\"");
        fact("time_unit", m_inTicks ? "tick: 1 tick is shown as 1 us" : "us");
        for (const auto& [name, text] : m_options.facts)
            fact(name, text);
        fact("threads", m_history.threads());
        fact("cores_shown", m_spans.cores.size());
        fact("locks", m_history.timelineLocks());
        fact("locks_shown", m_spans.locks);
        fact("counter", m_history.counterName());
        fact("steps", m_history.steps());
        fact("updates", ledger.updates());
        fact("surviving", ledger.surviving());
        fact("lost", ledger.lost());
        fact("clobbering_stores", ledger.clobberingStores());
        if (m_recorded) {
            fact("switch_source", interleave::nameOf(m_recorded->switches().source));
            fact("switches_overflowed", m_recorded->switches().overflow);
        }
        fact("switches", m_summary.switches.all);
        fact("level_of_detail", m_spans.width != 0 ? "spans merged" : thinned ? "all spans" : "everything");
        m_out << ",\n  \"merged_below_us\":";
        writeTime(m_spans.width);
        m_out << ",\n  \"lock_held_on_below_us\":";
        writeTime(m_spans.lockGrid > 1 ? m_spans.lockGrid : 0);
        fact("spans_shown", m_summary.spans);
        fact("spans_merged", m_summary.mergedSpans);
        fact("lost_shown", m_summary.lostUpdates.shown);
        fact("counter_values_shown", m_summary.counterValues.shown);
        fact("switches_shown", m_summary.switches.shown);
    }

    [[nodiscard]] std::string threadName(ThreadIndex thread) const
    {
        return m_options.threadName ? m_options.threadName(thread) : "thread " + std::to_string(thread);
    }

    void writeName(std::string_view what, int process, std::uint64_t track, std::string_view name, std::uint64_t place)
    {
        m_out << "{\"ph\":\"M\",\"name\":\"" << what << "_name\",\"pid\":" << process << ",\"tid\":" << track
              << ",\"args\":{\"name\":";
        m_out.quoted(name) << "}},\n{\"ph\":\"M\",\"name\":\"" << what << "_sort_index\",\"pid\":" << process
                           << ",\"tid\":" << track << ",\"args\":{\"sort_index\":" << place << "}}";
    }

    void writeNames()
    {
        writeName("process", threadProcess, 0, "threads", 1);
        for (ThreadIndex t = 0; t < m_history.threads(); ++t) {
            m_out << ",\n";
            writeName("thread", threadProcess, t + 1, threadName(t), t + 1);
        }
        if (!m_spans.cores.empty()) {
            m_out << ",\n";
            writeName("process", coreProcess, 0, "cores", 2);
        }
        for (const CoreIndex core : m_spans.cores) {
            m_out << ",\n";
            writeName("thread", coreProcess, core + 1, "core " + std::to_string(core), core + 1);
        }
        if (m_spans.locks > 0) {
            m_out << ",\n";
            writeName("process", lockProcess, 0, "locks", 3);
        }
        for (LockIndex lock = 0; lock < m_spans.locks; ++lock) {
            const std::string_view name = m_history.lockName(lock);
            m_out << ",\n";
            writeName("thread", lockProcess, lock + 1,
                      name.empty() ? "lock " + std::to_string(lock) : std::string(name), lock + 1);
        }
    }

    void writeTime(Time time)
    {
        if (m_inTicks) {
            m_out << time;
            return;
        }
        const std::array<char, 4> part{'.', static_cast<char>('0' + time / 100 % 10),
                                       static_cast<char>('0' + time / 10 % 10), static_cast<char>('0' + time % 10)};
        m_out << time / 1000 << std::string_view(part.data(), part.size());
    }

    void begin(std::string_view type, int process, std::uint64_t track, Time at)
    {
        m_out << "{\"ph\":\"" << type << "\",\"pid\":" << process << ",\"tid\":" << track << ",\"ts\":";
        writeTime(at);
    }

    void write(const TraceEvent& event)
    {
        switch (event.type) {
        case EventType::Span: return write(m_spans.spans[event.index]);
        case EventType::Value: return write(m_marks.values[event.index]);
        case EventType::Switch: return write(m_marks.switches[event.index]);
        case EventType::ArrowBegin: {
            const TraceArrow& arrow = m_marks.arrows[event.index];
            return writeEnd("\"ph\":\"s\"", arrow.from, arrow.from, arrow.begin);
        }
        case EventType::ArrowEnd: {
            const TraceArrow& arrow = m_marks.arrows[event.index];
            return writeEnd("\"ph\":\"f\",\"bp\":\"e\"", arrow.from, arrow.to, arrow.end);
        }
        }
    }

    void write(const TraceSpan& span)
    {
        const bool ofThread = span.track.kind == TrackName::Kind::Thread;
        const bool ofLock = span.track.kind == TrackName::Kind::Lock;
        begin("X", ofThread ? threadProcess : ofLock ? lockProcess : coreProcess, span.track.index + 1, span.begin);
        m_out << ",\"dur\":";
        writeTime(span.end - span.begin);
        const std::string_view category = span.merged ? "merged" : ofThread ? "state" : ofLock ? "lock" : "core";
        m_out << ",\"cat\":\"" << category << "\",\"name\":";
        if (ofThread)
            m_out << (span.merged ? "\"mostly " : "\"") << nameOf(span.activity) << "\"";
        else if (span.merged || span.who == noThread)
            m_out << (ofLock ? "\"held at times\"" : "\"several threads\"");
        else
            m_out.quoted(threadName(span.who));
        m_out << ",\"args\":{";
        const TimelineSums& sums = span.sums;
        std::string_view comma;
        const auto number = [&](std::string_view name, std::uint64_t value) {
            m_out << comma << "\"" << name << "\":" << value;
            comma = ",";
        };
        if (ofThread && !span.merged && span.who != noThread)
            number("core", span.who);
        if (span.merged && ofLock) {
            m_out << "\"held_us\":";
            writeTime(sums.in(Activity::Running));
        } else if (span.merged) {
            constexpr std::array shown{std::pair{"running_us", Activity::Running},
                                       std::pair{"ready_us", Activity::Ready},
                                       std::pair{"waiting_us", Activity::Waiting},
                                       std::pair{"asleep_us", Activity::Asleep}};
            for (const auto& [name, activity] : shown) {
                if (sums.in(activity) == 0)
                    continue;
                m_out << comma << "\"" << std::string_view(name) << "\":";
                writeTime(sums.in(activity));
                comma = ",";
            }
        }
        if (!ofLock) {
            number("updates", sums.updates);
            number("lost", sums.lost);
        }
        if (span.merged && sums.switches() != 0) {
            number("preempted", sums.preempted);
            number("voluntary", sums.voluntary);
        }
        m_out << "}}";
    }

    void write(const TraceValue& value)
    {
        begin("C", threadProcess, 0, value.at);
        m_out << ",\"name\":";
        m_out.quoted(m_history.counterName()) << ",\"args\":{\"value\":" << value.value << "}}";
    }

    void write(const TraceSwitch& mark)
    {
        begin("i", threadProcess, mark.thread + 1, mark.at);
        m_out << ",\"s\":\"t\",\"cat\":\"switch\",\"name\":\""
              << (mark.voluntary ? "left its core voluntarily" : "preempted") << "\",\"args\":{";
        if (mark.core != noCore)
            m_out << "\"core\":" << mark.core;
        m_out << "}}";
    }

    // One end of an arrow, at an update.
    void writeEnd(std::string_view type, Position lost, Position at, Time time)
    {
        const UpdateName name = m_history.ledger().name(at);
        m_out << "{" << type << ",\"id\":" << lost << ",\"pid\":" << threadProcess << ",\"tid\":" << name.thread + 1
              << ",\"ts\":";
        writeTime(time);
        m_out << ",\"cat\":\"lost\",\"name\":\"lost update\",\"args\":{\"update\":" << name.number
              << ",\"position\":" << at << "}}";
    }

    const History& m_history;
    const RecordedHistory* m_recorded; // null: it is none
    const TraceOptions& m_options;
    const std::stop_token& m_stop;
    const bool m_inTicks;
    JsonPieces m_out;
    TraceSpans m_spans;
    TraceMarks m_marks;
    std::vector<TraceEvent> m_events;
    TraceSummary m_summary;
};

} // namespace

Result<TraceSummary, TraceError> exportTrace(const History& history, const TraceOptions& options, const TraceSink& sink,
                                             const std::stop_token& stop)
{
    return Export(history, options, sink, stop).run();
}

} // namespace interleave
