// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/scheduler/round_robin.h"

namespace interleave {

Decision RoundRobin::decide(const Choice& choice)
{
    return {choice.ready.empty() ? choice.last : choice.ready.front(), m_quantum};
}

std::unique_ptr<Scheduler> RoundRobin::clone() const
{
    return std::make_unique<RoundRobin>(*this);
}

std::size_t RoundRobin::bytes() const
{
    return sizeof *this;
}

} // namespace interleave
