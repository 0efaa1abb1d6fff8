// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/classroom/python_random.h"
#include "machine/scheduler/interval_turns.h"

namespace interleave {

// Random interval: the classroom simulator's interrupts after int(random() * interval) + 1 instructions, drawn anew each
// time with the random numbers of CPython, as core/machine/classroom and its flags -i, -r and -s have them. With one
// core, and threads that do not block, the threads execute in the very same order. Several cores draw from one
// generator.
class RandomInterval final : public Scheduler {
public:
    RandomInterval(std::uint64_t interval, std::uint64_t seed);

    [[nodiscard]] Decision decide(const Choice& choice) override;
    [[nodiscard]] std::unique_ptr<Scheduler> clone() const override;
    [[nodiscard]] std::size_t bytes() const override;

private:
    double m_interval; // instructions
    PythonRandom m_random;
    IntervalTurns m_turns;
};

} // namespace interleave
