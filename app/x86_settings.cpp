// SPDX-License-Identifier: GPL-3.0-or-later
// What the texts behind -a, -P, -M and -R mean.
#include "x86_options.h"

#include <QCoreApplication>
#include <algorithm>
#include <string_view>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::X86Settings)
};

QString shown(std::string_view text)
{
    return QString::fromLocal8Bit(text.data(), static_cast<qsizetype>(text.size()));
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text = text.substr(end + 1);
    }
}

Result<StartRegisters, QString> startRegisters(std::string_view text)
{
    StartRegisters registers;
    for (const std::string_view part : split(text, ':')) {
        const std::size_t equals = part.find('=');
        const auto name = registerNamed(part.substr(0, equals));
        if (equals == std::string_view::npos || !name)
            return Texts::tr("-a must name a register and its value, such as ax=1, not '%1'").arg(shown(part));
        auto value = Integer::parsed(part.substr(equals + 1));
        if (!value)
            return Texts::tr("-a must give a register a whole number, not '%1'").arg(shown(part));
        registers.emplace_back(*name, *std::move(value));
    }
    return registers;
}

Result<std::vector<std::size_t>, QString> scheduleFrom(std::string_view text, std::size_t threads)
{
    std::vector<std::size_t> schedule;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return Texts::tr("-P must name threads by their digits, such as 0011, not '%1'").arg(shown(text));
        const auto thread = static_cast<std::size_t>(c - '0');
        if (thread >= threads)
            return Texts::tr("-P names thread %1, but the last one is %2").arg(thread).arg(threads - 1);
        schedule.push_back(thread);
    }
    for (std::size_t thread = 0; thread < threads; ++thread)
        if (std::find(schedule.begin(), schedule.end(), thread) == schedule.end())
            return Texts::tr("-P must name every thread, and thread %1 is missing in '%2'")
                .arg(thread)
                .arg(shown(text));
    return schedule;
}

} // namespace

Result<ClassroomSettings, QString> settingsOf(const X86Options& options)
{
    ClassroomSettings settings;
    settings.threads = static_cast<std::size_t>(options.threads);
    settings.memoryKilobytes = options.memoryKilobytes;
    settings.interval = options.interval;
    settings.randomInterval = options.randomIntervals;
    settings.seed = options.seed;
    if (!options.schedule.empty()) {
        auto schedule = scheduleFrom(options.schedule, settings.threads);
        if (!schedule)
            return schedule.error();
        settings.schedule = *std::move(schedule);
    }
    if (options.registers.empty())
        return settings;
    const auto sets = split(options.registers, ',');
    if (sets.size() != 1 && sets.size() != settings.threads)
        return Texts::tr("-a must give one set of registers, or one for each of the %1 threads, not %2")
            .arg(settings.threads)
            .arg(sets.size());
    for (const std::string_view set : sets) {
        auto registers = startRegisters(set);
        if (!registers)
            return registers.error();
        settings.registers.push_back(*std::move(registers));
    }
    return settings;
}

Result<X86TraceColumns, QString> columnsOf(const X86Options& options, const Program& program)
{
    X86TraceColumns columns;
    columns.flags = options.traceFlags;
    columns.counts = options.statistics;
    columns.values = options.compute;
    columns.headerEvery = static_cast<std::uint64_t>(std::max(options.headerEvery, std::int64_t{0}));
    if (!options.tracedCells.empty())
        for (const std::string_view cell : split(options.tracedCells, ',')) {
            if (const auto address = Integer::parsed(cell)) {
                // Beyond any memory is beyond it wherever it is.
                columns.cells.push_back({std::string(cell), address->isSmall() ? address->small() : -1});
                continue;
            }
            const Variable* const variable = program.variableNamed(cell);
            if (!variable)
                return Texts::tr("-M names '%1', which is neither an address nor a variable of the program")
                    .arg(shown(cell));
            columns.cells.push_back({std::string(cell), variable->address});
        }
    if (!options.tracedRegisters.empty())
        for (const std::string_view name : split(options.tracedRegisters, ',')) {
            const auto found = registerNamed(name);
            if (!found)
                return Texts::tr("-R names '%1', which is no register").arg(shown(name));
            columns.registers.push_back(*found);
        }
    return columns;
}

} // namespace interleave
