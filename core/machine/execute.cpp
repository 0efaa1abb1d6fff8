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

Integer Executor::address(const Context& context, const Operand& operand)
{
    Integer sum = context[operand.base] + Integer(operand.value);
    if (operand.index == Register::None)
        return sum;
    return sum + context[operand.index] * Integer(operand.scale);
}

// Where not, the fault says why.
bool Executor::isCell(const Integer& address)
{
    if (!address.isSmall() || !m_cells.contains(address.small())) {
        fail(Fault::Kind::OutOfRange, address);
        return false;
    }
    if (m_program.holdsCode(address.small())) {
        fail(Fault::Kind::HoldsCode, address);
        return false;
    }
    return true;
}

// Null where it lies in a cell that is none.
const Integer* Executor::source(const Context& context, const Operand& operand)
{
    switch (operand.kind) {
    case OperandKind::Register: return &context[operand.base];
    case OperandKind::Memory: {
        const Integer at = address(context, operand);
        return isCell(at) ? &m_cells.value(at.small()) : nullptr;
    }
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

void Executor::watch(std::int64_t address, CellWatcher* watcher)
{
    m_watched = watcher ? address : std::int64_t{Origin::none};
    m_watcher = watcher;
}

inline void Executor::noteStore(Cell& cell, ThreadIndex thread, Store how, const Origin& from, std::int64_t address,
                                Step step)
{
    const auto writer = static_cast<std::uint16_t>(thread);
    if (cell.stores == 0)
        cell.firstWriter = writer;
    else if (cell.firstWriter != writer)
        cell.severalWriters = true;
    ++cell.stores;
    if (how == Store::Blind)
        cell.blind = true;
    else if (how == Store::Update)
        cell.updated = true;
    if (address == m_watched)
        m_watcher->stored({thread, step, cell.stores, from.position, from.loadedAt}, cell.value);
}

// After it the register holds what its own store left there, as if it had loaded that.
inline void Executor::noteStoreOf(Register r, Cell& cell, std::int64_t address, Context& context, Step step)
{
    Origin& origin = context.origin(r);
    const bool updates = origin.address == address;
    cell.apart = cell.apart || updates;
    noteStore(cell, context.thread, updates ? Store::Update : Store::Blind, origin, address, step);
    origin = {static_cast<std::int32_t>(address), cell.stores, Origin::notLoaded};
}

inline void Executor::load(Register r, std::int64_t address, Context& context, Step step)
{
    const Cell& cell = m_cells.at(address);
    context[r] = cell.value;
    context.origin(r) = {static_cast<std::int32_t>(address), cell.stores, step};
    if (address == m_watched)
        m_watcher->loaded(context.thread, step, cell.value);
}

Request Executor::move(Context& context, const Instruction& instruction)
{
    const Operand& from = instruction.first;
    const Operand& to = instruction.second;
    const Integer* const value = source(context, from);
    if (!value)
        return Request::Fault;
    if (to.kind == OperandKind::Memory) {
        const Integer at = address(context, to);
        if (!isCell(at))
            return Request::Fault;
        Cell& cell = m_cells.writable(at.small());
        cell.value = *value;
        if (from.kind == OperandKind::Register)
            noteStoreOf(from.base, cell, at.small(), context, m_step);
        else
            noteStore(cell, context.thread, Store::Blind, {}, at.small(), m_step);
        return Request::None;
    }
    if (from.kind == OperandKind::Memory) {
        load(to.base, address(context, from).small(), context, m_step);
        return Request::None;
    }
    context[to.base] = *value;
    context.origin(to.base) = from.kind == OperandKind::Register ? context.origin(from.base) : Origin{};
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

// The three atomic ones: load and store with nobody between.
Request Executor::exchange(Context& context, const Instruction& instruction)
{
    const Integer where = address(context, instruction.second);
    if (!isCell(where))
        return Request::Fault;
    const std::int64_t at = where.small();
    const Cell& before = m_cells.at(at);
    const Origin loaded{static_cast<std::int32_t>(at), before.stores, m_step};
    const Register own = instruction.first.base;
    if (instruction.opcode == Opcode::CompareExchange) {
        const auto order = before.value <=> context[Register::Ax];
        context.comparison = order < 0 ? Comparison::Less : order > 0 ? Comparison::Greater : Comparison::Equal;
        if (context.comparison != Comparison::Equal) {
            load(Register::Ax, at, context, m_step);
            return Request::None;
        }
        Cell& cell = m_cells.writable(at);
        cell.value = context[own];
        noteStore(cell, context.thread, Store::Update, loaded, at, m_step);
        context.origin(own) = {loaded.address, cell.stores, Origin::notLoaded};
        return Request::None;
    }
    const bool adds = instruction.opcode == Opcode::FetchAdd;
    Integer stored = adds ? before.value + context[own] : context[own];
    if (!stored.isSmall() && stored.bits() > Integer::mostBits)
        return fail(Fault::Kind::NumberTooLarge, {});
    Cell& cell = m_cells.writable(at);
    context[own] = std::exchange(cell.value, std::move(stored));
    context.origin(own) = loaded;
    noteStore(cell, context.thread, adds ? Store::Update : Store::Exchange, loaded, at, m_step);
    return Request::None;
}

Request Executor::push(Context& context, Integer value)
{
    Integer top = context[Register::Sp] - Integer(cellDistance);
    if (!isCell(top))
        return Request::Fault;
    Cell& cell = m_cells.writable(top.small());
    cell.value = std::move(value);
    noteStore(cell, context.thread, Store::Blind, {}, top.small(), m_step);
    context[Register::Sp] = std::move(top);
    return Request::None;
}

Request Executor::pop(Context& context, Integer& into)
{
    if (!isCell(context[Register::Sp]))
        return Request::Fault;
    Integer value = m_cells.value(context[Register::Sp].small());
    context[Register::Sp] = context[Register::Sp] + Integer(cellDistance);
    into = std::move(value); // last, so that `pop %sp` leaves what was popped
    return Request::None;
}

Request Executor::call(Context& context, const Instruction& instruction)
{
    if (push(context, Integer(context.pc)) == Request::Fault)
        return Request::Fault;
    context.pc = instruction.first.value;
    context.frames.push_back({context.pc, context[Register::Sp].small()});
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
    // Programs move their stacks as they like: frames below where it is now are gone.
    const Integer& top = context[Register::Sp];
    while (!context.frames.empty() && Integer(context.frames.back().base) < top)
        context.frames.pop_back();
    return Request::None;
}

Request Executor::execute(Context& context)
{
    const Instruction& now = m_program.instructions[static_cast<std::size_t>(context.pc - m_program.loadAddress)];
    const std::int64_t here = context.pc++;
    const auto stayOnFault = [&](Request request) {
        if (request == Request::Fault)
            context.pc = here;
        return request;
    };
    switch (now.opcode) {
    case Opcode::Mov: return stayOnFault(move(context, now));
    case Opcode::Lea:
        context.origin(now.second.base) = {};
        return stayOnFault(store(context[now.second.base], address(context, now.first)));
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
    case Opcode::FetchAdd:
    case Opcode::CompareExchange: return stayOnFault(exchange(context, now));
    case Opcode::Push:
        return stayOnFault(push(context, now.first.kind == OperandKind::Register ? context[now.first.base]
                                                                                 : address(context, now.first)));
    case Opcode::Pop:
        if (now.first.kind == OperandKind::Register) {
            context.origin(now.first.base) = {};
            return stayOnFault(pop(context, context[now.first.base]));
        }
        return stayOnFault(store(context[Register::Sp], context[Register::Sp] + Integer(cellDistance)));
    case Opcode::Call: return stayOnFault(call(context, now));
    case Opcode::Return: return stayOnFault(returnFrom(context));
    case Opcode::Yield: return Request::Yield;
    case Opcode::Nop: return Request::None;
    case Opcode::Halt: return Request::Halt;
    case Opcode::DumpRegisters: return Request::DumpRegisters;
    case Opcode::DumpMemory:
    case Opcode::Lock:
    case Opcode::Unlock:
        m_argument = address(context, now.first);
        if (!isCell(m_argument))
            return stayOnFault(Request::Fault);
        return now.opcode == Opcode::DumpMemory ? Request::DumpMemory
             : now.opcode == Opcode::Lock       ? Request::Lock
                                                : Request::Unlock;
    case Opcode::Sleep: m_argument = Integer(now.first.value); return Request::Sleep;
    }
    return Request::None;
}

namespace {

Comparison compared(std::int64_t b, std::int64_t a)
{
    return b < a ? Comparison::Less : b > a ? Comparison::Greater : Comparison::Equal;
}

} // namespace

Request Executor::run(Context& context, std::uint64_t most, Step first)
{
    const QuickInstruction* const quick = m_code.quick();
    const auto instructions = static_cast<std::uint64_t>(m_program.instructions.size());
    const std::int64_t begin = m_program.loadAddress;
    const auto indexOf = [&](std::int64_t pc) { return static_cast<std::uint64_t>(pc - begin); };
    const Step end = first + most;
    Step step = first;
    const auto stopped = [&](Request request) {
        m_executed = step - first;
        return request;
    };
    if (most == 0)
        return stopped(Request::None);
    if (indexOf(context.pc) >= instructions)
        return stopped(fail(Fault::Kind::NoCode, Integer(context.pc)));
    // The context's pc is kept up to date only where somebody else looks at it.
    const QuickInstruction* at = quick + indexOf(context.pc);
    for (; step != end; ++step) {
        const QuickInstruction& now = *at;
        // What is not done here in a few words breaks out of the switch, to be done the long way.
        switch (now.kind) {
        case QuickKind::Load:
            load(now.second, now.value, context, step);
            ++at;
            continue;
        case QuickKind::Store: {
            Cell& cell = m_cells.writable(now.value);
            cell.value = context[now.first];
            noteStoreOf(now.first, cell, now.value, context, step);
            ++at;
            continue;
        }
        case QuickKind::StoreNumber: {
            Cell& cell = m_cells.writable(now.value);
            cell.value = Integer(now.number);
            noteStore(cell, context.thread, Store::Blind, {}, now.value, step);
            ++at;
            continue;
        }
        case QuickKind::Set:
            context[now.second] = Integer(now.value);
            context.origin(now.second) = {};
            ++at;
            continue;
        case QuickKind::Copy:
            context[now.second] = context[now.first];
            context.origin(now.second) = context.origin(now.first);
            ++at;
            continue;
        case QuickKind::AddNumber:
            if (!context[now.second].addSmall(now.value))
                break;
            ++at;
            continue;
        case QuickKind::AddRegister:
            if (!context[now.first].isSmall() || !context[now.second].addSmall(context[now.first].small()))
                break;
            ++at;
            continue;
        case QuickKind::TestNumber:
            if (!context[now.second].isSmall())
                break;
            context.comparison = compared(context[now.second].small(), now.value);
            ++at;
            continue;
        case QuickKind::TestNumberReversed:
            if (!context[now.second].isSmall())
                break;
            context.comparison = compared(now.value, context[now.second].small());
            ++at;
            continue;
        case QuickKind::TestRegister:
            if (!context[now.first].isSmall() || !context[now.second].isSmall())
                break;
            context.comparison = compared(context[now.second].small(), context[now.first].small());
            ++at;
            continue;
        case QuickKind::Jump: at = quick + now.value; continue;
        case QuickKind::JumpEqual: at = context.comparison == Comparison::Equal ? quick + now.value : at + 1; continue;
        case QuickKind::JumpNotEqual:
            at = jumps(Opcode::JumpNotEqual, context.comparison) ? quick + now.value : at + 1;
            continue;
        case QuickKind::JumpLess: at = context.comparison == Comparison::Less ? quick + now.value : at + 1; continue;
        case QuickKind::JumpLessEqual:
            at = jumps(Opcode::JumpLessEqual, context.comparison) ? quick + now.value : at + 1;
            continue;
        case QuickKind::JumpGreater:
            at = context.comparison == Comparison::Greater ? quick + now.value : at + 1;
            continue;
        case QuickKind::JumpGreaterEqual:
            at = jumps(Opcode::JumpGreaterEqual, context.comparison) ? quick + now.value : at + 1;
            continue;
        case QuickKind::End:
            context.pc = begin + (at - quick);
            return stopped(fail(Fault::Kind::NoCode, Integer(context.pc)));
        case QuickKind::None: break;
        }
        context.pc = begin + (at - quick);
        m_step = step;
        const Request request = execute(context);
        if (request == Request::Fault)
            return stopped(request);
        const std::uint64_t index = indexOf(context.pc);
        if (request != Request::None || index >= instructions) {
            ++step;
            return stopped(request != Request::None || step == end ? request
                                                                   : fail(Fault::Kind::NoCode, Integer(context.pc)));
        }
        at = quick + index;
    }
    context.pc = begin + (at - quick);
    return stopped(Request::None);
}

} // namespace interleave
