// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/machine_history.h"

#include "history/ledger.h"
#include "machine/execute.h"

#include <algorithm>

namespace interleave {

// What a step did to the counter: the update that it belongs to, what that saw, and what it overwrote.
void MachineHistory::tellOfCounter(MachineStep& done, Step step) const
{
    Event& event = done.event;
    if (event.kind != EventKind::Execute)
        return;
    const std::int64_t address = counter()->address;
    const bool reads = done.read && done.read->address == address;
    const bool writes = done.written && done.written->address == address;
    const bool computes = !reads && !writes && done.origin.address == address && !done.written
                       && done.origin.loadedAt != Origin::notLoaded;
    if (!reads && !writes && !computes)
        return;
    const Ledger& kept = ledger();
    const MachineState after = machineState(step + 1);
    const Position now = after.cells.at(address).stores;
    if (writes) {
        const Update update = kept.update(now);
        event.kind = reads ? EventKind::Update : EventKind::Store;
        event.number = update.name.number;
        event.position = now;
        event.value = shownAs64(done.written->after);
        event.other = kept.name(now - 1);
        event.overwrittenValue = shownAs64(done.written->before);
        event.seenValue = update.clobbering() ? valueAt(update.seen) : event.overwrittenValue;
        event.clobbering = update.clobbering();
        return;
    }
    event.kind = reads ? EventKind::Load : EventKind::Add;
    event.number = kept.doneBy(event.thread, now) + 1;
    if (event.number <= kept.doneBy(event.thread, kept.updates()))
        event.position = kept.positionOf({event.thread, event.number});
    const Position seen = reads ? now : done.origin.position;
    event.other = kept.name(seen);
    if (reads) {
        event.value = shownAs64(done.read->after);
        event.seenValue = event.value;
        return;
    }
    const Instruction& executed = program().instructions[static_cast<std::size_t>(done.pc - program().loadAddress)];
    const Register changed = executed.opcode == Opcode::Neg ? executed.first.base : executed.second.base;
    event.value = shownAs64(after.threads[event.thread].context[changed]);
    event.seenValue = valueAt(seen);
}

// What the instruction at a thread's pc does to the counter.
LoopInstruction MachineHistory::nextOf(const Context& context) const
{
    if (!program().holdsCode(context.pc))
        return LoopInstruction::None;
    const Instruction& next = program().instructions[static_cast<std::size_t>(context.pc - program().loadAddress)];
    const std::int64_t address = counter() ? counter()->address : std::int64_t{Origin::none};
    const auto isCounter = [&](const Operand& operand) {
        return operand.kind == OperandKind::Memory && Executor::address(context, operand) == Integer(address);
    };
    switch (next.opcode) {
    case Opcode::Lock: return LoopInstruction::Acquire;
    case Opcode::Unlock: return LoopInstruction::Release;
    case Opcode::Mov:
        return isCounter(next.first)  ? LoopInstruction::Load
             : isCounter(next.second) ? LoopInstruction::Store
                                      : LoopInstruction::None;
    case Opcode::Add:
    case Opcode::Sub:
    case Opcode::Mul:
        return context.origin(next.second.base).address == address ? LoopInstruction::Add : LoopInstruction::None;
    default: return LoopInstruction::None;
    }
}

State MachineHistory::state(Step step) const
{
    const MachineState machine = machineState(step);
    const Ledger& kept = ledger();
    State state;
    state.step = step;
    for (const LockState& lock : machine.locks)
        if (state.lockHolder == noThread)
            state.lockHolder = lock.holder;
    const std::optional<CounterCell>& cell = counter();
    if (cell) {
        const Cell& now = machine.cells.at(cell->address);
        state.counter = shownAs64(now.value);
        state.lastStore = now.stores;
        state.lost = kept.lostUntil(now.stores);
        state.setAside = now.stores - kept.value(now.stores) - state.lost;
    }
    const std::vector<std::uint32_t> standing = kept.standing(state.lastStore);
    const std::vector<std::uint32_t> lost = kept.lostUntilByThread(state.lastStore);
    for (ThreadIndex t = 0; t < threads(); ++t) {
        const MachineThread& from = machine.threads[t];
        ThreadState& thread = state.threads.emplace_back();
        thread.phase = from.phase;
        thread.next = nextOf(from.context);
        if (!cell)
            continue;
        thread.done = kept.doneBy(t, state.lastStore);
        thread.surviving = standing[t];
        thread.setAside = thread.done - standing[t] - lost[t];
        for (std::size_t r = 0; r < registerSlots; ++r) {
            const Origin& origin = from.context.origins[r];
            if (origin.address != cell->address)
                continue;
            if (!thread.registerValue || origin.loadedAt != Origin::notLoaded)
                thread.registerValue = shownAs64(from.context.registers[r]);
            if (origin.loadedAt != Origin::notLoaded)
                thread.current = thread.done + 1;
        }
    }
    return state;
}

} // namespace interleave
