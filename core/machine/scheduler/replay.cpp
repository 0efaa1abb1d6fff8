// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/scheduler/replay.h"

namespace interleave {

Decision Replay::decide(const Choice& choice)
{
    const ScheduleCursor::Answer answer = m_cursor.ask(choice);
    switch (answer.verdict) {
    case ScheduleCursor::Verdict::Run: return {answer.thread, answer.slice};
    case ScheduleCursor::Verdict::Left:
    case ScheduleCursor::Verdict::Impossible: return {answer.thread, 1, Decision::Kind::Impossible};
    case ScheduleCursor::Verdict::Over: break;
    }
    if (choice.lastCanGoOn() && choice.instructions == m_cursor.instructions())
        return {choice.last, m_quantum};
    return m_afterwards.decide(choice);
}

std::unique_ptr<Scheduler> Replay::clone() const
{
    return std::make_unique<Replay>(*this);
}

std::size_t Replay::bytes() const
{
    return sizeof *this + m_cursor.bytesBeside();
}

} // namespace interleave
