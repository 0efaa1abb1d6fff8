// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/manual_run.h"

#include <algorithm>
#include <utility>

namespace interleave {

namespace {

Schedule firstOf(const Schedule& schedule, std::uint64_t instructions)
{
    Schedule first;
    for (const ScheduleEntry& entry : schedule) {
        if (instructions == 0)
            break;
        const std::uint64_t count = std::min(entry.count, instructions);
        append(first, entry.thread, count);
        instructions -= count;
    }
    return first;
}

MachineError tooManyPicks(std::uint64_t picks)
{
    MachineError error;
    error.kind = MachineError::Kind::OutOfRange;
    error.setting = MachineError::Setting::MaxSteps;
    error.value = picks;
    error.least = 0;
    error.most = ManualRun::mostPicks;
    return error;
}

} // namespace

ManualRun::ManualRun(std::shared_ptr<const Program> program, MachineSettings settings)
    : m_program(std::move(program)),
      m_settings(std::move(settings))
{
    m_settings.cores = 1;
    m_settings.policy = Policy::Manual;
    m_settings.schedule.clear();
    // Not reached before the schedule is over: a pick is few steps.
    m_settings.maxSteps = MachineSettings::mostMaxSteps;
}

Result<ManualRun, MachineError> ManualRun::start(std::shared_ptr<const Program> program, MachineSettings settings)
{
    ManualRun run(std::move(program), std::move(settings));
    Changed history = run.historyOf({});
    if (!history)
        return history.error();
    run.m_history = *history;
    run.goTo(0);
    return run;
}

ManualRun::Changed ManualRun::historyOf(const Schedule& schedule) const
{
    MachineSettings settings = m_settings;
    settings.schedule = schedule;
    return MachineHistory::run(m_program, settings);
}

Schedule ManualRun::schedule() const
{
    return firstOf(m_line, m_done);
}

// To so many picks of the line, all of which could be made before.
void ManualRun::goTo(std::uint64_t picks)
{
    if (m_done != picks) {
        const Changed history = historyOf(firstOf(m_line, picks));
        if (!history)
            return;
        m_done = picks;
        m_history = *history;
    }
    m_runnable.assign(m_settings.threads, false);
    if (isOver())
        return;
    const MachineState now = m_history->machineState(m_history->steps());
    for (ThreadIndex t = 0; t < m_settings.threads; ++t)
        m_runnable[t] = now.threads[t].phase == ThreadPhase::Ready || now.threads[t].phase == ThreadPhase::Running;
}

bool ManualRun::canPick(ThreadIndex thread) const
{
    return thread < m_runnable.size() && m_runnable[thread];
}

std::vector<ThreadIndex> ManualRun::runnable() const
{
    std::vector<ThreadIndex> threads;
    for (ThreadIndex t = 0; t < m_runnable.size(); ++t)
        if (m_runnable[t])
            threads.push_back(t);
    return threads;
}

ManualRun::Changed ManualRun::pick(ThreadIndex thread)
{
    if (!canPick(thread)) {
        MachineError error;
        error.kind = MachineError::Kind::ImpossibleSchedule;
        error.thread = thread;
        error.instruction = m_done;
        return error;
    }
    if (m_done >= mostPicks)
        return tooManyPicks(m_done + 1);
    Schedule line = schedule();
    append(line, thread, 1);
    const Changed history = historyOf(line);
    if (!history)
        return history.error();
    m_line = std::move(line);
    ++m_done;
    m_history = *history;
    goTo(m_done);
    return m_history;
}

void ManualRun::undo()
{
    if (canUndo())
        goTo(m_done - 1);
}

void ManualRun::redo()
{
    if (canRedo())
        goTo(m_done + 1);
}

void ManualRun::restart()
{
    goTo(0);
}

ManualRun::Changed ManualRun::setSchedule(const Schedule& schedule)
{
    const auto most = [](std::uint64_t sum, const ScheduleEntry& entry) {
        return std::min(sum, mostPicks + 1) + std::min(entry.count, mostPicks + 1);
    };
    std::uint64_t picks = 0;
    for (const ScheduleEntry& entry : schedule)
        picks = most(picks, entry);
    const Schedule wanted = picks > mostPicks ? firstOf(schedule, mostPicks + 1) : schedule;
    const Changed history = historyOf(wanted);
    if (!history)
        return history.error();
    // A thread that fails executes nothing, but was picked.
    const std::uint64_t failing = (*history)->outcome() == Outcome::Fault ? 1 : 0;
    picks = std::min(picks, (*history)->instructions() + failing);
    if (picks > mostPicks)
        return tooManyPicks(picks);
    m_line = firstOf(wanted, picks);
    m_done = picks;
    m_history = *history;
    goTo(m_done);
    return m_history;
}

} // namespace interleave
