// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/machine_choice.h"

#include "parameters/policy_texts.h"
#include "parameters/start_registers_text.h"

#include <algorithm>

namespace interleave {

namespace {

// Without the register of the rounds, if they can be told of it; without sets that say nothing.
StartRegisterSets besides(StartRegisterSets sets, const std::optional<Register>& rounds)
{
    if (rounds && roundsIn(sets, *rounds))
        for (StartRegisters& set : sets)
            std::erase_if(set, [&](const auto& entry) { return entry.first == *rounds; });
    if (std::ranges::all_of(sets, [](const StartRegisters& set) { return set.empty(); }))
        sets.clear();
    return sets;
}

} // namespace

MachineChoice MachineChoice::beginningWith(const BuiltInProgram& program)
{
    MachineChoice choice;
    choice.program = &program;
    choice.settings.threads = program.threads;
    choice.settings.cores = program.cores;
    // With this one every program shows at once what it is there to show: updates get lost where they can, locks meet.
    choice.settings.quantum = 7;
    // What is about no switch begins at once.
    choice.settings.switchCost = program.id == BuiltIn::OneUpdate ? 0 : 3;
    choice.settings.counter = program.counter;
    choice.registers = QString::fromLatin1(program.startRegisters.data(), qsizetype(program.startRegisters.size()));
    choice.settings.registers = parsedStartRegisters(choice.registers).value_or(StartRegisterSets{});
    return choice;
}

std::optional<std::uint64_t> roundsIn(const StartRegisterSets& sets, Register which)
{
    const auto first = valueIn(sets, which);
    if (!first || !first->isSmall() || first->small() < 0)
        return std::nullopt;
    for (const StartRegisters& set : sets)
        if (valueIn({set}, which) != first)
            return std::nullopt;
    return static_cast<std::uint64_t>(first->small());
}

MachineDifferences differencesBetween(const MachineChoice& one, const MachineChoice& other)
{
    using Of = MachineDifferences::Of;
    const MachineSettings& a = one.settings;
    const MachineSettings& b = other.settings;
    const std::optional<Register> rounds = one.program ? one.program->iterations : std::nullopt;
    const auto told = [&](const MachineSettings& of) {
        return rounds ? roundsIn(of.registers, *rounds) : std::nullopt;
    };
    MachineDifferences differences;
    differences.add(Of::Program, one.program != other.program);
    differences.add(Of::Threads, a.threads != b.threads);
    differences.add(Of::Rounds, told(a) && told(a) != told(b));
    differences.add(Of::Registers, besides(a.registers, rounds) != besides(b.registers, rounds));
    differences.add(Of::Scheduler, a.policy != b.policy);
    differences.add(Of::GivenSchedule, a.policy == Policy::Replay && a.schedule != b.schedule);
    differences.add(Of::Seed, usesSeed(a.policy) && a.seed != b.seed);
    differences.add(Of::Depth, a.policy == Policy::Pct && a.pctDepth != b.pctDepth);
    differences.add(Of::Quantum, usesQuantum(a.policy) && a.quantum != b.quantum);
    differences.add(Of::Cores, a.policy != Policy::Manual && a.cores != b.cores);
    differences.add(Of::SwitchCost, a.switchCost != b.switchCost);
    differences.add(Of::Counter, a.counter != b.counter);
    differences.add(Of::MaxSteps, a.maxSteps != b.maxSteps);
    return differences;
}

} // namespace interleave
