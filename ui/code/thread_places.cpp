// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/thread_places.h"

#include "code/face_text.h"
#include "machine/machine_history.h"

#include <algorithm>

namespace interleave {

namespace {

std::uint32_t lineAt(const Program& program, std::int64_t address)
{
    return program.holdsCode(address)
             ? static_cast<std::uint32_t>(program.sources[static_cast<std::size_t>(address - program.loadAddress)].line)
             : 0;
}

// What blocked a thread, lock or sleep, has been executed: to a reader it is the instruction that the thread is at.
std::int64_t shownAddress(const MachineThread& thread)
{
    return thread.phase == ThreadPhase::Blocked ? thread.context.pc - 1 : thread.context.pc;
}

bool stands(ThreadPhase phase)
{
    return phase == ThreadPhase::Ready || phase == ThreadPhase::Running || phase == ThreadPhase::Blocked;
}

// A named cell, but not this one.
bool isAnother(const Operand& operand, std::int64_t counter)
{
    return operand.kind == OperandKind::Memory && operand.base == Register::None && operand.value != counter;
}

bool looksAtAnother(const Instruction& instruction, std::int64_t counter)
{
    return instruction.opcode == Opcode::Lock
        || (instruction.opcode == Opcode::Mov && isAnother(instruction.first, counter))
        || (instruction.opcode == Opcode::Exchange && isAnother(instruction.second, counter));
}

bool setsAnother(const Instruction& instruction, std::int64_t counter)
{
    return instruction.opcode == Opcode::Unlock
        || (instruction.opcode == Opcode::Mov && isAnother(instruction.second, counter));
}

} // namespace

const ThreadPlace* ThreadPlaces::of(ThreadIndex thread) const
{
    const auto found = std::find_if(threads.begin(), threads.end(),
                                    [thread](const ThreadPlace& place) { return place.thread == thread; });
    return found == threads.end() ? nullptr : &*found;
}

ThreadPlaces placesIn(const MachineHistory& history, Step step)
{
    ThreadPlaces places;
    const Program& program = history.program();
    const MachineState state = history.machineState(step);
    for (ThreadIndex t = 0; t < state.threads.size(); ++t) {
        const MachineThread& thread = state.threads[t];
        const std::uint32_t line = lineAt(program, shownAddress(thread));
        if (stands(thread.phase) && line > 0)
            places.threads.push_back({t, thread.phase, line});
    }
    if (step > 0) {
        const MachineStep last = history.machineStep(step - 1);
        places.acting = last.event.thread;
        places.executed = lineAt(program, last.pc);
    }
    return places;
}

LoopLines LoopLines::of(const Program& program, std::string_view counter)
{
    LoopLines lines;
    const Variable* const variable = program.variableNamed(counter);
    if (!variable)
        return lines;
    const std::int64_t cell = variable->address;
    Register loaded = Register::None;
    for (std::size_t i = 0; i < program.instructions.size(); ++i) {
        const Instruction& instruction = program.instructions[i];
        const auto line = static_cast<std::uint32_t>(program.sources[i].line);
        const bool update = loads(instruction, cell) && stores(instruction, cell);
        if (!lines.load && loads(instruction, cell)) {
            lines.load = line;
            loaded = instruction.second.base;
            if (instruction.opcode == Opcode::FetchAdd)
                lines.add = line;
        } else if (lines.load && !lines.store && instruction.opcode == Opcode::Add
                   && (instruction.second.base == loaded || !lines.add)) {
            lines.add = line;
        }
        if (!lines.store && stores(instruction, cell) && (lines.add || update))
            lines.store = line;
        // Without lock and unlock: the first that looks at another variable, which may stand in a function further
        // down, and after the store the first that sets one.
        if (!lines.acquire && looksAtAnother(instruction, cell))
            lines.acquire = line;
        if (!lines.release && lines.store && line != lines.store && setsAnother(instruction, cell))
            lines.release = line;
    }
    return lines;
}

std::uint32_t LoopLines::lineOf(LoopInstruction instruction) const
{
    switch (instruction) {
    case LoopInstruction::None: return 0;
    case LoopInstruction::Acquire: return acquire;
    case LoopInstruction::Load: return load;
    case LoopInstruction::Add: return add;
    case LoopInstruction::Store: return store;
    case LoopInstruction::Release: return release;
    }
    return 0;
}

std::uint32_t LoopLines::lineOf(EventKind kind) const
{
    switch (kind) {
    case EventKind::Load: return load;
    case EventKind::Add: return add;
    case EventKind::Store:
    case EventKind::Update: return store;
    case EventKind::LockWait:
    case EventKind::LockAcquire: return acquire;
    case EventKind::LockRelease: return release;
    default: return 0;
    }
}

ThreadPlaces placesIn(const LoopLines& lines, const State& state, const Event* lastEvent)
{
    ThreadPlaces places;
    for (ThreadIndex t = 0; t < state.threads.size(); ++t) {
        const ThreadState& thread = state.threads[t];
        const std::uint32_t line = lines.lineOf(thread.next);
        if (stands(thread.phase) && line > 0)
            places.threads.push_back({t, thread.phase, line});
    }
    if (lastEvent) {
        places.acting = lastEvent->thread;
        places.executed = lines.lineOf(lastEvent->kind);
    }
    return places;
}

bool isSameProgram(const Program& a, const Program& b)
{
    const auto sameLine = [](const SourceLine& x, const SourceLine& y) { return x.line == y.line && x.text == y.text; };
    return a.loadAddress == b.loadAddress && a.instructions == b.instructions
        && std::equal(a.sources.begin(), a.sources.end(), b.sources.begin(), b.sources.end(), sameLine);
}

} // namespace interleave
