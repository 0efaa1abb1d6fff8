// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/recorder.h"

namespace interleave {

namespace {

constexpr std::size_t streaksPerTime = 16;
// A thread that sees the counter this much further on was away, or somebody else was.
constexpr std::uint64_t jump = 256;

std::size_t roomForTimes(std::uint32_t updates, bool everyStreak)
{
    return everyStreak ? updates : updates / 8 + 64;
}

} // namespace

std::uint64_t Recording::bytes() const
{
    std::uint64_t bytes = 0;
    for (const ThreadRecord& thread : threads)
        bytes += thread.bytes();
    return bytes;
}

StreakRecorder::StreakRecorder(std::uint32_t updates, bool timeEveryStreak)
    : m_streaks(updates), m_times(roomForTimes(updates, timeEveryStreak)), m_timeEveryStreak(timeEveryStreak)
{
}

void StreakRecorder::cut(std::uint32_t number, std::uint64_t seen, std::uint64_t link)
{
    m_streaks[m_streakCount++] = StreakRecord::of(number, seen, link);
    const std::uint64_t value = tagged::valueOf(seen);
    const std::uint64_t distance = (value - m_lastSeenValue) & tagged::valueMask;
    m_lastSeenValue = value;
    if (m_timeEveryStreak || m_streakCount % streaksPerTime == 1 || distance >= jump)
        sampleTime(number);
}

void StreakRecorder::sampleTime(std::uint32_t number)
{
    if (m_timeCount < m_times.size())
        m_times[m_timeCount++] = TimeSample::of(number, ticksNow() - m_begin);
}

ThreadRecord StreakRecorder::take(std::uint64_t endTicks)
{
    m_streaks.resize(m_streakCount);
    m_streaks.shrink_to_fit();
    m_times.resize(m_timeCount);
    m_times.shrink_to_fit();
    return {std::move(m_streaks), std::move(m_times), m_begin, endTicks, m_violations};
}

} // namespace interleave
