// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/machine.h"

#include "program/assembler.h"

namespace interleave {

// The instruction that is about to be executed, and the cells that it is about to read and write.
void Machine::noteOperands(const Context& context)
{
    MachineStep& step = *m_observed;
    const Program& program = m_code.program();
    if (!program.holdsCode(context.pc))
        return;
    step.pc = context.pc;
    const Instruction& now = program.instructions[static_cast<std::size_t>(context.pc - program.loadAddress)];
    const auto cellAt = [&](const Integer& address) -> std::optional<CellAccess> {
        if (!address.isSmall() || !m_cells.contains(address.small()))
            return std::nullopt;
        const Integer& value = m_cells.value(address.small());
        return CellAccess{address.small(), value, value};
    };
    const auto cellOf = [&](const Operand& operand) { return cellAt(Executor::address(context, operand)); };
    switch (now.opcode) {
    case Opcode::Mov:
        if (now.first.kind == OperandKind::Memory)
            step.read = cellOf(now.first);
        else if (now.second.kind == OperandKind::Memory)
            step.written = cellOf(now.second);
        if (now.first.kind == OperandKind::Register)
            step.origin = context.origin(now.first.base);
        break;
    case Opcode::Exchange:
    case Opcode::FetchAdd:
    case Opcode::CompareExchange:
        step.read = cellOf(now.second);
        step.written = step.read;
        break;
    case Opcode::Add:
    case Opcode::Sub:
    case Opcode::Mul: step.origin = context.origin(now.second.base); break;
    case Opcode::Neg: step.origin = context.origin(now.first.base); break;
    case Opcode::Push:
    case Opcode::Call: step.written = cellAt(context[Register::Sp] - Integer(cellDistance)); break;
    case Opcode::Pop:
        if (now.first.kind == OperandKind::Register)
            step.read = cellAt(context[Register::Sp]);
        break;
    case Opcode::Return: step.read = cellAt(context[Register::Sp]); break;
    case Opcode::Lock:
    case Opcode::Unlock:
        step.written = cellOf(now.first);
        if (step.written)
            step.lock = step.written->address;
        break;
    default: break;
    }
}

void Machine::noteResults()
{
    MachineStep& step = *m_observed;
    if (step.pc < 0)
        return;
    const Program& program = m_code.program();
    const Instruction& now = program.instructions[static_cast<std::size_t>(step.pc - program.loadAddress)];
    if (step.written)
        step.written->after = m_cells.value(step.written->address);
    if (step.event.kind == EventKind::Execute && now.opcode == Opcode::Call)
        step.event.kind = EventKind::FramePush;
    if (step.event.kind == EventKind::Execute && now.opcode == Opcode::Return)
        step.event.kind = EventKind::FramePop;
    // A cmpxchg that fails and a lock that is held only read.
    const bool wrote = now.opcode != Opcode::CompareExchange
                    || m_data.threads[step.event.thread].context.comparison == Comparison::Equal;
    if (step.event.kind == EventKind::LockWait || !wrote) {
        step.read = step.written;
        step.written.reset();
    }
}

} // namespace interleave
