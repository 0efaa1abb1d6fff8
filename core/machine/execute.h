// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/cells.h"
#include "machine/code.h"
#include "machine/context.h"
#include "machine/fault.h"

#include <cstdint>

namespace interleave {

// What an instruction asks of whoever runs it. Everything else it did itself.
enum class Request : std::uint8_t { None, Yield, Halt, DumpRegisters, DumpMemory, Lock, Unlock, Sleep, Fault };

// Is told of every store to one cell.
class StoreWatcher {
public:
    virtual ~StoreWatcher() = default;
    // The store is the cell's `position`-th, counted from 1; what was stored came from a load that saw `seen`.
    virtual void stored(ThreadIndex thread, Position position, Position seen) = 0;
};

// Executes a program on a memory. What belongs to a thread comes in as its context.
class Executor {
public:
    Executor(const Code& code, Cells& cells) : m_code(code), m_program(code.program()), m_cells(cells) {}

    // At most so many instructions, from the thread's pc on: up to and including the first that asks for something.
    Request run(Context& context, std::uint64_t most);
    Request step(Context& context) { return run(context, 1); }
    // Instructions that the last run executed. One that ended in Request::Fault did nothing and does not count.
    [[nodiscard]] std::uint64_t executed() const { return m_executed; }

    // After Request::Fault: its kind and address.
    [[nodiscard]] const Fault& fault() const { return m_fault; }
    // After a request that names a cell: its address. After Sleep: the ticks.
    [[nodiscard]] const Integer& argument() const { return m_argument; }

    // From now on; a null watcher is told nothing.
    void watch(std::int64_t address, StoreWatcher* watcher);
    // Where an operand in memory is: the address, whether there is a cell or not.
    [[nodiscard]] static Integer address(const Context& context, const Operand& operand);

private:
    // How a store came by its value.
    enum class Store : std::uint8_t { Blind, Update, Exchange };

    Request execute(Context& context);
    [[nodiscard]] bool isCell(const Integer& address);
    [[nodiscard]] const Integer* source(const Context& context, const Operand& operand);
    void noteStore(Cell& cell, std::int64_t address, ThreadIndex thread, Store how, Position seen);
    void noteStoreOf(Register r, Cell& cell, std::int64_t address, Context& context);

    Request move(Context& context, const Instruction& instruction);
    Request compute(Context& context, const Instruction& instruction);
    Request exchange(Context& context, const Instruction& instruction);
    Request push(Context& context, Integer value);
    Request pop(Context& context, Integer& into);
    Request call(Context& context, const Instruction& instruction);
    Request returnFrom(Context& context);
    Request store(Integer& place, Integer value);
    Request fail(Fault::Kind kind, Integer address);

    const Code& m_code;
    const Program& m_program;
    Cells& m_cells;
    std::uint64_t m_executed = 0;
    std::int64_t m_watched = Origin::none;
    StoreWatcher* m_watcher = nullptr;
    Fault m_fault;
    Integer m_argument;
    Integer m_immediate;
};

} // namespace interleave
