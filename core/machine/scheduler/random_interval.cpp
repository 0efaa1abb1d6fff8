// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/scheduler/random_interval.h"

#include <string>

namespace interleave {

RandomInterval::RandomInterval(std::uint64_t interval, std::uint64_t seed)
    : m_interval(static_cast<double>(interval)),
      m_random(*Integer::parsed(std::to_string(seed)))
{}

Decision RandomInterval::decide(const Choice& choice)
{
    return m_turns.decide(choice, [this] { return static_cast<std::uint64_t>(m_random.random() * m_interval) + 1; });
}

std::unique_ptr<Scheduler> RandomInterval::clone() const
{
    return std::make_unique<RandomInterval>(*this);
}

std::size_t RandomInterval::bytes() const
{
    return sizeof *this + m_turns.bytesBeside();
}

} // namespace interleave
