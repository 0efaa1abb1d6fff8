// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"

#include <array>
#include <optional>
#include <vector>

namespace interleave {

// Goes through a run of the machine from its first step to its last, and tells of each what it changed. It runs the
// program once more: that is the fastest way to all steps, and keeps none of them.
class TraceWalk {
public:
    // The history must outlive the walk.
    explicit TraceWalk(const MachineHistory& history);

    // Whether there is one more step.
    bool next();

    // Of the step that next() came to.
    [[nodiscard]] Step number() const { return m_next - 1; }
    [[nodiscard]] const MachineStep& step() const { return m_step; }
    [[nodiscard]] const SourceLine& source() const; // of a step that is an instruction
    [[nodiscard]] const std::vector<Register>& changedRegisters() const { return m_changed; }
    [[nodiscard]] const Integer& before(Register r) const { return m_before[static_cast<std::size_t>(r)]; }
    [[nodiscard]] const Integer& after(Register r) const { return context()[r]; }
    [[nodiscard]] std::optional<Comparison> tested() const { return m_tested; } // what a `test` came out as
    [[nodiscard]] std::optional<std::int64_t> jumpedTo() const { return m_jumpedTo; }
    [[nodiscard]] bool isJump() const { return m_isJump; }
    [[nodiscard]] bool isYield() const { return m_isYield; }
    // The address of the lock that the step is about.
    [[nodiscard]] std::optional<std::int64_t> lock() const { return m_lock; }
    [[nodiscard]] std::int64_t sleepTicks() const { return instruction().first.value; } // with EventKind::Sleep

private:
    using Registers = std::array<Integer, registerSlots>;

    [[nodiscard]] const Context& context() const { return m_machine.threads()[m_step.event.thread].context; }
    [[nodiscard]] const Instruction& instruction() const;
    void tellOfInstruction();

    const MachineHistory& m_history;
    Code m_code;
    Machine m_machine;
    Step m_next = 0;
    MachineStep m_step;
    std::vector<Registers> m_registers; // of each thread after its last step
    std::vector<std::int64_t> m_waitsFor;
    Registers m_before;
    std::vector<Register> m_changed;
    std::optional<Comparison> m_tested;
    std::optional<std::int64_t> m_jumpedTo;
    std::optional<std::int64_t> m_lock;
    bool m_isJump = false;
    bool m_isYield = false;
};

} // namespace interleave
