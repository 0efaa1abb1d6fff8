// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/scheduler/manual.h"

namespace interleave {

Decision Manual::decide(const Choice& choice)
{
    // Picks that the schedule has at its very end were for nothing.
    if (choice.instructions >= m_cursor.instructions())
        return {noThread, 1, Decision::Kind::Stop};
    const ScheduleCursor::Answer answer = m_cursor.ask(choice);
    switch (answer.verdict) {
    case ScheduleCursor::Verdict::Run: return {answer.thread, answer.slice};
    case ScheduleCursor::Verdict::Impossible: return {answer.thread, 1, Decision::Kind::Impossible};
    case ScheduleCursor::Verdict::Left:
    case ScheduleCursor::Verdict::Over: break;
    }
    return {noThread, 1, Decision::Kind::Stop};
}

std::unique_ptr<Scheduler> Manual::clone() const
{
    return std::make_unique<Manual>(*this);
}

std::size_t Manual::bytes() const
{
    return sizeof *this + m_cursor.bytesBeside();
}

} // namespace interleave
