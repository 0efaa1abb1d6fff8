// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/start_registers_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::StartRegisters)
};

QString shown(const QString& part)
{
    constexpr qsizetype longest = 24;
    return part.size() <= longest ? part : part.left(longest - 1) + QChar(0x2026);
}

Result<StartRegisters, QString> parsedSet(const QString& text)
{
    StartRegisters registers;
    for (const QString& piece : text.split(QLatin1Char(':'))) {
        const QString part = piece.trimmed();
        const qsizetype equals = part.indexOf(QLatin1Char('='));
        QString name = part.left(equals).trimmed();
        if (name.startsWith(QLatin1Char('%')))
            name.remove(0, 1);
        const auto which = registerNamed(name.toStdString());
        if (equals < 0 || !which)
            return Texts::tr("Start registers name a register and its value, such as bx=3, not “%1”.").arg(shown(part));
        auto value = Integer::parsed(part.mid(equals + 1).trimmed().toStdString());
        if (!value)
            return Texts::tr("Start registers give a register a whole number, such as bx=3, not “%1”.")
                .arg(shown(part));
        registers.emplace_back(*which, *std::move(value));
    }
    return registers;
}

Result<StartRegisterSets, QString> parsedSets(const QString& text)
{
    StartRegisterSets sets;
    if (text.trimmed().isEmpty())
        return sets;
    for (const QString& part : text.split(QLatin1Char(','))) {
        auto set = parsedSet(part);
        if (!set)
            return set.error();
        sets.push_back(std::move(set).value());
    }
    return sets;
}

} // namespace

Result<StartRegisterSets, QString> parsedStartRegisters(const QString& text, ThreadIndex threads)
{
    auto sets = parsedSets(text);
    if (sets && sets->size() > 1 && sets->size() != threads)
        return Texts::tr("Start registers are one set for all threads, or one for each of the %n thread(s), not %1.",
                         nullptr, static_cast<int>(threads))
            .arg(sets->size());
    return sets;
}

std::optional<StartRegisterSets> parsedStartRegisters(const QString& text)
{
    auto sets = parsedSets(text);
    return sets ? std::optional(std::move(sets).value()) : std::nullopt;
}

QString textOf(const StartRegisterSets& sets)
{
    QStringList all;
    for (const StartRegisters& set : sets) {
        QStringList parts;
        for (const auto& [which, value] : set) {
            const std::string_view name = nameOf(which);
            parts << QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())) + QLatin1Char('=')
                         + QString::fromStdString(value.toString());
        }
        all << parts.join(QLatin1Char(':'));
    }
    return all.join(QLatin1Char(','));
}

std::optional<Integer> valueIn(const StartRegisterSets& sets, Register which)
{
    if (sets.empty())
        return std::nullopt;
    // As the machine takes them: the last one counts.
    const auto found = std::find_if(sets.front().rbegin(), sets.front().rend(),
                                    [which](const auto& entry) { return entry.first == which; });
    return found != sets.front().rend() ? std::optional(found->second) : std::nullopt;
}

void setIn(StartRegisterSets& sets, Register which, const Integer& value)
{
    if (sets.empty())
        sets.emplace_back();
    for (StartRegisters& set : sets) {
        bool there = false;
        for (auto& [name, number] : set) {
            if (name == which) {
                number = value;
                there = true;
            }
        }
        if (!there)
            set.emplace_back(which, value);
    }
}

} // namespace interleave
