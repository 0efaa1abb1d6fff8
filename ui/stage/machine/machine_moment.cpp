// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/machine/machine_moment.h"

#include "history/ledger.h"
#include "program/assembler.h"
#include "sentences/faults.h"
#include "stage/machine/machine_text.h"

#include <algorithm>
#include <set>

namespace interleave {

namespace {

constexpr std::int64_t stackDistance = 1000; // between the stacks of two threads

void addRegisters(const Operand& operand, std::set<Register>& used)
{
    for (const Register r : {operand.base, operand.index})
        if (r != Register::None && r != Register::Zero && r != Register::Sp)
            used.insert(r);
}

std::vector<Register> registersOf(const Program& program, const MachineSettings& settings)
{
    std::set<Register> used;
    for (const Instruction& instruction : program.instructions) {
        addRegisters(instruction.first, used);
        addRegisters(instruction.second, used);
        if (instruction.opcode == Opcode::CompareExchange)
            used.insert(Register::Ax);
    }
    for (const StartRegisters& set : settings.registers)
        for (const auto& [r, value] : set)
            if (r != Register::Zero && r != Register::Sp && r != Register::None)
                used.insert(r);
    std::vector<Register> registers(used.begin(), used.end());
    registers.resize(std::min(registers.size(), MachineRun::mostRegisters - 1));
    registers.push_back(Register::Sp);
    return registers;
}

// Locks that the program names, and those that it took.
std::set<std::int64_t> lockAddresses(const Program& program, const MachineState& end)
{
    std::set<std::int64_t> addresses;
    for (const Instruction& instruction : program.instructions) {
        const bool takes = instruction.opcode == Opcode::Lock || instruction.opcode == Opcode::Unlock;
        if (takes && instruction.first.kind == OperandKind::Memory && instruction.first.base == Register::None)
            addresses.insert(instruction.first.value);
    }
    for (const LockState& lock : end.locks)
        addresses.insert(lock.address);
    return addresses;
}

// Of the longest value that a register begins or ends with, or takes from memory; longer ones are told about.
int lettersOf(const MachineRun& run, const MachineState& end)
{
    constexpr qsizetype most = 14;
    qsizetype letters = 0;
    const auto count = [&](const Integer& value) { letters = std::max(letters, valueText(value, most).size()); };
    for (const StartRegisters& set : run.settings.registers)
        for (const auto& [r, value] : set)
            count(value);
    for (const MachineThread& thread : end.threads)
        for (const Register r : run.registers)
            if (r != Register::Sp)
                count(thread.context[r]);
    if (run.counter)
        count(end.cells.value(run.counter->address));
    return static_cast<int>(std::min(letters, most));
}

bool has(const Program& program, std::initializer_list<Opcode> opcodes)
{
    return std::any_of(program.instructions.begin(), program.instructions.end(), [&](const Instruction& instruction) {
        return std::find(opcodes.begin(), opcodes.end(), instruction.opcode) != opcodes.end();
    });
}

} // namespace

MachineRun MachineRun::of(const MachineHistory& history)
{
    MachineRun run = of(history.sharedProgram(), history.settings(), history.counter(),
                        history.machineState(history.steps()));
    run.steps = history.steps();
    run.outcome = history.outcome();
    run.shape.erases = run.counter && history.ledger().clobberingStores() > 0;
    return run;
}

MachineRun MachineRun::of(std::shared_ptr<const Program> ofProgram, const MachineSettings& withSettings,
                          std::optional<CounterCell> ofCounter, const MachineState& end)
{
    MachineRun run;
    run.program = std::move(ofProgram);
    run.settings = withSettings;
    run.counter = std::move(ofCounter);
    run.registers = registersOf(*run.program, withSettings);
    const std::set<std::int64_t> locks = lockAddresses(*run.program, end);
    for (const std::int64_t address : locks) {
        const QString name = cellText(*run.program, address);
        run.locks.push_back({address, name, name.mid(std::max<qsizetype>(0, name.indexOf(QLatin1Char('['))))});
    }
    for (const Variable& variable : run.program->variables) {
        bool elsewhere = run.counter && variable.cells == 1 && run.counter->address == variable.address;
        const auto lock = locks.lower_bound(variable.address);
        elsewhere = elsewhere || (lock != locks.end() && *lock < variable.address + variable.cells * cellDistance);
        if (!elsewhere)
            run.variables.push_back(&variable);
    }
    MachineShape& shape = run.shape;
    shape.threads = withSettings.threads;
    shape.cores = withSettings.cores;
    shape.registers = static_cast<int>(run.registers.size());
    shape.flags = has(*run.program, {Opcode::Test, Opcode::CompareExchange});
    shape.blocks = has(*run.program, {Opcode::Lock, Opcode::Sleep});
    shape.counter = run.counter.has_value();
    shape.locks = static_cast<int>(run.locks.size());
    for (const Variable* variable : run.variables)
        shape.variables.push_back(
            {static_cast<int>(std::min<std::int64_t>(variable->cells, 64)), static_cast<int>(variable->name.size())});
    for (const Lock& lock : run.locks)
        shape.lockLetters = std::max(shape.lockLetters, static_cast<int>(lock.brief.size()));
    shape.valueLetters = std::max(shape.valueLetters, lettersOf(run, end));
    const std::vector<std::int64_t> touched = end.cells.touched();
    shape.heap = std::any_of(touched.begin(), touched.end(), [&](std::int64_t address) { return run.isHeap(address); });
    run.steps = end.step;
    return run;
}

std::int64_t MachineRun::stackStart(ThreadIndex thread) const
{
    constexpr std::int64_t first = MachineSettings::memoryCells / 1024 * 1000;
    return first - stackDistance * static_cast<std::int64_t>(thread);
}

ThreadIndex MachineRun::stackOwner(std::int64_t address) const
{
    const std::int64_t below = stackStart(0) - address;
    if (below < 0 || below >= stackDistance * static_cast<std::int64_t>(settings.threads))
        return noThread;
    return static_cast<ThreadIndex>(below / stackDistance);
}

bool MachineRun::isHeap(std::int64_t address) const
{
    return stackOwner(address) == noThread && !isData(address)
        && std::none_of(locks.begin(), locks.end(), [address](const Lock& lock) { return lock.address == address; });
}

bool MachineRun::isData(std::int64_t address) const
{
    if (counter && counter->address == address)
        return true;
    return std::any_of(program->variables.begin(), program->variables.end(), [address](const Variable& variable) {
        return address >= variable.address && address < variable.address + variable.cells * cellDistance;
    });
}

const Instruction* MachineRun::instructionAt(std::int64_t address) const
{
    return program->holdsCode(address)
             ? &program->instructions[static_cast<std::size_t>(address - program->loadAddress)]
             : nullptr;
}

std::optional<std::size_t> MachineRun::registerPlace(Register wanted) const
{
    const auto found = std::find(registers.begin(), registers.end(), wanted);
    if (found == registers.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - registers.begin());
}

MachineMoment MachineMoment::at(const MachineRun& run, const MachineHistory& history, Step step)
{
    MachineMoment moment;
    // The one before it first: going on is what a history does fastest.
    if (step > 0) {
        moment.before = history.machineState(step - 1);
        moment.step = history.machineStep(step - 1);
    }
    moment.after = history.machineState(step);
    if (history.counter())
        moment.counts = StageMoment::at(history, history.state(step));
    if (run.shape.heap) {
        for (const std::int64_t address : moment.after.cells.touched()) {
            if (run.isHeap(address))
                moment.heap.push_back(address);
        }
    }
    return moment;
}

void MachineMoment::loadCountsBefore(const MachineHistory& history)
{
    if (!countsBefore && after.step > 0 && history.counter())
        countsBefore = history.state(after.step - 1);
}

const Integer* MachineMoment::registerBefore(ThreadIndex thread, Register changed) const
{
    if (!before || thread != actor() || thread >= before->threads.size())
        return nullptr;
    const Integer& old = before->threads[thread].context[changed];
    return old == after.threads[thread].context[changed] ? nullptr : &old;
}

std::vector<ThreadIndex> MachineMoment::concerned(std::optional<ThreadIndex> selected) const
{
    std::vector<ThreadIndex> threads;
    const auto add = [&](ThreadIndex thread) {
        if (thread < after.threads.size() && std::find(threads.begin(), threads.end(), thread) == threads.end())
            threads.push_back(thread);
    };
    add(actor());
    if (step)
        add(step->event.holder);
    if (selected)
        add(*selected);
    for (const CoreState& core : after.cores)
        add(core.thread);
    return threads;
}

bool isInCore(const MachineState& state, ThreadIndex thread)
{
    if (state.threads[thread].phase == ThreadPhase::Running)
        return true;
    return std::any_of(state.cores.begin(), state.cores.end(), [thread](const CoreState& core) {
        return core.phase == CorePhase::Saving && core.thread == thread;
    });
}

std::vector<StackFrame> framesOf(const MachineRun& run, const MachineState& state, ThreadIndex thread, std::size_t most)
{
    const Context& context = state.threads[thread].context;
    std::vector<StackFrame> frames;
    frames.push_back({functionText(*run.program, run.program->loadAddress), std::nullopt, {}});
    for (const Frame& frame : context.frames)
        frames.push_back({functionText(*run.program, frame.function), frame.base, {}});
    const Integer& pointer = context[Register::Sp];
    const std::int64_t start = run.stackStart(thread);
    if (!pointer.isSmall())
        return frames;
    // A program may set its stack pointer anywhere; then there is no telling what lies between.
    const std::int64_t end = pointer.small();
    if (end > start || start - end >= stackDistance)
        return frames;
    std::int64_t from = end;
    for (std::size_t listed = 0; from < start && listed < most; ++listed)
        from += cellDistance;
    std::size_t frame = 0;
    for (std::int64_t address = from - cellDistance; address >= end; address -= cellDistance) {
        while (frame + 1 < frames.size() && address <= *frames[frame + 1].base)
            ++frame;
        if (address != frames[frame].base)
            frames[frame].cells.push_back(address);
    }
    return frames;
}

} // namespace interleave
