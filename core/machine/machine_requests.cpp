// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/machine.h"

#include <algorithm>
#include <limits>

namespace interleave {

// What an instruction asked for, now that it has been executed.
void Machine::answer(CoreIndex index, Request request)
{
    if (request == Request::Fault) {
        failed(index);
        return;
    }
    Core& core = m_data.cores[index];
    if (request == Request::Unlock) { // judged before it counts
        unlock(index, m_executor.argument().small());
        return;
    }
    const ThreadIndex thread = core.thread;
    note(EventKind::Execute, thread, index);
    --m_data.step;
    countInstructions(core, 1);
    switch (request) {
    case Request::Yield:
        core.sliceLeft = 0;
        core.reason = AskReason::Yielded;
        break;
    case Request::Halt:
        if (m_observed)
            m_observed->event.kind = EventKind::Exit;
        m_data.threads[thread].phase = ThreadPhase::Finished;
        tell(thread, m_data.tick + 1, Activity::Inactive);
        m_data.threads[thread].core = noCore;
        ++m_data.finished;
        core.phase = CorePhase::Idle;
        core.reason = AskReason::Finished;
        core.thread = noThread;
        break;
    case Request::Lock: lock(index, m_executor.argument().small()); break;
    case Request::Sleep: sleep(index, m_executor.argument()); break;
    default: break;
    }
    // Who blocks is saved in the same tick.
    if (core.phase != CorePhase::Saving)
        ++m_data.slot;
}

void Machine::lock(CoreIndex index, std::int64_t address)
{
    Core& core = m_data.cores[index];
    LockState& lock = lockAt(address);
    if (m_observed) {
        m_observed->event.kind = lock.holder == noThread ? EventKind::LockAcquire : EventKind::LockWait;
        m_observed->event.holder = lock.holder;
    }
    if (lock.holder == noThread) {
        lock.holder = core.thread;
        setLockCell(address, 1);
        tellLock(lock, core.thread, LockUse::Holds);
        return;
    }
    lock.waiting.push_back(core.thread);
    if (lock.holder != core.thread)
        tellLock(lock, core.thread, LockUse::Waits);
    MachineThread& thread = m_data.threads[core.thread];
    thread.phase = ThreadPhase::Blocked;
    thread.waitsFor = address;
    core.phase = CorePhase::Saving;
    core.reason = AskReason::Blocked;
}

void Machine::unlock(CoreIndex index, std::int64_t address)
{
    Core& core = m_data.cores[index];
    const auto held = std::find_if(m_data.locks.begin(), m_data.locks.end(), [&](const LockState& lock) {
        return lock.address == address && lock.holder == core.thread;
    });
    if (held == m_data.locks.end()) {
        --m_data.threads[core.thread].context.pc;
        m_data.fault = {};
        m_data.fault.kind = Fault::Kind::NotHeld;
        m_data.fault.address = Integer(address);
        failed(index);
        return;
    }
    note(EventKind::LockRelease, core.thread, index);
    --m_data.step;
    countInstructions(core, 1);
    ++m_data.slot;
    LockState& lock = *held;
    tellLock(lock, core.thread, LockUse::None);
    if (lock.waiting.empty()) {
        lock.holder = noThread;
        setLockCell(address, 0);
        return;
    }
    lock.holder = lock.waiting.front();
    lock.waiting.erase(lock.waiting.begin());
    tellLock(lock, lock.holder, LockUse::Holds);
    m_data.handedOver = lock.holder;
    m_data.handedLock = address;
}

void Machine::sleep(CoreIndex index, const Integer& ticks)
{
    Core& core = m_data.cores[index];
    if (m_observed)
        m_observed->event.kind = EventKind::Sleep;
    if (ticks.isNegative() || ticks == Integer(0)) {
        core.sliceLeft = 0;
        core.reason = AskReason::Yielded;
        return;
    }
    constexpr std::int64_t longest = std::numeric_limits<std::int64_t>::max() / 4;
    const std::int64_t length = ticks.isSmall() ? std::min(ticks.small(), longest) : longest;
    MachineThread& thread = m_data.threads[core.thread];
    thread.phase = ThreadPhase::Blocked;
    thread.wakesAt = m_data.tick + 1 + static_cast<std::uint64_t>(length);
    m_data.nextWake = std::min(m_data.nextWake, *thread.wakesAt);
    core.phase = CorePhase::Saving;
    core.reason = AskReason::Blocked;
}

void Machine::failed(CoreIndex index)
{
    const MachineThread& thread = m_data.threads[m_data.cores[index].thread];
    if (m_data.fault.kind != Fault::Kind::NotHeld)
        m_data.fault = m_executor.fault();
    const Program& program = m_code.program();
    const std::int64_t pc = thread.context.pc;
    m_data.fault.pc = pc;
    m_data.fault.thread = thread.context.thread;
    m_data.fault.line = program.holdsCode(pc) ? program.sources[static_cast<std::size_t>(pc - program.loadAddress)].line
                                              : 0;
    finish(Outcome::Fault);
}

void Machine::finish(Outcome outcome)
{
    m_data.over = true;
    m_data.outcome = outcome;
}

LockState& Machine::lockAt(std::int64_t address)
{
    const auto found = std::find_if(m_data.locks.begin(), m_data.locks.end(),
                                    [address](const LockState& lock) { return lock.address == address; });
    if (found != m_data.locks.end())
        return *found;
    m_data.locks.push_back({address, noThread, {}});
    return m_data.locks.back();
}

void Machine::setLockCell(std::int64_t address, std::int64_t value)
{
    Cell& cell = m_cells.writable(address);
    cell.value = Integer(value);
    cell.taken = true;
    ++cell.stores;
}

} // namespace interleave
