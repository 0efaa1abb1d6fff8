// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"

#include <memory>
#include <utility>

namespace interleave {

// What a history that has no walk of its own is walked by: the same as the machine's, seen through event() and state().
class StepByStep final : public History {
public:
    explicit StepByStep(std::shared_ptr<const MachineHistory> history) : m_history(std::move(history)) {}
    [[nodiscard]] Step steps() const override { return m_history->steps(); }
    [[nodiscard]] Event event(Step step) const override { return m_history->event(step); }
    [[nodiscard]] State state(Step step) const override { return m_history->state(step); }
    [[nodiscard]] ThreadIndex threads() const override { return m_history->threads(); }
    [[nodiscard]] std::uint32_t iterations() const override { return m_history->iterations(); }
    [[nodiscard]] const Ledger& ledger() const override { return m_history->ledger(); }
    [[nodiscard]] Step storeStep(Position position) const override { return m_history->storeStep(position); }
    [[nodiscard]] Step loadStep(Position position) const override { return m_history->loadStep(position); }
    [[nodiscard]] double timeOf(Step step) const override { return m_history->timeOf(step); }
    [[nodiscard]] LockIndex timelineLocks() const override { return m_history->timelineLocks(); }

private:
    std::shared_ptr<const MachineHistory> m_history;
};

} // namespace interleave
