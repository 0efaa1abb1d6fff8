// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/scheduler/draws.h"
#include "machine/scheduler/scheduler.h"

namespace interleave {

// Random walk: uniformly one of all that can run, for 1 to a quantum of instructions, uniformly. A thread that yields
// goes on only if nobody else can. With a quantum of 1 on one core every instruction is that of a thread drawn
// uniformly: the random walk that PCT is measured against. (Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized
// Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010.)
class RandomWalk final : public Scheduler {
public:
    RandomWalk(std::uint64_t quantum, std::uint64_t seed) : m_quantum(quantum), m_draws(seed) {}

    [[nodiscard]] Decision decide(const Choice& choice) override;
    [[nodiscard]] std::unique_ptr<Scheduler> clone() const override;
    [[nodiscard]] std::size_t bytes() const override;

private:
    std::uint64_t m_quantum; // instructions
    Draws m_draws;
};

} // namespace interleave
