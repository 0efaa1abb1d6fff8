// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/recorded_history.h"

#include "hardware/run.h"
#include "simulated_recording.h"
#include "support.h"

#include <numeric>
#include <set>

namespace interleave {
namespace {

using std::chrono_literals::operator""ns;
using std::chrono_literals::operator""us;

// The machine as a class would act it out on the floor: one register each, one counter, one lock. It is moved by events
// alone, refuses those that cannot happen, and knows after each what a state has to say.
class Actors {
public:
    Actors(const RunParameters& parameters)
        : m_parameters(parameters),
          m_lock(usesLock(parameters.synchronisation)),
          m_sharded(parameters.synchronisation == Synchronisation::Sharded),
          m_threads(parameters.threads),
          m_updates(1)
    {}

    void act(const Event& event)
    {
        ASSERT_LT(event.thread, m_threads.size());
        Actor& actor = m_threads[event.thread];
        if (event.kind == EventKind::Spawn) {
            ASSERT_FALSE(actor.spawned);
            actor.spawned = true;
            actor.next = m_lock ? LoopInstruction::Acquire : LoopInstruction::Load;
            return;
        }
        ASSERT_TRUE(actor.spawned);
        ASSERT_FALSE(actor.exited);
        switch (event.kind) {
        case EventKind::Load: return load(event, actor);
        case EventKind::Add: return add(event, actor);
        case EventKind::Store: return store(event, actor);
        case EventKind::LockWait:
            ASSERT_EQ(actor.next, LoopInstruction::Acquire);
            ASSERT_NE(m_holder, noThread) << "nobody waits for a lock that is free";
            ASSERT_NE(m_holder, event.thread);
            ASSERT_EQ(event.holder, m_holder);
            ASSERT_EQ(event.number, actor.done + 1);
            actor.waits = true;
            return;
        case EventKind::LockAcquire:
            ASSERT_EQ(actor.next, LoopInstruction::Acquire);
            ASSERT_EQ(m_holder, noThread) << "a lock is never held by two";
            ASSERT_EQ(event.number, actor.done + 1);
            m_holder = event.thread;
            actor.waits = false;
            actor.next = LoopInstruction::Load;
            return;
        case EventKind::LockRelease:
            ASSERT_EQ(actor.next, LoopInstruction::Release);
            ASSERT_EQ(m_holder, event.thread);
            ASSERT_EQ(event.number, actor.done);
            m_holder = noThread;
            actor.next = actor.done < m_parameters.iterations ? LoopInstruction::Acquire : LoopInstruction::None;
            return;
        case EventKind::Exit:
            ASSERT_EQ(actor.next, LoopInstruction::None);
            ASSERT_EQ(actor.done, m_parameters.iterations);
            ASSERT_NE(m_holder, event.thread);
            actor.exited = true;
            return;
        default: FAIL() << "hardware records no such event: " << static_cast<int>(event.kind);
        }
    }

    void expect(const State& state, Step step) const
    {
        ASSERT_EQ(state.step, step);
        ASSERT_EQ(state.lastStore, lastStore());
        ASSERT_EQ(state.counter, counterShown());
        ASSERT_EQ(state.lost + state.setAside, m_sharded ? 0 : lastStore() - standingAll());
        ASSERT_EQ(state.lockHolder, m_holder);
        ASSERT_EQ(state.threads.size(), m_threads.size());
        ASSERT_EQ(state.shards.size(), m_sharded ? m_threads.size() : 0);
        std::uint32_t running = 0;
        for (ThreadIndex t = 0; t < m_threads.size(); ++t) {
            SCOPED_TRACE(std::string("thread ") + std::to_string(t));
            const Actor& actor = m_threads[t];
            const ThreadState& thread = state.threads[t];
            ASSERT_EQ(thread.done, actor.done);
            ASSERT_EQ(thread.surviving, actor.standing);
            ASSERT_EQ(thread.surviving + thread.setAside + thread.lost(), actor.done);
            ASSERT_EQ(thread.registerValue, actor.registerValue);
            ASSERT_EQ(thread.next, actor.next);
            const bool spinlock = m_parameters.synchronisation == Synchronisation::Spinlock;
            ASSERT_EQ(thread.spinning, actor.waits && spinlock);
            ASSERT_NO_FATAL_FAILURE(expectPhase(thread.phase, actor));
            running += thread.phase == ThreadPhase::Running ? 1 : 0;
            const bool eachUpdate = locksEachUpdate(m_parameters.synchronisation);
            if (actor.next == LoopInstruction::Add || actor.next == LoopInstruction::Store
                || (actor.next == LoopInstruction::Load && eachUpdate)) {
                ASSERT_EQ(thread.current, actor.done + 1);
            } else if (actor.next == LoopInstruction::Release) {
                ASSERT_EQ(thread.current, actor.done);
            } else if (m_holder != t) { // the holder of a lock around the loop is never between updates
                ASSERT_EQ(thread.current, 0U);
            }
            if (m_sharded) {
                ASSERT_EQ(state.shards[t], actor.done);
            }
        }
        ASSERT_LE(running, m_parameters.cores) << "more threads on cores than there are cores";
    }

    [[nodiscard]] Position lastStore() const { return static_cast<Position>(m_updates.size() - 1); }
    [[nodiscard]] bool allExited() const
    {
        return std::all_of(m_threads.begin(), m_threads.end(), [](const Actor& actor) { return actor.exited; });
    }
    [[nodiscard]] std::int64_t counter() const { return m_updates.back().value; }

private:
    struct Actor {
        bool spawned = false;
        bool exited = false;
        bool waits = false;
        LoopInstruction next = LoopInstruction::None;
        std::uint32_t done = 0;
        std::uint32_t standing = 0;
        std::optional<std::uint64_t> registerValue;
        Position seen = 0; // by the load of the update under way
    };
    struct Stored {
        UpdateName name;
        std::int64_t value = 0;
        Position seen = 0;
    };

    void expectPhase(ThreadPhase phase, const Actor& actor) const
    {
        if (!actor.spawned) {
            ASSERT_EQ(phase, ThreadPhase::New);
        } else if (actor.exited) {
            ASSERT_EQ(phase, ThreadPhase::Finished);
        } else if (actor.waits && m_parameters.synchronisation != Synchronisation::Spinlock) {
            ASSERT_EQ(phase, ThreadPhase::Blocked);
        } else {
            ASSERT_TRUE(phase == ThreadPhase::Ready || phase == ThreadPhase::Running);
        }
    }

    void load(const Event& event, Actor& actor)
    {
        ASSERT_EQ(actor.next, LoopInstruction::Load);
        ASSERT_TRUE(!m_lock || m_holder == event.thread) << "a load outside the lock";
        ASSERT_EQ(event.number, actor.done + 1);
        if (m_sharded) {
            ASSERT_EQ(event.value, actor.done);
            ASSERT_EQ(event.other, (actor.done == 0 ? UpdateName{} : UpdateName{event.thread, actor.done}));
        } else {
            ASSERT_EQ(event.value, counter()) << "a load returns what the counter holds";
            ASSERT_EQ(event.other, m_updates.back().name);
        }
        actor.seen = lastStore();
        actor.registerValue = event.value;
        actor.next = LoopInstruction::Add;
    }

    void add(const Event& event, Actor& actor)
    {
        ASSERT_EQ(actor.next, LoopInstruction::Add);
        ASSERT_EQ(event.number, actor.done + 1);
        ASSERT_EQ(event.value, *actor.registerValue + 1);
        actor.registerValue = event.value;
        actor.next = LoopInstruction::Store;
    }

    void store(const Event& event, Actor& actor)
    {
        ASSERT_EQ(actor.next, LoopInstruction::Store);
        ASSERT_EQ(event.number, actor.done + 1);
        ASSERT_EQ(event.position, lastStore() + 1);
        ASSERT_EQ(event.value, *actor.registerValue) << "a store writes what the register holds";
        ASSERT_EQ(event.seenValue, *actor.registerValue - 1);
        if (m_sharded) {
            ASSERT_EQ(event.overwrittenValue, actor.done);
            ASSERT_EQ(event.other, (actor.done == 0 ? UpdateName{} : UpdateName{event.thread, actor.done}));
            ASSERT_FALSE(event.clobbering);
            m_updates.push_back({{event.thread, event.number}, counter() + 1, lastStore()});
        } else {
            ASSERT_EQ(event.overwrittenValue, counter());
            ASSERT_EQ(event.other, m_updates.back().name);
            ASSERT_EQ(event.clobbering, actor.seen != lastStore());
            ASSERT_TRUE(!event.clobbering || m_parameters.synchronisation == Synchronisation::None);
            m_updates.push_back({{event.thread, event.number}, event.value, actor.seen});
        }
        ++actor.done;
        const bool last = actor.done == m_parameters.iterations;
        if (locksEachUpdate(m_parameters.synchronisation) || (m_lock && last))
            actor.next = LoopInstruction::Release;
        else
            actor.next = last ? LoopInstruction::None : LoopInstruction::Load;
        for (Actor& each : m_threads)
            each.standing = 0;
        for (Position p = lastStore(); p != initialPosition; p = m_updates[p].seen)
            ++m_threads[m_updates[p].name.thread].standing;
    }

    [[nodiscard]] std::uint64_t standingAll() const
    {
        std::uint64_t sum = 0;
        for (const Actor& actor : m_threads)
            sum += actor.standing;
        return sum;
    }
    // The sum of the shards is taken at the end and stands nowhere before.
    [[nodiscard]] std::int64_t counterShown() const
    {
        return m_sharded && lastStore() < m_parameters.updates() ? 0 : counter();
    }

    RunParameters m_parameters;
    bool m_lock;
    bool m_sharded;
    std::vector<Actor> m_threads;
    std::vector<Stored> m_updates; // [0] is the initial value
    ThreadIndex m_holder = noThread;
};

// By store, whom the updates belonged to whose destroying store had happened then.
using LossesOfThreads = std::vector<std::uint32_t>;

std::vector<LossesOfThreads> lossesOf(const Ledger& ledger)
{
    std::vector<LossesOfThreads> losses(ledger.updates() + 1, LossesOfThreads(ledger.threads(), 0));
    for (Position p = 1; p <= ledger.updates(); ++p)
        if (const Position to = ledger.update(p).lostTo)
            ++losses[to][ledger.name(p).thread];
    for (Position store = 1; store <= ledger.updates(); ++store)
        for (ThreadIndex t = 0; t < ledger.threads(); ++t)
            losses[store][t] += losses[store - 1][t];
    return losses;
}

void expectLosses(const State& state, const std::vector<LossesOfThreads>& losses)
{
    const LossesOfThreads& expected = losses[state.lastStore];
    ASSERT_EQ(state.lost, std::accumulate(expected.begin(), expected.end(), std::uint64_t{0}));
    for (ThreadIndex t = 0; t < expected.size(); ++t)
        ASSERT_EQ(state.threads[t].lost(), expected[t]) << "thread " << t;
}

// Acts the whole history out and compares every state on the way.
void expectActsOut(const RecordedHistory& history)
{
    Actors actors(history.parameters());
    std::vector<double> times(history.threads(), 0);
    const std::vector<LossesOfThreads> losses = lossesOf(history.ledger());
    for (Step step = 0; step < history.steps(); ++step) {
        SCOPED_TRACE(std::string("step ") + std::to_string(step) + " of " + std::to_string(history.steps()));
        ASSERT_NO_FATAL_FAILURE(actors.expect(history.state(step), step));
        ASSERT_NO_FATAL_FAILURE(expectLosses(history.state(step), losses));
        const Event event = history.event(step);
        ASSERT_NO_FATAL_FAILURE(actors.act(event));
        if (event.kind == EventKind::Store) {
            ASSERT_EQ(history.storeStep(event.position), step);
        } else if (event.kind == EventKind::Load) {
            ASSERT_EQ(history.loadStep(event.position), step);
            ASSERT_LT(step, history.storeStep(event.position));
        }
        const double time = history.timeOf(step);
        constexpr double rounding = 1e-3; // ns
        ASSERT_GE(time, times[event.thread] - rounding) << "a thread's time never runs backwards";
        times[event.thread] = time;
    }
    ASSERT_NO_FATAL_FAILURE(actors.expect(history.state(history.steps()), history.steps()));
    ASSERT_TRUE(actors.allExited());
    const Ledger& ledger = history.ledger();
    ASSERT_EQ(actors.lastStore(), history.parameters().updates());
    ASSERT_EQ(static_cast<std::uint64_t>(actors.counter()) + ledger.lost(), history.parameters().updates()) << "the accounting identity";
}

class RecordedHistoryTest : public testing::TestWithParam<SynchronisationAndThreads> {
protected:
    [[nodiscard]] RunParameters parameters() const
    {
        const auto [synchronisation, threads] = GetParam();
        return parametersOf(synchronisation, threads, std::max(3U, 64 / threads));
    }
};

TEST_P(RecordedHistoryTest, ActsOutARealRun)
{
    for (const std::chrono::nanoseconds window : {0ns, std::chrono::nanoseconds(10us)}) {
        SCOPED_TRACE(std::string("window of ") + std::to_string(window.count()) + " ns");
        RunParameters asked = parameters();
        asked.window = window;
        const auto run = runRecorded(asked);
        ASSERT_TRUE(run);
        const RecordedHistory& history = *run->history;
        ASSERT_NO_FATAL_FAILURE(expectActsOut(history));
        EXPECT_EQ(history.steps(), run->recorded->steps);
        EXPECT_EQ(history.state(history.steps()).counter, run->final);
        // Steps and run were timed by two calibrations of one clock.
        const double longest = run->elapsedNanoseconds * 1.01 + 1000;
        for (Step step = 0; step < history.steps(); ++step) {
            ASSERT_GE(history.timeOf(step), 0);
            ASSERT_LE(history.timeOf(step), longest);
        }
    }
}

TEST_P(RecordedHistoryTest, ActsOutASimulatedRun)
{
    if (parameters().threads > 16)
        return; // many threads add time here and no new case
    for (const std::uint64_t switchesOneIn : {1U, 8U}) {
        for (std::uint64_t seed = 1; seed <= (underSanitizer ? 2U : 6U); ++seed) {
            SCOPED_TRACE(std::string("seed ") + std::to_string(seed) + ", a switch in "
                         + std::to_string(switchesOneIn));
            RunParameters asked = parameters();
            asked.cores = 1 + static_cast<std::uint32_t>(seed % 3);
            SimulatedRun run = simulate(asked, seed, switchesOneIn);
            const std::uint64_t final = run.final;
            const auto history = RecordedHistory::fromRecording(std::move(run.recording));
            ASSERT_TRUE(history);
            ASSERT_NO_FATAL_FAILURE(expectActsOut(**history));
            EXPECT_EQ((*history)->state((*history)->steps()).counter, final);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, RecordedHistoryTest,
                         testing::Combine(testing::ValuesIn(allSynchronisations),
                                          testing::Values(1U, 2U, 3U, 4U, 8U, 16U, 64U)),
                         caseNameOf);

class WaitingTest : public testing::TestWithParam<Synchronisation> {};

// The draw makes threads meet the lock held; the history has to show them.
TEST_P(WaitingTest, ShowsThreadsThatWait)
{
    SimulatedRun run = simulate(parametersOf(GetParam(), 3, 6), 1);
    ASSERT_TRUE(run.interfered);
    run.recording.parameters.cores = 2;
    const auto history = RecordedHistory::fromRecording(std::move(run.recording));
    ASSERT_TRUE(history);
    std::uint64_t waits = 0;
    for (Step step = 0; step < (*history)->steps(); ++step) {
        const Event event = (*history)->event(step);
        if (event.kind != EventKind::LockWait)
            continue;
        ++waits;
        const ThreadState after = (*history)->state(step + 1).threads[event.thread];
        EXPECT_EQ(after.next, LoopInstruction::Acquire);
        EXPECT_EQ(after.spinning, GetParam() == Synchronisation::Spinlock);
        EXPECT_EQ(after.phase == ThreadPhase::Blocked, GetParam() != Synchronisation::Spinlock);
    }
    EXPECT_GT(waits, 0U);
}

INSTANTIATE_TEST_SUITE_P(Locks, WaitingTest,
                         testing::Values(Synchronisation::Mutex, Synchronisation::MutexCoarse,
                                         Synchronisation::Spinlock),
                         caseNameOfSynchronisation);

// In a run too long to act out, any two neighbouring states differ by the event between them and by nothing else.
void expectFollows(const RecordedHistory& history, Step step)
{
    SCOPED_TRACE(std::string("step ") + std::to_string(step));
    const State before = history.state(step);
    const Event event = history.event(step);
    const State after = history.state(step + 1);
    const bool stores = event.kind == EventKind::Store;
    ASSERT_EQ(after.lastStore, before.lastStore + (stores ? 1 : 0));
    ASSERT_EQ(after.counter, stores ? event.value : before.counter);
    for (ThreadIndex t = 0; t < history.threads(); ++t) {
        const ThreadState& from = before.threads[t];
        const ThreadState& to = after.threads[t];
        if (t != event.thread) {
            ASSERT_EQ(to.done, from.done);
            ASSERT_EQ(to.next, from.next);
            ASSERT_EQ(to.current, from.current);
            ASSERT_EQ(to.registerValue, from.registerValue);
            ASSERT_EQ(to.phase == ThreadPhase::Finished, from.phase == ThreadPhase::Finished);
            if (!stores) {
                ASSERT_EQ(to.surviving, from.surviving);
            }
        }
    }
    const ThreadState& from = before.threads[event.thread];
    const ThreadState& to = after.threads[event.thread];
    std::uint64_t standingBefore = 0;
    std::uint64_t standingAfter = 0;
    for (ThreadIndex t = 0; t < history.threads(); ++t) {
        standingBefore += before.threads[t].surviving;
        standingAfter += after.threads[t].surviving;
    }
    ASSERT_EQ(standingBefore, before.counter);
    ASSERT_EQ(standingAfter, after.counter);
    switch (event.kind) {
    case EventKind::Load:
        ASSERT_EQ(from.next, LoopInstruction::Load);
        ASSERT_EQ(event.value, before.counter);
        ASSERT_EQ(to.next, LoopInstruction::Add);
        ASSERT_EQ(to.registerValue, event.value);
        ASSERT_EQ(history.loadStep(event.position), step);
        break;
    case EventKind::Add:
        ASSERT_EQ(from.next, LoopInstruction::Add);
        ASSERT_EQ(to.next, LoopInstruction::Store);
        ASSERT_EQ(*to.registerValue, *from.registerValue + 1);
        break;
    case EventKind::Store: {
        ASSERT_EQ(from.next, LoopInstruction::Store);
        ASSERT_EQ(*from.registerValue, event.value);
        ASSERT_EQ(to.done, from.done + 1);
        ASSERT_EQ(event.overwrittenValue, before.counter);
        ASSERT_EQ(history.storeStep(event.position), step);
        const PathChange change = history.ledger().pathChange(event.position);
        const std::int64_t grown = after.counter - before.counter;
        ASSERT_EQ(grown, static_cast<std::int64_t>(change.restored + 1) - static_cast<std::int64_t>(change.dropped));
        const std::uint64_t lostHere = history.ledger().updatesLostTo(event.position);
        ASSERT_EQ(after.lost, before.lost + lostHere) << "lost at this store, and never fewer";
        ASSERT_EQ(after.setAside + lostHere + change.restored, before.setAside + change.dropped);
        ASSERT_EQ(static_cast<std::uint64_t>(after.counter), after.lastStore - after.lost - after.setAside);
        break;
    }
    case EventKind::Exit:
        ASSERT_EQ(to.phase, ThreadPhase::Finished);
        ASSERT_EQ(to.done, history.iterations());
        break;
    default:
        ASSERT_EQ(event.kind, EventKind::Spawn);
        ASSERT_EQ(to.phase, ThreadPhase::Ready);
        break;
    }
}

void expectNeighboursFollow(const RecordedHistory& history, std::uint64_t seed)
{
    Draw draw(seed);
    constexpr int samples = underSanitizer ? 300 : 3000;
    for (int i = 0; i < samples && !testing::Test::HasFatalFailure(); ++i)
        expectFollows(history, draw.below(history.steps()));
    for (Step step = 0; step < 200 && !testing::Test::HasFatalFailure(); ++step) {
        expectFollows(history, step);
        expectFollows(history, history.steps() - 1 - step);
    }
    for (int i = 0; i < samples && !testing::Test::HasFailure(); ++i) {
        const auto position = static_cast<Position>(1 + draw.below(history.ledger().updates()));
        const Event load = history.event(history.loadStep(position));
        const Event store = history.event(history.storeStep(position));
        EXPECT_EQ(load.kind, EventKind::Load) << "position " << position;
        EXPECT_EQ(load.position, position);
        EXPECT_EQ(store.kind, EventKind::Store) << "position " << position;
        EXPECT_EQ(store.position, position);
    }
}

TEST(BigHistoryTest, NeighboursFollowInARealRun)
{
    const auto run = runRecorded(parametersOf(Synchronisation::None, 50, 20'000));
    ASSERT_TRUE(run);
    EXPECT_EQ(run->final + run->recorded->lost, run->expected);
    expectNeighboursFollow(*run->history, 11);
}

TEST(BigHistoryTest, NeighboursFollowInASimulatedRun)
{
    for (const std::uint64_t switchesOneIn : {2U, 50U}) {
        SimulatedRun run = simulate(parametersOf(Synchronisation::None, 50, 1'000), 5, switchesOneIn);
        run.recording.parameters.cores = 2;
        const auto history = RecordedHistory::fromRecording(std::move(run.recording));
        ASSERT_TRUE(history);
        expectNeighboursFollow(**history, 12);
    }
}

} // namespace
} // namespace interleave
