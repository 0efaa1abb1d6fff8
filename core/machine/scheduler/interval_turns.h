// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/scheduler/scheduler.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace interleave {

// Interval turns: whose turn it is in the classroom simulator, and when it is over, as core/machine/classroom has it. A
// countdown on each core interrupts its thread; who is next goes by index, round and round, among those that can run.
// The countdown begins anew after an interrupt and after a yield, but goes on after a halt, so that a halt on which it
// runs out takes the turn to the next thread but one. What the classroom simulator does not know: a thread that blocks
// is taken as one that yields.
class IntervalTurns {
public:
    // `draw` gives the instructions to the next interrupt, at least 1.
    template <typename Draw>
    Decision decide(const Choice& choice, Draw&& draw)
    {
        if (choice.core >= m_left.size())
            m_left.resize(choice.core + 1, 0);
        std::uint64_t& left = m_left[choice.core];
        left -= choice.executed < left ? choice.executed : left;
        ThreadIndex thread = after(choice.last, choice);
        if (choice.reason != AskReason::Finished) {
            left = draw();
        } else if (left == 0) {
            left = draw();
            thread = after(thread, choice);
        }
        return {thread, left};
    }

    // Bytes that a copy takes besides itself.
    [[nodiscard]] std::size_t bytesBeside() const { return m_left.size() * sizeof m_left[0]; }

private:
    // The thread after this one, by index, that can run.
    static ThreadIndex after(ThreadIndex thread, const Choice& choice);

    std::vector<std::uint64_t> m_left; // by core: instructions before the next interrupt
};

} // namespace interleave
