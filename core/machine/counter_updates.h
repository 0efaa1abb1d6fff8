// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/ledger.h"
#include "machine/execute.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <vector>

namespace interleave {

// Collects the updates of one cell while a run is executed again: what the ledger is made from, and what the cell would
// hold if none had been lost.
class CounterUpdates final : public CellWatcher {
public:
    // `valueAt` gives what a store of the cell stored, for the few updates whose load was too long ago to remember.
    CounterUpdates(ThreadIndex threads, std::function<Integer(Position)> valueAt);

    void loaded(ThreadIndex thread, Step step, const Integer& value) override;
    void stored(const Stored& store, const Integer& value) override;

    [[nodiscard]] const std::vector<Streak>& streaks() const { return m_streaks; }
    // The initial value, 0, and every change that an update made to what it saw.
    [[nodiscard]] const Integer& expected() const { return m_expected; }

private:
    static constexpr std::size_t loadsRemembered = 64; // of each thread

    struct Load {
        Step step = 0;
        Integer value;
    };
    [[nodiscard]] Integer valueSeen(const Stored& store) const;

    std::function<Integer(Position)> m_valueAt;
    std::vector<std::deque<Load>> m_loads; // by thread, the latest last
    std::vector<std::uint32_t> m_numbers;  // updates of each thread so far
    std::vector<Streak> m_streaks;
    Integer m_last; // what the cell holds
    Integer m_expected;
};

// Where the stores of one cell are, in one stretch of a run.
class StoreSteps final : public CellWatcher {
public:
    struct Store {
        Position position = initialPosition;
        Step step = 0;
        Step loadedAt = 0;
        Integer value;
    };

    void loaded(ThreadIndex, Step, const Integer&) override {}
    void stored(const Stored& store, const Integer& value) override
    {
        m_stores.push_back({store.position, store.step, store.loadedAt, value});
    }
    // Null if the store was not in the stretch.
    [[nodiscard]] const Store* at(Position position) const
    {
        if (m_stores.empty() || position < m_stores.front().position || position > m_stores.back().position)
            return nullptr;
        return &m_stores[position - m_stores.front().position];
    }

private:
    std::vector<Store> m_stores; // their positions are consecutive
};

} // namespace interleave
