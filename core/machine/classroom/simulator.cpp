// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/classroom/simulator.h"

#include "machine/execute.h"

namespace interleave {

namespace {

// Stacks begin this far apart, and the first where memory ends if a kilobyte has this many cells.
constexpr std::int64_t stackDistance = 1000;
constexpr std::uint64_t instructionsBetweenLooks = 1024;

std::vector<Context> startContexts(const Program& program, const ClassroomSettings& settings)
{
    std::vector<Context> contexts(settings.threads);
    for (std::size_t thread = 0; thread < settings.threads; ++thread) {
        Context& context = contexts[thread];
        context.pc = program.loadAddress;
        context.thread = static_cast<ThreadIndex>(thread);
        if (!settings.registers.empty())
            for (const auto& [name, value] : settings.registers[settings.registers.size() == 1 ? 0 : thread])
                context[name] = value;
        context[Register::Sp] = Integer((settings.memoryKilobytes - static_cast<std::int64_t>(thread)) * stackDistance);
    }
    return contexts;
}

} // namespace

ClassroomSimulator::ClassroomSimulator(const Program& program, const ClassroomSettings& settings)
    : m_program(program),
      m_code(program, settings.memoryKilobytes * ClassroomSettings::cellsOfKilobyte),
      m_cells(settings.memoryKilobytes * ClassroomSettings::cellsOfKilobyte),
      m_contexts(startContexts(program, settings)),
      m_turns(settings.threads, settings.schedule),
      // Along a schedule each place of it is one instruction.
      m_countdown(settings.schedule.empty() ? settings.interval : 1, settings.randomInterval, settings.seed)
{}

ClassroomSimulator::Ending ClassroomSimulator::run(ClassroomObserver& observer, const std::stop_token& stop)
{
    Executor executor(m_code, m_cells);
    while (!m_turns.allDone()) {
        if (m_instructions % instructionsBetweenLooks == 0 && stop.stop_requested())
            return Ending::Stopped;
        observer.aboutToExecute(now());
        const std::int64_t address = m_contexts[m_turns.current()].pc;
        const Request request = executor.step(m_contexts[m_turns.current()]);
        if (request == Request::DumpRegisters)
            observer.registersDumped(now());
        if (request == Request::DumpMemory)
            observer.cellDumped(now(), executor.argument().small());
        if (request == Request::Fault) {
            m_fault = executor.fault();
            m_fault.pc = address;
            m_fault.thread = m_turns.current();
            m_fault.line = m_program.holdsCode(address)
                             ? m_program.sources[static_cast<std::size_t>(address - m_program.loadAddress)].line
                             : 0;
            return Ending::Faulted;
        }
        observer.executed(now(), address);
        ++m_instructions;

        if (request == Request::Halt) {
            m_turns.finishCurrent();
            if (m_turns.allDone())
                break;
            m_turns.advance();
            observer.switched(now(), SwitchCause::Halt);
        }
        // Not instead of the halt but after it: a halt on a boundary is followed by both.
        const bool interrupted = m_countdown.countDown();
        if (interrupted || request == Request::Yield) {
            m_countdown.restart();
            const std::size_t before = m_turns.current();
            m_turns.advance();
            if (!m_turns.followsSchedule() || m_turns.current() != before)
                observer.switched(now(), SwitchCause::Interrupt);
        }
    }
    return Ending::Finished;
}

} // namespace interleave
