// SPDX-License-Identifier: GPL-3.0-or-later
#include "trace_walk.h"

#include "machine/scheduler/make_scheduler.h"

#include <cassert>

namespace interleave {

TraceWalk::TraceWalk(const MachineHistory& history)
    : m_history(history),
      m_code(history.program(), MachineSettings::memoryCells),
      m_machine(m_code, history.settings(), makeScheduler(history.settings())),
      m_waitsFor(history.threads(), 0)
{
    for (const MachineThread& thread : m_machine.threads())
        m_registers.push_back(thread.context.registers);
}

const SourceLine& TraceWalk::source() const
{
    const Program& program = m_history.program();
    return program.sources[static_cast<std::size_t>(m_step.pc - program.loadAddress)];
}

const Instruction& TraceWalk::instruction() const
{
    const Program& program = m_history.program();
    return program.instructions[static_cast<std::size_t>(m_step.pc - program.loadAddress)];
}

bool TraceWalk::next()
{
    if (m_next == m_history.steps())
        return false;
    auto observed = m_machine.observedStep();
    assert(observed); // the run was as long before
    if (!observed)
        return false;
    ++m_next;
    m_step = *std::move(observed);
    m_changed.clear();
    m_tested.reset();
    m_jumpedTo.reset();
    m_lock.reset();
    m_isJump = false;
    m_isYield = false;
    if (m_step.pc >= 0)
        tellOfInstruction();
    else if (m_step.event.kind == EventKind::LockAcquire) // handed over by whoever released it
        m_lock = m_waitsFor[m_step.event.thread];
    return true;
}

void TraceWalk::tellOfInstruction()
{
    const ThreadIndex thread = m_step.event.thread;
    const Context& now = context();
    Registers& known = m_registers[thread];
    m_before = known;
    for (std::size_t i = 0; i < registerNames.size(); ++i)
        if (now.registers[i] != known[i]) {
            m_changed.push_back(static_cast<Register>(i));
            known[i] = now.registers[i];
        }
    const Instruction& executed = instruction();
    switch (executed.opcode) {
    case Opcode::Test:
    case Opcode::CompareExchange: m_tested = now.comparison; break;
    case Opcode::Yield: m_isYield = true; break;
    case Opcode::Lock:
    case Opcode::Unlock:
        m_lock = Executor::address(now, executed.first).small(); // neither changes a register
        m_waitsFor[thread] = *m_lock;
        break;
    default:
        m_isJump = executed.opcode >= Opcode::Jump && executed.opcode <= Opcode::JumpGreaterEqual;
        if (m_isJump && now.pc != m_step.pc + 1)
            m_jumpedTo = now.pc;
    }
}

} // namespace interleave
