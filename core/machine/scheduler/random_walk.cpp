// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/scheduler/random_walk.h"

namespace interleave {

Decision RandomWalk::decide(const Choice& choice)
{
    const std::size_t ready = choice.ready.size();
    const bool lastMay = choice.reason == AskReason::SliceOver || (choice.reason == AskReason::Yielded && ready == 0);
    // One draw for both: who goes on, and for how long.
    const auto [who, slice] = m_draws.below(ready + (lastMay ? 1 : 0), m_quantum);
    // Of two addresses, not of two ways to go on: nobody could predict which.
    const ThreadIndex* const thread = who < ready ? choice.ready.data() + who : &choice.last;
    return {*thread, 1 + slice};
}

std::unique_ptr<Scheduler> RandomWalk::clone() const
{
    return std::make_unique<RandomWalk>(*this);
}

std::size_t RandomWalk::bytes() const
{
    return sizeof *this + m_draws.bytesBeside();
}

} // namespace interleave
