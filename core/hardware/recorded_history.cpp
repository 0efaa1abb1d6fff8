// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/recorded_history.h"

#include <algorithm>
#include <cassert>

namespace interleave {

// The steps of one update's block, in order: acquire?, loads, adds, waits, the store, late waits, release?, exit?.
struct RecordedHistory::Block {
    Position position = 0;
    UpdateName name;
    std::vector<Position> loads;
    std::uint32_t firstWait = 0; // index into m_waits
    std::uint32_t waits = 0;     // before the store
    std::uint32_t lateWaits = 0; // after it
    bool acquires = false;
    bool releases = false;
    bool exits = false;

    [[nodiscard]] std::uint32_t loadIndex(std::size_t i) const
    {
        return (acquires ? 1U : 0U) + static_cast<std::uint32_t>(i);
    }
    [[nodiscard]] std::uint32_t addIndex(std::size_t i) const { return loadIndex(loads.size() + i); }
    [[nodiscard]] std::uint32_t waitIndex(std::uint32_t i) const { return addIndex(loads.size()) + i; }
    [[nodiscard]] std::uint32_t storeIndex() const { return waitIndex(waits); }
    [[nodiscard]] std::uint32_t lateWaitIndex(std::uint32_t i) const { return storeIndex() + 1 + i; }
    [[nodiscard]] std::uint32_t releaseIndex() const { return lateWaitIndex(lateWaits); }
    [[nodiscard]] std::uint32_t exitIndex() const { return releaseIndex() + (releases ? 1U : 0U); }
};

// A step inside a block.
struct RecordedHistory::Place {
    Block block;
    std::uint32_t index = 0;
};

Result<std::shared_ptr<const RecordedHistory>, ProofError> RecordedHistory::fromRecording(Recording recording)
{
    auto order = proveOrder(recording);
    if (!order)
        return order.error();
    auto ledger = Ledger::fromStreaks(order->streaks, recording.parameters.threads);
    if (!ledger) // what the proof lets through is a ledger
        return ProofError{ProofError::Kind::ChainBroken, noThread, 0};
    order->streaks = {};
    return std::shared_ptr<const RecordedHistory>(
        new RecordedHistory(std::move(recording), std::move(order).value(), std::move(ledger).value()));
}

RecordedHistory::RecordedHistory(Recording&& recording, ProvenOrder&& order, Ledger&& ledger)
    : m_parameters(recording.parameters),
      m_ledger(std::move(ledger)),
      m_waits(std::move(order.waits)),
      m_waitsOfThread(recording.parameters.threads)
{
    for (std::uint32_t w = 0; w < m_waits.size(); ++w)
        m_waitsOfThread[m_waits[w].thread].push_back(w);
    for (ThreadIndex t = 0; t < threads(); ++t) {
        m_firstOfThread.push_back(m_ledger.positionOf({t, 1}));
        m_lastOfThread.push_back(m_ledger.positionOf({t, iterations()}));
    }
    std::sort(m_firstOfThread.begin(), m_firstOfThread.end());
    std::sort(m_lastOfThread.begin(), m_lastOfThread.end());
    m_parameters.cores = std::max(1U, m_parameters.cores); // whoever recorded it was on one
    takeTimes(recording);
    m_switches = recording.switches ? recording.switches : std::make_shared<const SwitchLog>();
    if (m_switches->isComplete())
        takeSwitches();
    m_steps = blockStart(m_ledger.updates() + 1);
}

std::span<const SwitchRecord> RecordedHistory::switchesOf(ThreadIndex thread) const
{
    return thread < m_switches->threads.size() ? std::span<const SwitchRecord>(m_switches->threads[thread])
                                               : std::span<const SwitchRecord>();
}

// The load stands before the store that follows what it saw, the store of `position` after the one it overwrote; the
// stores from the one to the other, all made by other threads, are the thread's time between load and store. A thread
// on no core neither loads nor stores, so an absence lies between load and store as a whole or not at all, and it does
// if one of those stores was surely made during it.
std::optional<Preemption> RecordedHistory::preemptionIn(Position position) const
{
    const Update update = m_ledger.update(position);
    if (m_absences.empty() || !update.clobbering() || m_parameters.synchronisation == Synchronisation::Sharded)
        return std::nullopt;
    const Absences& absences = m_absences[update.name.thread];
    const Position firstOther = update.seen + 1;
    const Position lastOther = position - 1;

    // From when on they are surely between, and until when; the other way round if too little is known.
    const double from = m_bounds.latest(firstOther) + m_margin;
    const double to = m_bounds.earliest(lastOther) - m_margin;
    if (from <= to) {
        const std::size_t first = absences.firstEndingFrom(from);
        const std::size_t last = absences.firstBeginningAfter(to);
        if (first < last)
            return absences.summed(first, last, true);
    } else if (const std::size_t i = absences.firstEndingFrom(from); i < absences.size()) {
        const Position other = m_bounds.firstSurelyAfter(absences.outAt(i) + m_margin);
        if (other != initialPosition && std::max(other, firstOther) <= lastOther
            && m_bounds.latest(std::max(other, firstOther)) + m_margin <= absences.inAt(i))
            return absences.summed(i, i + 1, true);
    }

    // The load comes after the thread's own update before, and after what it saw was stored.
    const ThreadTimes& times = m_times[update.name.thread];
    const auto own = std::ranges::lower_bound(times.numbers, update.name.number);
    const double ownBefore = own == times.numbers.begin()
                               ? times.begin
                               : times.times[static_cast<std::size_t>(own - times.numbers.begin() - 1)];
    const double earliest = std::max(ownBefore, m_bounds.earliest(update.seen)) - m_margin;
    const double latest = m_bounds.latest(position) + m_margin;
    // Those that lie in it as a whole: at its ends the thread was on a core.
    std::size_t first = absences.firstEndingFrom(earliest);
    std::size_t last = absences.firstBeginningAfter(latest);
    first += first < last && absences.outAt(first) < earliest ? 1U : 0U;
    last -= first < last && absences.inAt(last - 1) > latest ? 1U : 0U;
    if (first >= last)
        return std::nullopt;
    return absences.summed(first, last, false);
}

bool RecordedHistory::acquiresIn(UpdateName name) const
{
    return locksEachUpdate(m_parameters.synchronisation)
        || (m_parameters.synchronisation == Synchronisation::MutexCoarse && name.number == 1);
}

bool RecordedHistory::releasesIn(UpdateName name) const
{
    return locksEachUpdate(m_parameters.synchronisation)
        || (m_parameters.synchronisation == Synchronisation::MutexCoarse && name.number == iterations());
}

// All steps before the block of `position`; one position past the last gives the number of steps.
Step RecordedHistory::blockStart(Position position) const
{
    const auto below = [](const std::vector<Position>& sorted, Position p) {
        return static_cast<Step>(std::lower_bound(sorted.begin(), sorted.end(), p) - sorted.begin());
    };
    const Step stores = position - 1;
    const Step loads = m_ledger.loadsThatSawBelow(position - 1);
    const Step exits = below(m_lastOfThread, position);
    Step locks = 0;
    if (locksEachUpdate(m_parameters.synchronisation))
        locks = 2 * stores;
    else if (m_parameters.synchronisation == Synchronisation::MutexCoarse)
        locks = below(m_firstOfThread, position) + exits;
    const auto waits = static_cast<Step>(
        std::lower_bound(m_waits.begin(), m_waits.end(), position,
                         [](const LockWait& wait, Position p) { return wait.block < p; })
        - m_waits.begin());
    return threads() + stores + 2 * loads + locks + waits + exits;
}

RecordedHistory::Block RecordedHistory::block(Position position) const
{
    Block block;
    block.position = position;
    block.name = m_ledger.name(position);
    block.loads = m_ledger.loadsThatSaw(position - 1);
    block.acquires = acquiresIn(block.name);
    block.releases = releasesIn(block.name);
    block.exits = block.name.number == iterations();
    const auto first = std::lower_bound(m_waits.begin(), m_waits.end(), position,
                                        [](const LockWait& wait, Position p) { return wait.block < p; });
    block.firstWait = static_cast<std::uint32_t>(first - m_waits.begin());
    for (auto wait = first; wait != m_waits.end() && wait->block == position; ++wait)
        ++(wait->afterStore ? block.lateWaits : block.waits);
    return block;
}

RecordedHistory::Place RecordedHistory::place(Step step) const
{
    assert(step >= threads() && step < m_steps);
    Position low = 1;
    Position high = m_ledger.updates();
    while (low < high) { // the last block that starts at or before the step
        const Position middle = high - (high - low) / 2;
        if (blockStart(middle) <= step)
            low = middle;
        else
            high = middle - 1;
    }
    return {block(low), static_cast<std::uint32_t>(step - blockStart(low))};
}

// What a load returned. A shard holds its own thread's count, whatever the sum is.
std::int64_t RecordedHistory::valueSeenBy(const Update& update) const
{
    return m_parameters.synchronisation == Synchronisation::Sharded
             ? std::int64_t{update.name.number} - 1
             : static_cast<std::int64_t>(m_ledger.value(update.seen));
}

Event RecordedHistory::loadOrAdd(EventKind kind, Position position) const
{
    const Update update = m_ledger.update(position);
    Event event;
    event.kind = kind;
    event.thread = update.name.thread;
    event.number = update.name.number;
    event.position = position;
    event.value = valueSeenBy(update) + (kind == EventKind::Add ? 1 : 0);
    if (m_parameters.synchronisation != Synchronisation::Sharded)
        event.other = m_ledger.name(update.seen);
    else if (update.name.number > 1)
        event.other = {update.name.thread, update.name.number - 1};
    event.seenValue = valueSeenBy(update);
    return event;
}

Event RecordedHistory::store(Position position) const
{
    Event event = loadOrAdd(EventKind::Store, position);
    event.value = event.seenValue + 1;
    event.overwrittenValue = event.seenValue;
    if (m_parameters.synchronisation == Synchronisation::Sharded)
        return event;
    event.other = m_ledger.name(position - 1);
    event.overwrittenValue = static_cast<std::int64_t>(m_ledger.value(position - 1));
    event.clobbering = m_ledger.update(position).clobbering();
    return event;
}

Event RecordedHistory::event(Step step) const
{
    if (step < threads())
        return {EventKind::Spawn, static_cast<ThreadIndex>(step), 0, initialPosition, 0, {}, 0, 0, false, noThread};
    return eventAt(place(step));
}

Event RecordedHistory::eventAt(const Place& at) const
{
    const Block& block = at.block;
    const auto loads = static_cast<std::uint32_t>(block.loads.size());
    Event event;
    event.thread = block.name.thread;
    event.number = block.name.number;
    event.position = block.position;
    const auto waiting = [&](std::uint32_t i) {
        const LockWait& wait = m_waits[block.firstWait + i];
        event.kind = EventKind::LockWait;
        event.holder = event.thread;
        event.thread = wait.thread;
        event.number = wait.number;
        event.position = m_ledger.positionOf({wait.thread, wait.number});
        return event;
    };
    if (block.acquires && at.index == 0) {
        event.kind = EventKind::LockAcquire;
        return event;
    }
    if (at.index < block.addIndex(0))
        return loadOrAdd(EventKind::Load, block.loads[at.index - block.loadIndex(0)]);
    if (at.index < block.waitIndex(0))
        return loadOrAdd(EventKind::Add, block.loads[at.index - block.loadIndex(loads)]);
    if (at.index < block.storeIndex())
        return waiting(at.index - block.waitIndex(0));
    if (at.index == block.storeIndex())
        return store(block.position);
    if (at.index < block.releaseIndex())
        return waiting(block.waits + at.index - block.lateWaitIndex(0));
    event.kind = block.releases && at.index == block.releaseIndex() ? EventKind::LockRelease : EventKind::Exit;
    return event;
}

Step RecordedHistory::storeStep(Position position) const
{
    return stepOf(position, block(position).storeIndex());
}

Step RecordedHistory::loadStep(Position position) const
{
    const Block at = block(m_ledger.update(position).seen + 1);
    const auto i = std::find(at.loads.begin(), at.loads.end(), position) - at.loads.begin();
    return stepOf(at.position, at.loadIndex(static_cast<std::size_t>(i)));
}

// Which threads can be on a core: those that acted last, as many as there are cores. That is the thread of this step,
// the one whose block it is, those that spin for the lock here, and then those that stored last.
std::vector<bool> RecordedHistory::onCore(const Place& now, const Event& last) const
{
    std::vector<bool> on(threads(), false);
    std::uint32_t free = m_parameters.cores;
    const auto put = [&](ThreadIndex thread) {
        if (free > 0 && !on[thread]) {
            on[thread] = true;
            --free;
        }
    };
    const bool spins = m_parameters.synchronisation == Synchronisation::Spinlock;
    if (last.kind != EventKind::Exit && (last.kind != EventKind::LockWait || spins))
        put(last.thread);
    const Block& block = now.block;
    if (usesLock(m_parameters.synchronisation) || m_ledger.update(block.position).seen + 1 < block.position
        || now.index > block.loadIndex(0))
        put(block.name.thread);
    if (spins)
        for (std::uint32_t i = std::min(now.index, block.storeIndex()); i-- > block.waitIndex(0);)
            put(m_waits[block.firstWait + i - block.waitIndex(0)].thread);
    const Position lastStore = now.index >= block.storeIndex() ? block.position : block.position - 1;
    if (lastStore == initialPosition)
        return on;
    const std::size_t streak = m_ledger.streakAt(lastStore);
    for (std::size_t back = 0; free > 0 && back <= streak && back < furthestStreak; ++back) {
        const ThreadIndex thread = m_ledger.threadOf(streak - back);
        if (!on[thread] && m_ledger.doneBy(thread, lastStore) < iterations())
            put(thread);
    }
    return on;
}

// Which threads were on a core, as the kernel tells it, at the time of the step. The thread of the step comes first: it
// was there. No more than there are cores.
std::vector<bool> RecordedHistory::onCoreByKernel(const Event& last) const
{
    const double time = timeOf(last);
    std::vector<bool> on(threads(), false);
    std::uint32_t free = m_parameters.cores;
    const bool spins = m_parameters.synchronisation == Synchronisation::Spinlock;
    if (last.kind != EventKind::Exit && (last.kind != EventKind::LockWait || spins)) {
        on[last.thread] = true;
        --free;
    }
    for (ThreadIndex t = 0; t < threads() && free > 0; ++t) {
        if (on[t] || time < m_times[t].begin || time > m_times[t].end || m_absences[t].isAwayAt(time))
            continue;
        on[t] = true;
        --free;
    }
    return on;
}

State RecordedHistory::state(Step step) const
{
    State state;
    state.step = step;
    state.threads.resize(threads());
    const bool sharded = m_parameters.synchronisation == Synchronisation::Sharded;
    if (step <= threads()) {
        for (Step t = 0; t < step; ++t) {
            state.threads[t].phase = ThreadPhase::Ready;
            state.threads[t].next = usesLock(m_parameters.synchronisation) ? LoopInstruction::Acquire
                                                                           : LoopInstruction::Load;
        }
        if (sharded)
            state.shards.assign(threads(), 0);
        return state;
    }
    // The last step taken; everything up to it has happened.
    const Place at = place(step - 1);
    const Block& now = at.block;
    const bool stored = at.index >= now.storeIndex();
    const Position lastStore = stored ? now.position : now.position - 1;
    const bool released = now.releases && at.index >= now.releaseIndex();
    const bool exited = now.exits && at.index >= now.exitIndex();

    state.lastStore = lastStore;
    const std::uint64_t surviving = m_ledger.value(lastStore);
    state.counter = static_cast<std::int64_t>(surviving);
    state.lost = m_ledger.lostUntil(lastStore);
    state.setAside = lastStore - surviving - state.lost;
    // A block under a lock begins with the acquire, or the thread holds the lock from an earlier one.
    if (usesLock(m_parameters.synchronisation) && !released)
        state.lockHolder = now.name.thread;

    const std::vector<std::uint32_t> standing = m_ledger.standing(lastStore);
    const std::vector<std::uint32_t> lost = m_ledger.lostUntilByThread(lastStore);
    const Event last = eventAt(at);
    const std::vector<bool> core = m_absences.empty() ? onCore(at, last) : onCoreByKernel(last);

    for (ThreadIndex t = 0; t < threads(); ++t) {
        ThreadState& thread = state.threads[t];
        thread.done = m_ledger.doneBy(t, lastStore);
        thread.surviving = standing[t];
        thread.setAside = thread.done - standing[t] - lost[t];
        thread.phase = core[t] ? ThreadPhase::Running : ThreadPhase::Ready;
        const bool isNow = t == now.name.thread;
        if (thread.done > 0)
            thread.registerValue = valueSeenBy(m_ledger.update(m_ledger.positionOf({t, thread.done}))) + 1;
        if (thread.done == iterations()) {
            const bool finished = !isNow || exited;
            thread.phase = finished ? ThreadPhase::Finished : thread.phase;
            thread.next = isNow && now.releases && !released ? LoopInstruction::Release : LoopInstruction::None;
            thread.current = thread.next == LoopInstruction::Release ? thread.done : 0;
            continue;
        }
        const std::uint32_t number = thread.done + 1;
        const Update update = m_ledger.update(m_ledger.positionOf({t, number}));
        const Position loadBlock = update.seen + 1;
        bool loaded = loadBlock < now.position;
        bool added = loaded;
        if (loadBlock == now.position) {
            const auto found = std::find(now.loads.begin(), now.loads.end(), update.position);
            const auto i = static_cast<std::size_t>(found - now.loads.begin());
            loaded = at.index >= now.loadIndex(i);
            added = at.index >= now.addIndex(i);
        }
        const bool ownsBlock = update.position == now.position;
        const bool holds = usesLock(m_parameters.synchronisation)
                        && (ownsBlock || (m_parameters.synchronisation == Synchronisation::MutexCoarse && number > 1));
        if (isNow && stored && now.releases && !released) {
            thread.next = LoopInstruction::Release;
            thread.current = thread.done;
            continue;
        }
        if (loaded) {
            thread.registerValue = valueSeenBy(update) + (added ? 1 : 0);
            thread.next = added ? LoopInstruction::Store : LoopInstruction::Add;
            thread.current = number;
        } else {
            thread.next = usesLock(m_parameters.synchronisation) && !holds ? LoopInstruction::Acquire
                                                                           : LoopInstruction::Load;
            thread.current = ownsBlock && locksEachUpdate(m_parameters.synchronisation) ? number : 0;
        }
        if (thread.next != LoopInstruction::Acquire || m_waitsOfThread[t].empty())
            continue;
        const auto& own = m_waitsOfThread[t];
        const auto wait = std::lower_bound(own.begin(), own.end(), number,
                                           [this](std::uint32_t w, std::uint32_t n) { return m_waits[w].number < n; });
        if (wait == own.end() || m_waits[*wait].number != number)
            continue;
        const LockWait& met = m_waits[*wait];
        bool waits = met.block < now.position;
        if (met.block == now.position) {
            const std::uint32_t i = *wait - now.firstWait;
            waits = at.index >= (met.afterStore ? now.lateWaitIndex(i - now.waits) : now.waitIndex(i));
        }
        if (waits) {
            thread.spinning = m_parameters.synchronisation == Synchronisation::Spinlock;
            thread.phase = thread.spinning ? thread.phase : ThreadPhase::Blocked;
        }
    }
    if (sharded) {
        for (const ThreadState& thread : state.threads)
            state.shards.push_back(thread.done);
        state.counter = lastStore == m_ledger.updates() ? lastStore : 0;
        state.lost = 0;
    }
    return state;
}

} // namespace interleave
