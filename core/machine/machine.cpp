// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/machine.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace interleave {

namespace {

// Stacks begin this far apart, the first this far from address 0, as in the classroom simulator.
constexpr std::int64_t stackDistance = 1000;
constexpr std::int64_t firstStack = 128 * stackDistance;

void setStartRegisters(Context& context, const MachineSettings& settings)
{
    const auto& sets = settings.registers;
    if (!sets.empty())
        for (const auto& [name, value] : sets[sets.size() == 1 ? 0 : context.thread])
            context[name] = value;
    context[Register::Sp] = Integer(firstStack - stackDistance * std::int64_t{context.thread});
}

} // namespace

Machine::Machine(const Code& code, const MachineSettings& settings, std::unique_ptr<Scheduler> scheduler)
    : m_code(code),
      m_settings(settings),
      m_cells(MachineSettings::memoryCells),
      m_executor(m_code, m_cells),
      m_scheduler(std::move(scheduler))
{
    m_data.cores.resize(settings.cores);
    m_data.threads.resize(settings.threads);
    m_data.ready.reserve(settings.threads);
    for (ThreadIndex t = 0; t < settings.threads; ++t) {
        Context& context = m_data.threads[t].context;
        context.thread = t;
        context.pc = code.program().loadAddress;
        setStartRegisters(context, settings);
    }
}

Machine::Machine(const Code& code, const MachineSettings& settings, const Snapshot& snapshot)
    : m_code(code),
      m_settings(settings),
      m_data(snapshot.data),
      m_cells(snapshot.cells),
      m_executor(m_code, m_cells),
      m_scheduler(snapshot.scheduler->clone())
{}

Machine::~Machine() = default;

Machine::Snapshot Machine::snapshot()
{
    return {m_data, m_cells.snapshot(), m_scheduler->clone()};
}

std::size_t Machine::Snapshot::bytesBeside(const Snapshot* before) const
{
    std::size_t bytes = sizeof(Snapshot) + scheduler->bytes() + data.cores.capacity() * sizeof(Core)
                      + data.threads.capacity() * sizeof(MachineThread) + data.ready.capacity() * sizeof(ThreadIndex)
                      + data.locks.capacity() * sizeof(LockState);
    for (const MachineThread& thread : data.threads)
        bytes += thread.context.frames.capacity() * sizeof(Frame);
    for (const LockState& lock : data.locks)
        bytes += lock.waiting.capacity() * sizeof(ThreadIndex);
    return bytes + cells.bytesBeside(before ? &before->cells : nullptr);
}

MachineState Machine::state()
{
    MachineState state;
    state.step = m_data.step;
    state.tick = tick();
    state.instructions = m_data.instructions;
    state.voluntarySwitches = m_data.voluntary;
    state.involuntarySwitches = m_data.involuntary;
    state.cores.assign(m_data.cores.begin(), m_data.cores.end());
    state.threads = m_data.threads;
    state.ready = m_data.ready;
    state.locks = m_data.locks;
    std::sort(state.locks.begin(), state.locks.end(),
              [](const LockState& a, const LockState& b) { return a.address < b.address; });
    state.cells = Cells(m_cells.snapshot());
    return state;
}

std::vector<ThreadIndex> Machine::pickedInVain() const
{
    std::vector<std::pair<Step, ThreadIndex>> picked;
    for (const Core& core : m_data.cores)
        if (core.inVain)
            picked.emplace_back(core.decidedAt, core.chosen);
    std::sort(picked.begin(), picked.end());
    std::vector<ThreadIndex> threads;
    for (const auto& [step, thread] : picked)
        threads.push_back(thread);
    return threads;
}

std::optional<MachineStep> Machine::observedStep()
{
    if (m_data.over)
        return std::nullopt;
    m_observed.emplace();
    const Step before = m_data.step;
    takeStep();
    std::optional<MachineStep> step = std::exchange(m_observed, std::nullopt);
    return m_data.step == before ? std::nullopt : std::move(step);
}

// Exactly one step, or the end.
void Machine::takeStep()
{
    if (m_data.spawned < m_data.threads.size()) {
        makeReady(m_data.spawned);
        tell(m_data.spawned, m_data.tick, Activity::Ready);
        note(EventKind::Spawn, m_data.spawned++, noCore);
        return;
    }
    if (m_data.handedOver != noThread) {
        const ThreadIndex thread = std::exchange(m_data.handedOver, noThread);
        m_data.threads[thread].waitsFor.reset();
        makeReady(thread);
        tell(thread, m_data.tick, Activity::Ready);
        note(EventKind::LockAcquire, thread, noCore);
        return;
    }
    const Step before = m_data.step;
    while (m_data.step == before && !m_data.over) {
        if (m_data.slot == 0 && m_data.nextWake <= m_data.tick && wakeOne())
            return;
        if (m_data.slot == m_data.cores.size())
            endTick();
        else if (!serve(m_data.slot))
            ++m_data.slot;
    }
}

// The sleeper that is due, the longest overdue first.
bool Machine::wakeOne()
{
    ThreadIndex due = noThread;
    std::uint64_t next = UINT64_MAX;
    for (ThreadIndex t = 0; t < m_data.threads.size(); ++t) {
        if (const auto wakesAt = m_data.threads[t].wakesAt; wakesAt && *wakesAt < next) {
            due = t;
            next = *wakesAt;
        }
    }
    m_data.nextWake = next;
    if (next > m_data.tick)
        return false;
    m_data.threads[due].wakesAt.reset();
    makeReady(due);
    tell(due, m_data.tick, Activity::Ready);
    note(EventKind::Wake, due, noCore);
    return true;
}

void Machine::endTick()
{
    m_data.slot = 0;
    std::uint64_t next = m_data.nextWake;
    for (const Core& core : m_data.cores) {
        if (core.phase == CorePhase::Restoring)
            next = std::min(next, core.busyUntil);
        else if (core.phase != CorePhase::Idle || !m_data.ready.empty())
            next = m_data.tick + 1;
    }
    if (next == UINT64_MAX) {
        ++m_data.tick;
        finish(m_data.finished == m_data.threads.size() ? Outcome::Finished : Outcome::Deadlock);
        return;
    }
    // Ticks in which nothing can happen pass at once.
    m_data.tick = std::max(m_data.tick + 1, next);
}

// The next step of a core in this tick; false if it has none.
bool Machine::serve(CoreIndex index)
{
    Core& core = m_data.cores[index];
    switch (core.phase) {
    case CorePhase::Idle:
        if (m_data.ready.empty())
            return false;
        if (decide(index))
            pick(index);
        return true;
    case CorePhase::Picking: pick(index); return true;
    case CorePhase::Restoring:
        if (m_data.tick < core.busyUntil)
            return false;
        switchIn(index);
        return true;
    case CorePhase::Saving:
        switchOut(index, true);
        core.phase = CorePhase::Idle;
        ++m_data.slot;
        return true;
    case CorePhase::Executing: break;
    }
    if (core.sliceLeft > 0) {
        execute(index);
        return true;
    }
    const bool yielded = core.reason == AskReason::Yielded;
    if (!decide(index))
        return true;
    if (core.chosen == core.thread) {
        core.reason = AskReason::SliceOver;
        core.sliceLeft = core.slice;
        core.executed = 0;
        core.last = core.thread;
        return true;
    }
    switchOut(index, yielded);
    core.phase = CorePhase::Picking;
    return true;
}

bool Machine::decide(CoreIndex index)
{
    Core& core = m_data.cores[index];
    const Decision decision = m_scheduler->decide({
        .core = index,
        .reason = core.reason,
        .last = core.phase == CorePhase::Executing ? core.thread : core.last,
        .executed = core.executed,
        .instructions = m_data.instructions,
        .ready = m_data.ready,
        .threads = static_cast<ThreadIndex>(m_data.threads.size()),
    });
    if (decision.kind != Decision::Kind::Run) {
        if (decision.kind == Decision::Kind::Impossible)
            m_data.impossible = decision.thread;
        finish(Outcome::Paused);
        return false;
    }
    assert(decision.slice > 0);
    core.chosen = decision.thread;
    core.slice = decision.slice;
    core.decidedAt = m_data.step;
    core.inVain = core.chosen != core.thread;
    return true;
}

void Machine::pick(CoreIndex index)
{
    Core& core = m_data.cores[index];
    const auto place = std::find(m_data.ready.begin(), m_data.ready.end(), core.chosen);
    assert(place != m_data.ready.end());
    m_data.ready.erase(place);
    core.phase = CorePhase::Restoring;
    core.thread = core.chosen;
    core.busyUntil = m_data.tick + m_settings.switchCost;
    note(EventKind::Pick, core.thread, index);
}

void Machine::switchIn(CoreIndex index)
{
    Core& core = m_data.cores[index];
    MachineThread& thread = m_data.threads[core.thread];
    thread.phase = ThreadPhase::Running;
    thread.core = index;
    core.phase = CorePhase::Executing;
    core.reason = AskReason::SliceOver;
    core.sliceLeft = core.slice;
    core.executed = 0;
    tell(core.thread, m_data.tick, Activity::Running, index);
    note(EventKind::SwitchIn, core.thread, index);
}

void Machine::switchOut(CoreIndex index, bool voluntary)
{
    Core& core = m_data.cores[index];
    MachineThread& thread = m_data.threads[core.thread];
    thread.core = noCore;
    const Departure departure = voluntary ? Departure::Voluntary : Departure::Preempted;
    if (thread.phase == ThreadPhase::Running) {
        makeReady(core.thread);
        tell(core.thread, m_data.tick, Activity::Ready, noCore, departure);
    } else { // its instruction is what it blocked with
        tell(core.thread, m_data.tick + 1, thread.waitsFor ? Activity::Waiting : Activity::Asleep, noCore, departure);
    }
    ++(voluntary ? m_data.voluntary : m_data.involuntary);
    core.last = std::exchange(core.thread, noThread);
    note(EventKind::SwitchOut, core.last, index);
    if (m_observed)
        m_observed->event.voluntary = voluntary;
}

void Machine::execute(CoreIndex index)
{
    Core& core = m_data.cores[index];
    Context& context = m_data.threads[core.thread].context;
    if (m_observed)
        noteOperands(context);
    const Step before = m_data.step;
    const Request request = m_executor.run(context, 1, m_data.step);
    if (request == Request::None) {
        note(EventKind::Execute, core.thread, index);
        --m_data.step; // counted below, with the instruction
        countInstructions(core, 1);
        ++m_data.slot;
    } else {
        answer(index, request);
    }
    const bool done = m_data.step > before; // a fault is no step
    if (m_observed && done)
        noteResults();
}

void Machine::countInstructions(Core& core, std::uint64_t count)
{
    m_data.step += count;
    m_data.instructions += count;
    m_data.threads[core.thread].instructions += count;
    core.executed += count;
    core.sliceLeft -= count;
    core.last = core.thread;
    core.inVain = core.inVain && count == 0;
    if (m_listener && count > 0)
        m_listener->executed(core.thread, count);
}

void Machine::makeReady(ThreadIndex thread)
{
    m_data.threads[thread].phase = ThreadPhase::Ready;
    m_data.ready.push_back(thread);
}

// Every step passes here but those that are executed in one go.
void Machine::note(EventKind kind, ThreadIndex thread, CoreIndex core)
{
    if (m_observed) {
        m_observed->event.kind = kind;
        m_observed->event.thread = thread;
        m_observed->event.core = core;
        m_observed->tick = m_data.tick;
        if (kind == EventKind::LockAcquire)
            m_observed->lock = m_data.handedLock;
    }
    ++m_data.step;
}

} // namespace interleave
