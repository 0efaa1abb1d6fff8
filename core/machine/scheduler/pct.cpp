// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/scheduler/pct.h"

#include "machine/scheduler/draws.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

namespace interleave {

Pct::Pct(ThreadIndex threads, std::uint32_t depth, std::uint64_t length, std::uint64_t seed) : m_priorities(threads)
{
    assert(depth >= 1 && length >= 1);
    Draws draws(seed);
    std::iota(m_priorities.begin(), m_priorities.end(), std::int64_t{depth});
    // Fisher and Yates, as Durstenfeld has it (Communications of the ACM 7, 1964, algorithm 235).
    for (std::size_t i = m_priorities.size(); i > 1; --i)
        std::swap(m_priorities[i - 1], m_priorities[draws.below(i)]);
    for (std::uint32_t i = 1; i < depth; ++i)
        m_changes.push_back({1 + draws.below(length), i});
    std::stable_sort(m_changes.begin(), m_changes.end(),
                     [](const Change& a, const Change& b) { return a.instruction < b.instruction; });
}

Decision Pct::decide(const Choice& choice)
{
    if (choice.executed > 0)
        for (; m_nextChange < m_changes.size() && m_changes[m_nextChange].instruction <= choice.instructions;
             ++m_nextChange)
            m_priorities[choice.last] = m_changes[m_nextChange].priority;
    if (choice.reason == AskReason::Yielded)
        m_priorities[choice.last] = --m_lowest;

    ThreadIndex highest = choice.lastCanGoOn() ? choice.last : choice.ready.front();
    for (const ThreadIndex thread : choice.ready)
        if (m_priorities[thread] > m_priorities[highest])
            highest = thread;
    // Any instruction may make a thread ready whose priority is higher, or be a change point.
    return {highest, 1};
}

std::unique_ptr<Scheduler> Pct::clone() const
{
    return std::make_unique<Pct>(*this);
}

std::size_t Pct::bytes() const
{
    return sizeof *this + m_priorities.size() * sizeof m_priorities[0] + m_changes.size() * sizeof m_changes[0];
}

} // namespace interleave
