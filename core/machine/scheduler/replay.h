// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/scheduler/round_robin.h"
#include "machine/scheduler/schedule_cursor.h"

namespace interleave {

// Replay: follows a schedule, such as a run reports, to the same history. Where the schedule ends, the thread on the
// core stays once more if it can: a run that ended there with a fault ends so again. From then on it is round robin, a
// quantum each. (Replay of the order of instructions: LeBlanc and Mellor-Crummey, "Debugging Parallel Programs with
// Instant Replay", IEEE Transactions on Computers 36, 1987.)
class Replay final : public Scheduler {
public:
    // The schedule names no thread beyond `threads`.
    Replay(const Schedule& schedule, ThreadIndex threads, CoreIndex cores, std::uint64_t quantum)
        : m_cursor(schedule, threads, cores),
          m_afterwards(quantum),
          m_quantum(quantum)
    {}

    [[nodiscard]] Decision decide(const Choice& choice) override;
    [[nodiscard]] std::unique_ptr<Scheduler> clone() const override;
    [[nodiscard]] std::size_t bytes() const override;

private:
    ScheduleCursor m_cursor;
    RoundRobin m_afterwards;
    std::uint64_t m_quantum; // instructions
};

} // namespace interleave
