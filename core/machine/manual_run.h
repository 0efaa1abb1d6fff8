// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"
#include "machine/machine_history.h"
#include "machine/machine_settings.h"
#include "machine/schedule.h"
#include "program/program.h"
#include "result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace interleave {

// A run of which somebody picks every instruction, and takes picks back. The picks are a schedule: each one makes the
// run of the schedule so far anew, which takes the time of so many instructions, microseconds for a class and well
// under a millisecond for ten thousand picks. One core: with several the threads would not wait for one another.
class ManualRun {
public:
    // The most picks that a run takes, so that each of them stays quick.
    static constexpr std::uint64_t mostPicks = 1'000'000;

    using Changed = Result<std::shared_ptr<const MachineHistory>, MachineError>;

    // Of the settings, cores, policy, schedule and step limit do not matter here.
    static Result<ManualRun, MachineError> start(std::shared_ptr<const Program> program, MachineSettings settings);

    [[nodiscard]] const std::shared_ptr<const MachineHistory>& history() const { return m_history; }
    [[nodiscard]] const MachineSettings& settings() const { return m_settings; }
    // The picks so far.
    [[nodiscard]] Schedule schedule() const;
    [[nodiscard]] std::uint64_t picks() const { return m_done; }

    // Whether picks can follow: every thread is finished, or nobody can go on, or one has failed, where not.
    [[nodiscard]] bool isOver() const { return m_history->outcome() != Outcome::Paused; }
    // Who can be picked now, by index.
    [[nodiscard]] std::vector<ThreadIndex> runnable() const;
    [[nodiscard]] bool canPick(ThreadIndex thread) const;

    // One more instruction of the thread. With an error nothing has changed: Kind::ImpossibleSchedule if it cannot be
    // picked, Kind::OutOfRange with Setting::MaxSteps at the most picks.
    Changed pick(ThreadIndex thread);
    [[nodiscard]] bool canUndo() const { return m_done > 0; }
    [[nodiscard]] bool canRedo() const { return m_done < instructionsIn(m_line); }
    // The last pick is taken back, or made again; nothing where there is none.
    void undo();
    void redo();
    // All picks are taken back. They can be made again one by one.
    void restart();
    // Instead of the picks so far, those of a schedule; what goes beyond the end of the run is left out.
    Changed setSchedule(const Schedule& schedule);

private:
    ManualRun(std::shared_ptr<const Program> program, MachineSettings settings);
    [[nodiscard]] Changed historyOf(const Schedule& schedule) const;
    void goTo(std::uint64_t picks);

    std::shared_ptr<const Program> m_program;
    MachineSettings m_settings;
    Schedule m_line;          // the picks, and after them those that were taken back
    std::uint64_t m_done = 0; // of the line
    std::shared_ptr<const MachineHistory> m_history;
    std::vector<bool> m_runnable; // by thread
};

} // namespace interleave
