// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/breakpoints.h"

#include <algorithm>

namespace interleave {

bool Breakpoints::contains(std::uint32_t line) const
{
    return std::binary_search(m_lines.begin(), m_lines.end(), line);
}

void Breakpoints::toggle(std::uint32_t line)
{
    const auto place = std::lower_bound(m_lines.begin(), m_lines.end(), line);
    if (place != m_lines.end() && *place == line)
        m_lines.erase(place);
    else
        m_lines.insert(place, line);
}

void Breakpoints::remove(std::uint32_t line)
{
    std::erase(m_lines, line);
}

bool Breakpoints::shift(std::uint32_t below, std::int64_t by)
{
    const std::vector<std::uint32_t> before = m_lines;
    if (by < 0)
        std::erase_if(m_lines, [&](std::uint32_t line) { return line > below && line <= below - by; });
    for (std::uint32_t& line : m_lines)
        if (line > below)
            line = static_cast<std::uint32_t>(line + by);
    return m_lines != before;
}

bool Breakpoints::settle(const Program& program)
{
    const std::vector<std::uint32_t> before = m_lines;
    for (std::uint32_t& line : m_lines)
        line = instructionLineFrom(program, line);
    std::erase(m_lines, 0U);
    m_lines.erase(std::unique(m_lines.begin(), m_lines.end()), m_lines.end());
    return m_lines != before;
}

std::vector<std::int64_t> Breakpoints::addresses(const Program& program) const
{
    std::vector<std::int64_t> addresses;
    for (std::size_t i = 0; i < program.sources.size(); ++i)
        if (contains(static_cast<std::uint32_t>(program.sources[i].line)))
            addresses.push_back(program.loadAddress + static_cast<std::int64_t>(i));
    return addresses;
}

std::uint32_t instructionLineFrom(const Program& program, std::uint32_t line)
{
    const auto found = std::lower_bound(program.sources.begin(), program.sources.end(), line,
                                        [](const SourceLine& source, std::uint32_t l) { return source.line < l; });
    return found == program.sources.end() ? 0 : static_cast<std::uint32_t>(found->line);
}

} // namespace interleave
