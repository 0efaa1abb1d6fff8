// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"
#include "machine/machine_settings.h"
#include "program/builtin.h"

#include <cstdint>
#include <span>
#include <vector>

namespace interleave {

// What whoever picks the threads is to bring about.
struct Goal {
    enum class Kind : std::uint8_t {
        FinalValue,   // the counter ends at `number`
        LosesUpdates, // exactly `number` updates are lost in the end
        LosesNothing, // no update is lost
        Deadlock,     // nobody can go on
        Finishes,     // every thread comes to its end
        BothInside,   // an update is lost though a lock is meant to keep it: two threads are inside at once
    };

    Kind kind = Kind::Finishes;
    BuiltIn program = BuiltIn::UnlockedCounter;
    std::int64_t number = 0;
    ThreadIndex threads = 2;
    std::int64_t iterations = 1; // that each thread makes
};

// All goals, by program and from easy to hard.
[[nodiscard]] std::span<const Goal> goals();
// Those of a program.
[[nodiscard]] std::vector<Goal> goalsOf(BuiltIn program);

// The run in which the goal is to be reached: its threads, its start registers, and one core.
[[nodiscard]] MachineSettings settingsOf(const Goal& goal);

enum class GoalState : std::uint8_t {
    NotYet, // the run goes on
    Solved,
    Failed, // it came to its end otherwise
};
[[nodiscard]] GoalState judge(const Goal& goal, const MachineHistory& history);

} // namespace interleave
