// SPDX-License-Identifier: GPL-3.0-or-later
#include "register_sets.h"

#include <QCoreApplication>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::RegisterSets)
};

QString shown(std::string_view text)
{
    return QString::fromLocal8Bit(text.data(), static_cast<qsizetype>(text.size()));
}

Result<StartRegisters, QString> registersOf(std::string_view text, const QString& flag)
{
    StartRegisters registers;
    for (const std::string_view part : split(text, ':')) {
        const std::size_t equals = part.find('=');
        const auto name = registerNamed(part.substr(0, equals));
        if (equals == std::string_view::npos || !name)
            return Texts::tr("%1 must name a register and its value, such as ax=1, not '%2'").arg(flag, shown(part));
        auto value = Integer::parsed(part.substr(equals + 1));
        if (!value)
            return Texts::tr("%1 must give a register a whole number, not '%2'").arg(flag, shown(part));
        registers.emplace_back(*name, *std::move(value));
    }
    return registers;
}

} // namespace

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

Result<std::vector<StartRegisters>, QString> registerSets(std::string_view text, std::size_t threads,
                                                          const QString& flag)
{
    const auto parts = split(text, ',');
    if (parts.size() != 1 && parts.size() != threads)
        return Texts::tr("%1 must give one set of registers, or one for each of the %2 threads, not %3")
            .arg(flag)
            .arg(threads)
            .arg(parts.size());
    std::vector<StartRegisters> sets;
    for (const std::string_view part : parts) {
        auto registers = registersOf(part, flag);
        if (!registers)
            return registers.error();
        sets.push_back(*std::move(registers));
    }
    return sets;
}

} // namespace interleave
