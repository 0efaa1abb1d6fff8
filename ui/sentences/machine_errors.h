// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"
#include "machine/machine_settings.h"
#include "machine/schedule.h"

#include <QString>
#include <span>

namespace interleave {

// How the machine's settings are called where an error is read: labels in the window, flags on the command line.
struct SettingNames {
    QString threads;
    QString cores;
    QString quantum;
    QString switchCost;
    QString maxSteps;
    QString pctDepth;
    QString schedule;
    QString registers;
    QString counter;

    static SettingNames ofTheWindow();
    static SettingNames ofTheCommandLine();
};

// One sentence that says what was wrong, where, and what is allowed.
[[nodiscard]] QString sentenceOf(const MachineError& error, const SettingNames& names);
[[nodiscard]] QString sentenceOf(const ScheduleError& error, const SettingNames& names);

// "finished", "deadlock", "step limit", ...
[[nodiscard]] QString textOf(Outcome outcome);

// How a run ended, in a sentence or more, with the names of threads and locks.
[[nodiscard]] QString endOf(const MachineHistory& history);

// Who waits for whom: "Deadlock: thread A waits for lock_b, held by thread B, which waits for lock_a, held by thread A."
// Who waits for one another, without the locks.
[[nodiscard]] QString deadlockHeadline(std::span<const WaitingThread> waiting);
// Who waits for what, and who holds that; without the word deadlock itself.
[[nodiscard]] QString deadlockChain(std::span<const WaitingThread> waiting, const Program& program);
[[nodiscard]] QString deadlockText(std::span<const WaitingThread> waiting, const Program& program);

} // namespace interleave
