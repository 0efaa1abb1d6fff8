// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/scheduler/interval.h"

namespace interleave {

Decision Interval::decide(const Choice& choice)
{
    return m_turns.decide(choice, [this] { return m_interval; });
}

std::unique_ptr<Scheduler> Interval::clone() const
{
    return std::make_unique<Interval>(*this);
}

std::size_t Interval::bytes() const
{
    return sizeof *this + m_turns.bytesBeside();
}

} // namespace interleave
