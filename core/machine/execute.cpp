// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/execute.h"

#include "program/assembler.h"

#include <utility>

namespace interleave {

namespace {

bool jumps(Opcode opcode, Comparison c)
{
    switch (opcode) {
    case Opcode::Jump: return true;
    case Opcode::JumpEqual: return c == Comparison::Equal;
    case Opcode::JumpNotEqual: return c == Comparison::Less || c == Comparison::Greater;
    case Opcode::JumpLess: return c == Comparison::Less;
    case Opcode::JumpLessEqual: return c == Comparison::Less || c == Comparison::Equal;
    case Opcode::JumpGreater: return c == Comparison::Greater;
    default: return c == Comparison::Greater || c == Comparison::Equal;
    }
}

} // namespace

Request Executor::fail(Fault::Kind kind, Integer address)
{
    m_fault.kind = kind;
    m_fault.address = std::move(address);
    return Request::Fault;
}

Integer Executor::address(const Context& context, const Operand& operand) const
{
    Integer sum = context[operand.base] + Integer(operand.value);
    if (operand.index == Register::None)
        return sum;
    return sum + context[operand.index] * Integer(operand.scale);
}

// Null where there is no cell, and then the fault says why.
Integer* Executor::cell(const Integer& address)
{
    if (!address.isSmall() || !m_cells.contains(address.small())) {
        fail(Fault::Kind::OutOfRange, address);
        return nullptr;
    }
    if (m_program.holdsCode(address.small())) {
        fail(Fault::Kind::HoldsCode, address);
        return nullptr;
    }
    return &m_cells.at(address.small());
}

Integer* Executor::cell(const Context& context, const Operand& operand)
{
    return cell(address(context, operand));
}

// Null where it lies in a cell that is none.
const Integer* Executor::source(Context& context, const Operand& operand)
{
    switch (operand.kind) {
    case OperandKind::Register: return &context[operand.base];
    case OperandKind::Memory: return cell(context, operand);
    case OperandKind::Constant: return &m_program.constants[static_cast<std::size_t>(operand.value)];
    default: m_immediate = Integer(operand.value); return &m_immediate;
    }
}

Request Executor::store(Integer& place, Integer value)
{
    if (!value.isSmall() && value.bits() > Integer::mostBits)
        return fail(Fault::Kind::NumberTooLarge, {});
    place = std::move(value);
    return Request::None;
}

Request Executor::move(Context& context, const Instruction& instruction)
{
    const Integer* const from = source(context, instruction.first);
    if (!from)
        return Request::Fault;
    Integer* const to = instruction.second.kind == OperandKind::Memory ? cell(context, instruction.second)
                                                                       : &context[instruction.second.base];
    if (!to)
        return Request::Fault;
    *to = *from;
    return Request::None;
}

Request Executor::compute(Context& context, const Instruction& instruction)
{
    const Integer& by = *source(context, instruction.first); // a register or an immediate
    Integer& to = context[instruction.second.base];
    if (instruction.opcode == Opcode::Add)
        return store(to, to + by);
    if (instruction.opcode == Opcode::Sub)
        return store(to, to - by);
    // A product may be twice as long as its factors: judged before it is made.
    if (to.bits() + by.bits() > Integer::mostBits)
        return fail(Fault::Kind::NumberTooLarge, {});
    return store(to, to * by);
}

Request Executor::exchange(Context& context, const Instruction& instruction)
{
    Integer* const shared = cell(context, instruction.second);
    if (!shared)
        return Request::Fault;
    Integer& own = context[instruction.first.base];
    if (instruction.opcode == Opcode::FetchAdd) {
        Integer sum = *shared + own;
        if (!sum.isSmall() && sum.bits() > Integer::mostBits)
            return fail(Fault::Kind::NumberTooLarge, {});
        own = std::exchange(*shared, std::move(sum));
    } else {
        std::swap(own, *shared);
    }
    return Request::None;
}

Request Executor::push(Context& context, Integer value)
{
    Integer top = context[Register::Sp] - Integer(cellDistance);
    Integer* const place = cell(top);
    if (!place)
        return Request::Fault;
    *place = std::move(value);
    context[Register::Sp] = std::move(top);
    return Request::None;
}

Request Executor::pop(Context& context, Integer& into)
{
    const Integer* const place = cell(context[Register::Sp]);
    if (!place)
        return Request::Fault;
    Integer value = *place;
    context[Register::Sp] = context[Register::Sp] + Integer(cellDistance);
    into = std::move(value); // last, so that `pop %sp` leaves what was popped
    return Request::None;
}

// A bad address is no fault yet: it becomes one when the thread is to go on there.
Request Executor::returnFrom(Context& context)
{
    Integer address;
    if (pop(context, address) == Request::Fault)
        return Request::Fault;
    constexpr std::int64_t nowhere = -1;
    context.pc = address.isSmall() ? address.small() : nowhere;
    return Request::None;
}

Request Executor::step(Context& context)
{
    if (!m_program.holdsCode(context.pc))
        return fail(Fault::Kind::NoCode, Integer(context.pc));
    const Instruction& now = m_program.instructions[static_cast<std::size_t>(context.pc - m_program.loadAddress)];
    const std::int64_t here = context.pc++;
    const auto stayOnFault = [&](Request request) {
        if (request == Request::Fault)
            context.pc = here;
        return request;
    };
    switch (now.opcode) {
    case Opcode::Mov: return stayOnFault(move(context, now));
    case Opcode::Lea: return stayOnFault(store(context[now.second.base], address(context, now.first)));
    case Opcode::Neg: return stayOnFault(store(context[now.first.base], -context[now.first.base]));
    case Opcode::Mul:
    case Opcode::Add:
    case Opcode::Sub: return stayOnFault(compute(context, now));
    case Opcode::Test: {
        const Integer a = *source(context, now.first);
        const Integer& b = *source(context, now.second);
        const auto order = b <=> a;
        context.comparison = order < 0 ? Comparison::Less : order > 0 ? Comparison::Greater : Comparison::Equal;
        return Request::None;
    }
    case Opcode::Jump:
    case Opcode::JumpEqual:
    case Opcode::JumpNotEqual:
    case Opcode::JumpLess:
    case Opcode::JumpLessEqual:
    case Opcode::JumpGreater:
    case Opcode::JumpGreaterEqual:
        if (jumps(now.opcode, context.comparison))
            context.pc = now.first.value;
        return Request::None;
    case Opcode::Exchange:
    case Opcode::FetchAdd: return stayOnFault(exchange(context, now));
    case Opcode::Push:
        return stayOnFault(push(context, now.first.kind == OperandKind::Register ? context[now.first.base]
                                                                                 : address(context, now.first)));
    case Opcode::Pop:
        if (now.first.kind == OperandKind::Register)
            return stayOnFault(pop(context, context[now.first.base]));
        return stayOnFault(store(context[Register::Sp], context[Register::Sp] + Integer(cellDistance)));
    case Opcode::Call: {
        const Request pushed = stayOnFault(push(context, Integer(context.pc)));
        if (pushed == Request::None)
            context.pc = now.first.value;
        return pushed;
    }
    case Opcode::Return: return stayOnFault(returnFrom(context));
    case Opcode::Yield: return Request::Yield;
    case Opcode::Nop: return Request::None;
    case Opcode::Halt: return Request::Halt;
    case Opcode::DumpRegisters: return Request::DumpRegisters;
    case Opcode::DumpMemory:
    case Opcode::Lock:
    case Opcode::Unlock:
        m_argument = address(context, now.first);
        if (!cell(m_argument))
            return stayOnFault(Request::Fault);
        return now.opcode == Opcode::DumpMemory ? Request::DumpMemory
             : now.opcode == Opcode::Lock       ? Request::Lock
                                                : Request::Unlock;
    case Opcode::Sleep: m_argument = Integer(now.first.value); return Request::Sleep;
    }
    return Request::None;
}

} // namespace interleave
