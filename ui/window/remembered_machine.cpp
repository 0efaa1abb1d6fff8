// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/remembered_machine.h"

#include <limits>

namespace interleave {

namespace {

QString keyOf(const char* name)
{
    return QStringLiteral("machine/") + QLatin1String(name);
}

QString latin(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

// A number that is there and in range, or `otherwise`.
template <typename Number, typename Least, typename Most>
Number numberIn(const QSettings& settings, const char* name, Least least, Most most, Number otherwise)
{
    bool ok = false;
    const qint64 value = settings.value(keyOf(name)).toLongLong(&ok);
    return ok && value >= static_cast<qint64>(least) && value <= static_cast<qint64>(most) ? static_cast<Number>(value)
                                                                                           : otherwise;
}

} // namespace

RememberedMachine RememberedMachine::firstOne()
{
    return {Source::Machine, MachineChoice::beginningWith(builtInProgram(BuiltIn::OneUpdate))};
}

RememberedMachine RememberedMachine::readFrom(const QSettings& settings)
{
    RememberedMachine machine = firstOne();
    if (settings.value(QStringLiteral("source")).toString() == QLatin1String("hardware"))
        machine.source = Source::Hardware;
    const std::string program = settings.value(keyOf("program")).toString().toStdString();
    const BuiltInProgram* const builtIn = builtInNamed(program);
    if (builtIn)
        machine.choice = MachineChoice::beginningWith(*builtIn);
    MachineSettings& s = machine.choice.settings;
    const auto number = [&settings](const char* name, auto least, auto most, auto otherwise) {
        return numberIn(settings, name, least, most, otherwise);
    };
    s.threads = number("threads", 1, MachineSettings::mostThreads, s.threads);
    s.cores = number("cores", 1, MachineSettings::mostCores, s.cores);
    s.quantum = number("quantum", 1, MachineSettings::mostQuantum, s.quantum);
    s.switchCost = number("switch-cost", 0, MachineSettings::mostSwitchCost, s.switchCost);
    s.seed = number("seed", 0, std::numeric_limits<qint64>::max(), s.seed);
    s.maxSteps = number("max-steps", 1, MachineSettings::mostMaxSteps, s.maxSteps);
    s.pctDepth = number("pct-depth", 1, MachineSettings::mostPctDepth, s.pctDepth);
    s.policy = policyNamed(settings.value(keyOf("scheduler")).toString().toStdString()).value_or(s.policy);
    machine.choice.schedule = settings.value(keyOf("schedule")).toString();
    if (builtIn && settings.contains(keyOf("registers")))
        machine.choice.registers = settings.value(keyOf("registers")).toString();
    if (builtIn && settings.contains(keyOf("counter")))
        s.counter = settings.value(keyOf("counter")).toString().toStdString();
    return machine;
}

void RememberedMachine::writeTo(QSettings& settings) const
{
    const MachineSettings& s = choice.settings;
    settings.setValue(QStringLiteral("source"),
                      source == Source::Machine ? QStringLiteral("machine") : QStringLiteral("hardware"));
    settings.setValue(keyOf("program"), choice.program ? latin(choice.program->name) : QString());
    settings.setValue(keyOf("threads"), s.threads);
    settings.setValue(keyOf("cores"), s.cores);
    settings.setValue(keyOf("quantum"), static_cast<qulonglong>(s.quantum));
    settings.setValue(keyOf("switch-cost"), static_cast<qulonglong>(s.switchCost));
    settings.setValue(keyOf("seed"), static_cast<qulonglong>(s.seed));
    settings.setValue(keyOf("max-steps"), static_cast<qulonglong>(s.maxSteps));
    settings.setValue(keyOf("pct-depth"), s.pctDepth);
    settings.setValue(keyOf("scheduler"), latin(nameOf(s.policy)));
    settings.setValue(keyOf("schedule"), choice.schedule);
    settings.setValue(keyOf("registers"), choice.registers);
    settings.setValue(keyOf("counter"), QString::fromStdString(s.counter));
}

} // namespace interleave
