// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulated_recording.h"

#include "hardware/tagged_counter.h"
#include "support.h"

namespace interleave {

namespace {

enum class At { TryLock, WaitLock, WriteOwner, Load, Store, Unlock, Done };

struct SimulatedThread {
    At at = At::Load;
    std::uint32_t number = 1;
    std::uint64_t own = UINT64_MAX; // the word stored last
    std::uint64_t seen = 0;         // the word loaded
    Position seenPosition = initialPosition;
    std::uint64_t waited = StreakRecord::noWait;
    StreakRecorder recorder;

    explicit SimulatedThread(std::uint32_t iterations) : recorder(iterations, true) {}
};

// The loops of the real run (hardware/run.cpp), one instruction for each call.
class Simulation {
public:
    Simulation(const RunParameters& parameters, std::uint64_t seed, std::uint64_t switchesOneIn)
        : m_parameters(parameters),
          m_draw(seed),
          m_switchesOneIn(switchesOneIn)
    {
        for (ThreadIndex t = 0; t < parameters.threads; ++t) {
            m_threads.emplace_back(parameters.iterations);
            m_threads[t].at = usesLock(parameters.synchronisation) ? At::TryLock : At::Load;
            m_threads[t].recorder.begin(ticksNow());
        }
    }

    SimulatedRun run()
    {
        ThreadIndex current = 0;
        for (ThreadIndex running = m_parameters.threads; running > 0;) {
            if (m_threads[current].at == At::Done || m_draw.oneIn(m_switchesOneIn)
                || (m_threads[current].at == At::WaitLock && m_locked))
                current = m_draw.between(0, m_parameters.threads - 1);
            SimulatedThread& thread = m_threads[current];
            if (thread.at == At::Done)
                continue;
            advance(current, thread);
            if (thread.at == At::Done)
                --running;
        }
        m_run.recording.parameters = m_parameters;
        m_run.recording.finalWord =
            m_parameters.synchronisation == Synchronisation::Sharded ? m_run.order.size() : m_word;
        for (SimulatedThread& thread : m_threads)
            m_run.recording.threads.push_back(thread.recorder.take(ticksNow()));
        const bool plain = m_parameters.synchronisation == Synchronisation::Atomic;
        m_run.final = m_parameters.synchronisation == Synchronisation::Sharded ? m_run.order.size()
                    : plain                                                    ? m_word
                                                                               : tagged::valueOf(m_word);
        return std::move(m_run);
    }

private:
    void advance(ThreadIndex index, SimulatedThread& thread)
    {
        switch (thread.at) {
        case At::TryLock:
            thread.waited = StreakRecord::noWait;
            if (m_locked) {
                m_run.interfered = true;
                ++m_run.waits;
                thread.waited = coarse() ? tagged::linkOf(m_word) : m_owner;
                thread.at = At::WaitLock;
                break;
            }
            lock(thread);
            break;
        case At::WaitLock:
            if (!m_locked)
                lock(thread);
            break;
        case At::WriteOwner:
            m_owner = tagged::linkOfName({index, thread.number});
            thread.at = At::Load;
            break;
        case At::Load: load(index, thread); break;
        case At::Store: store(index, thread); break;
        case At::Unlock:
            m_locked = false;
            thread.at = thread.number > m_parameters.iterations ? At::Done : At::TryLock;
            break;
        case At::Done: break;
        }
    }

    [[nodiscard]] bool coarse() const { return m_parameters.synchronisation == Synchronisation::MutexCoarse; }

    void lock(SimulatedThread& thread)
    {
        m_locked = true;
        thread.at = coarse() ? At::Load : At::WriteOwner;
    }

    void load(ThreadIndex index, SimulatedThread& thread)
    {
        switch (m_parameters.synchronisation) {
        case Synchronisation::Atomic: // load, add and store in one
            if (thread.own != m_word)
                thread.recorder.cut(thread.number, m_word, 0);
            thread.own = ++m_word;
            thread.seenPosition = static_cast<Position>(m_run.order.size());
            finish(index, thread);
            break;
        case Synchronisation::Sharded:
            thread.recorder.cut(thread.number, thread.number - 1, 0);
            thread.seenPosition = static_cast<Position>(m_run.order.size());
            finish(index, thread);
            break;
        default:
            thread.seen = m_word;
            thread.seenPosition = static_cast<Position>(m_run.order.size());
            thread.at = At::Store;
            break;
        }
    }

    void store(ThreadIndex index, SimulatedThread& thread)
    {
        if (m_parameters.synchronisation == Synchronisation::Cas && m_word != thread.seen) {
            m_run.interfered = true;
            thread.at = At::Load;
            return;
        }
        const std::uint64_t overwritten = m_word;
        m_word = tagged::word(index, thread.number, (thread.seen + 1) & tagged::valueMask);
        if (m_parameters.synchronisation == Synchronisation::None) {
            m_run.interfered = m_run.interfered || overwritten != thread.seen;
            if (thread.seen != thread.own || overwritten != thread.own)
                thread.recorder.cut(thread.number, thread.seen, tagged::linkOf(overwritten));
        } else if (m_parameters.synchronisation == Synchronisation::Cas) {
            if (thread.seen != thread.own)
                thread.recorder.cut(thread.number, thread.seen, 0);
        } else {
            if (thread.seen != thread.own || thread.waited != StreakRecord::noWait)
                thread.recorder.cut(thread.number, thread.seen, thread.waited);
            thread.waited = StreakRecord::noWait;
        }
        thread.own = m_word;
        finish(index, thread);
    }

    // The update is stored: what comes next.
    void finish(ThreadIndex index, SimulatedThread& thread)
    {
        m_run.order.push_back({{index, thread.number}, thread.seenPosition});
        ++thread.number;
        const bool last = thread.number > m_parameters.iterations;
        if (locksEachUpdate(m_parameters.synchronisation) || (coarse() && last))
            thread.at = At::Unlock;
        else
            thread.at = last ? At::Done : At::Load;
    }

    RunParameters m_parameters;
    Draw m_draw;
    std::uint64_t m_switchesOneIn;
    std::vector<SimulatedThread> m_threads;
    SimulatedRun m_run;
    std::uint64_t m_word = 0;
    std::uint64_t m_owner = 0;
    bool m_locked = false;
};

} // namespace

SimulatedRun simulate(const RunParameters& parameters, std::uint64_t seed, std::uint64_t switchesOneIn)
{
    return Simulation(parameters, seed, switchesOneIn).run();
}

std::vector<TrueUpdate> spelledOut(const std::vector<Streak>& streaks)
{
    std::vector<TrueUpdate> updates;
    for (const Streak& streak : streaks)
        for (std::uint32_t i = 0; i < streak.length; ++i)
            updates.push_back({{streak.thread, streak.firstNumber + i},
                               i == 0 ? streak.seen : static_cast<Position>(updates.size())});
    return updates;
}

} // namespace interleave
