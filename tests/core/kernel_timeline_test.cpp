// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/recorded_history.h"
#include "hardware/run.h"
#include "history/timeline/timeline_index.h"
#include "simulated_recording.h"
#include "support.h"
#include "timed_race.h"

#include <map>
#include <ostream>

namespace interleave {

void PrintTo(const TimelineSpan& span, std::ostream* out)
{
    *out << '[' << span.begin << ", " << span.end << ") activity " << static_cast<int>(span.activity) << ", who "
         << span.who;
}

namespace {

using std::chrono_literals::operator""us;
using std::chrono_literals::operator""ms;

constexpr Activity inactive = Activity::Inactive;
constexpr Activity running = Activity::Running;
constexpr Activity ready = Activity::Ready;
constexpr Activity waiting = Activity::Waiting;
constexpr Activity asleep = Activity::Asleep;

constexpr TrackName threadTrack(std::uint32_t index)
{
    return {TrackName::Kind::Thread, index};
}

constexpr TrackName coreTrack(std::uint32_t index)
{
    return {TrackName::Kind::Core, index};
}

// Begin, activity, who; each lasts until the next, the last to the end. What lasts no time is left out.
struct From {
    Time begin = 0;
    Activity activity = inactive;
    std::uint32_t who = noThread;
};

std::vector<TimelineSpan> spansOf(const std::vector<From>& all, Time end)
{
    std::vector<TimelineSpan> spans;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Time until = i + 1 < all.size() ? all[i + 1].begin : end;
        const std::uint32_t who = all[i].activity == running ? all[i].who : noThread;
        if (all[i].begin >= until)
            continue;
        if (!spans.empty() && spans.back().activity == all[i].activity && spans.back().who == who)
            spans.back().end = until;
        else
            spans.push_back({all[i].begin, until, all[i].activity, who, Departure::None});
    }
    return spans;
}

std::vector<TimelineSpan> spansOf(const TimelineIndex& index, TrackName track)
{
    std::vector<From> all;
    const auto told = index.spans(track, 0, index.end(), SIZE_MAX);
    for (const TimelineSpan& span : *told)
        all.push_back({span.begin, span.activity, span.who});
    return spansOf(all, index.end());
}

// From when to when a thread was on which core, by the kernel's log.
struct Stay {
    double from = 0;
    double to = 0;
    CoreIndex core = noCore; // the operating system's number
};

std::vector<Stay> staysOf(const SwitchLog& log, ThreadIndex thread, double begin, double end)
{
    std::vector<Stay> stays{{begin, end, log.beganOn.empty() ? noCore : log.beganOn[thread]}};
    for (const SwitchRecord& record : log.threads[thread]) {
        const auto at = static_cast<double>(record.nanoseconds);
        if (record.out) {
            stays.back().to = at;
            stays.back().core = record.core;
        } else {
            stays.push_back({at, end, record.core});
        }
    }
    return stays;
}

CoreIndex coreCalled(const RecordedHistory& history, CoreIndex number)
{
    for (CoreIndex core = 0; core < history.timelineCores(); ++core)
        if (history.coreNumber(core) == number)
            return core;
    return noCore;
}

Time whole(double time)
{
    return static_cast<Time>(std::max(0.0, time));
}

// The timeline of a run in which nobody waited is what the kernel's log says, and says of updates what timeOf does.
void expectAsTheKernelSays(const RecordedHistory& history, const TimelineIndex& index,
                           const std::vector<std::pair<double, double>>& lives)
{
    const SwitchLog& log = history.switches();
    ASSERT_EQ(index.cores(), history.timelineCores());
    std::map<CoreIndex, std::vector<std::pair<Stay, ThreadIndex>>> onCore;
    for (ThreadIndex t = 0; t < history.threads(); ++t) {
        SCOPED_TRACE("thread " + std::to_string(t));
        const std::vector<Stay> stays = staysOf(log, t, lives[t].first, lives[t].second);
        std::vector<From> expected{{0, ready, noThread}};
        std::uint32_t departures[2] = {0, 0};
        for (std::size_t i = 0; i < stays.size(); ++i) {
            const CoreIndex core = coreCalled(history, stays[i].core);
            expected.push_back({whole(stays[i].from), running, core});
            onCore[core].push_back({stays[i], t});
            if (i + 1 == stays.size())
                break;
            const bool preempted = log.threads[t][2 * i].preempted;
            expected.push_back({whole(stays[i].to), preempted ? ready : asleep, noThread});
            ++departures[preempted ? 1 : 0];
        }
        expected.push_back({whole(lives[t].second), inactive, noThread});
        ASSERT_EQ(spansOf(index, threadTrack(t)), spansOf(expected, index.end()));
        const TimelineSums sums = index.totals(threadTrack(t), 0, index.end());
        EXPECT_EQ(sums.preempted, departures[1]);
        EXPECT_EQ(sums.voluntary, departures[0]);

        // Where its updates are.
        std::vector<double> stored;
        for (std::uint32_t number = 1; number <= history.iterations(); ++number) {
            const Position position = history.ledger().positionOf({t, number});
            stored.push_back(history.timeOf(history.storeStep(position)));
            const double loaded = history.timeOf(history.loadStep(position));
            ASSERT_GE(loaded, number > 1 ? stored[number - 2] : lives[t].first);
            ASSERT_LE(loaded, stored.back());
        }
        for (std::size_t i = 0; i < stays.size(); ++i) {
            const bool last = i + 1 == stays.size();
            const auto from = std::ranges::lower_bound(stored, stays[i].from);
            const auto to = last ? stored.end() : std::ranges::lower_bound(stored, stays[i].to);
            const auto updates = static_cast<std::uint32_t>(to - from);
            const Time begin = whole(stays[i].from);
            const Time end = whole(stays[i].to) + (last ? 1 : 0);
            ASSERT_EQ(index.totals(threadTrack(t), begin, end).updates, updates) << "stay " << i;
            if (const CoreIndex core = coreCalled(history, stays[i].core); core != noCore && index.grid() == 1) {
                ASSERT_EQ(index.totals(coreTrack(core), begin, end).updates, updates) << "stay " << i;
            }
            if (!last) {
                ASSERT_EQ(index.totals(threadTrack(t), end, whole(stays[i + 1].from)).updates, 0U) << "while away";
            }
        }
    }
    for (CoreIndex core = 0; core < index.cores(); ++core) {
        SCOPED_TRACE("core " + std::to_string(core));
        auto& stays = onCore[core];
        std::ranges::sort(stays, {}, [](const auto& each) { return each.first.from; });
        std::vector<From> expected{{0, inactive, noThread}};
        for (std::size_t i = 0; i < stays.size(); ++i) {
            const auto& [stay, thread] = stays[i];
            ASSERT_TRUE(i == 0 || stay.from >= stays[i - 1].first.to) << "two on one core";
            expected.push_back({whole(stay.from), running, thread});
            expected.push_back({whole(stay.to), inactive, noThread});
        }
        ASSERT_EQ(spansOf(index, coreTrack(core)), spansOf(expected, index.end()));
    }
}

// Running in the one is Running in the other; where a thread comes or goes in the very moment, either may be.
void expectAsStatesSay(const RecordedHistory& history, const TimelineIndex& index, Position stride)
{
    for (Position p = 1; p <= history.ledger().updates(); p += stride) {
        const Step step = history.storeStep(p);
        const double time = history.timeOf(step);
        const State state = history.state(step + 1);
        for (ThreadIndex t = 0; t < history.threads(); ++t) {
            const auto spans = index.spans(threadTrack(t), whole(time), whole(time) + 1, 16);
            ASSERT_TRUE(spans && !spans->empty());
            const auto begin = static_cast<double>(spans->front().begin);
            const auto end = static_cast<double>(spans->back().end);
            if (spans->size() > 1 || time < begin + 1 || time + 1 > end
                || state.threads[t].done == history.iterations())
                continue;
            ASSERT_EQ(state.threads[t].phase == ThreadPhase::Running, spans->front().activity == running)
                << "position " << p << " at " << time << ", thread " << t;
        }
    }
}

TEST(KernelTimeline, IsWhatTheKernelSays)
{
    for (const std::uint32_t cores : {1U, 2U, 3U})
        for (const std::uint32_t timesOneIn : {1U, 4U, 32U})
            for (const std::uint32_t switchesOneIn : {4U, 40U, 400U})
                for (std::uint64_t seed = 1; seed <= (underSanitizer ? 1U : 4U); ++seed) {
                    SCOPED_TRACE(std::to_string(cores) + " cores, a time in " + std::to_string(timesOneIn)
                                 + ", a switch in " + std::to_string(switchesOneIn) + ", seed " + std::to_string(seed));
                    RunParameters parameters = parametersOf(Synchronisation::None, 4, 150);
                    parameters.cores = cores;
                    TimedRace race(parameters, seed, switchesOneIn, timesOneIn);
                    const auto history = RecordedHistory::fromRecording(race.recording).value();
                    ASSERT_EQ(history->timelineCores(), cores);
                    const auto index = TimelineIndex::build(*history).value();
                    ASSERT_EQ(index.grid(), 1U);
                    std::uint64_t zero = UINT64_MAX;
                    for (const ThreadRecord& thread : race.recording.threads)
                        zero = std::min(zero, thread.beginTicks);
                    std::vector<std::pair<double, double>> lives;
                    for (const ThreadRecord& thread : race.recording.threads)
                        lives.emplace_back(static_cast<double>(thread.beginTicks - zero),
                                           static_cast<double>(thread.endTicks - zero));
                    ASSERT_NO_FATAL_FAILURE(expectAsTheKernelSays(*history, index, lives));
                    ASSERT_NO_FATAL_FAILURE(expectAsStatesSay(*history, index, 3));
                }
}

// Of a real clock nothing says that it is in step with the kernel's, nor that what is measured is true.
TEST(KernelTimeline, HoldsWhatContradictsItself)
{
    Draw draw(11);
    for (int i = 0; i < 300; ++i) {
        SCOPED_TRACE(i);
        const auto synchronisation = allSynchronisations[draw.below(std::size(allSynchronisations))];
        RunParameters parameters = parametersOf(synchronisation, 3, 40, draw.oneIn(2) ? 0us : 3us);
        parameters.cores = 2;
        auto run = simulate(parameters, draw.below(1000), 5);
        run.recording.scale = TickScale();
        SwitchLog log;
        log.source = SwitchSource::Kernel;
        log.threads.resize(draw.below(4));
        for (std::size_t t = 0; t < log.threads.size(); ++t) {
            std::int64_t time = 0;
            for (std::uint64_t records = draw.below(60); records > 0; --records) {
                time += draw.between(0, 2'000);
                const bool out = draw.oneIn(2);
                log.threads[t].push_back({time, static_cast<ThreadIndex>(t), static_cast<std::uint16_t>(draw.below(3)),
                                          out, out && draw.oneIn(2)});
            }
        }
        run.recording.switches = std::make_shared<const SwitchLog>(log);
        const auto history = RecordedHistory::fromRecording(std::move(run.recording)).value();
        for (ThreadIndex t = 0; t < 3; ++t) {
            double before = 0;
            for (std::uint32_t number = 1; number <= 40; ++number) {
                const double stored = history->timeOf(history->storeStep(history->ledger().positionOf({t, number})));
                ASSERT_GE(stored, before);
                before = stored;
            }
        }
        for (Step step = 0; step <= history->steps(); step += 7)
            ASSERT_EQ(history->state(step).threads.size(), 3U);
        const auto index = TimelineIndex::build(*history).value();
        const TimelineSums all = index.totals(0, index.end());
        ASSERT_EQ(all.updates, history->ledger().updates());
        ASSERT_EQ(all.lost, history->ledger().lost());
        for (CoreIndex core = 0; core < index.cores(); ++core)
            for (const TimelineSpan& span : spansOf(index, coreTrack(core)))
                ASSERT_EQ(span.activity == running, span.who != noThread);
    }
}

TEST(KernelTimeline, IsAsBeforeWhereSwitchesAreMissing)
{
    RunParameters parameters = parametersOf(Synchronisation::None, 4, 150);
    parameters.cores = 2;
    TimedRace race(parameters, 1, 10, 4);
    std::vector<std::vector<TimelineSpan>> first;
    for (int known = 0; known < 3; ++known) {
        auto log = std::make_shared<SwitchLog>(*race.recording.switches);
        log->overflow = 1;
        if (known == 1)
            log->source = SwitchSource::Rusage;
        Recording recording = race.recording;
        recording.switches = known == 0 ? nullptr : log;
        const auto history = RecordedHistory::fromRecording(std::move(recording)).value();
        EXPECT_EQ(history->timelineCores(), 0U);
        const auto index = TimelineIndex::build(*history).value();
        ASSERT_EQ(index.cores(), 0U);
        EXPECT_EQ(index.totals(0, index.end()).switches(), 0U);
        for (ThreadIndex t = 0; t < 4; ++t) {
            const auto spans = spansOf(index, threadTrack(t));
            if (known == 0)
                first.push_back(spans);
            else
                EXPECT_EQ(spans, first[t]);
        }
    }
    // Who runs is then told by who stores: at any time no more than there are cores.
    EXPECT_GT(first[0].size(), 3U);
}

TEST(KernelTimeline, ARunOnNoCoreWasOnOne)
{
    auto run = simulate({.threads = 3, .iterations = 50, .cores = 0}, 1);
    const auto history = RecordedHistory::fromRecording(std::move(run.recording)).value();
    EXPECT_EQ(history->parameters().cores, 1U);
    const auto index = TimelineIndex::build(*history).value();
    EXPECT_EQ(index.totals(0, index.end()).updates, 150U);
    EXPECT_GT(index.totals(0, index.end()).in(running), 0U);
}

// --- Locks -----------------------------------------------------------------------------------------------------------

// Threads 0 and 1; 1 finds the lock held by 0 before its first update. Times are multiples of 16, a tick is 1 ns.
struct Made {
    struct Life {
        std::uint64_t end = 0;
        std::vector<std::uint64_t> stores;
        std::vector<SwitchRecord> switches;
    };
    Synchronisation synchronisation = Synchronisation::Mutex;
    std::chrono::nanoseconds window{0};
    bool secondWaitsToo = false; // thread 0 before its second update, for thread 1
    Life lives[2];

    [[nodiscard]] std::shared_ptr<const RecordedHistory> history() const
    {
        const std::uint64_t a1 = tagged::word(0, 1, 1);
        const std::uint64_t b1 = tagged::word(1, 1, 2);
        const std::uint64_t a2 = tagged::word(0, 2, 3);
        Recording recording;
        recording.parameters = parametersOf(synchronisation, 2, 2, window);
        recording.parameters.cores = 2;
        recording.scale = TickScale();
        recording.finalWord = tagged::word(1, 2, 4);
        recording.threads.resize(2);
        recording.threads[0].streaks = {StreakRecord::of(1, 0, StreakRecord::noWait),
                                        StreakRecord::of(2, b1,
                                                         secondWaitsToo ? tagged::linkOf(b1) : StreakRecord::noWait)};
        recording.threads[1].streaks = {StreakRecord::of(1, a1, tagged::linkOf(a1)),
                                        StreakRecord::of(2, a2, StreakRecord::noWait)};
        auto log = std::make_shared<SwitchLog>();
        log->source = SwitchSource::Kernel;
        log->beganOn = {4, 6};
        for (ThreadIndex t = 0; t < 2; ++t) {
            recording.threads[t].endTicks = lives[t].end;
            for (std::uint32_t number = 1; number <= 2; ++number)
                recording.threads[t].times.push_back(TimeSample::of(number, lives[t].stores[number - 1]));
            log->threads.push_back(lives[t].switches);
        }
        recording.switches = log;
        auto history = RecordedHistory::fromRecording(std::move(recording));
        EXPECT_TRUE(history);
        return history ? *history : nullptr;
    }
};

SwitchRecord leaves(std::int64_t at, std::uint16_t core, bool preempted)
{
    return {at, 0, core, true, preempted};
}

SwitchRecord comes(std::int64_t at, std::uint16_t core)
{
    return {at, 0, core, false, false};
}

struct Turns final : TimelineVisitor {
    void turn(const Turn& /*turn*/) override {}
    void updates(const UpdateBatch& batch) override { count += batch.count; }
    void lockTurn(const LockTurn& turn) override { locks.push_back(turn); }

    std::uint64_t count = 0;
    std::vector<LockTurn> locks;
};

struct LockStep {
    ThreadIndex thread;
    Time at;
    LockUse use;
};

void expectLock(const RecordedHistory& history, const std::vector<LockStep>& expected)
{
    for (const Time grid : {Time{1}, Time{1} << 40}) {
        Turns told;
        ASSERT_TRUE(history.walk({0, history.timelineEnd(), grid}, told));
        ASSERT_EQ(told.locks.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            EXPECT_EQ(told.locks[i].thread, expected[i].thread) << i;
            EXPECT_EQ(told.locks[i].at, expected[i].at) << i;
            EXPECT_EQ(told.locks[i].use, expected[i].use) << i;
            EXPECT_EQ(told.locks[i].lock, 0U);
        }
    }
    EXPECT_EQ(history.timelineLocks(), 1U);
}

TEST(KernelTimeline, ShowsWhoBlocksForALock)
{
    Made made;
    made.secondWaitsToo = true;
    made.lives[0] = {5'000, {160, 3'200}, {leaves(300, 4, false), comes(3'000, 4)}};
    made.lives[1] = {7'000,
                     {2'480, 6'400},
                     {leaves(100, 6, false), comes(2'000, 6), leaves(4'000, 6, true), comes(6'000, 6)}};
    const auto history = made.history();
    ASSERT_EQ(history->timelineCores(), 2U);
    EXPECT_EQ(history->coreNumber(0), 4U);
    EXPECT_EQ(history->coreNumber(1), 6U);
    const auto index = TimelineIndex::build(*history).value();
    EXPECT_EQ(index.coreNumber(1), 6U);
    const Time end = index.end();
    EXPECT_EQ(spansOf(index, threadTrack(0)),
              spansOf({{0, running, 0}, {160, waiting}, {3'000, running, 0}, {5'000, inactive}}, end));
    EXPECT_EQ(spansOf(index, threadTrack(1)),
              spansOf({{0, waiting}, {2'000, running, 1}, {4'000, ready}, {6'000, running, 1}, {7'000, inactive}},
                      end));
    EXPECT_EQ(spansOf(index, coreTrack(0)),
              spansOf({{0, running, 0}, {300, inactive}, {3'000, running, 0}, {5'000, inactive}}, end));
    EXPECT_EQ(spansOf(index, coreTrack(1)), spansOf({{0, running, 1},
                                                     {100, inactive},
                                                     {2'000, running, 1},
                                                     {4'000, inactive},
                                                     {6'000, running, 1},
                                                     {7'000, inactive}},
                                                    end));
    EXPECT_EQ(index.totals(coreTrack(0), 0, end).updates, 2U);
    EXPECT_EQ(index.totals(coreTrack(1), 0, end).voluntary, 1U);
    EXPECT_EQ(index.totals(coreTrack(1), 0, end).preempted, 1U);
    using enum LockUse;
    ASSERT_NO_FATAL_FAILURE(expectLock(*history, {{1, 0, Waits},
                                                  {0, 0, Holds}, // met by thread 1 as soon as that began
                                                  {0, 160, Waits},
                                                  {1, 2'000, Holds},
                                                  {1, 2'480, None},
                                                  {0, 3'000, Holds},
                                                  {0, 3'200, None},
                                                  {1, 6'000, Holds}, // half way would be while it was away
                                                  {1, 6'400, None}}));
}

// Whoever is preempted while it holds a spinlock makes the others use up their time: a core that spins is busy.
TEST(KernelTimeline, ShowsWhoSpinsForALock)
{
    Made made;
    made.synchronisation = Synchronisation::Spinlock;
    made.lives[0] = {6'400, {5'200, 6'000}, {leaves(96, 4, true), comes(5'000, 4)}};
    made.lives[1] = {8'000, {5'360, 7'200}, {leaves(1'000, 6, true), comes(2'000, 6)}};
    const auto history = made.history();
    const auto index = TimelineIndex::build(*history).value();
    const Time end = index.end();
    EXPECT_EQ(spansOf(index, threadTrack(0)),
              spansOf({{0, running, 0}, {96, ready}, {5'000, running, 0}, {6'400, inactive}}, end));
    EXPECT_EQ(spansOf(index, threadTrack(1)),
              spansOf({{0, waiting}, {1'000, ready}, {2'000, waiting}, {5'200, running, 1}, {8'000, inactive}}, end));
    EXPECT_EQ(spansOf(index, coreTrack(1)),
              spansOf({{0, running, 1}, {1'000, inactive}, {2'000, running, 1}, {8'000, inactive}}, end));
    using enum LockUse;
    ASSERT_NO_FATAL_FAILURE(expectLock(*history, {{1, 0, Waits},
                                                  {0, 0, Holds},
                                                  {0, 5'200, None},
                                                  {1, 5'200, Holds},
                                                  {1, 5'360, None},
                                                  {0, 5'680, Holds},
                                                  {0, 6'000, None},
                                                  {1, 6'600, Holds},
                                                  {1, 7'200, None}}));
}

TEST(KernelTimeline, TellsAWindowThatSleepsFromALockThatIsWaitedFor)
{
    Made made;
    made.window = 1ms;
    made.lives[0] = {3'400'000,
                     {1'100'160, 3'300'160},
                     {leaves(96, 4, false), comes(1'100'000, 4), leaves(2'200'500, 4, false), comes(3'300'000, 4)}};
    made.lives[1] = {4'500'000,
                     {2'200'480, 4'400'480},
                     {leaves(200, 6, false), comes(1'100'300, 6), leaves(1'100'400, 6, false), comes(2'200'400, 6),
                      leaves(3'300'200, 6, false), comes(4'400'400, 6)}};
    const auto history = made.history();
    const auto index = TimelineIndex::build(*history).value();
    const Time end = index.end();
    EXPECT_EQ(spansOf(index, threadTrack(0)), spansOf({{0, running, 0},
                                                       {96, asleep},
                                                       {1'100'000, running, 0},
                                                       {2'200'500, asleep},
                                                       {3'300'000, running, 0},
                                                       {3'400'000, inactive}},
                                                      end));
    EXPECT_EQ(spansOf(index, threadTrack(1)), spansOf({{0, waiting},
                                                       {1'100'300, running, 1},
                                                       {1'100'400, asleep},
                                                       {2'200'400, running, 1},
                                                       {3'300'200, asleep},
                                                       {4'400'400, running, 1},
                                                       {4'500'000, inactive}},
                                                      end));
}

// In the order in which it was held, never two at once; each hold by itself, or all of a streak as one.
TEST(KernelTimeline, TellsOfTheLockOfARun)
{
    for (const Synchronisation synchronisation : allSynchronisations)
        for (const bool kernel : {false, true}) {
            SCOPED_TRACE(caseName(synchronisation) + (kernel ? ", kernel" : ""));
            RunParameters parameters = parametersOf(synchronisation, 4, 100);
            parameters.cores = 2;
            auto run = simulate(parameters, 5, 7);
            auto log = std::make_shared<SwitchLog>();
            log->source = kernel ? SwitchSource::Kernel : SwitchSource::Rusage;
            run.recording.switches = log;
            const auto history = RecordedHistory::fromRecording(std::move(run.recording)).value();
            const bool locks = usesLock(synchronisation);
            ASSERT_EQ(history->timelineLocks(), locks ? 1U : 0U);
            for (const Time grid : {Time{1}, Time{1} << 40}) {
                Turns told;
                ASSERT_TRUE(history->walk({0, history->timelineEnd(), grid}, told));
                ASSERT_EQ(told.count, 400U);
                std::map<ThreadIndex, LockUse> uses;
                std::vector<ThreadIndex> holders;
                std::size_t waits = 0;
                ThreadIndex holder = noThread;
                Time latest = 0;
                for (const LockTurn& turn : told.locks) {
                    ASSERT_GE(turn.at, latest);
                    latest = turn.at;
                    waits += turn.use == LockUse::Waits ? 1 : 0;
                    if (turn.use == LockUse::Holds) {
                        ASSERT_EQ(holder, noThread);
                        holder = turn.thread;
                        holders.push_back(turn.thread);
                    } else if (turn.thread == holder) {
                        holder = noThread;
                    }
                    ASSERT_NE(std::exchange(uses[turn.thread], turn.use), turn.use);
                }
                ASSERT_EQ(holder, noThread);
                std::vector<ThreadIndex> expected;
                const Ledger& ledger = history->ledger();
                if (synchronisation == Synchronisation::MutexCoarse) {
                    for (Position p = 1; p <= 400; ++p)
                        if (ledger.name(p).number == 1)
                            expected.push_back(ledger.name(p).thread);
                } else if (locks && grid == 1) {
                    for (Position p = 1; p <= 400; ++p)
                        expected.push_back(ledger.name(p).thread);
                } else if (locks) {
                    for (std::size_t s = 0; s < ledger.streaks(); ++s)
                        expected.push_back(ledger.threadOf(s));
                }
                EXPECT_EQ(holders, expected);
                EXPECT_EQ(waits, run.waits);
                for (const auto& [thread, use] : uses)
                    EXPECT_EQ(use, LockUse::None);
            }
        }
}

// --- In real runs ----------------------------------------------------------------------------------------------------

#define SKIP_UNLESS_CAPTURED(run)                                                                                      \
    if ((run).switches->source != SwitchSource::Kernel)                                                                \
        GTEST_SKIP() << "the kernel captures no switches here, perf_event_paranoid "                                   \
                     << (run).switches->refusal.paranoid;                                                              \
    if (!(run).switches->isComplete())                                                                                 \
    GTEST_SKIP() << "the machine is too busy: " << (run).switches->overflow << " records were lost"

std::vector<std::pair<double, double>> livesOf(const RunResult& run)
{
    std::vector<std::pair<double, double>> lives;
    for (const ThreadUsage& thread : run.threads)
        lives.emplace_back(thread.beginNanoseconds, thread.endNanoseconds);
    return lives;
}

TEST(KernelTimeline, OfARealRunIsWhatTheKernelSays)
{
    for (const std::uint32_t cores : {1U, 0U})
        for (const Synchronisation synchronisation : {Synchronisation::None, Synchronisation::Sharded})
            for (const auto window : {std::chrono::nanoseconds(0), std::chrono::nanoseconds(20us)}) {
                SCOPED_TRACE(caseName(synchronisation) + ", " + std::to_string(cores) + " cores, window "
                             + std::to_string(window.count()));
                RunParameters parameters = parametersOf(synchronisation, 5, window.count() > 0 ? 300 : 3'000, window);
                parameters.cores = cores;
                const auto run = runRecorded(parameters);
                ASSERT_TRUE(run);
                SKIP_UNLESS_CAPTURED(*run);
                const RecordedHistory& history = *run->history;
                ASSERT_GE(history.timelineCores(), 1U) << "the core that a thread begins on is known";
                ASSERT_LE(history.timelineCores(), history.parameters().cores);
                const auto index = TimelineIndex::buildWindow(history, 0, history.timelineEnd()).value();
                ASSERT_NO_FATAL_FAILURE(expectAsTheKernelSays(history, index, livesOf(*run)));
                ASSERT_NO_FATAL_FAILURE(expectAsStatesSay(history, index, 17));
            }
}

// Three threads that only compute share one core by being preempted in turns.
TEST(KernelTimeline, ShowsHowThreadsTakeTurnsOnOneCore)
{
    RunParameters parameters = parametersOf(Synchronisation::None, 3, 1'000, 20us);
    parameters.cores = 1;
    // What takes a slow machine some time slices takes a fast one less than one.
    for (; parameters.iterations < 100'000; parameters.iterations *= 2) {
        const auto run = runRecorded(parameters);
        ASSERT_TRUE(run);
        SKIP_UNLESS_CAPTURED(*run);
        const auto index = TimelineIndex::build(*run->history).value();
        ASSERT_EQ(index.cores(), 1U);
        std::size_t changes = 0;
        std::uint32_t before = noThread;
        for (const TimelineSpan& span : spansOf(index, coreTrack(0)))
            if (span.activity == running) {
                changes += before != noThread && span.who != before ? 1 : 0;
                before = span.who;
            }
        std::uint32_t preempted = UINT32_MAX;
        Time onCore = 0;
        for (ThreadIndex t = 0; t < 3; ++t) {
            const TimelineSums sums = index.totals(threadTrack(t), 0, index.end());
            preempted = std::min(preempted, sums.preempted);
            onCore += sums.in(running);
        }
        EXPECT_EQ(index.totals(coreTrack(0), 0, index.end()).in(running), onCore);
        EXPECT_LE(onCore, index.end());
        if (preempted >= 3 && changes >= 4)
            return;
    }
    FAIL() << "nobody who was preempted made room for another";
}

} // namespace
} // namespace interleave
