// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/absences.h"
#include "hardware/order_proof.h"
#include "hardware/store_bounds.h"
#include "history/history.h"
#include "history/ledger.h"
#include "result.h"

#include <memory>
#include <optional>
#include <span>
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
// Context switches are no steps of it: the kernel stamps them with times, and the order knows none. They are given
// beside it, and decide in state() which threads are Running and which Ready, by the times of the steps, which are
// estimates between measured points. preemptionIn() tells what is certain.
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
    // Running: from the first update of a streak on, until as many others as there are cores have stored, as state()
    // says after every store. A thread takes up no other activity between the updates of a streak.
    [[nodiscard]] bool walk(const TimeWindow& window, TimelineVisitor& visitor,
                            const std::stop_token& stop = {}) const override;
    [[nodiscard]] Time timelineEnd() const override;

    [[nodiscard]] const RunParameters& parameters() const { return m_parameters; }

    // How much is known of context switches, and where from. `kernel` with an overflow: state() and preemptionIn() do
    // without them, for a switch that is missing would make another look longer than it was.
    [[nodiscard]] const SwitchLog& switches() const { return *m_switches; }
    // The switches of a thread, by time; none if the source is not the kernel.
    [[nodiscard]] std::span<const SwitchRecord> switchesOf(ThreadIndex thread) const;
    // For a clobbering store: whether its thread was switched out between its load and its store. Nothing: it was not,
    // if switches().isComplete(); otherwise nothing is known. Also nothing for stores that clobber nothing.
    [[nodiscard]] std::optional<Preemption> preemptionIn(Position position) const;

private:
    struct ThreadTimes {
        double begin = 0; // ns since the first thread began
        double end = 0;
        std::vector<std::uint32_t> numbers; // of the updates whose store was timed, rising
        std::vector<double> times;          // ns since the first thread began
    };
    // Between two measured points of one thread.
    struct Stretch {
        double fromNumber = 0;
        double from = 0;
        double toNumber = 0;
        double to = 0;

        [[nodiscard]] double timeOf(std::uint32_t number) const;
    };
    struct Block;
    struct Place;
    class Walk;
    static constexpr std::size_t furthestStreak = 512; // looked back over for who is on a core

    RecordedHistory(Recording&& recording, ProvenOrder&& order, Ledger&& ledger);
    void takeTimes(const Recording& recording);
    void boundStores();

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
    [[nodiscard]] std::size_t stretchOf(UpdateName name) const;
    [[nodiscard]] Stretch stretch(ThreadIndex thread, std::size_t index) const;
    [[nodiscard]] double timeOfStore(UpdateName name) const { return stretch(name.thread, stretchOf(name)).timeOf(name.number); }
    // The end of a thread's update before this one, or its begin.
    [[nodiscard]] double timeBefore(UpdateName name) const;
    [[nodiscard]] double timeOfLoad(UpdateName name) const;
    [[nodiscard]] std::vector<bool> onCore(const Place& now, const Event& last) const;
    [[nodiscard]] std::vector<bool> onCoreByKernel(const Place& now, const Event& last) const;
    [[nodiscard]] double timeOf(const Event& at) const;

    RunParameters m_parameters;
    Ledger m_ledger;
    std::vector<LockWait> m_waits;                          // by block
    std::vector<std::vector<std::uint32_t>> m_waitsOfThread; // indices into m_waits, by number
    std::vector<Position> m_firstOfThread;                  // sorted positions of every thread's first update
    std::vector<Position> m_lastOfThread;                   // and of every thread's last
    std::vector<ThreadTimes> m_times;
    std::shared_ptr<const SwitchLog> m_switches; // never null
    std::vector<Absences> m_absences;            // by thread; empty unless the switches are complete
    StoreBounds m_bounds;                        // empty unless the switches are complete
    double m_margin = 0;                         // by how much the two clocks may differ, ns
    Step m_steps = 0;
};

} // namespace interleave
