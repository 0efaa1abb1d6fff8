// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/scheduler/interval_turns.h"

namespace interleave {

// Interval: the classroom simulator's interrupts after a fixed number of instructions, as core/machine/classroom and
// its flag -i have them. With one core, and threads that do not block, the threads execute in the very same order.
class Interval final : public Scheduler {
public:
    explicit Interval(std::uint64_t interval) : m_interval(interval) {}

    [[nodiscard]] Decision decide(const Choice& choice) override;
    [[nodiscard]] std::unique_ptr<Scheduler> clone() const override;
    [[nodiscard]] std::size_t bytes() const override;

private:
    std::uint64_t m_interval; // instructions
    IntervalTurns m_turns;
};

} // namespace interleave
