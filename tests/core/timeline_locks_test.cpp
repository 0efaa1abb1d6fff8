// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/ledger.h"
#include "history/timeline/timeline_index.h"
#include "machine/machine_history.h"
#include "random_program.h"
#include "step_by_step.h"

#include <algorithm>
#include <map>
#include <random>
#include <utility>

namespace interleave {
namespace {

// A track as nothing but the list of its spans, and everything an index can be asked about it by looking at them all.
class PlainTrack {
public:
    explicit PlainTrack(Time end) : m_end(end) {}

    void change(Time at, Activity activity, std::uint32_t who = noThread)
    {
        if (at >= m_end)
            return;
        if (m_spans.empty())
            m_spans.push_back({0, m_end, Activity::Inactive, noThread, Departure::None});
        TimelineSpan& last = m_spans.back();
        if (last.activity == activity && last.who == who)
            return;
        last.end = at;
        if (last.begin == last.end)
            m_spans.pop_back();
        if (!m_spans.empty() && m_spans.back().activity == activity && m_spans.back().who == who)
            m_spans.back().end = m_end;
        else
            m_spans.push_back({at, m_end, activity, who, Departure::None});
    }

    [[nodiscard]] std::vector<TimelineSpan> spans() const
    {
        return m_spans.empty() && m_end > 0
                 ? std::vector<TimelineSpan>{{0, m_end, Activity::Inactive, noThread, Departure::None}}
                 : m_spans;
    }
    [[nodiscard]] bool everHeld() const
    {
        return std::ranges::any_of(m_spans, [](const TimelineSpan& s) { return s.activity == Activity::Running; });
    }

private:
    Time m_end;
    std::vector<TimelineSpan> m_spans;
};

using Use = std::pair<LockIndex, ThreadIndex>;

struct PlainLocks {
    PlainLocks(std::size_t locks, Time ends) : held(locks, PlainTrack(ends)), end(ends) {}

    void change(LockIndex lock, ThreadIndex thread, Time at, LockUse now)
    {
        auto use = uses.try_emplace({lock, thread}, end).first;
        use->second.change(at, now == LockUse::Holds   ? Activity::Running
                               : now == LockUse::Waits ? Activity::Waiting
                                                       : Activity::Inactive);
    }

    std::vector<PlainTrack> held;
    std::map<Use, PlainTrack> uses; // of whoever came to a lock, be it for no time
    Time end;
};

// What a coarse index leaves out: that a thread let go of a lock that it was the next to take, in the same cell.
class Coarsener {
public:
    Coarsener(PlainLocks& plain, Time grid) : m_plain(plain), m_grid(grid), m_locks(plain.held.size()) {}

    void turn(const LockTurn& turn)
    {
        Lock& lock = m_locks[turn.lock];
        if (turn.use == LockUse::Holds) {
            const bool back = lock.released && lock.holder == turn.thread
                           && *lock.released / m_grid == turn.at / m_grid;
            if (lock.released && !back)
                free(turn.lock);
            if (!back) {
                m_plain.held[turn.lock].change(turn.at, Activity::Running, turn.thread);
                m_plain.change(turn.lock, turn.thread, turn.at, turn.use);
            }
            lock.holder = turn.thread;
            lock.released.reset();
        } else if (turn.thread == lock.holder && turn.use == LockUse::None) {
            lock.released = turn.at;
            ++m_releases;
        } else {
            if (lock.released && lock.holder == turn.thread)
                free(turn.lock);
            m_plain.change(turn.lock, turn.thread, turn.at, turn.use);
        }
    }
    void finish()
    {
        for (LockIndex lock = 0; lock < m_locks.size(); ++lock)
            if (m_locks[lock].released)
                free(lock);
    }
    [[nodiscard]] std::size_t releases() const { return m_releases; }

private:
    struct Lock {
        ThreadIndex holder = noThread;
        std::optional<Time> released;
    };
    void free(LockIndex index)
    {
        Lock& lock = m_locks[index];
        m_plain.held[index].change(*lock.released, Activity::Inactive);
        m_plain.change(index, lock.holder, *lock.released, LockUse::None);
        lock = {};
    }

    PlainLocks& m_plain;
    Time m_grid;
    std::vector<Lock> m_locks;
    std::size_t m_releases = 0;
};

// Step by step from the machine's own states: a lock is its holder's, and others wait. What an instruction leads to is
// told `delay` after the begin of its tick.
std::vector<LockTurn> turnsOf(const MachineHistory& history, Time delay)
{
    std::vector<LockTurn> turns;
    std::vector<std::int64_t> addresses;
    for (const LockState& lock : history.machineState(history.steps()).locks)
        addresses.push_back(lock.address);
    std::map<Use, LockUse> was;
    for (Step step = 0; step < history.steps(); ++step) {
        const MachineStep done = history.machineStep(step);
        if (!done.lock)
            continue;
        const auto index = static_cast<LockIndex>(std::ranges::find(addresses, *done.lock) - addresses.begin());
        EXPECT_EQ(done.event.lock, index);
        const MachineState after = history.machineState(step + 1);
        const auto lock = std::ranges::find(after.locks, *done.lock, &LockState::address);
        // Who lets go, lets go first.
        for (const bool taken : {false, true})
            for (ThreadIndex t = 0; t < history.threads(); ++t) {
                const bool waits = std::ranges::find(lock->waiting, t) != lock->waiting.end();
                const LockUse now = lock->holder == t ? LockUse::Holds : waits ? LockUse::Waits : LockUse::None;
                LockUse& before = was[{index, t}];
                if (now == before || (now == LockUse::Holds) != taken)
                    continue;
                before = now;
                turns.push_back({t, index, done.tick + delay, now});
            }
    }
    return turns;
}

PlainLocks plainOf(const std::vector<LockTurn>& turns, std::size_t locks, Time end, Time grid)
{
    PlainLocks plain(locks, end);
    Coarsener coarsener(plain, grid);
    for (const LockTurn& turn : turns)
        coarsener.turn(turn);
    coarsener.finish();
    return plain;
}

// What of the spans lies in [from, to), those that touch and say the same as one.
std::vector<TimelineSpan> within(Time from, Time to, const std::vector<TimelineSpan>& spans, bool withWho)
{
    std::vector<TimelineSpan> parts;
    for (const TimelineSpan& span : spans) {
        const Time begin = std::max(from, span.begin);
        const Time end = std::min(to, span.end);
        const std::uint32_t who = withWho && span.activity == Activity::Running ? span.who : noThread;
        if (begin >= end)
            continue;
        if (!parts.empty() && parts.back().activity == span.activity && parts.back().who == who)
            parts.back().end = end;
        else
            parts.push_back({begin, end, span.activity, who, Departure::None});
    }
    return parts;
}

void expectSpans(const std::vector<TimelineSpan>& told, const std::vector<TimelineSpan>& plain)
{
    ASSERT_EQ(told.size(), plain.size());
    for (std::size_t i = 0; i < told.size(); ++i) {
        ASSERT_EQ(told[i].begin, plain[i].begin) << i;
        ASSERT_EQ(told[i].end, plain[i].end) << i;
        ASSERT_EQ(told[i].activity, plain[i].activity) << told[i].begin;
        ASSERT_EQ(told[i].who, plain[i].who) << told[i].begin;
    }
}

TimelineSums sumsOf(const std::vector<TimelineSpan>& spans, Time from, Time to)
{
    TimelineSums sums;
    for (const TimelineSpan& span : spans)
        if (span.activity != Activity::Inactive && span.begin < to && span.end > from)
            sums.in(span.activity) += std::min(to, span.end) - std::max(from, span.begin);
    return sums;
}

// A track against the plain one, from one of two places in an index: the locks, or what a thread is at with one.
template <typename Query, typename Spans>
void expectTrack(const TimelineIndex& index, const std::vector<TimelineSpan>& plain, const Query& query,
                 const Spans& spansIn, bool withWho, std::mt19937_64& random)
{
    const Time from = index.begin();
    const Time length = index.end() - from;
    const std::vector<TimelineSpan> spans = within(from, index.end(), plain, withWho);
    ASSERT_NO_FATAL_FAILURE(expectSpans(within(from, index.end(), spansIn(from, index.end()), withWho), spans));
    std::vector<TimelineCell> cells;
    for (int i = 0; i < 12; ++i) {
        const Time begin = i == 0 ? from : from + random() % length;
        const Time end = i == 0 ? index.end() : begin + 1 + random() % (index.end() - begin);
        const int pixels = 1 + static_cast<int>(random() % 60);
        const Time width = TimelineIndex::widthFor(begin, end, pixels);
        query(begin, end, pixels, cells);
        ASSERT_EQ(cells.size(), (end - 1) / width - begin / width + 1);
        TimelineSums all;
        for (const TimelineCell& cell : cells) {
            const Time cellBegin = std::max(from, cell.begin);
            const Time cellEnd = std::min(index.end(), cell.begin + width);
            ASSERT_EQ(cell.sums, sumsOf(spans, cellBegin, cellEnd)) << cell.begin << ' ' << width;
            const auto at = std::ranges::find_if(spans, [&](const TimelineSpan& s) { return s.end > cellBegin; });
            ASSERT_EQ(cell.activity, at->activity) << cell.begin << ' ' << width;
            if (withWho && cell.activity == Activity::Running) {
                ASSERT_EQ(cell.who, at->who);
            }
            all += cell.sums;
        }
        const Time first = std::max(from, begin / width * width);
        ASSERT_EQ(all, sumsOf(spans, first, std::min(index.end(), ((end - 1) / width + 1) * width)));
        ASSERT_NO_FATAL_FAILURE(
            expectSpans(within(begin, end, spansIn(begin, end), withWho), within(begin, end, spans, withWho)));
    }
}

void expectLocks(const TimelineIndex& index, const PlainLocks& plain, ThreadIndex threads, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    ASSERT_EQ(index.locks(), plain.held.size());
    if (index.begin() == index.end())
        return;
    for (LockIndex lock = 0; lock < plain.held.size(); ++lock) {
        SCOPED_TRACE("lock " + std::to_string(lock));
        const TrackName name{TrackName::Kind::Lock, lock};
        const std::vector<TimelineSpan> spans = plain.held[lock].spans();
        ASSERT_NO_FATAL_FAILURE(expectTrack(
            index, spans,
            [&](Time from, Time to, int pixels, auto& cells) { index.query(name, from, to, pixels, cells); },
            [&](Time from, Time to) { return index.spans(name, from, to, SIZE_MAX).value(); }, true, random));
        for (int i = 0; i < 5; ++i) {
            const Time from = index.begin() + random() % (index.end() - index.begin());
            const Time to = from + random() % (index.end() - from + 1);
            ASSERT_EQ(index.totals(name, from, to), sumsOf(spans, from, to));
        }
        for (ThreadIndex thread = 0; thread < threads; ++thread) {
            SCOPED_TRACE("thread " + std::to_string(thread));
            const auto use = plain.uses.find({lock, thread});
            std::vector<TimelineCell> cells(1);
            if (use == plain.uses.end()) {
                ASSERT_FALSE(index.queryUse(lock, thread, index.begin(), index.end(), 10, cells));
                ASSERT_TRUE(cells.empty());
                continue;
            }
            const bool window = index.begin() > 0 || index.end() < plain.end;
            if (window && !index.queryUse(lock, thread, index.begin(), index.end(), 1, cells)) {
                // It did not come to it in this window.
                ASSERT_EQ(sumsOf(use->second.spans(), index.begin(), index.end()), TimelineSums());
                continue;
            }
            ASSERT_NO_FATAL_FAILURE(expectTrack(
                index, use->second.spans(),
                [&](Time from, Time to, int pixels, auto& into) {
                    ASSERT_TRUE(index.queryUse(lock, thread, from, to, pixels, into));
                },
                [&](Time from, Time to) { return index.spansOfUse(lock, thread, from, to, SIZE_MAX).value(); }, false,
                random));
        }
    }
}

// Programs that take locks, some of them inside others and in any order, and let go of most: of two variables, and of
// one whose address is computed.
class LockingPrograms {
public:
    explicit LockingPrograms(std::uint64_t seed) : m_any(seed) {}

    std::string source()
    {
        std::string text = ".var count\n.var first\n.var second\n.var row 3\n.top\n";
        const std::uint64_t blocks = 1 + m_any.below(4);
        for (std::uint64_t i = 0; i < blocks; ++i)
            text += block(0);
        return text + "sub $1, %bx\ntest $0, %bx\njgt .top\nhalt\n";
    }
    MachineSettings settings()
    {
        MachineSettings settings = anySettings(m_any);
        for (ThreadIndex t = 0; t < settings.threads; ++t)
            settings.registers.push_back({{Register::Bx, Integer(static_cast<std::int64_t>(1 + m_any.below(8)))},
                                          {Register::Cx, Integer(static_cast<std::int64_t>(m_any.below(3)))}});
        return settings;
    }
    std::uint64_t below(std::uint64_t bound) { return m_any.below(bound); }

private:
    std::string block(int depth)
    {
        std::string text;
        for (std::uint64_t i = m_any.below(4); i > 0; --i)
            text += other();
        // 112: the first cell of the row
        static const char* const locks[] = {"first", "second", "112(,%cx,4)"};
        const std::string lock = locks[m_any.below(3)];
        text += "lock " + lock + '\n';
        for (std::uint64_t i = m_any.below(4); i > 0; --i)
            text += depth < 2 && m_any.below(5) == 0 ? block(depth + 1) : other();
        return m_any.below(20) == 0 ? text : text + "unlock " + lock + '\n';
    }
    std::string other()
    {
        static const char* const all[] = {"mov count, %ax\n", "add $1, %ax\n", "mov %ax, count\n", "nop\n", "yield\n",
                                          "sleep 2\n",        "nop\n"};
        return all[m_any.below(7)];
    }

    RandomPrograms m_any;
};

std::shared_ptr<const MachineHistory> runOf(const std::string& source, const MachineSettings& settings)
{
    const auto program = std::make_shared<const Program>(assemble(source, {.extensions = true}).value());
    return MachineHistory::run(program, settings).value();
}

TEST(TimelineLocks, AreWhatTheMachinesStatesSay)
{
    LockingPrograms random(11);
    std::map<Outcome, int> ends;
    std::size_t turns = 0;
    std::size_t waits = 0;
    for (int i = 0; i < 700; ++i) {
        const std::string source = random.source();
        SCOPED_TRACE(source);
        const auto history = runOf(source, random.settings());
        const auto index = TimelineIndex::build(*history).value();
        ASSERT_EQ(index.grid(), 1U);
        const std::vector<LockTurn> told = turnsOf(*history, 1);
        const PlainLocks plain = plainOf(told, history->timelineLocks(), index.end(), 1);
        ASSERT_NO_FATAL_FAILURE(expectLocks(index, plain, history->threads(), static_cast<std::uint64_t>(i)));
        const Time from = random.below(index.end());
        const auto window = TimelineIndex::buildWindow(*history, from, from + 1 + random.below(index.end() - from));
        ASSERT_NO_FATAL_FAILURE(expectLocks(*window, plain, history->threads(), static_cast<std::uint64_t>(i)));
        ++ends[history->outcome()];
        turns += told.size();
        waits += static_cast<std::size_t>(std::ranges::count(told, LockUse::Waits, &LockTurn::use));
    }
    EXPECT_GT(ends[Outcome::Finished], 50);
    EXPECT_GT(ends[Outcome::Deadlock], 50);
    EXPECT_GT(ends[Outcome::StepLimit], 10);
    EXPECT_GT(turns, 10'000U);
    EXPECT_GT(waits, 1'000U);
}

// Step by step a turn has the time at which its step begins; the tick in which the run ends may be cut anywhere.
TEST(TimelineLocks, AreToldOfAnyHistoryStepByStep)
{
    LockingPrograms random(12);
    std::size_t turns = 0;
    for (int i = 0; i < 120; ++i) {
        const std::string source = random.source();
        SCOPED_TRACE(source);
        const auto machine = runOf(source, random.settings());
        const StepByStep history(machine);
        const auto index = TimelineIndex::build(history).value();
        const std::vector<LockTurn> told = turnsOf(*machine, 0);
        const PlainLocks plain = plainOf(told, history.timelineLocks(), index.end(), 1);
        const Time last = index.end() - 1;
        ASSERT_EQ(index.locks(), plain.held.size());
        for (LockIndex lock = 0; lock < index.locks(); ++lock) {
            const auto spans = index.spans({TrackName::Kind::Lock, lock}, 0, last, SIZE_MAX).value();
            ASSERT_NO_FATAL_FAILURE(
                expectSpans(within(0, last, spans, true), within(0, last, plain.held[lock].spans(), true)));
        }
        for (const auto& [use, track] : plain.uses) {
            const auto spans = index.spansOfUse(use.first, use.second, 0, last, SIZE_MAX).value();
            ASSERT_NO_FATAL_FAILURE(expectSpans(within(0, last, spans, false), within(0, last, track.spans(), false)));
        }
        turns += told.size();
    }
    EXPECT_GT(turns, 1000U);
}

// Two locks, one taken in the other, and another alone.
std::shared_ptr<const MachineHistory> longRun(ThreadIndex threads, CoreIndex cores, std::uint64_t quantum,
                                              std::int64_t updatesOfEach)
{
    const std::string source = ".var count\n.var outer\n.var inner\n.top\nlock outer\nmov count, %ax\nadd $1, %ax\n"
                               "lock inner\nmov %ax, count\nunlock inner\nunlock outer\nlock inner\nnop\nunlock inner\n"
                               "sub $1, %bx\ntest $0, %bx\njgt .top\nhalt\n";
    MachineSettings settings;
    settings.threads = threads;
    settings.cores = cores;
    settings.quantum = quantum;
    settings.registers = {{{Register::Bx, Integer(updatesOfEach)}}};
    return runOf(source, settings);
}

struct Collector final : TimelineVisitor {
    void turn(const Turn&) override {}
    void updates(const UpdateBatch&) override {}
    void lockTurn(const LockTurn& turn) override { turns.push_back(turn); }
    std::vector<LockTurn> turns;
};

std::vector<LockTurn> walked(const History& history)
{
    Collector collector;
    EXPECT_TRUE(history.walk({0, history.timelineEnd(), 1}, collector));
    return collector.turns;
}

TEST(TimelineLocks, WhereItIsCoarseAreOnlyHeldOnBetweenCells)
{
    for (const CoreIndex cores : {1U, 3U}) {
        SCOPED_TRACE(cores);
        const auto history = longRun(4, cores, 50, 900);
        const auto index = TimelineIndex::build(*history).value();
        ASSERT_GT(index.grid(), 64U);
        const std::vector<LockTurn> told = turnsOf(*history, 1);
        ASSERT_EQ(told.size(), walked(*history).size());
        const PlainLocks plain = plainOf(told, 2, index.end(), index.grid());
        ASSERT_NO_FATAL_FAILURE(expectLocks(index, plain, 4, cores));
        const PlainLocks exact = plainOf(told, 2, index.end(), 1);
        for (LockIndex lock = 0; lock < 2; ++lock) {
            const Time held = index.totals({TrackName::Kind::Lock, lock}, 0, index.end()).in(Activity::Running);
            const TimelineSums sums = sumsOf(exact.held[lock].spans(), 0, index.end());
            EXPECT_GE(held, sums.in(Activity::Running));
            EXPECT_LE(plain.held[lock].spans().size(), exact.held[lock].spans().size());
        }
        EXPECT_LT(plain.held[1].spans().size(), exact.held[1].spans().size());
    }
}

void expectSameInPartsAndInWindows(const MachineHistory& history)
{
    ASSERT_GT(history.steps(), 4'300'000U) << "of several parts";
    const auto index = TimelineIndex::build(history).value();
    const std::vector<LockTurn> told = walked(history);
    const PlainLocks plain = plainOf(told, history.timelineLocks(), index.end(), index.grid());
    for (LockIndex lock = 0; lock < index.locks(); ++lock) {
        const auto spans = index.spans({TrackName::Kind::Lock, lock}, 0, index.end(), SIZE_MAX).value();
        ASSERT_NO_FATAL_FAILURE(expectSpans(within(0, index.end(), spans, true), plain.held[lock].spans()));
        for (ThreadIndex t = 0; t < history.threads(); ++t) {
            const auto use = index.spansOfUse(lock, t, 0, index.end(), SIZE_MAX).value();
            const auto expected = plain.uses.find({lock, t});
            ASSERT_EQ(use.empty(), expected == plain.uses.end());
            if (use.empty())
                continue;
            ASSERT_NO_FATAL_FAILURE(expectSpans(within(0, index.end(), use, false), expected->second.spans()));
        }
    }
    const PlainLocks exact = plainOf(told, history.timelineLocks(), index.end(), 1);
    std::mt19937_64 random(1);
    for (int i = 0; i < 5; ++i) {
        const Time from = random() % index.end();
        const auto window = TimelineIndex::buildWindow(history, from, from + 1 + random() % 3000);
        ASSERT_NO_FATAL_FAILURE(expectLocks(*window, exact, history.threads(), 1));
    }
}

// A long run is walked in parts by several threads, and windows begin at keyframes; they must not disagree.
TEST(TimelineLocks, AreTheSameInPartsAndInWindows)
{
    for (const CoreIndex cores : {1U, 2U}) {
        SCOPED_TRACE(cores);
        ASSERT_NO_FATAL_FAILURE(expectSameInPartsAndInWindows(*longRun(5, cores, 50, 65'000)));
    }
}

// Nothing happens to the locks for as long as a part lasts, and the last thread comes to none in all but one.
TEST(TimelineLocks, GoOnFromPartToPart)
{
    MachineSettings settings;
    settings.threads = 4;
    settings.cores = 2;
    constexpr std::int64_t many = 250'000;
    for (const std::int64_t updates : {many, many, many, std::int64_t{1}})
        settings.registers.push_back({{Register::Bx, Integer(updates)}});
    settings.registers.back().push_back({Register::Cx, Integer(1)});
    // 104, 108: the last thread has a lock of its own.
    const auto history = runOf(".var count\n.var shared\n.var own\nlock 104(,%cx,4)\n.top\nmov count, %ax\n"
                               "add $1, %ax\nmov %ax, count\nsub $1, %bx\ntest $0, %bx\njgt .top\n"
                               "unlock 104(,%cx,4)\nhalt\n",
                               settings);
    ASSERT_EQ(history->outcome(), Outcome::Finished);
    ASSERT_NO_FATAL_FAILURE(expectSameInPartsAndInWindows(*history));
}

// Whoever has a lock to itself takes it again and again; that is no more to keep than what else goes on.
TEST(TimelineLocks, TakeLittleRoomWhereNobodyElseComes)
{
    const auto history = longRun(1, 1, 50, 20'000);
    const auto index = TimelineIndex::build(*history).value();
    EXPECT_LT(index.bytes(), history->steps() / 2);
    const Time held = index.totals({TrackName::Kind::Lock, 0}, 0, index.end()).in(Activity::Running);
    EXPECT_GT(held, index.end() / 2);
    EXPECT_LT(held, index.end());
}

TEST(TimelineLocks, AreNamedByTheirCells)
{
    const auto history = runOf(".var count\n.var late\n.var early\n.var row 3\nmov $116, %dx\nlock early\nlock late\n"
                               "lock 0(%dx)\nlock 200\nunlock 200\nhalt\n",
                               {.threads = 1});
    ASSERT_EQ(history->timelineLocks(), 4U);
    EXPECT_EQ(history->lockName(0), "late");
    EXPECT_EQ(history->lockName(1), "early");
    EXPECT_EQ(history->lockName(2), "row[1]");
    EXPECT_EQ(history->lockName(3), "200");
    // Nobody lets go of three of them.
    const auto index = TimelineIndex::build(*history).value();
    for (LockIndex lock = 0; lock < 4; ++lock) {
        const TimelineSums sums = index.totals({TrackName::Kind::Lock, lock}, index.end() - 1, index.end());
        EXPECT_EQ(sums.in(Activity::Running), lock == 3 ? 0U : 1U);
    }
}

TEST(TimelineLocks, ShowWhoWaitsForWhomInADeadlock)
{
    MachineSettings settings;
    settings.quantum = 2;
    settings.registers = {{{Register::Ax, Integer(100)}, {Register::Bx, Integer(104)}},
                          {{Register::Ax, Integer(104)}, {Register::Bx, Integer(100)}}};
    const auto history = runOf(".var one\n.var two\nlock 0(%ax)\nnop\nlock 0(%bx)\nhalt\n", settings);
    ASSERT_EQ(history->outcome(), Outcome::Deadlock);
    const auto index = TimelineIndex::build(*history).value();
    const Time last = index.end() - 1;
    for (LockIndex lock = 0; lock < 2; ++lock) {
        const auto held = index.spans({TrackName::Kind::Lock, lock}, last, index.end(), 1).value();
        ASSERT_EQ(held.size(), 1U);
        EXPECT_EQ(held.front().activity, Activity::Running);
        EXPECT_EQ(held.front().who, lock);
        for (ThreadIndex thread = 0; thread < 2; ++thread) {
            const auto use = index.spansOfUse(lock, thread, last, index.end(), 1).value();
            ASSERT_EQ(use.size(), 1U);
            EXPECT_EQ(use.front().activity, thread == lock ? Activity::Running : Activity::Waiting);
        }
    }
}

// Whoever waits for itself has the lock all the same, and nobody else will.
TEST(TimelineLocks, StayWithWhoeverTakesThemTwice)
{
    const auto history = runOf(".var mine\nlock mine\nlock mine\nhalt\n", {.threads = 2});
    ASSERT_EQ(history->outcome(), Outcome::Deadlock);
    const auto index = TimelineIndex::build(*history).value();
    const TimelineSums held = index.totals({TrackName::Kind::Lock, 0}, 0, index.end());
    EXPECT_EQ(held.in(Activity::Running), index.end() - 1);
    const auto first = index.spansOfUse(0, 0, 1, index.end(), 10).value();
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first.front().activity, Activity::Running);
    const auto second = index.spansOfUse(0, 1, index.end() - 1, index.end(), 10).value();
    ASSERT_EQ(second.size(), 1U);
    EXPECT_EQ(second.front().activity, Activity::Waiting);
}

TEST(TimelineLocks, CostNothingWhereThereAreNone)
{
    const auto history = runOf(".var count\nmov count, %ax\nadd $1, %ax\nmov %ax, count\nhalt\n", {.threads = 3});
    EXPECT_EQ(history->timelineLocks(), 0U);
    EXPECT_TRUE(walked(*history).empty());
    const auto index = TimelineIndex::build(*history).value();
    EXPECT_EQ(index.locks(), 0U);
    std::vector<TimelineCell> cells;
    EXPECT_FALSE(index.queryUse(0, 0, 0, index.end(), 100, cells));
    EXPECT_TRUE(index.spansOfUse(0, 0, 0, index.end(), 100).value().empty());
}

} // namespace
} // namespace interleave
