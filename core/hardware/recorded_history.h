// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/order_proof.h"
#include "history/history.h"
#include "history/ledger.h"
#include "result.h"

#include <memory>
#include <vector>

namespace interleave {

// The history of a recorded run on real threads.
//
// The one total order: the stores stand in the proven modification order. The update at position p owns a block: the
// loads that saw p - 1, in the order of their stores, then their adds, then the store of p. Where a lock is taken the
// block begins with the acquire and ends with the release, and threads that meet the lock held wait inside it. All
// spawns come first; a thread exits in the block of its last update. Every load so stands after the store it saw and
// before the next, which is all that can be known, and is proven.
//
// No step is stored: the place of a block follows from counts over the ledger's streaks.
class RecordedHistory final : public History {
public:
    // Proves the order of a recording and builds its history, or says why the record is none.
    static Result<std::shared_ptr<const RecordedHistory>, ProofError> fromRecording(Recording recording);

    [[nodiscard]] Step steps() const override { return m_steps; }
    [[nodiscard]] Event event(Step step) const override;
    [[nodiscard]] State state(Step step) const override;
    [[nodiscard]] ThreadIndex threads() const override { return m_parameters.threads; }
    [[nodiscard]] std::uint32_t iterations() const override { return m_parameters.iterations; }
    [[nodiscard]] const Ledger& ledger() const override { return m_ledger; }
    [[nodiscard]] Step storeStep(Position position) const override;
    [[nodiscard]] Step loadStep(Position position) const override;
    [[nodiscard]] double timeOf(Step step) const override;

    [[nodiscard]] const RunParameters& parameters() const { return m_parameters; }

private:
    struct ThreadTimes {
        double begin = 0; // ns since the first thread began
        double end = 0;
        std::vector<std::uint32_t> numbers; // of the updates whose store was timed, rising
        std::vector<double> times;          // ns since the first thread began
    };
    struct Block;
    struct Place;

    RecordedHistory(Recording&& recording, ProvenOrder&& order, Ledger&& ledger);
    void takeTimes(const Recording& recording);

    [[nodiscard]] bool acquiresIn(UpdateName name) const;
    [[nodiscard]] bool releasesIn(UpdateName name) const;
    [[nodiscard]] Step blockStart(Position position) const;
    [[nodiscard]] Block block(Position position) const;
    [[nodiscard]] Place place(Step step) const;
    [[nodiscard]] Step stepOf(Position block, std::uint32_t indexInBlock) const { return blockStart(block) + indexInBlock; }
    [[nodiscard]] Event eventAt(const Place& at) const;
    [[nodiscard]] Event loadOrAdd(EventKind kind, Position position) const;
    [[nodiscard]] Event store(Position position) const;
    [[nodiscard]] std::int64_t valueSeenBy(const Update& update) const;
    [[nodiscard]] double timeOfStore(UpdateName name) const;
    [[nodiscard]] std::vector<bool> onCore(const Place& now, const Event& last) const;

    RunParameters m_parameters;
    Ledger m_ledger;
    std::vector<LockWait> m_waits;                          // by block
    std::vector<std::vector<std::uint32_t>> m_waitsOfThread; // indices into m_waits, by number
    std::vector<Position> m_firstOfThread;                  // sorted positions of every thread's first update
    std::vector<Position> m_lastOfThread;                   // and of every thread's last
    std::vector<ThreadTimes> m_times;
    Step m_steps = 0;
};

} // namespace interleave
