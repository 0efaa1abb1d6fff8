// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/recorded_replay.h"

#include "hardware/recorded_history.h"
#include "history/ledger.h"
#include "machine/machine_history.h"
#include "machine/recorded_schedule.h"
#include "parameters/start_registers_text.h"
#include "sentences/names.h"

#include <QCoreApplication>
#include <algorithm>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::RecordedReplay)
};

std::int64_t finalValueOf(const History& history)
{
    return history.state(history.steps()).counter;
}

} // namespace

MachineChoice choiceForReplayOf(const RecordedHistory& recorded)
{
    const BuiltInProgram& program = builtInProgram(BuiltIn::UnlockedCounter);
    MachineChoice choice = MachineChoice::beginningWith(program);
    MachineSettings& s = choice.settings;
    s.threads = std::min(recorded.threads(), MachineSettings::mostThreads);
    setIn(s.registers, *program.iterations, Integer(std::int64_t{recorded.iterations()}));
    choice.registers = textOf(s.registers);
    s.policy = Policy::Replay;
    // One core can follow any order; on several, threads would not wait for one another.
    s.cores = 1;
    s.switchCost = 0;
    return choice;
}

QString obstacleToReplayOf(const RecordedHistory& recorded)
{
    if (recorded.parameters().synchronisation != Synchronisation::None)
        return Texts::tr("The machine replays recorded runs without synchronisation only.");
    if (recorded.threads() > MachineSettings::mostThreads)
        return Texts::tr("The machine has at most %1, so it cannot replay this run of %2.")
            .arg(threadsText(MachineSettings::mostThreads), threadsText(recorded.threads()));
    return {};
}

QString prepareReplayOf(const RecordedHistory& recorded, MachineSettings& settings, const std::stop_token& stop)
{
    auto schedule = scheduleOf(recorded.ledger(), {}, stop);
    if (!schedule)
        return Texts::tr("This recording cannot be told as a program: an update saw a value from before its own "
                         "thread's last one.");
    settings.schedule = std::move(schedule).value();
    // One step for each instruction; at each change of thread a save, a pick and a restore; a spawn for each thread.
    constexpr std::uint64_t stepsOfASwitch = 3;
    const std::uint64_t steps = instructionsIn(settings.schedule) + stepsOfASwitch * (settings.schedule.size() + 1)
                              + settings.threads;
    if (steps > MachineSettings::mostMaxSteps)
        return Texts::tr("This recording is too long for the machine: it would take %1 steps, and %2 are the most.")
            .arg(numberText(steps), numberText(MachineSettings::mostMaxSteps));
    settings.maxSteps = std::max(settings.maxSteps, steps);
    return {};
}

QString replayed(const RecordedHistory& recorded, const MachineHistory& replay)
{
    const std::int64_t final = finalValueOf(recorded);
    if (replay.outcome() == Outcome::Finished && finalValueOf(replay) == final)
        return Texts::tr("This is your run on real threads, instruction by instruction. It ends at %1, as it did.")
            .arg(numberText(final));
    return Texts::tr("The replay does not end at %1 as the recorded run did; this is a fault of the program.")
        .arg(numberText(final));
}

} // namespace interleave
