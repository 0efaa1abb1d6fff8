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

// Is told of every load from one cell and every store to it.
class CellWatcher {
public:
    struct Stored {
        ThreadIndex thread = 0;
        Step step = 0;
        Position position = initialPosition; // this is the cell's store of that number, from 1
        Position seen = initialPosition;     // what the load saw that the value came from
        Step loadedAt = Origin::notLoaded;   // that load
    };

    virtual ~CellWatcher() = default;
    virtual void loaded(ThreadIndex thread, Step step, const Integer& value) = 0;
    virtual void stored(const Stored& store, const Integer& value) = 0;
};

// Executes a program on a memory. What belongs to a thread comes in as its context.
class Executor {
public:
    Executor(const Code& code, Cells& cells) : m_code(code), m_program(code.program()), m_cells(cells) {}

    // At most so many instructions, from the thread's pc on: up to and including the first that asks for something.
    // The first of them is step `first`.
    Request run(Context& context, std::uint64_t most, Step first = 0);
    Request step(Context& context) { return run(context, 1); }
    // Instructions that the last run executed. One that ended in Request::Fault did nothing and does not count.
    [[nodiscard]] std::uint64_t executed() const { return m_executed; }

    // After Request::Fault: its kind and address.
    [[nodiscard]] const Fault& fault() const { return m_fault; }
    // After a request that names a cell: its address. After Sleep: the ticks.
    [[nodiscard]] const Integer& argument() const { return m_argument; }

    // From now on; a null watcher is told nothing.
    void watch(std::int64_t address, CellWatcher* watcher);
    // Where an operand in memory is: the address, whether there is a cell or not.
    [[nodiscard]] static Integer address(const Context& context, const Operand& operand);

private:
    // How a store came by its value.
    enum class Store : std::uint8_t { Blind, Update, Exchange };

    Request execute(Context& context);
    void load(Register r, std::int64_t address, Context& context, Step step);
    [[nodiscard]] bool isCell(const Integer& address);
    [[nodiscard]] const Integer* source(const Context& context, const Operand& operand);
    void noteStore(Cell& cell, ThreadIndex thread, Store how, const Origin& from, std::int64_t address, Step step);
    void noteStoreOf(Register r, Cell& cell, std::int64_t address, Context& context, Step step);

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
    CellWatcher* m_watcher = nullptr;
    Step m_step = 0; // of the instruction that is executed the long way
    Fault m_fault;
    Integer m_argument;
    Integer m_immediate;
};

} // namespace interleave
