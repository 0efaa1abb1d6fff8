// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/ledger.h"
#include "history/timeline/turn.h"
#include "machine/counter_cells.h"
#include "machine/machine.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>

namespace interleave {

// Lets a machine go on, and tells what it does as turns and updates.
class MachineTeller final : Machine::Listener {
public:
    // The machine as it stands when a keyframe was made; no counter: no updates are told. `locks` says which lock of
    // the run each of Machine::locks() is.
    MachineTeller(Machine& machine, const CounterCell* counter, const Ledger& ledger, std::span<const LockIndex> locks,
                  TimelineVisitor& visitor);

    // Up to the end of the window, or to `steps`; false if it was stopped.
    [[nodiscard]] bool tell(const TimeWindow& window, Step steps, const std::stop_token& stop);

private:
    void executed(ThreadIndex thread, std::uint64_t instructions) override;
    void turned(const Turn& turn) override { m_visitor.turn(turn); }
    void lockTurned(const LockTurn& turn) override
    {
        m_visitor.lockTurn({turn.thread, m_locks[turn.lock], turn.at, turn.use});
    }
    [[nodiscard]] std::uint32_t stores() const
    {
        return m_counter ? m_machine.cells().at(m_counter->address).stores : 0;
    }
    [[nodiscard]] std::uint64_t lostThrough(Position position);

    Machine& m_machine;
    const CounterCell* m_counter;
    const Ledger& m_ledger;
    std::span<const LockIndex> m_locks;
    TimelineVisitor& m_visitor;
    Position m_told = initialPosition; // updates up to here are told, or came before
    std::uint64_t m_lost = 0;          // of them
    std::size_t m_streak = 0;          // where to look on for the next
};

} // namespace interleave
