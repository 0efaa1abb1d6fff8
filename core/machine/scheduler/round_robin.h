// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/scheduler/scheduler.h"

namespace interleave {

// Round robin: who has waited longest goes on, for a quantum; if nobody waits, the thread on the core stays. (Kleinrock,
// "Analysis of a Time-Shared Processor", Naval Research Logistics Quarterly 11, 1964.)
class RoundRobin final : public Scheduler {
public:
    explicit RoundRobin(std::uint64_t quantum) : m_quantum(quantum) {}

    [[nodiscard]] Decision decide(const Choice& choice) override;
    [[nodiscard]] std::unique_ptr<Scheduler> clone() const override;
    [[nodiscard]] std::size_t bytes() const override;

private:
    std::uint64_t m_quantum; // instructions
};

} // namespace interleave
