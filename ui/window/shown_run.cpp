// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/shown_run.h"

#include "hardware/recorded_history.h"
#include "sentences/programs.h"
#include "sentences/run_titles.h"

namespace interleave {

std::shared_ptr<const History> ShownRun::history() const
{
    if (machine.history)
        return machine.history;
    return recorded ? recorded->history : nullptr;
}

QString ShownRun::title() const
{
    if (isEmpty())
        return {};
    if (!isOfMachine())
        return titleOf(asked, when);
    const BuiltInProgram* const program = machine.choice.program;
    return titleOf(program ? titleOf(program->id) : machine.program, machine.history->settings(), when);
}

} // namespace interleave
