// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/counter_cells.h"

#include "program/assembler.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <tuple>

namespace interleave {

namespace {

// The variable that a cell belongs to, by its place in the source; their number if there is none.
std::size_t variableAt(const Program& program, std::int64_t address)
{
    const auto found = std::find_if(program.variables.begin(), program.variables.end(), [&](const Variable& variable) {
        const std::int64_t beyond = address - variable.address;
        return beyond >= 0 && beyond < variable.cells * cellDistance && beyond % cellDistance == 0;
    });
    return static_cast<std::size_t>(found - program.variables.begin());
}

} // namespace

std::vector<CounterCell> counterCellsOf(const Cells& cells, const Program& program, ThreadIndex threads)
{
    std::vector<CounterCell> counters;
    for (const std::int64_t address : cells.touched()) {
        const Cell& cell = cells.at(address);
        if (cell.updated && !cell.blind && !cell.taken && (cell.severalWriters || threads == 1))
            counters.push_back({address, cellName(program, address)});
    }
    const auto rank = [&](const CounterCell& counter) {
        return std::tuple(!cells.at(counter.address).apart, variableAt(program, counter.address), counter.address);
    };
    std::sort(counters.begin(), counters.end(),
              [&](const CounterCell& a, const CounterCell& b) { return rank(a) < rank(b); });
    return counters;
}

std::string cellName(const Program& program, std::int64_t address)
{
    const std::size_t index = variableAt(program, address);
    if (index == program.variables.size())
        return std::to_string(address);
    const Variable& variable = program.variables[index];
    if (variable.cells == 1)
        return variable.name;
    return variable.name + '[' + std::to_string((address - variable.address) / cellDistance) + ']';
}

std::optional<std::int64_t> cellNamed(const Program& program, std::string_view name, std::int64_t memoryCells)
{
    if (const Variable* const variable = program.variableNamed(name))
        return variable->address;
    std::int64_t address = 0;
    const char* const end = name.data() + name.size();
    const auto [rest, error] = std::from_chars(name.data(), end, address);
    if (error != std::errc() || rest != end || address < 0 || address >= memoryCells || program.holdsCode(address))
        return std::nullopt;
    return address;
}

std::int64_t shownAs64(const Integer& number)
{
    if (number.isSmall())
        return number.small();
    return number.isNegative() ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
}

} // namespace interleave
