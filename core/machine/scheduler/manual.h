// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/scheduler/schedule_cursor.h"

namespace interleave {

// Manual: follows the schedule that somebody makes up, instruction by instruction as core/machine/scheduler/replay.h
// does, and stops where it ends: after its last instruction, or, with several cores, already where it does not say whom
// a core goes on with.
class Manual final : public Scheduler {
public:
    // The schedule may be empty, and names no thread beyond `threads`.
    Manual(const Schedule& schedule, ThreadIndex threads, CoreIndex cores) : m_cursor(schedule, threads, cores) {}

    [[nodiscard]] Decision decide(const Choice& choice) override;
    [[nodiscard]] std::unique_ptr<Scheduler> clone() const override;
    [[nodiscard]] std::size_t bytes() const override;

private:
    ScheduleCursor m_cursor;
};

} // namespace interleave
