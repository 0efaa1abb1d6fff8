// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/classroom/observer.h"
#include "output_buffer.h"
#include "program/program.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace interleave {

struct X86TraceColumns {
    struct Cell {
        std::string title; // as it was asked for
        std::int64_t address = 0;
    };

    std::vector<Cell> cells;
    std::vector<Register> registers;
    bool flags = false;
    bool counts = false;           // of instructions
    bool values = false;           // otherwise a question mark stands for each
    std::uint64_t headerEvery = 0; // instructions; 0: once
};

// Prints what the classroom simulator prints of a run, byte for byte.
class X86Trace final : public ClassroomObserver {
public:
    X86Trace(const Program& program, X86TraceColumns columns, std::size_t threads, OutputBuffer& out);

    void aboutToExecute(const Moment& moment) override;
    void registersDumped(const Moment& moment) override;
    void cellDumped(const Moment& moment, std::int64_t address) override;
    void executed(const Moment& moment, std::int64_t address) override;
    void switched(const Moment& moment, SwitchCause cause) override;

private:
    void printHeader(const Moment& moment);
    void printValues(const Moment& moment);

    OutputBuffer& m_out;
    X86TraceColumns m_columns;
    std::int64_t m_loadAddress;
    std::vector<std::string> m_lines; // of the instructions, with their addresses
    std::string m_header;
    std::string m_halt;
    std::string m_interrupt;
};

} // namespace interleave
