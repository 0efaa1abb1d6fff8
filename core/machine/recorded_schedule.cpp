// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/recorded_schedule.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace interleave {

namespace {

constexpr std::uint64_t loadAndAdd = 2;
constexpr std::size_t streaksBetweenLooks = 1024;

// The load of a streak's first update. Those of the others follow the store before them.
struct FirstLoad {
    Position seen = initialPosition;
    std::uint32_t streak = 0;
};

class Conversion {
public:
    Conversion(const Ledger& ledger, const UnlockedLoop& loop, const std::stop_token& stop)
        : m_ledger(ledger),
          m_loop(loop),
          m_stop(stop),
          m_updatesOfThread(ledger.threads() == 0 ? 0 : ledger.doneBy(0, ledger.updates()))
    {}

    Result<Schedule, RecordedScheduleError> result()
    {
        if (const auto error = unequalThreads())
            return *error;
        if (const auto error = collectLoads())
            return *error;
        emitLoadsThatSaw(initialPosition);
        for (std::size_t streak = 0; streak < m_ledger.streaks(); ++streak) {
            if (isTimeToStop(streak))
                return cancelled();
            emitStreak(streak);
        }
        return std::move(m_schedule);
    }

private:
    using Error = RecordedScheduleError;

    [[nodiscard]] bool isTimeToStop(std::size_t streak) const
    {
        return streak % streaksBetweenLooks == 0 && m_stop.stop_requested();
    }

    static Error cancelled()
    {
        Error error;
        error.kind = Error::Kind::Cancelled;
        return error;
    }

    [[nodiscard]] std::optional<Error> unequalThreads() const
    {
        for (ThreadIndex thread = 0; thread < m_ledger.threads(); ++thread) {
            const std::uint32_t updates = m_ledger.doneBy(thread, m_ledger.updates());
            if (updates == 0)
                return Error{Error::Kind::NoUpdates, thread, 0, m_updatesOfThread, initialPosition};
            if (updates != m_updatesOfThread)
                return Error{Error::Kind::UnequalUpdates, thread, updates, m_updatesOfThread, initialPosition};
        }
        return std::nullopt;
    }

    // Fills m_loads, by what was seen.
    std::optional<Error> collectLoads()
    {
        std::vector<Position> lastOfThread(m_ledger.threads(), initialPosition);
        m_loads.reserve(m_ledger.streaks());
        for (std::size_t streak = 0; streak < m_ledger.streaks(); ++streak) {
            if (isTimeToStop(streak))
                return cancelled();
            const Position first = m_ledger.firstOf(streak);
            const Position seen = m_ledger.update(first).seen;
            const ThreadIndex thread = m_ledger.threadOf(streak);
            if (seen < lastOfThread[thread])
                return Error{Error::Kind::LooksBack, thread, 0, 0, first};
            lastOfThread[thread] = m_ledger.lastOf(streak);
            m_loads.push_back({seen, static_cast<std::uint32_t>(streak)});
        }
        // Loads of the same update stay in the order of their stores.
        std::stable_sort(m_loads.begin(), m_loads.end(),
                         [](const FirstLoad& a, const FirstLoad& b) { return a.seen < b.seen; });
        return std::nullopt;
    }

    // From the first store, its load and add are there already, to the control of the last.
    void emitStreak(std::size_t streak)
    {
        const ThreadIndex thread = m_ledger.threadOf(streak);
        const Position last = m_ledger.lastOf(streak);
        const std::uint64_t ofUpdate = loadAndAdd + 1 + m_loop.control;
        Position done = m_ledger.firstOf(streak);
        append(m_schedule, thread, 1 + m_loop.control);
        // At once to the next store that others saw.
        while (m_nextLoad < m_loads.size() && m_loads[m_nextLoad].seen < last) {
            const Position seen = m_loads[m_nextLoad].seen;
            emitUpdates(thread, (seen - done) * ofUpdate);
            done = seen;
            // The streak's own next load goes first: it is the same thread's.
            append(m_schedule, thread, loadAndAdd);
            emitLoadsThatSaw(seen);
            append(m_schedule, thread, 1 + m_loop.control);
            ++done;
        }
        emitUpdates(thread, (last - done) * ofUpdate);
        if (m_ledger.name(last).number == m_updatesOfThread)
            emitUpdates(thread, m_loop.atEnd);
        emitLoadsThatSaw(last);
    }

    void emitUpdates(ThreadIndex thread, std::uint64_t instructions)
    {
        if (instructions > 0)
            append(m_schedule, thread, instructions);
    }

    void emitLoadsThatSaw(Position position)
    {
        for (; m_nextLoad < m_loads.size() && m_loads[m_nextLoad].seen == position; ++m_nextLoad) {
            const std::size_t streak = m_loads[m_nextLoad].streak;
            const bool isFirst = m_ledger.name(m_ledger.firstOf(streak)).number == 1;
            append(m_schedule, m_ledger.threadOf(streak), loadAndAdd + (isFirst ? m_loop.before : 0));
        }
    }

    const Ledger& m_ledger;
    const UnlockedLoop& m_loop;
    const std::stop_token& m_stop;
    std::uint32_t m_updatesOfThread;
    std::vector<FirstLoad> m_loads;
    std::size_t m_nextLoad = 0;
    Schedule m_schedule;
};

} // namespace

Result<Schedule, RecordedScheduleError> scheduleOf(const Ledger& ledger, const UnlockedLoop& loop,
                                                   const std::stop_token& stop)
{
    return Conversion(ledger, loop, stop).result();
}

} // namespace interleave
