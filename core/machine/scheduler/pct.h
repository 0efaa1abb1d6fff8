// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/scheduler/scheduler.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace interleave {

// PCT, probabilistic concurrency testing: Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized Scheduler with
// Probabilistic Guarantees of Finding Bugs", ASPLOS 2010 (doi:10.1145/1736020.1736040). For n threads, k instructions
// and bugs of depth d:
// - the threads get the priorities d to d + n - 1, by a random permutation;
// - d - 1 change points k_1 to k_(d-1) are drawn, each uniformly from 1 to k, so that two may fall together;
// - who can run and has the highest priority always runs;
// - the thread that executes the k_i-th instruction of the run has priority i from then on, below all initial ones. As
//   in the paper the change comes after that instruction. Of two that fall together the greater i holds.
// A run finds a bug of depth d with a probability of at least 1 / (n k^(d-1)).
//
// Beside the paper: a thread that yields gets a priority below everyone's, so that a thread that waits by yielding
// cannot keep out the one it waits for. And with several cores, where the paper has one, each core takes the highest
// priority among its own thread and the ready queue; a change goes to the thread of the core that asks first when k_i
// instructions have been executed.
class Pct final : public Scheduler {
public:
    // depth is d and length is k, both at least 1.
    Pct(ThreadIndex threads, std::uint32_t depth, std::uint64_t length, std::uint64_t seed);

    [[nodiscard]] Decision decide(const Choice& choice) override;
    [[nodiscard]] std::unique_ptr<Scheduler> clone() const override;
    [[nodiscard]] std::size_t bytes() const override;

    struct Change {
        std::uint64_t instruction = 0; // k_i
        std::int64_t priority = 0;     // i
    };
    // By instruction.
    [[nodiscard]] const std::vector<Change>& changes() const { return m_changes; }
    [[nodiscard]] std::int64_t priority(ThreadIndex thread) const { return m_priorities[thread]; }

private:
    std::vector<std::int64_t> m_priorities; // by thread; no two the same
    std::vector<Change> m_changes;
    std::size_t m_nextChange = 0;
    std::int64_t m_lowest = 0; // at or below all priorities
};

} // namespace interleave
