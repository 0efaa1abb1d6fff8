// SPDX-License-Identifier: GPL-3.0-or-later
// What the texts behind -a, -P, -M and -R mean.
#include "register_sets.h"
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
    auto registers = registerSets(options.registers, settings.threads, QStringLiteral("-a"));
    if (!registers)
        return registers.error();
    settings.registers = *std::move(registers);
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
