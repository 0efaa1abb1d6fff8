// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/classroom/turns.h"

#include <cassert>
#include <utility>

namespace interleave {

Turns::Turns(std::size_t threads, std::vector<std::size_t> schedule)
    : m_schedule(std::move(schedule)),
      m_done(threads, false),
      m_left(threads)
{
    if (followsSchedule())
        m_current = m_schedule.front();
}

void Turns::finishCurrent()
{
    assert(!m_done[m_current]);
    m_done[m_current] = true;
    --m_left;
}

void Turns::advance()
{
    assert(!allDone());
    do {
        if (followsSchedule()) {
            m_position = (m_position + 1) % m_schedule.size();
            m_current = m_schedule[m_position];
        } else {
            m_current = (m_current + 1) % m_done.size();
        }
    } while (m_done[m_current]);
}

} // namespace interleave
