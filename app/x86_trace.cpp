// SPDX-License-Identifier: GPL-3.0-or-later
#include "x86_trace.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace interleave {

namespace {

constexpr std::size_t valueWidth = 5;
constexpr std::size_t countWidth = 6;
constexpr std::size_t threadWidth = 25;
constexpr std::string_view groupEnd = "  ";

std::string titled(std::string_view title)
{
    return std::string(valueWidth - std::min(valueWidth, title.size()), ' ').append(title).append(" ");
}

std::string headerOf(const X86TraceColumns& columns, std::size_t threads)
{
    std::string header;
    if (columns.counts)
        header += "icount ";
    for (const auto& cell : columns.cells)
        header += titled(cell.title);
    if (!columns.cells.empty())
        header += groupEnd;
    for (const Register r : columns.registers)
        header += titled(nameOf(r));
    if (!columns.registers.empty())
        header += groupEnd;
    if (columns.flags)
        header += ">= >  <= <  != == ";
    // One narrower than the column below it, as the original has it.
    for (std::size_t thread = 0; thread < threads; ++thread)
        header += "       Thread " + std::to_string(thread) + "         ";
    return "\n" + header + "\n\n";
}

std::string forEachThread(std::string_view text, std::size_t threads)
{
    std::string line;
    for (std::size_t thread = 0; thread < threads; ++thread)
        line.append(text);
    return line + '\n';
}

} // namespace

X86Trace::X86Trace(const Program& program, X86TraceColumns columns, std::size_t threads, OutputBuffer& out)
    : m_out(out),
      m_columns(std::move(columns)),
      m_loadAddress(program.loadAddress),
      m_header(headerOf(m_columns, threads)),
      m_halt(forEachThread("----- Halt;Switch -----  ", threads)),
      m_interrupt(forEachThread("------ Interrupt ------  ", threads))
{
    m_lines.reserve(program.sources.size());
    for (std::int64_t address = m_loadAddress; const SourceLine& source : program.sources)
        m_lines.push_back(std::to_string(address++) + ' ' + source.text + '\n');
}

void X86Trace::printHeader(const Moment& moment)
{
    m_out.append(m_header);
    printValues(moment);
    // The count alone is no row of its own: the first instruction goes on beside it. No case of the oracle has this one.
    if (!m_columns.cells.empty() || !m_columns.registers.empty() || m_columns.flags)
        m_out.append("\n");
}

void X86Trace::printValues(const Moment& moment)
{
    constexpr std::string_view unknown = "    ? ";
    if (m_columns.counts) {
        m_out.append(moment.instructions, countWidth);
        m_out.append(" ");
    }
    const auto print = [&](const Integer& value) {
        m_out.append(value, valueWidth);
        m_out.append(" ");
    };
    for (const auto& cell : m_columns.cells)
        m_columns.values ? print(moment.cells.value(cell.address)) : m_out.append(unknown);
    if (!m_columns.cells.empty())
        m_out.append(groupEnd);
    for (const Register r : m_columns.registers)
        m_columns.values ? print(moment.context[r]) : m_out.append(unknown);
    if (!m_columns.registers.empty())
        m_out.append(groupEnd);
    if (m_columns.flags)
        for (const bool flag : flagsOf(moment.context.comparison))
            m_out.append(!m_columns.values ? "?  " : flag ? "1  " : "0  ");
}

void X86Trace::aboutToExecute(const Moment& moment)
{
    const bool repeats = m_columns.headerEvery > 0 && moment.instructions % m_columns.headerEvery == 0;
    if (moment.instructions == 0 || repeats)
        printHeader(moment);
}

void X86Trace::registersDumped(const Moment& moment)
{
    m_out.append("REGISTERS:: ");
    for (const std::string_view name : registerNames) {
        m_out.append(name);
        m_out.append(": ");
        m_out.append(moment.context[*registerNamed(name)]);
        m_out.append(" ");
    }
}

void X86Trace::cellDumped(const Moment& moment, std::int64_t address)
{
    m_out.append("m[");
    m_out.append(Integer(address));
    m_out.append("] ");
    m_out.append(moment.cells.value(address));
    m_out.append(" ");
}

void X86Trace::executed(const Moment& moment, std::int64_t address)
{
    printValues(moment);
    m_out.appendSpaces(moment.thread * threadWidth);
    m_out.append(m_lines[static_cast<std::size_t>(address - m_loadAddress)]);
}

void X86Trace::switched(const Moment& moment, SwitchCause cause)
{
    printValues(moment);
    m_out.append(cause == SwitchCause::Halt ? m_halt : m_interrupt);
}

} // namespace interleave
