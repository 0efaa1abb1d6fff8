// SPDX-License-Identifier: GPL-3.0-or-later
#include "counter_run.h"
#include "store/trace_json.h"

#include "hardware/recorded_history.h"
#include "history/ledger.h"
#include "machine/machine_history.h"
#include "program/assembler.h"
#include "random_program.h"
#include "simulated_recording.h"
#include "support.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>

namespace interleave {
namespace {

// Every event stands on a line of its own; tests/cli reads whole files as JSON.
struct Line {
    std::string text;

    [[nodiscard]] std::string string(const std::string& member) const
    {
        const std::string key = '"' + member + "\":\"";
        const auto at = text.find(key);
        return at == std::string::npos
                 ? ""
                 : text.substr(at + key.size(), text.find('"', at + key.size()) - at - key.size());
    }
    [[nodiscard]] std::optional<double> number(const std::string& member) const
    {
        const std::string key = '"' + member + "\":";
        const auto at = text.find(key);
        if (at == std::string::npos)
            return std::nullopt;
        return std::strtod(text.c_str() + at + key.size(), nullptr);
    }
    [[nodiscard]] std::uint64_t whole(const std::string& member) const
    {
        return static_cast<std::uint64_t>(number(member).value_or(-1));
    }
    [[nodiscard]] std::pair<int, int> track() const
    {
        return {static_cast<int>(whole("pid")), static_cast<int>(whole("tid"))};
    }
};

struct Trace {
    std::string head; // all before the events
    std::vector<Line> events;
    TraceSummary summary;

    [[nodiscard]] std::vector<Line> ofType(const std::string& type) const
    {
        std::vector<Line> found;
        for (const Line& line : events)
            if (line.string("ph") == type)
                found.push_back(line);
        return found;
    }
    [[nodiscard]] Line otherData() const { return {head}; }
};

std::optional<Trace> traceOf(const History& history, const TraceOptions& options = {})
{
    std::string text;
    const auto summary = exportTrace(history, options, [&](std::string_view piece) { text += piece; });
    EXPECT_TRUE(summary);
    const std::string marker = "\"traceEvents\":[\n";
    const auto begin = text.find(marker);
    EXPECT_NE(begin, std::string::npos);
    EXPECT_TRUE(text.ends_with("\n]}\n"));
    if (!summary || begin == std::string::npos)
        return std::nullopt;
    EXPECT_EQ(summary->bytes, text.size());
    Trace trace{text.substr(0, begin), {}, *summary};
    for (std::size_t at = begin + marker.size(); at < text.size();) {
        const std::size_t end = text.find('\n', at);
        std::string line = text.substr(at, end - at);
        at = end + 1;
        if (line == "]}")
            break;
        if (line.ends_with(','))
            line.pop_back();
        EXPECT_TRUE(line.starts_with("{\"ph\":\"") && line.ends_with("}")) << line;
        trace.events.push_back({line});
    }
    return trace;
}

TraceOptions within(std::uint64_t mostBytes)
{
    TraceOptions options;
    options.mostBytes = mostBytes;
    return options;
}

// What holds of every trace: no spans overlap on a track, time goes on, arrows have two ends at the updates that the
// ledger names, and no update of a thread is told twice or left out.
void expectSound(const Trace& trace, const History& history)
{
    const Ledger& ledger = history.ledger();
    std::map<std::pair<int, int>, double> ends;
    std::map<std::uint64_t, std::pair<std::pair<int, int>, double>> arrows;
    std::uint64_t arrowEnds = 0;
    double latest = 0;
    std::uint64_t updates = 0;
    std::uint64_t lost = 0;
    std::set<std::pair<int, int>> named;
    for (const Line& event : trace.events) {
        SCOPED_TRACE(event.text);
        const std::string type = event.string("ph");
        if (type == "M") {
            if (event.string("name") == "thread_name")
                named.insert(event.track());
            continue;
        }
        const double at = event.number("ts").value_or(-1);
        ASSERT_GE(at, latest);
        latest = at;
        ASSERT_TRUE(type == "C" || named.contains(event.track()));
        if (type == "X") {
            const double duration = event.number("dur").value_or(-1);
            ASSERT_GT(duration, 0);
            ASSERT_GE(at + 1e-6, ends[event.track()]);
            ends[event.track()] = at + duration;
            if (event.track().first == 1) {
                updates += event.whole("updates");
                lost += event.whole("lost");
            }
        } else if (type == "s") {
            ASSERT_LE(at, ends[event.track()] + 1e-6);
            const auto position = static_cast<Position>(event.whole("id"));
            const Update update = ledger.update(position);
            ASSERT_FALSE(update.survived());
            ASSERT_EQ(event.whole("position"), position);
            ASSERT_EQ(event.whole("update"), update.name.number);
            ASSERT_EQ(event.track(), std::pair(1, static_cast<int>(update.name.thread + 1)));
            ASSERT_TRUE(arrows.emplace(position, std::pair(event.track(), at)).second);
        } else if (type == "f") {
            const auto position = static_cast<Position>(event.whole("id"));
            ASSERT_TRUE(arrows.contains(position));
            ASSERT_GE(at, arrows.at(position).second);
            ASSERT_LE(at, ends[event.track()] + 1e-6);
            const Update destroyer = ledger.update(ledger.update(position).lostTo);
            ASSERT_EQ(event.whole("position"), destroyer.position);
            ASSERT_EQ(event.track(), std::pair(1, static_cast<int>(destroyer.name.thread + 1)));
            ++arrowEnds;
        }
    }
    EXPECT_EQ(updates, ledger.updates());
    EXPECT_EQ(lost, ledger.lost());
    EXPECT_EQ(arrowEnds, arrows.size());
    EXPECT_EQ(arrows.size(), trace.summary.lostUpdates.shown);
    EXPECT_EQ(trace.summary.lostUpdates.all, ledger.lost());
    EXPECT_EQ(trace.ofType("X").size(), trace.summary.spans);
    EXPECT_EQ(trace.ofType("i").size(), trace.summary.switches.shown);
    const Line other = trace.otherData();
    EXPECT_EQ(other.whole("updates"), ledger.updates());
    EXPECT_EQ(other.whole("lost"), ledger.lost());
    EXPECT_EQ(other.whole("surviving"), ledger.surviving());
    EXPECT_EQ(other.whole("switches"), trace.summary.switches.all);
    EXPECT_EQ(other.whole("lost_shown"), trace.summary.lostUpdates.shown);
    EXPECT_EQ(other.whole("spans_shown"), trace.summary.spans);
    EXPECT_EQ(other.whole("spans_merged"), trace.summary.mergedSpans);
    EXPECT_EQ(other.whole("counter_values_shown"), trace.ofType("C").size());
}

void expectEverything(const Trace& trace)
{
    EXPECT_EQ(trace.otherData().string("level_of_detail"), "everything");
    EXPECT_EQ(trace.summary.spanWidth, 0U);
    EXPECT_EQ(trace.summary.mergedSpans, 0U);
    EXPECT_EQ(trace.summary.lostUpdates.shown, trace.summary.lostUpdates.all);
    EXPECT_EQ(trace.summary.counterValues.shown, trace.summary.counterValues.all);
    EXPECT_EQ(trace.summary.switches.shown, trace.summary.switches.all);
}

TEST(TraceJson, TellsOfAMachineWhatItsStepsSay)
{
    RandomPrograms random(11);
    std::uint64_t lost = 0;
    std::uint64_t locks = 0;
    for (int i = 0; i < 600; ++i) {
        const std::string source = random.source();
        SCOPED_TRACE(source);
        MachineSettings settings;
        settings.threads = static_cast<ThreadIndex>(1 + random.below(5));
        settings.cores = static_cast<CoreIndex>(1 + random.below(3));
        settings.quantum = 1 + random.below(9);
        settings.switchCost = random.below(4);
        settings.maxSteps = 1 + random.below(1500);
        const auto program = std::make_shared<const Program>(assemble(source, {.extensions = true}).value());
        const auto history = MachineHistory::run(program, settings).value();
        const auto trace = traceOf(*history);
        ASSERT_TRUE(trace);
        ASSERT_NO_FATAL_FAILURE(expectSound(*trace, *history));
        expectEverything(*trace);
        std::vector<std::int64_t> stored;
        std::uint64_t preempted = 0;
        std::uint64_t gaveUp = 0;
        std::map<std::string, double> heldBy;
        std::map<LockIndex, std::pair<ThreadIndex, std::uint64_t>> held;
        for (Step step = 0; step < history->steps(); ++step) {
            const MachineStep done = history->machineStep(step);
            const Event& event = done.event;
            // Whoever is handed a lock holds it when its release is over.
            if (event.kind == EventKind::LockAcquire)
                held[event.lock] = {event.thread, done.tick + 1};
            if (event.kind == EventKind::LockRelease) {
                heldBy["thread " + std::to_string(event.thread)] += static_cast<double>(done.tick + 1
                                                                                        - held[event.lock].second);
                held.erase(event.lock);
                const MachineState after = history->machineState(step + 1);
                const auto lock = std::ranges::find(after.locks, *done.lock, &LockState::address);
                if (lock->holder != noThread)
                    held[event.lock] = {lock->holder, done.tick + 1};
            }
            if (event.kind == EventKind::Store || event.kind == EventKind::Update)
                stored.push_back(event.value);
            if (event.kind == EventKind::SwitchOut)
                ++(event.voluntary ? gaveUp : preempted);
        }
        const auto values = trace->ofType("C");
        ASSERT_EQ(values.size(), stored.size());
        for (std::size_t v = 0; v < values.size(); ++v)
            ASSERT_EQ(values[v].number("value"), static_cast<double>(stored[v]));
        std::map<std::string, std::uint64_t> marks;
        for (const Line& mark : trace->ofType("i"))
            ++marks[mark.string("name")];
        ASSERT_EQ(marks["preempted"], preempted);
        ASSERT_EQ(marks["left its core voluntarily"], gaveUp);
        // One instruction in each tick that a thread runs in; and each of those on a core's track, too.
        for (const auto& [lock, by] : held)
            heldBy["thread " + std::to_string(by.first)] += static_cast<double>(history->timelineEnd() - by.second);
        std::map<std::string, double> onLocks;
        double onThreads = 0;
        double onCores = 0;
        for (const Line& span : trace->ofType("X"))
            if (span.track().first == 2)
                onCores += span.number("dur").value_or(0);
            else if (span.track().first == 3)
                onLocks[span.string("name")] += span.number("dur").value_or(0);
            else if (span.string("name") == "running")
                onThreads += span.number("dur").value_or(0);
        ASSERT_EQ(onThreads, onCores);
        ASSERT_EQ(onLocks, heldBy);
        ASSERT_EQ(trace->otherData().whole("locks_shown"), history->timelineLocks());
        locks += history->timelineLocks();
        lost += history->ledger().lost();
    }
    EXPECT_GT(lost, 50U);
    EXPECT_GT(locks, 100U);
}

TEST(TraceJson, TellsOfARecordedRunWhatItsLedgerSays)
{
    std::uint64_t lost = 0;
    for (const Synchronisation way : allSynchronisations)
        for (std::uint64_t seed = 0; seed < 8; ++seed) {
            SCOPED_TRACE(caseName(way) + " " + std::to_string(seed));
            RunParameters parameters = parametersOf(way, 4, 50);
            parameters.cores = static_cast<std::uint32_t>(1 + seed % 3);
            auto run = simulate(parameters, seed, 1 + seed);
            const auto history = RecordedHistory::fromRecording(std::move(run.recording)).value();
            const auto trace = traceOf(*history);
            ASSERT_TRUE(trace);
            ASSERT_NO_FATAL_FAILURE(expectSound(*trace, *history));
            expectEverything(*trace);
            const auto values = trace->ofType("C");
            ASSERT_EQ(values.size(), 200U);
            EXPECT_EQ(values.back().number("value"), static_cast<double>(history->ledger().surviving()));
            EXPECT_EQ(trace->otherData().string("time_unit"), "us");
            lost += history->ledger().lost();
        }
    EXPECT_GT(lost, 100U);
}

// Two threads that change places on cores 3 and 5.
TEST(TraceJson, ShowsTheCoresAndSwitchesThatTheKernelToldOf)
{
    for (const std::uint64_t overflow : {0U, 1U}) {
        RunParameters parameters = parametersOf(Synchronisation::None, 2, 50);
        parameters.cores = 2;
        auto run = simulate(parameters, 3);
        SwitchLog log;
        log.source = SwitchSource::Kernel;
        log.overflow = overflow;
        log.threads = {{{100, 0, 3, true, true}, {200, 0, 5, false, false}},
                       {{150, 1, 5, true, false}, {250, 1, 3, false, false}}};
        run.recording.switches = std::make_shared<const SwitchLog>(log);
        run.recording.scale = TickScale(); // a tick is a nanosecond
        for (ThreadRecord& thread : run.recording.threads) {
            thread.endTicks = 1'000 + thread.endTicks - thread.beginTicks;
            thread.beginTicks = 0;
        }
        const auto history = RecordedHistory::fromRecording(std::move(run.recording)).value();
        const auto trace = traceOf(*history);
        ASSERT_TRUE(trace);
        ASSERT_NO_FATAL_FAILURE(expectSound(*trace, *history));
        EXPECT_EQ(trace->otherData().string("switch_source"), "kernel");
        EXPECT_EQ(trace->otherData().whole("switches_overflowed"), overflow);

        const auto marks = trace->ofType("i");
        ASSERT_EQ(marks.size(), 2U);
        EXPECT_EQ(marks[0].track(), std::pair(1, 1));
        EXPECT_EQ(marks[0].number("ts"), 0.1);
        EXPECT_EQ(marks[0].string("name"), "preempted");
        EXPECT_EQ(marks[0].whole("core"), 3U);
        EXPECT_EQ(marks[1].track(), std::pair(1, 2));
        EXPECT_EQ(marks[1].number("ts"), 0.15);
        EXPECT_EQ(marks[1].string("name"), "left its core voluntarily");
        EXPECT_EQ(marks[1].whole("core"), 5U);

        std::map<std::pair<int, int>, Line> last;
        std::uint64_t updates = 0;
        std::uint64_t lost = 0;
        for (const Line& span : trace->ofType("X"))
            if (span.track().first == 2) {
                last[span.track()] = span;
                updates += span.whole("updates");
                lost += span.whole("lost");
            }
        if (overflow != 0) { // somebody else may have been there
            EXPECT_TRUE(last.empty());
            continue;
        }
        ASSERT_EQ(last.size(), 2U);
        EXPECT_EQ(updates, history->ledger().updates()) << "each was made on a core";
        EXPECT_EQ(lost, history->ledger().lost());
        EXPECT_EQ(last[std::pair(2, 4)].string("name"), "thread 1");
        EXPECT_EQ(last[std::pair(2, 4)].number("ts"), 0.25);
        EXPECT_EQ(last[std::pair(2, 6)].string("name"), "thread 0");
        EXPECT_EQ(last[std::pair(2, 6)].number("ts"), 0.2);
    }
}

// The same run with less room: coarser, and in all the same.
TEST(TraceJson, MergesAndThinsWhatDoesNotFit)
{
    constexpr std::uint64_t scale = underSanitizer ? 2 : 5; // of what is to be written and of the room for it
    const auto history = counterRun(5, 2, 3, 4'000 * scale);
    ASSERT_GT(history->ledger().lost(), 2'000U * scale);
    const auto full = traceOf(*history, within(1'000'000'000));
    ASSERT_TRUE(full);
    expectEverything(*full);
    ASSERT_NO_FATAL_FAILURE(expectSound(*full, *history));
    std::uint64_t before = full->summary.bytes;
    for (const std::uint64_t most : {4'000'000 * scale, 1'000'000 * scale, 500'000 * scale}) {
        const auto trace = traceOf(*history, within(most));
        ASSERT_TRUE(trace);
        ASSERT_NO_FATAL_FAILURE(expectSound(*trace, *history));
        EXPECT_LT(trace->summary.bytes, most);
        EXPECT_LT(trace->summary.bytes, before);
        EXPECT_EQ(trace->summary.switches.all, full->summary.switches.all);
        EXPECT_LT(trace->summary.lostUpdates.shown, trace->summary.lostUpdates.all);
        EXPECT_GT(trace->summary.lostUpdates.shown, 0U);
        EXPECT_GT(trace->summary.mergedSpans, 0U);
        EXPECT_EQ(trace->otherData().string("level_of_detail"), "spans merged");
        EXPECT_EQ(trace->otherData().whole("merged_below_us"), trace->summary.spanWidth);
        // The last value is always there.
        EXPECT_EQ(trace->ofType("C").back().number("value"), full->ofType("C").back().number("value"));
        before = trace->summary.bytes;
    }
}

// More locks than tracks, and more turns of them than room.
TEST(TraceJson, ShowsTheFirstOfManyLocks)
{
    const auto program = assemble(".var count\n.top\nlock 10000(%bx)\nmov count, %ax\nadd $1, %ax\nmov %ax, count\n"
                                  "unlock 10000(%bx)\nlock count\nunlock count\nsub $1, %bx\ntest $0, %bx\n"
                                  "jgt .top\nhalt\n",
                                  {.extensions = true});
    MachineSettings settings;
    settings.threads = 3;
    settings.quantum = 5;
    settings.registers = {{{Register::Bx, Integer(6000)}}};
    const auto history = MachineHistory::run(std::make_shared<const Program>(*program), settings).value();
    ASSERT_EQ(history->timelineLocks(), 6001U);
    const auto trace = traceOf(*history, within(1'000'000));
    ASSERT_TRUE(trace);
    ASSERT_NO_FATAL_FAILURE(expectSound(*trace, *history));
    EXPECT_LT(trace->summary.bytes, 1'100'000U); // with the names
    EXPECT_GT(trace->summary.mergedSpans, 0U);
    EXPECT_EQ(trace->otherData().whole("locks"), 6001U);
    EXPECT_EQ(trace->otherData().whole("locks_shown"), 256U);
    std::set<std::pair<int, int>> shown;
    for (const Line& span : trace->ofType("X"))
        if (span.track().first == 3)
            shown.insert(span.track());
    EXPECT_EQ(shown.size(), 256U);
}

TEST(TraceJson, StaysBelowItsBoundForTenMillionUpdates)
{
    const auto history = counterRun(8, 2, 5, underSanitizer ? 50'000 : 1'250'000);
    ASSERT_TRUE(underSanitizer || history->ledger().updates() == 10'000'000U);
    std::uint64_t bytes = 0;
    const auto summary = exportTrace(*history, {}, [&](std::string_view piece) { bytes += piece.size(); });
    ASSERT_TRUE(summary);
    EXPECT_EQ(summary->bytes, bytes);
    EXPECT_LT(bytes, 50'000'000U);
    EXPECT_GT(bytes, 10'000'000U); // the room is used
    EXPECT_EQ(summary->lostUpdates.all, history->ledger().lost());
    EXPECT_GT(summary->spanWidth, 0U);
}

TEST(TraceJson, WritesNamesAndFactsAsJsonStrings)
{
    const auto history = counterRun(2, 1, 3, 2);
    TraceOptions options;
    options.threadName = [](ThreadIndex t) { return t == 0 ? std::string("a \"b\" \\ \n") : std::string("ü"); };
    options.facts = {{"sync", "no\tne"}};
    const auto trace = traceOf(*history, options);
    ASSERT_TRUE(trace);
    EXPECT_NE(trace->head.find(R"("sync":"no\u0009ne")"), std::string::npos);
    EXPECT_NE(trace->events[2].text.find(R"({"name":"a \"b\" \\ \u000a"})"), std::string::npos)
        << trace->events[2].text;
    EXPECT_EQ(trace->otherData().string("time_unit"), "tick: 1 tick is shown as 1 us");
}

TEST(TraceJson, StopsWhenAsked)
{
    const auto history = counterRun(4, 2, 5, 5000);
    std::stop_source before;
    before.request_stop();
    std::size_t pieces = 0;
    const auto none = exportTrace(
        *history, {}, [&](std::string_view) { ++pieces; }, before.get_token());
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error(), TraceError::Cancelled);
    EXPECT_EQ(pieces, 0U);

    std::stop_source midway;
    const auto part = exportTrace(
        *history, {},
        [&](std::string_view) {
            ++pieces;
            midway.request_stop();
        },
        midway.get_token());
    ASSERT_FALSE(part);
    EXPECT_EQ(pieces, 1U);
}

} // namespace
} // namespace interleave
