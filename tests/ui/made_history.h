// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"
#include "history/ledger.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace interleave {

// A short history written by hand, as a list of who does what; loads, stores and the ledger follow from it.
class MadeHistory : public History {
public:
    struct Line {
        ThreadIndex thread;
        EventKind kind;
        ThreadIndex holder = noThread;
    };

    MadeHistory(ThreadIndex threads, std::uint32_t iterations, const std::vector<Line>& lines, bool spins = false)
        : m_threads(threads),
          m_iterations(iterations),
          m_ledger(ledgerOf(threads, lines))
    {
        State state;
        state.threads.resize(threads);
        std::vector<Position> seen(threads, 0);
        std::vector<Step> loadStep(threads, 0);
        m_states.push_back(state);
        for (const Line& line : lines) {
            ThreadState& thread = state.threads[line.thread];
            Event event;
            event.kind = line.kind;
            event.thread = line.thread;
            event.number = thread.done + 1;
            switch (line.kind) {
            case EventKind::Spawn: thread.phase = ThreadPhase::Ready; break;
            case EventKind::Load:
                seen[line.thread] = state.lastStore;
                loadStep[line.thread] = m_events.size();
                event.value = state.counter;
                event.other = m_ledger.name(state.lastStore);
                thread.registerValue = state.counter;
                thread.current = event.number;
                thread.next = LoopInstruction::Add;
                break;
            case EventKind::Add:
                event.value = ++*thread.registerValue;
                event.seenValue = event.value - 1;
                thread.next = LoopInstruction::Store;
                break;
            case EventKind::Store: {
                const Update update = m_ledger.update(state.lastStore + 1);
                event.position = update.position;
                event.value = static_cast<std::int64_t>(update.value);
                event.other = m_ledger.name(state.lastStore);
                event.overwrittenValue = state.counter;
                event.seenValue = static_cast<std::int64_t>(m_ledger.value(seen[line.thread]));
                event.clobbering = update.clobbering();
                m_storeSteps.push_back(m_events.size());
                m_loadSteps.push_back(loadStep[line.thread]);
                state.lastStore = update.position;
                state.counter = static_cast<std::int64_t>(update.value);
                ++thread.done;
                thread.current = 0;
                thread.next = thread.done < iterations ? LoopInstruction::Load : LoopInstruction::None;
                const auto standing = m_ledger.standing(state.lastStore);
                const auto lost = m_ledger.lostUntilByThread(state.lastStore);
                for (ThreadIndex t = 0; t < threads; ++t) {
                    state.threads[t].surviving = standing[t];
                    state.threads[t].setAside = state.threads[t].done - standing[t] - lost[t];
                }
                break;
            }
            case EventKind::LockWait:
                event.holder = line.holder;
                thread.next = LoopInstruction::Acquire;
                thread.phase = spins ? ThreadPhase::Running : ThreadPhase::Blocked;
                thread.spinning = spins;
                break;
            case EventKind::LockAcquire:
                state.lockHolder = line.thread;
                thread.next = LoopInstruction::Load;
                thread.phase = ThreadPhase::Running;
                thread.spinning = false;
                break;
            case EventKind::LockRelease: state.lockHolder = noThread; break;
            case EventKind::Exit: thread.phase = ThreadPhase::Finished; break;
            default: break;
            }
            m_events.push_back(event);
            state.step = m_events.size();
            state.lost = m_ledger.lostUntil(state.lastStore);
            state.setAside = state.lastStore - static_cast<std::uint64_t>(state.counter) - state.lost;
            m_states.push_back(state);
        }
    }

    [[nodiscard]] Step steps() const override { return m_events.size(); }
    [[nodiscard]] Event event(Step step) const override { return m_events[step]; }
    [[nodiscard]] State state(Step step) const override { return m_states[step]; }
    [[nodiscard]] ThreadIndex threads() const override { return m_threads; }
    [[nodiscard]] std::uint32_t iterations() const override { return m_iterations; }
    [[nodiscard]] const Ledger& ledger() const override { return m_ledger; }
    [[nodiscard]] Step storeStep(Position position) const override { return m_storeSteps[position - 1]; }
    [[nodiscard]] Step loadStep(Position position) const override { return m_loadSteps[position - 1]; }
    [[nodiscard]] double timeOf(Step step) const override { return 1000.0 * static_cast<double>(step); }

    static std::vector<Line> spawned(ThreadIndex threads, std::vector<Line> then)
    {
        std::vector<Line> lines;
        for (ThreadIndex t = 0; t < threads; ++t)
            lines.push_back({t, EventKind::Spawn});
        lines.insert(lines.end(), then.begin(), then.end());
        return lines;
    }

private:
    static Ledger ledgerOf(ThreadIndex threads, const std::vector<Line>& lines)
    {
        std::vector<Streak> streaks;
        std::vector<Position> seen(threads, 0);
        std::vector<std::uint32_t> done(threads, 0);
        for (const Line& line : lines) {
            if (line.kind == EventKind::Load)
                seen[line.thread] = static_cast<Position>(streaks.size());
            else if (line.kind == EventKind::Store)
                streaks.push_back({line.thread, ++done[line.thread], 1, seen[line.thread]});
        }
        return Ledger::fromStreaks(streaks, threads).value();
    }

    ThreadIndex m_threads;
    std::uint32_t m_iterations;
    Ledger m_ledger;
    std::vector<Event> m_events;
    std::vector<State> m_states;
    std::vector<Step> m_storeSteps;
    std::vector<Step> m_loadSteps;
};

// A history of any length: threads take turns with streaks of updates, three steps each; every other streak starts from
// what the one before the last left, and so destroys the last one. Counts what it is asked.
class LongHistory : public History {
public:
    LongHistory(ThreadIndex threads, std::uint32_t streakLength, std::uint32_t rounds)
        : m_threads(threads),
          m_iterations(streakLength * rounds),
          m_ledger(ledgerOf(threads, streakLength, rounds))
    {}

    [[nodiscard]] Step steps() const override { return Step{3} * m_ledger.updates(); }
    [[nodiscard]] Event event(Step step) const override
    {
        const auto position = static_cast<Position>(step / 3 + 1);
        const Update update = m_ledger.update(position);
        Event event;
        event.kind = step % 3 == 0 ? EventKind::Load : step % 3 == 1 ? EventKind::Add : EventKind::Store;
        event.thread = update.name.thread;
        event.number = update.name.number;
        event.position = position;
        event.value = static_cast<std::int64_t>(update.value) - (event.kind == EventKind::Load ? 1 : 0);
        event.seenValue = static_cast<std::int64_t>(update.value) - 1;
        event.overwrittenValue = static_cast<std::int64_t>(m_ledger.value(position - 1));
        event.other = m_ledger.name(event.kind == EventKind::Store ? position - 1 : update.seen);
        event.clobbering = event.kind == EventKind::Store && update.clobbering();
        return event;
    }
    [[nodiscard]] State state(Step step) const override
    {
        ++statesAsked;
        State state;
        state.step = step;
        state.lastStore = static_cast<Position>(step / 3);
        state.counter = static_cast<std::int64_t>(m_ledger.value(state.lastStore));
        state.lost = m_ledger.lostUntil(state.lastStore);
        state.setAside = state.lastStore - static_cast<std::uint64_t>(state.counter) - state.lost;
        state.threads.resize(m_threads);
        return state;
    }
    [[nodiscard]] ThreadIndex threads() const override { return m_threads; }
    [[nodiscard]] std::uint32_t iterations() const override { return m_iterations; }
    [[nodiscard]] const Ledger& ledger() const override { return m_ledger; }
    [[nodiscard]] Step storeStep(Position position) const override
    {
        ++storesAsked;
        return Step{3} * (position - 1) + 2;
    }
    [[nodiscard]] Step loadStep(Position position) const override { return Step{3} * (position - 1); }
    [[nodiscard]] double timeOf(Step step) const override { return static_cast<double>(step); }

    mutable int statesAsked = 0;
    mutable int storesAsked = 0;

private:
    static Ledger ledgerOf(ThreadIndex threads, std::uint32_t length, std::uint32_t rounds)
    {
        std::vector<Streak> streaks;
        for (std::uint32_t round = 0; round < rounds; ++round)
            for (ThreadIndex t = 0; t < threads; ++t) {
                const auto before = static_cast<Position>(streaks.size()) * length;
                const bool destroys = streaks.size() % 2 == 0 && !streaks.empty();
                streaks.push_back({t, round * length + 1, length, destroys ? before - length : before});
            }
        return Ledger::fromStreaks(streaks, threads).value();
    }

    ThreadIndex m_threads;
    std::uint32_t m_iterations;
    Ledger m_ledger;
};

// A and B both load 0; A's update is lost to B's store. One step every 1,000 ns.
inline std::shared_ptr<const History> lostUpdateRace()
{
    using Kind = EventKind;
    return std::make_shared<MadeHistory>(2, 1,
                                         MadeHistory::spawned(2, {{0, Kind::Load},
                                                                  {1, Kind::Load},
                                                                  {0, Kind::Add},
                                                                  {1, Kind::Add},
                                                                  {0, Kind::Store},
                                                                  {1, Kind::Store}}));
}

} // namespace interleave
