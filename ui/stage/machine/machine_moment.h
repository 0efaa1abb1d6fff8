// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"
#include "stage/machine/machine_stage_layout.h"
#include "stage/stage_moment.h"

#include <QString>
#include <memory>
#include <optional>
#include <vector>

namespace interleave {

// What a run of the machine has in common at every step of it.
struct MachineRun {
    struct Lock {
        std::int64_t address = 0;
        QString name;
        QString brief; // of one of an array: its place alone
    };

    std::shared_ptr<const Program> program;
    MachineSettings settings;
    MachineShape shape;
    std::vector<Register> registers; // worth showing: those that the program uses, and the stack pointer last
    std::optional<CounterCell> counter;
    std::vector<Lock> locks;                // by address
    std::vector<const Variable*> variables; // that are neither the counter nor locks
    Step steps = 0;
    Outcome outcome = Outcome::Finished;

    static constexpr std::size_t mostRegisters = 7;

    static MachineRun of(const MachineHistory& history);
    // From its parts: `end` is the state after the last step.
    static MachineRun of(std::shared_ptr<const Program> program, const MachineSettings& settings,
                         std::optional<CounterCell> counter, const MachineState& end);

    // Where the stack of a thread begins; it grows downward.
    [[nodiscard]] std::int64_t stackStart(ThreadIndex thread) const;
    // The thread whose stack a cell is part of, noThread if it is of none.
    [[nodiscard]] ThreadIndex stackOwner(std::int64_t address) const;
    [[nodiscard]] bool isData(std::int64_t address) const;
    // Neither data, nor a lock, nor stack.
    [[nodiscard]] bool isHeap(std::int64_t address) const;
    // The instruction at an address, null where there is none.
    [[nodiscard]] const Instruction* instructionAt(std::int64_t address) const;
    [[nodiscard]] std::optional<std::size_t> registerPlace(Register wanted) const;
};

// One step as the stage of the machine shows it.
struct MachineMoment {
    MachineState after;
    std::optional<MachineState> before; // none before the first step
    std::optional<MachineStep> step;
    StageMoment counts;                // of the counter: who wrote it, what was erased; empty without one
    std::vector<std::int64_t> heap;    // cells written so far that are neither data nor stack, by address
    std::optional<State> countsBefore; // only where the step is animated

    static MachineMoment at(const MachineRun& run, const MachineHistory& history, Step step);
    void loadCountsBefore(const MachineHistory& history);

    [[nodiscard]] ThreadIndex actor() const { return step ? step->event.thread : noThread; }
    // The tick of the step, where the playheads stand; once it is over, the state may be in the next one already.
    [[nodiscard]] std::uint64_t tick() const { return step ? step->tick : after.tick; }
    [[nodiscard]] bool is(EventKind kind) const { return step && step->event.kind == kind; }
    // What a register of a thread was before the step, if the step changed it.
    [[nodiscard]] const Integer* registerBefore(ThreadIndex thread, Register changed) const;
    // Threads worth enlarging: who acts, who holds what it waits for, who is on a core.
    [[nodiscard]] std::vector<ThreadIndex> concerned(std::optional<ThreadIndex> selected) const;
};

// A thread's registers are in a core: it runs, or has blocked and is not saved yet.
[[nodiscard]] bool isInCore(const MachineState& state, ThreadIndex thread);

// A frame of a stack: what it is of, where it returns to, and what was pushed in it.
struct StackFrame {
    QString function;
    std::optional<std::int64_t> base; // the cell of the return address; none of the outermost
    std::vector<std::int64_t> cells;  // pushed values, the latest last
};

// The frames of a thread, the outermost first. No more than `most` cells are listed, the latest ones.
[[nodiscard]] std::vector<StackFrame> framesOf(const MachineRun& run, const MachineState& state, ThreadIndex thread,
                                               std::size_t most = 48);

} // namespace interleave
