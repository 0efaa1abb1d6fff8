// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/cells.h"
#include "machine/context.h"
#include "machine/fault.h"
#include "program/program.h"

#include <cstdint>

namespace interleave {

// What an instruction asks of whoever runs it. Everything else it did itself.
enum class Request : std::uint8_t { None, Yield, Halt, DumpRegisters, DumpMemory, Lock, Unlock, Sleep, Fault };

// One program on one memory. What belongs to a thread comes in as its context.
class Executor {
public:
    Executor(const Program& program, Cells& cells) : m_program(program), m_cells(cells) {}

    // The instruction at the thread's pc, and the pc behind it. After Request::Fault nothing of it was done.
    Request step(Context& context);

    // After Request::Fault: its kind and address.
    [[nodiscard]] const Fault& fault() const { return m_fault; }
    // After a request that names a cell: its address. After Sleep: the ticks.
    [[nodiscard]] const Integer& argument() const { return m_argument; }

private:
    [[nodiscard]] Integer address(const Context& context, const Operand& operand) const;
    [[nodiscard]] Integer* cell(const Integer& address);
    [[nodiscard]] Integer* cell(const Context& context, const Operand& operand);
    [[nodiscard]] const Integer* source(Context& context, const Operand& operand);

    Request move(Context& context, const Instruction& instruction);
    Request compute(Context& context, const Instruction& instruction);
    Request exchange(Context& context, const Instruction& instruction);
    Request push(Context& context, Integer value);
    Request pop(Context& context, Integer& into);
    Request returnFrom(Context& context);
    Request store(Integer& place, Integer value);
    Request fail(Fault::Kind kind, Integer address);

    const Program& m_program;
    Cells& m_cells;
    Fault m_fault;
    Integer m_argument;
    Integer m_immediate;
};

} // namespace interleave
