// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/instruction_narration.h"

#include "machine/execute.h"
#include "sentences/faults.h"
#include "sentences/machine_narration.h"
#include "sentences/names.h"
#include "style/theme.h"

#include <QCoreApplication>

namespace interleave {

namespace {

const Instruction& instructionAt(const Program& program, std::int64_t pc)
{
    return program.instructions[static_cast<std::size_t>(pc - program.loadAddress)];
}

QString registerText(Register r)
{
    const std::string_view name = nameOf(r);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

// What an instruction did, and what is worth knowing besides.
struct Effect {
    QString what;
    QString detail;
};

struct Teller {
    Q_DECLARE_TR_FUNCTIONS(Narration)

public:
    Teller(const Program& program, const MachineStep& step, const MachineThread& before, const MachineThread& after)
        : m_program(program),
          m_step(step),
          m_now(instructionAt(program, step.pc)),
          m_before(before.context),
          m_after(after.context)
    {}

    Effect effect() const;

private:
    Effect ofMove() const;
    Effect ofArithmetic() const;
    Effect ofTest() const;
    Effect ofJump() const;
    Effect ofAtomic() const;
    Effect ofStack() const;
    Effect ofCall() const;
    Effect ofReturn() const;
    QString valueOf(const Operand& operand) const;
    QString isNow(Register r) const
    {
        return tr("%1 is now %2", "register, value").arg(registerText(r), integerText(m_after[r]));
    }
    QString was(const Integer& value) const { return tr("It was %1.", "a value before").arg(integerText(value)); }
    QString cell(const Operand& operand) const;
    QString addressText(std::int64_t address) const;
    QString orderText(Comparison comparison) const;
    QString foundText(Comparison comparison) const;

    const Program& m_program;
    const MachineStep& m_step;
    const Instruction& m_now;
    const Context& m_before;
    const Context& m_after;
};

QString Teller::valueOf(const Operand& operand) const
{
    switch (operand.kind) {
    case OperandKind::Register: return integerText(m_before[operand.base]);
    case OperandKind::Constant: return integerText(m_program.constants[static_cast<std::size_t>(operand.value)]);
    default: return integerText(Integer(operand.value));
    }
}

QString Teller::cell(const Operand& operand) const
{
    const Integer address = Executor::address(m_before, operand);
    return address.isSmall() ? cellText(m_program, address.small()) : QString();
}

// A place in the code: the label that stands there, or the address.
QString Teller::addressText(std::int64_t address) const
{
    for (const Label& label : m_program.labels)
        if (label.address == address)
            return QString::fromStdString(label.name);
    return numberText(address);
}

Effect Teller::ofMove() const
{
    const Operand& from = m_now.first;
    const Operand& to = m_now.second;
    if (to.kind == OperandKind::Memory) {
        const QString stored = m_step.written ? integerText(m_step.written->after) : valueOf(from);
        Effect effect{tr("%1 is stored in %2", "value, cell").arg(stored, cell(to)), {}};
        if (m_step.written)
            effect.detail = tr("%1 held %2 before.", "cell, value").arg(cell(to), integerText(m_step.written->before));
        return effect;
    }
    if (from.kind == OperandKind::Memory)
        return {tr("%1 is loaded from %2 into %3", "value, cell, register")
                    .arg(integerText(m_after[to.base]), cell(from), registerText(to.base)),
                tr("%1 held %2 before.", "register, value").arg(registerText(to.base), integerText(m_before[to.base]))};
    return {isNow(to.base), was(m_before[to.base])};
}

Effect Teller::ofArithmetic() const
{
    const Register to = changedRegister(m_program, m_step.pc);
    return {isNow(to), was(m_before[to])};
}

QString Teller::orderText(Comparison comparison) const
{
    switch (comparison) {
    case Comparison::None: break;
    case Comparison::Less: return tr("less than", "2 is less than 3");
    case Comparison::Equal: return tr("equal to", "2 is equal to 2");
    case Comparison::Greater: return tr("greater than", "3 is greater than 2");
    }
    return {};
}

QString Teller::foundText(Comparison comparison) const
{
    switch (comparison) {
    case Comparison::None: break;
    case Comparison::Less: return tr("less", "how a comparison came out");
    case Comparison::Equal: return tr("equal", "how a comparison came out");
    case Comparison::Greater: return tr("greater", "how a comparison came out");
    }
    return {};
}

// The second operand is compared with the first.
Effect Teller::ofTest() const
{
    const Operand& what = m_now.second;
    const QString with = valueOf(m_now.first);
    const QString order = orderText(m_after.comparison);
    const QString detail = tr("Nothing is changed but the flags, which a jump looks at.");
    if (what.kind == OperandKind::Register)
        return {tr("%1, which is %2, is %3 %4", "register, value, greater than, value")
                    .arg(registerText(what.base), valueOf(what), order, with),
                detail};
    return {tr("%1 is %2 %3", "value, greater than, value").arg(valueOf(what), order, with), detail};
}

Effect Teller::ofJump() const
{
    const bool jumps = m_after.pc == m_now.first.value;
    const QString what = jumps
                           ? tr("it jumps to %1").arg(addressText(m_after.pc))
                           : tr("it does not jump, and goes on with %1").arg(instructionText(m_program, m_after.pc));
    if (m_now.opcode == Opcode::Jump)
        return {what, tr("This one jumps always.")};
    const Comparison comparison = m_before.comparison;
    return {what, comparison == Comparison::None ? tr("Nothing has been tested yet.")
                                                 : tr("The last test found: %1.").arg(foundText(comparison))};
}

Effect Teller::ofAtomic() const
{
    const Register own = m_now.first.base;
    const QString name = cell(m_now.second);
    const QString before = m_step.read    ? integerText(m_step.read->before)
                         : m_step.written ? integerText(m_step.written->before)
                                          : QString();
    const QString after = m_step.written ? integerText(m_step.written->after) : before;
    switch (m_now.opcode) {
    case Opcode::Exchange:
        return {tr("%1 is now %2, and %3 has its old value %4", "cell, value, register, value")
                    .arg(name, after, registerText(own), before),
                tr("Both change in one step that nobody can come between.")};
    case Opcode::FetchAdd:
        return {tr("%1 is now %2, and %3 has its old value %4", "cell, value, register, value")
                    .arg(name, after, registerText(own), before),
                tr("It added %1 in one step that nobody can come between.").arg(integerText(m_before[own]))};
    default: break;
    }
    if (m_after.comparison == Comparison::Equal)
        return {tr("%1 was %2, as ax expects, so it is now %3", "cell, value, value").arg(name, before, after),
                tr("Comparing and storing are one step that nobody can come between.")};
    return {tr("%1 is %2, not %3, so nothing is stored", "cell, value, value")
                .arg(name, before, integerText(m_before[Register::Ax])),
            tr("ax is now %1: it can try again from there.").arg(integerText(m_after[Register::Ax]))};
}

Effect Teller::ofStack() const
{
    const Integer& top = m_now.opcode == Opcode::Push ? m_after[Register::Sp] : m_before[Register::Sp];
    if (m_now.opcode == Opcode::Push)
        return {tr("%1 is put on its stack, at %2", "value, address")
                    .arg(m_step.written ? integerText(m_step.written->after) : QString(), integerText(top)),
                tr("Stacks grow down: sp is now %1.").arg(integerText(m_after[Register::Sp]))};
    const QString detail = tr("sp is now %1.").arg(integerText(m_after[Register::Sp]));
    if (m_now.first.kind != OperandKind::Register)
        return {tr("the top of its stack is dropped"), detail};
    return {tr("%1 comes from the top of its stack to %2", "value, register")
                .arg(integerText(m_after[m_now.first.base]), registerText(m_now.first.base)),
            detail};
}

Effect Teller::ofCall() const
{
    return {tr("a frame for %1 is put on its stack").arg(addressText(m_after.pc)),
            tr("It holds where to go on afterwards: %1, at %2.", "address of code, address of the cell")
                .arg(numberText(m_step.pc + 1), integerText(m_after[Register::Sp]))};
}

Effect Teller::ofReturn() const
{
    const QString next = instructionText(m_program, m_after.pc);
    const QString depth = m_after.frames.empty() ? tr("No call is open any more.")
                        : m_after.frames.size() == 1
                            ? tr("1 call is still open.")
                            : tr("%Ln calls are still open.", nullptr, static_cast<int>(m_after.frames.size()));
    return {next.isEmpty() ? tr("its frame leaves the stack, and it goes on at %1").arg(numberText(m_after.pc))
                           : tr("its frame leaves the stack, and it goes on at %1").arg(next),
            depth};
}

Effect Teller::effect() const
{
    switch (m_now.opcode) {
    case Opcode::Mov: return ofMove();
    case Opcode::Lea:
    case Opcode::Neg:
    case Opcode::Mul:
    case Opcode::Add:
    case Opcode::Sub: return ofArithmetic();
    case Opcode::Test: return ofTest();
    case Opcode::Jump:
    case Opcode::JumpEqual:
    case Opcode::JumpNotEqual:
    case Opcode::JumpLess:
    case Opcode::JumpLessEqual:
    case Opcode::JumpGreater:
    case Opcode::JumpGreaterEqual: return ofJump();
    case Opcode::Exchange:
    case Opcode::FetchAdd:
    case Opcode::CompareExchange: return ofAtomic();
    case Opcode::Push:
    case Opcode::Pop: return ofStack();
    case Opcode::Call: return ofCall();
    case Opcode::Return: return ofReturn();
    case Opcode::Yield: return {tr("it leaves its core voluntarily, though it could go on"), {}};
    case Opcode::Sleep: return {tr("it leaves its core voluntarily, for a time"), {}};
    case Opcode::Nop: return {tr("nothing happens"), {}};
    case Opcode::Halt: return {tr("it is finished"), {}};
    case Opcode::DumpRegisters:
    case Opcode::DumpMemory: return {tr("nothing changes"), {}};
    case Opcode::Lock:
    case Opcode::Unlock: break; // told with their queues, elsewhere
    }
    return {};
}

} // namespace

Register changedRegister(const Program& program, std::int64_t pc)
{
    const Instruction& now = instructionAt(program, pc);
    switch (now.opcode) {
    case Opcode::Neg:
    case Opcode::Pop: return now.first.kind == OperandKind::Register ? now.first.base : Register::None;
    case Opcode::Mov:
    case Opcode::Lea:
    case Opcode::Mul:
    case Opcode::Add:
    case Opcode::Sub: return now.second.kind == OperandKind::Register ? now.second.base : Register::None;
    case Opcode::Exchange:
    case Opcode::FetchAdd: return now.first.base;
    case Opcode::CompareExchange: return Register::Ax;
    default: return Register::None;
    }
}

Narration narrateInstruction(const Program& program, const MachineStep& step, const MachineThread& before,
                             const MachineThread& after)
{
    const Effect effect = Teller(program, step, before, after).effect();
    Narration told;
    told.headline = Teller::tr("%1 executes %2: %3.", "thread, instruction, what it did")
                        .arg(letterOf(step.event.thread), instructionText(program, step.pc), effect.what);
    told.detail = effect.detail;
    told.thread = step.event.thread;
    return told;
}

} // namespace interleave
