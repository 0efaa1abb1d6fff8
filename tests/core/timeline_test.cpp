// SPDX-License-Identifier: GPL-3.0-or-later
#include "counter_run.h"
#include "history/timeline/timeline_index.h"
#include "step_by_step.h"

#include "hardware/recorded_history.h"
#include "history/ledger.h"
#include "machine/machine_history.h"
#include "random_program.h"
#include "simulated_recording.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <utility>

namespace interleave {
namespace {

// One track as plain lists, and everything an index can be asked about it by looking at all of them.
struct PlainTrack {
    struct Change {
        Time at;
        Activity activity;
        std::uint32_t who;
    };
    std::vector<Change> changes;
    std::vector<std::pair<Time, bool>> updates;    // and whether it was lost
    std::vector<std::pair<Time, bool>> departures; // and whether it was voluntary
    Time latest = 0;

    void change(Time at, Activity activity, std::uint32_t who)
    {
        latest = std::max(latest, at);
        changes.push_back({latest, activity, activity == Activity::Running ? who : noThread});
    }
    void update(Time at, bool lost)
    {
        latest = std::max(latest, at);
        updates.emplace_back(latest, lost);
    }
    void departure(Time at, bool voluntary) { departures.emplace_back(std::max(latest, at), voluntary); }

    [[nodiscard]] std::vector<TimelineSpan> spans(Time end) const
    {
        std::vector<TimelineSpan> all{{0, end, Activity::Inactive, noThread, Departure::None}};
        for (const Change& next : changes) {
            if (next.at >= end)
                break;
            if (all.back().begin == next.at)
                all.pop_back();
            else
                all.back().end = next.at;
            if (!all.empty() && all.back().activity == next.activity && all.back().who == next.who)
                all.back().end = end;
            else
                all.push_back({next.at, end, next.activity, next.who, Departure::None});
        }
        return all;
    }
    [[nodiscard]] TimelineSums sums(const std::vector<TimelineSpan>& spans, Time from, Time to) const
    {
        TimelineSums sums;
        for (const TimelineSpan& span : spans)
            if (span.activity != Activity::Inactive && span.begin < to && span.end > from)
                sums.in(span.activity) += std::min(to, span.end) - std::max(from, span.begin);
        for (const auto& [at, lost] : updates)
            if (at >= from && at < to) {
                ++sums.updates;
                sums.lost += lost ? 1 : 0;
            }
        for (const auto& [at, voluntary] : departures)
            if (at >= from && at < to)
                ++(voluntary ? sums.voluntary : sums.preempted);
        return sums;
    }
};

struct PlainTimeline {
    std::vector<PlainTrack> threads;
    std::vector<PlainTrack> cores;
};

// Step by step from the machine's own states. An instruction is over at the end of its tick; so is the save of a thread
// that it blocked.
PlainTimeline plainOf(const MachineHistory& history)
{
    PlainTimeline plain{std::vector<PlainTrack>(history.threads()), std::vector<PlainTrack>(history.settings().cores)};
    std::vector<Activity> was(history.threads(), Activity::Inactive);
    std::vector<CoreIndex> wasOn(history.threads(), noCore);
    for (Step step = 0; step < history.steps(); ++step) {
        const MachineStep done = history.machineStep(step);
        const MachineState after = history.machineState(step + 1);
        const ThreadIndex acting = done.event.thread;
        const bool switchesOut = done.event.kind == EventKind::SwitchOut;
        const bool blocked = switchesOut && after.threads[acting].phase == ThreadPhase::Blocked;
        const Time at = done.tick + (done.pc >= 0 || blocked ? 1 : 0);
        if (done.event.position != initialPosition
            && (done.event.kind == EventKind::Store || done.event.kind == EventKind::Update)) {
            const bool lost = !history.ledger().update(done.event.position).survived();
            plain.threads[acting].update(done.tick, lost);
            plain.cores[done.event.core].update(done.tick, lost);
        }
        for (ThreadIndex t = 0; t < history.threads(); ++t) {
            const MachineThread& thread = after.threads[t];
            const Activity now = thread.phase == ThreadPhase::Ready   ? Activity::Ready
                               : thread.phase == ThreadPhase::Running ? Activity::Running
                               : thread.phase == ThreadPhase::Blocked
                                   ? (thread.waitsFor ? Activity::Waiting : Activity::Asleep)
                                   : Activity::Inactive;
            if (now == was[t])
                continue;
            if (was[t] == Activity::Running)
                plain.cores[wasOn[t]].change(at, Activity::Inactive, noThread);
            plain.threads[t].change(at, now, thread.core);
            if (now == Activity::Running)
                plain.cores[thread.core].change(at, now, t);
            was[t] = now;
            wasOn[t] = thread.core;
        }
        if (switchesOut) {
            plain.threads[acting].departure(at, done.event.voluntary);
            plain.cores[done.event.core].departure(at, done.event.voluntary);
        }
    }
    return plain;
}

// Store by store, from what state() says then.
PlainTimeline plainOf(const RecordedHistory& history)
{
    const auto whole = [](double time) { return static_cast<Time>(std::max(0.0, time)); };
    PlainTimeline plain{std::vector<PlainTrack>(history.threads()), {}};
    struct Thread {
        bool on = false;
        Time latest = 0;
        std::optional<Time> waits;
        std::optional<Time> acquired;
        std::vector<std::pair<Time, bool>> passive;
    };
    std::vector<Thread> threads(history.threads());
    for (PlainTrack& track : plain.threads)
        track.change(0, Activity::Ready, noCore);
    const Ledger& ledger = history.ledger();
    Time begin = 0;
    for (Step step = 0; step < history.steps(); ++step) {
        const Event event = history.event(step);
        Thread& acting = threads[event.thread];
        PlainTrack& track = plain.threads[event.thread];
        const Time now = whole(history.timeOf(step));
        if (event.kind == EventKind::LockWait)
            acting.waits = now;
        if (event.kind == EventKind::LockAcquire)
            acting.acquired = now;
        if (event.kind == EventKind::Exit)
            track.change(now, Activity::Inactive, noCore);
        if (event.kind != EventKind::Store)
            continue;
        if (ledger.firstOf(ledger.streakAt(event.position)) == event.position) {
            begin = acting.waits ? acting.acquired.value() : whole(history.timeOf(history.loadStep(event.position)));
            for (const auto& [at, on] : acting.passive)
                track.change(std::min(at, acting.waits.value_or(begin)), on ? Activity::Running : Activity::Ready,
                             noCore);
            acting.passive.clear();
            if (acting.waits)
                track.change(*acting.waits, Activity::Waiting, noCore);
            track.change(begin, Activity::Running, noCore);
            acting.waits.reset();
        }
        EXPECT_FALSE(acting.waits) << "whoever waited begins a streak";
        acting.on = true;
        track.update(now, !ledger.update(event.position).survived());
        acting.latest = now;
        const State after = history.state(step + 1);
        for (ThreadIndex t = 0; t < history.threads(); ++t) {
            const ThreadState& thread = after.threads[t];
            const bool on = thread.phase == ThreadPhase::Running;
            if (t == event.thread) {
                EXPECT_TRUE(on);
                continue;
            }
            if (thread.phase == ThreadPhase::Finished || thread.phase == ThreadPhase::Blocked || on == threads[t].on)
                continue;
            threads[t].on = on;
            threads[t].passive.emplace_back(std::max(threads[t].latest, begin), on);
        }
    }
    return plain;
}

// What of the spans lies in [from, to), those that touch and say the same as one: what lasted no time may part them.
std::vector<TimelineSpan> within(Time from, Time to, const std::vector<TimelineSpan>& spans)
{
    std::vector<TimelineSpan> parts;
    for (const TimelineSpan& span : spans) {
        const Time begin = std::max(from, span.begin);
        const Time end = std::min(to, span.end);
        if (begin >= end)
            continue;
        const bool same = !parts.empty() && parts.back().activity == span.activity && parts.back().who == span.who;
        if (same)
            parts.back().end = end;
        else
            parts.push_back({begin, end, span.activity, span.who, Departure::None});
    }
    return parts;
}

void expectSpans(const std::vector<TimelineSpan>& told, const std::vector<TimelineSpan>& plain)
{
    ASSERT_EQ(told.size(), plain.size());
    for (std::size_t i = 0; i < told.size(); ++i) {
        ASSERT_EQ(told[i].begin, plain[i].begin) << i;
        ASSERT_EQ(told[i].end, plain[i].end) << i;
        ASSERT_EQ(told[i].activity, plain[i].activity) << i;
        ASSERT_EQ(told[i].who, plain[i].who) << i;
    }
}

void expectSums(const TimelineSums& told, const TimelineSums& plain, bool updatesToo)
{
    ASSERT_EQ(told.time, plain.time);
    ASSERT_EQ(told.preempted, plain.preempted);
    ASSERT_EQ(told.voluntary, plain.voluntary);
    if (updatesToo) {
        ASSERT_EQ(told.updates, plain.updates);
        ASSERT_EQ(told.lost, plain.lost);
    }
}

void expectTrack(const TimelineIndex& index, TrackName name, const PlainTrack& plain, std::mt19937_64& random)
{
    SCOPED_TRACE(std::string(name.kind == TrackName::Kind::Thread ? "thread " : "core ") + std::to_string(name.index));
    const Time end = index.end();
    const std::vector<TimelineSpan> spans = plain.spans(end);
    const auto told = index.spans(name, 0, end, SIZE_MAX);
    ASSERT_TRUE(told);
    ASSERT_EQ(told->front().begin, 0U);
    ASSERT_EQ(told->back().end, end);
    for (std::size_t i = 1; i < told->size(); ++i)
        ASSERT_EQ((*told)[i].begin, (*told)[i - 1].end);
    ASSERT_NO_FATAL_FAILURE(expectSpans(within(0, end, *told), spans));
    ASSERT_TRUE(index.spans(name, 0, end, told->size()));
    ASSERT_FALSE(index.spans(name, 0, end, told->size() - 1));

    std::vector<TimelineCell> cells;
    for (Time width = 1; width / 4 < end; width *= 2) {
        if (end / width > 3000)
            continue;
        SCOPED_TRACE("width " + std::to_string(width));
        // A view of part, the way a zoomed view asks.
        const Time from = random() % end;
        const auto pixels = 1 + random() % 40;
        index.query(name, from, from + width * pixels, static_cast<int>(pixels), cells);
        ASSERT_EQ(cells.size(), (std::min(end, from + width * pixels) - 1) / width - from / width + 1);
        const Time lastWhole = (end - 1) / width * width;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const TimelineCell& cell = cells[i];
            ASSERT_EQ(cell.begin, (from / width + i) * width);
            ASSERT_NO_FATAL_FAILURE(
                expectSums(cell.sums, plain.sums(spans, cell.begin, cell.begin + width), width >= index.grid()))
                << cell.begin << ' ' << lastWhole;
            const auto at = std::find_if(spans.begin(), spans.end(),
                                         [&](const TimelineSpan& span) { return span.end > cell.begin; });
            ASSERT_EQ(cell.activity, at->activity);
            ASSERT_EQ(cell.who, at->who);
        }
    }
    for (int i = 0; i < 20; ++i) {
        Time from = random() % end;
        Time to = from + random() % (end - from + 1);
        const TimelineSums plainSums = plain.sums(spans, from, to);
        ASSERT_NO_FATAL_FAILURE(expectSums(index.totals(name, from, to), plainSums, index.grid() == 1));
        const auto part = index.spans(name, from, to, told->size());
        ASSERT_TRUE(part);
        ASSERT_NO_FATAL_FAILURE(expectSpans(within(from, to, *part), within(from, to, spans)));
        if (from < to) {
            ASSERT_LE(part->front().begin, from);
            ASSERT_GE(part->back().end, to);
            ASSERT_NE(std::find(told->begin(), told->end(), part->back()), told->end());
            ASSERT_NE(std::find(told->begin(), told->end(), part->front()), told->end());
        }

        // A turn may be one that lasted no time; no lasting one may be passed over.
        const auto next = index.nextTurn(name, from);
        for (const TimelineSpan& span : spans)
            if (span.begin > from) {
                ASSERT_TRUE(next);
                ASSERT_GT(*next, from);
                ASSERT_LE(*next, span.begin);
                break;
            }
        const auto previous = index.previousTurn(name, from);
        for (auto span = spans.rbegin(); span != spans.rend(); ++span)
            if (span->begin < from && (span->begin > 0 || span->activity != Activity::Inactive)) {
                ASSERT_TRUE(previous);
                ASSERT_LT(*previous, from);
                ASSERT_GE(*previous, span->begin);
                break;
            }
        if (index.grid() > 1)
            continue;
        std::optional<Time> nextLost;
        std::optional<Time> previousLost;
        for (const auto& [at, lost] : plain.updates) {
            if (lost && at > from && !nextLost)
                nextLost = at;
            if (lost && at < from)
                previousLost = at;
        }
        ASSERT_EQ(index.nextLost(name, from), nextLost);
        ASSERT_EQ(index.previousLost(name, from), previousLost);
    }
}

void expectTimeline(const TimelineIndex& index, const PlainTimeline& plain, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    ASSERT_EQ(index.threads(), plain.threads.size());
    ASSERT_EQ(index.cores(), plain.cores.size());
    for (std::uint32_t t = 0; t < plain.threads.size(); ++t)
        ASSERT_NO_FATAL_FAILURE(expectTrack(index, {TrackName::Kind::Thread, t}, plain.threads[t], random));
    for (std::uint32_t c = 0; c < plain.cores.size(); ++c)
        ASSERT_NO_FATAL_FAILURE(expectTrack(index, {TrackName::Kind::Core, c}, plain.cores[c], random));
}

// At every zoom, over all that there is: every lost update is in some cell.
void expectAllLostShown(const TimelineIndex& index, const History& history)
{
    for (int pixels = 1; pixels <= 4096; pixels *= 2) {
        std::uint64_t lost = 0;
        std::uint64_t updates = 0;
        for (std::uint32_t t = 0; t < index.threads(); ++t)
            for (const TimelineCell& cell : index.query({TrackName::Kind::Thread, t}, 0, index.end(), pixels)) {
                lost += cell.sums.lost;
                updates += cell.sums.updates;
            }
        ASSERT_EQ(lost, history.ledger().lost()) << pixels;
        ASSERT_EQ(updates, history.ledger().updates()) << pixels;
    }
    const TimelineSums all = index.totals(0, index.end());
    ASSERT_EQ(all.lost, history.ledger().lost());
    ASSERT_EQ(all.updates, history.ledger().updates());
}

TEST(Timeline, TellsOfTheMachineWhatItsStatesSay)
{
    RandomPrograms random(5);
    std::uint64_t lost = 0;
    std::uint64_t switches = 0;
    for (int i = 0; i < 1500; ++i) {
        const std::string source = random.source();
        SCOPED_TRACE(source);
        const auto program = std::make_shared<const Program>(assemble(source, {.extensions = true}).value());
        const auto history = MachineHistory::run(program, anySettings(random)).value();
        const auto index = TimelineIndex::build(*history);
        ASSERT_TRUE(index);
        ASSERT_NO_FATAL_FAILURE(expectTimeline(*index, plainOf(*history), static_cast<std::uint64_t>(i)));
        ASSERT_NO_FATAL_FAILURE(expectAllLostShown(*index, *history));
        lost += index->totals(0, index->end()).lost;
        switches += index->totals(0, index->end()).switches();
    }
    EXPECT_GT(lost, 100U);
    EXPECT_GT(switches, 10000U);
}

TEST(Timeline, IsExactOverWholeCellsWhereItIsCoarse)
{
    for (const CoreIndex cores : {1U, 3U}) {
        const auto history = counterRun(4, cores, 50, 2500);
        const auto index = TimelineIndex::build(*history);
        ASSERT_TRUE(index);
        ASSERT_GT(index->grid(), 64U);
        ASSERT_GT(history->ledger().lost(), 1000U);
        ASSERT_NO_FATAL_FAILURE(expectTimeline(*index, plainOf(*history), cores));
        ASSERT_NO_FATAL_FAILURE(expectAllLostShown(*index, *history));
    }
}

// A long run is walked in parts by several threads, and windows begin at keyframes; they must not disagree.
TEST(Timeline, IsTheSameInPartsAndInWindows)
{
    for (const CoreIndex cores : {1U, 2U}) {
        const auto history = counterRun(5, cores, 50, 140'000);
        const auto index = TimelineIndex::build(*history);
        ASSERT_TRUE(index);
        ASSERT_NO_FATAL_FAILURE(expectAllLostShown(*index, *history));
        EXPECT_EQ(index->totals(0, index->end()).in(Activity::Running), history->instructions());
        std::mt19937_64 random(cores);
        for (int i = 0; i < 30; ++i) {
            const Time from = random() % index->end() / index->grid() * index->grid();
            const Time to = std::min(index->end(), from + (1 + random() % 20) * index->grid());
            const auto window = TimelineIndex::buildWindow(*history, from, to);
            ASSERT_TRUE(window);
            for (const auto kind : {TrackName::Kind::Thread, TrackName::Kind::Core})
                for (std::uint32_t t = 0; t < (kind == TrackName::Kind::Thread ? 5 : cores); ++t) {
                    ASSERT_EQ(window->totals({kind, t}, from, to), index->totals({kind, t}, from, to)) << from;
                    auto near = window->spans({kind, t}, from, to, 100'000).value();
                    auto far = index->spans({kind, t}, from, to, 100'000).value();
                    far.front().begin = std::max(far.front().begin, from);
                    far.back().end = std::min(far.back().end, to);
                    ASSERT_NO_FATAL_FAILURE(expectSpans(near, far));
                }
        }
    }
}

RunParameters anyParameters(std::mt19937_64& random, Synchronisation synchronisation)
{
    RunParameters parameters;
    parameters.threads = static_cast<ThreadIndex>(1 + random() % 6);
    parameters.iterations = static_cast<std::uint32_t>(1 + random() % 120);
    parameters.cores = static_cast<std::uint32_t>(1 + random() % 4);
    parameters.synchronisation = synchronisation;
    parameters.window = std::chrono::nanoseconds(random() % 3 == 0 ? random() % 500 : 0);
    return parameters;
}

TEST(Timeline, TellsOfARecordedRunWhatItsStatesSay)
{
    std::mt19937_64 random(7);
    std::uint64_t lost = 0;
    Time waited = 0;
    for (int i = 0; i < 140; ++i) {
        constexpr std::array chosen{Synchronisation::None,   Synchronisation::Mutex, Synchronisation::MutexCoarse,
                                    Synchronisation::Atomic, Synchronisation::Cas,   Synchronisation::Sharded};
        const RunParameters parameters = anyParameters(random, chosen[static_cast<std::size_t>(i) % chosen.size()]);
        SCOPED_TRACE("seed " + std::to_string(i));
        auto run = simulate(parameters, static_cast<std::uint64_t>(i), 1 + random() % 30);
        const auto history = RecordedHistory::fromRecording(std::move(run.recording)).value();
        const auto index = TimelineIndex::build(*history);
        ASSERT_TRUE(index);
        ASSERT_NO_FATAL_FAILURE(expectTimeline(*index, plainOf(*history), static_cast<std::uint64_t>(i)));
        ASSERT_NO_FATAL_FAILURE(expectAllLostShown(*index, *history));
        lost += history->ledger().lost();
        waited += index->totals(0, index->end()).in(Activity::Waiting);
    }
    EXPECT_GT(lost, 100U);
    EXPECT_GT(waited, 0U);
}

TEST(Timeline, TellsWhoSpins)
{
    RunParameters parameters;
    parameters.threads = 4;
    parameters.iterations = 200;
    parameters.cores = 2;
    parameters.synchronisation = Synchronisation::Spinlock;
    auto run = simulate(parameters, 5, 3);
    const auto history = RecordedHistory::fromRecording(std::move(run.recording)).value();
    const auto index = TimelineIndex::build(*history).value();
    ASSERT_NO_FATAL_FAILURE(expectAllLostShown(index, *history));
    // Who meets the lock held waits for it from the update before on, until it has it.
    std::size_t waits = 0;
    std::vector<Time> waitsFrom(4, 0);
    for (Step step = 0; step < history->steps(); ++step) {
        const Event event = history->event(step);
        const auto to = static_cast<Time>(history->timeOf(step));
        const Time from = std::exchange(waitsFrom[event.thread], event.kind == EventKind::LockWait ? to : Time{0});
        if (event.kind != EventKind::LockAcquire || from == 0)
            continue;
        const TrackName track{TrackName::Kind::Thread, event.thread};
        ASSERT_EQ(index.totals(track, from, to).in(Activity::Waiting), to - from);
        waits += to > from ? 1 : 0;
    }
    EXPECT_GT(waits, 50U);
}

TEST(Timeline, IsExactOverWholeCellsOfARecordedRun)
{
    RunParameters parameters;
    parameters.threads = 3;
    parameters.iterations = 7000;
    parameters.cores = 2;
    auto run = simulate(parameters, 3, 300);
    const auto history = RecordedHistory::fromRecording(std::move(run.recording)).value();
    const auto index = TimelineIndex::build(*history);
    ASSERT_TRUE(index);
    ASSERT_GT(index->grid(), 1U);
    ASSERT_NO_FATAL_FAILURE(expectTimeline(*index, plainOf(*history), 1));
    ASSERT_NO_FATAL_FAILURE(expectAllLostShown(*index, *history));
}

TEST(Timeline, HoldsFiveHundredThreads)
{
    RunParameters parameters;
    parameters.threads = 500;
    parameters.iterations = 40;
    parameters.cores = 2;
    auto run = simulate(parameters, 9, 40);
    const auto history = RecordedHistory::fromRecording(std::move(run.recording)).value();
    const auto index = TimelineIndex::build(*history);
    ASSERT_TRUE(index);
    ASSERT_EQ(index->threads(), 500U);
    ASSERT_NO_FATAL_FAILURE(expectAllLostShown(*index, *history));
    EXPECT_LT(index->bytes(), history->steps() * 8 + 500 * 512);
}

TEST(Timeline, KnowsOneThreadThatIsAlone)
{
    const auto history = counterRun(1, 1, 50, 100);
    const auto index = TimelineIndex::build(*history).value();
    const TimelineSums all = index.totals(0, index.end());
    EXPECT_EQ(all.in(Activity::Running), history->instructions());
    EXPECT_EQ(all.in(Activity::Ready), 0U);
    EXPECT_EQ(all.updates, 100U);
    EXPECT_EQ(all.lost, 0U);
    EXPECT_EQ(all.switches(), 0U);
    EXPECT_FALSE(index.nextLost(0));
    EXPECT_FALSE(index.previousLost(index.end()));
    EXPECT_EQ(index.nextTurn({TrackName::Kind::Thread, 0}, 0), history->instructions());
    EXPECT_FALSE(index.nextTurn({TrackName::Kind::Thread, 0}, history->instructions()));
}

// Nothing ever happened.
class EmptyHistory final : public History {
public:
    [[nodiscard]] Step steps() const override { return 0; }
    [[nodiscard]] Event event(Step) const override { return {}; }
    [[nodiscard]] State state(Step) const override { return {}; }
    [[nodiscard]] ThreadIndex threads() const override { return 0; }
    [[nodiscard]] std::uint32_t iterations() const override { return 0; }
    [[nodiscard]] const Ledger& ledger() const override { return m_ledger; }
    [[nodiscard]] Step storeStep(Position) const override { return 0; }
    [[nodiscard]] Step loadStep(Position) const override { return 0; }
    [[nodiscard]] double timeOf(Step) const override { return 0; }

private:
    Ledger m_ledger = Ledger::fromStreaks({}, 0).value();
};

TEST(Timeline, IsEmptyForAnEmptyHistory)
{
    const auto index = TimelineIndex::build(EmptyHistory());
    ASSERT_TRUE(index);
    EXPECT_EQ(index->threads(), 0U);
    EXPECT_EQ(index->end(), 0U);
    EXPECT_EQ(index->totals(0, 10), TimelineSums());
    EXPECT_FALSE(index->nextLost(0));
}

TEST(Timeline, WalksAnyHistoryStepByStep)
{
    RandomPrograms random(8);
    for (int i = 0; i < 60; ++i) {
        const auto program = random.program();
        const auto machine = MachineHistory::run(program, anySettings(random)).value();
        const StepByStep history(machine);
        const auto index = TimelineIndex::build(history);
        ASSERT_TRUE(index);
        ASSERT_NO_FATAL_FAILURE(expectAllLostShown(*index, history));
        const TimelineSums all = index->totals(0, index->end());
        const MachineState end = machine->machineState(machine->steps());
        ASSERT_EQ(all.voluntary, end.voluntarySwitches);
        ASSERT_EQ(all.preempted, end.involuntarySwitches);
        // The last span of every thread is what it is at in the end.
        const State state = history.state(history.steps());
        for (ThreadIndex t = 0; t < history.threads(); ++t) {
            const auto spans = index->spans({TrackName::Kind::Thread, t}, index->end() - 1, index->end(), 10);
            ASSERT_TRUE(spans && !spans->empty());
            const bool runs = state.threads[t].phase == ThreadPhase::Running;
            ASSERT_EQ(spans->back().activity == Activity::Running, runs);
        }
    }
}

// A sleeper may be away for longer than anything else can last.
TEST(Timeline, HoldsTheLongestSleep)
{
    constexpr std::int64_t longest = INT64_MAX / 4;
    const auto program = assemble("sleep " + std::to_string(longest) + "\nhalt\n", {.extensions = true});
    ASSERT_TRUE(program);
    MachineSettings settings;
    settings.threads = 1;
    const auto history = MachineHistory::run(std::make_shared<const Program>(*program), settings).value();
    const auto index = TimelineIndex::build(*history).value();
    ASSERT_GT(index.end(), static_cast<Time>(longest));
    const TimelineSums all = index.totals({TrackName::Kind::Thread, 0}, 0, index.end());
    EXPECT_EQ(all.in(Activity::Asleep), static_cast<Time>(longest));
    EXPECT_EQ(all.in(Activity::Running), 2U);
    const auto cells = index.query({TrackName::Kind::Thread, 0}, 0, index.end(), 1000);
    TimelineSums sum;
    for (const TimelineCell& cell : cells)
        sum += cell.sums;
    EXPECT_EQ(sum, all);
    EXPECT_LE(cells.size(), 2002U);
}

TEST(Timeline, TellsHowFarItIsAndStopsWhenAsked)
{
    const auto history = counterRun(4, 1, 50, 200'000);
    std::stop_source stop;
    double last = 0;
    int told = 0;
    const auto whole = TimelineIndex::build(*history, [&](double done) {
        EXPECT_GT(done, last);
        EXPECT_LE(done, 1);
        last = done;
        ++told;
    });
    ASSERT_TRUE(whole);
    EXPECT_EQ(last, 1);
    EXPECT_GT(told, 10);

    last = 0;
    const auto stopped = TimelineIndex::build(
        *history,
        [&](double done) {
            last = done;
            stop.request_stop();
        },
        stop.get_token());
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error(), TimelineError::Cancelled);
    EXPECT_LT(last, 0.5);

    auto run = simulate({.threads = 2, .iterations = 10}, 1);
    const auto recorded = RecordedHistory::fromRecording(std::move(run.recording)).value();
    EXPECT_FALSE(TimelineIndex::build(*recorded, {}, stop.get_token()));
    EXPECT_FALSE(TimelineIndex::build(StepByStep(history), {}, stop.get_token()));
}

} // namespace
} // namespace interleave
