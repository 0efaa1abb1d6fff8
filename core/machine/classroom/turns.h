// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace interleave {

// Whose turn it is in the classroom simulator: round robin, or along a schedule that is walked over and over. Threads
// that are done are passed over.
class Turns {
public:
    // An empty schedule means round robin. Every thread must occur in one that is not empty.
    Turns(std::size_t threads, std::vector<std::size_t> schedule);

    [[nodiscard]] std::size_t current() const { return m_current; }
    [[nodiscard]] bool followsSchedule() const { return !m_schedule.empty(); }
    [[nodiscard]] bool allDone() const { return m_left == 0; }

    void finishCurrent();
    // The next thread that is not done; there must be one.
    void advance();

private:
    std::vector<std::size_t> m_schedule;
    std::vector<bool> m_done;
    std::size_t m_left;
    std::size_t m_position = 0; // in the schedule
    std::size_t m_current = 0;
};

} // namespace interleave
