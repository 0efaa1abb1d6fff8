// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/goal.h"

#include "history/ledger.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace interleave {

namespace {

using Kind = Goal::Kind;

// Whatever the schedule, N threads that make K >= 2 unlocked updates each end at 2 at least: the first load of one and
// the last store of another. With two updates each, mere alternation ends there; with three it takes a plan.
constexpr std::array all{
    Goal{Kind::LosesNothing, BuiltIn::UnlockedCounter, 0, 2, 2},
    Goal{Kind::LosesUpdates, BuiltIn::UnlockedCounter, 1, 2, 2},
    Goal{Kind::FinalValue, BuiltIn::UnlockedCounter, 2, 2, 3},
    Goal{Kind::BothInside, BuiltIn::BrokenFlagLock, 0, 2, 1},
    Goal{Kind::Finishes, BuiltIn::DeadlockByOrder, 0, 2, 1},
    Goal{Kind::Deadlock, BuiltIn::DeadlockByOrder, 0, 2, 1},
    Goal{Kind::Deadlock, BuiltIn::DiningPhilosophers, 0, 3, 1},
};

GoalState solvedIf(bool solved)
{
    return solved ? GoalState::Solved : GoalState::Failed;
}

} // namespace

std::span<const Goal> goals()
{
    return all;
}

std::vector<Goal> goalsOf(BuiltIn program)
{
    std::vector<Goal> found;
    std::ranges::copy_if(all, std::back_inserter(found),
                         [program](const Goal& goal) { return goal.program == program; });
    return found;
}

MachineSettings settingsOf(const Goal& goal)
{
    const BuiltInProgram& program = builtInProgram(goal.program);
    MachineSettings settings;
    settings.threads = goal.threads;
    settings.cores = 1;
    settings.policy = Policy::Manual;
    settings.counter = program.counter;
    if (program.iterations)
        settings.registers = {{{*program.iterations, Integer(goal.iterations)}}};
    return settings;
}

GoalState judge(const Goal& goal, const MachineHistory& history)
{
    switch (history.outcome()) {
    case Outcome::Paused:
    case Outcome::StepLimit: return GoalState::NotYet;
    case Outcome::Fault: return GoalState::Failed;
    case Outcome::Deadlock: return solvedIf(goal.kind == Kind::Deadlock);
    case Outcome::Finished: break;
    }
    const auto lost = static_cast<std::int64_t>(history.ledger().lost());
    switch (goal.kind) {
    case Kind::FinalValue: return solvedIf(history.counter() && history.state(history.steps()).counter == goal.number);
    case Kind::LosesUpdates: return solvedIf(lost == goal.number);
    case Kind::LosesNothing: return solvedIf(lost == 0);
    case Kind::BothInside: return solvedIf(lost > 0);
    case Kind::Deadlock: return GoalState::Failed;
    case Kind::Finishes: return GoalState::Solved;
    }
    return GoalState::Failed;
}

} // namespace interleave
