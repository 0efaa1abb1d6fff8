// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_settings.h"
#include "program/builtin.h"

#include <QString>
#include <cstdint>
#include <optional>

namespace interleave {

// What the user set for runs of the machine.
struct MachineChoice {
    // Null: the program of the user's own.
    const BuiltInProgram* program = nullptr;
    // What is typed as text stands here as far as it means something.
    MachineSettings settings;
    QString registers;
    QString schedule;

    // A built-in program as it is good to begin with.
    static MachineChoice beginningWith(const BuiltInProgram& program);
};

// In what two choices are not the same run. What the scheduler of the first one does not look at makes no difference.
class MachineDifferences {
public:
    enum class Of : std::uint8_t {
        Program,
        Threads,
        Rounds, // how often each thread goes round
        Scheduler,
        GivenSchedule,
        Seed,
        Depth,
        Quantum,
        Cores,
        SwitchCost,
        Registers, // but for the rounds
        Counter,
        MaxSteps
    };

    void add(Of what, bool differs) { m_which |= differs ? bit(what) : 0U; }
    [[nodiscard]] bool has(Of what) const { return (m_which & bit(what)) != 0; }
    [[nodiscard]] bool none() const { return m_which == 0; }

private:
    static std::uint32_t bit(Of what) { return 1U << static_cast<unsigned>(what); }

    std::uint32_t m_which = 0;
};
[[nodiscard]] MachineDifferences differencesBetween(const MachineChoice& one, const MachineChoice& other);

// How often each thread goes round: the same for all, and a number that can be told.
[[nodiscard]] std::optional<std::uint64_t> roundsIn(const std::vector<StartRegisters>& sets, Register which);

} // namespace interleave
