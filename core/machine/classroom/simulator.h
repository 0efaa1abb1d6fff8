// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/cells.h"
#include "machine/classroom/countdown.h"
#include "machine/classroom/observer.h"
#include "machine/classroom/turns.h"
#include "machine/code.h"
#include "machine/context.h"
#include "machine/fault.h"
#include "machine/start_registers.h"
#include "program/program.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

namespace interleave {

struct ClassroomSettings {
    static constexpr std::int64_t cellsOfKilobyte = 1024;
    static constexpr std::int64_t mostCells = cellsOfKilobyte << 20;

    std::size_t threads = 2;
    std::int64_t memoryKilobytes = 128;
    std::int64_t interval = 50;
    bool randomInterval = false;
    Integer seed;
    std::vector<std::size_t> schedule;     // empty: none
    std::vector<StartRegisters> registers; // none, one for all threads, or one for each
};

// The classroom simulator: one core, all threads from the load address on, and a countdown that interrupts.
class ClassroomSimulator {
public:
    enum class Ending : std::uint8_t { Finished, Stopped, Faulted };

    // The settings are taken to be checked: at least one thread, every one in a schedule that is not empty.
    ClassroomSimulator(const Program& program, const ClassroomSettings& settings);

    // To the halt of the last thread.
    Ending run(ClassroomObserver& observer, const std::stop_token& stop = {});

    [[nodiscard]] std::uint64_t instructions() const { return m_instructions; }
    [[nodiscard]] const Cells& cells() const { return m_cells; }
    // After Ending::Faulted.
    [[nodiscard]] const Fault& fault() const { return m_fault; }
    [[nodiscard]] Moment now() const
    {
        return {m_contexts[m_turns.current()], m_cells, m_instructions, m_turns.current()};
    }

private:
    const Program& m_program;
    Code m_code;
    Cells m_cells;
    std::vector<Context> m_contexts;
    Turns m_turns;
    Countdown m_countdown;
    std::uint64_t m_instructions = 0;
    Fault m_fault;
};

} // namespace interleave
