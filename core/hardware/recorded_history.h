// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/absences.h"
#include "hardware/order_proof.h"
#include "hardware/store_bounds.h"
#include "history/history.h"
#include "history/ledger.h"
#include "result.h"

#include <algorithm>
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
// beside it. Between measured points the times of steps are estimates: updates are spread evenly over the time that
// their thread was on a core, so none falls where it was on none. By those times state() tells which threads are Running
// and which Ready, and a timeline who was on which core. preemptionIn() tells what is certain.
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
    // Running: if switches().isComplete(), from when the kernel put the thread on a core until it took it off; Asleep
    // then includes the time from when it could have gone on. Otherwise from the first update of a streak on, until as
    // many others as there are cores have stored, as state() says after every store; a thread takes up no other activity
    // between the updates of a streak. Whoever waits for the lock is Waiting, if it spins for it as long as it is on a
    // core.
    [[nodiscard]] bool walk(const TimeWindow& window, TimelineVisitor& visitor,
                            const std::stop_token& stop = {}) const override;
    [[nodiscard]] Time timelineEnd() const override;
    // Those that the kernel named; none unless switches().isComplete().
    [[nodiscard]] CoreIndex timelineCores() const override { return static_cast<CoreIndex>(m_coreNumbers.size()); }
    [[nodiscard]] CoreIndex coreNumber(CoreIndex core) const override { return m_coreNumbers[core]; }
    [[nodiscard]] LockIndex timelineLocks() const override { return usesLock(m_parameters.synchronisation) ? 1 : 0; }

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
    // Between two measured points of one thread, on the clock and in the thread's onCoreTime.
    struct Stretch {
        double fromNumber = 0;
        double from = 0;
        double fromOnCore = 0;
        double toNumber = 0;
        double to = 0;
        double toOnCore = 0;
        double perUpdate = 0; // of the time on a core

        // The onCoreTime of the store of an update, and when that was on the clock, if it is so much behind.
        [[nodiscard]] double onCoreTimeOf(std::uint32_t number) const
        {
            if (number <= fromNumber)
                return fromOnCore;
            return std::min(toOnCore, fromOnCore + (number - fromNumber) * perUpdate);
        }
        [[nodiscard]] double timeOf(std::uint32_t number, double onCoreTime, double behind) const
        {
            return number <= fromNumber ? from
                 : number >= toNumber   ? to
                                        : std::min(to, std::max(from, onCoreTime + behind));
        }
    };
    struct Block;
    struct Place;
    class StoreClock;
    class LockTurns;
    class StreakWalk;
    class KernelWalk;
    static constexpr std::size_t furthestStreak = 512; // looked back over for who is on a core

    RecordedHistory(Recording&& recording, ProvenOrder&& order, Ledger&& ledger);
    void takeTimes(const Recording& recording);
    void takeSwitches();
    void boundStores();

    [[nodiscard]] bool acquiresIn(UpdateName name) const;
    [[nodiscard]] bool releasesIn(UpdateName name) const;
    [[nodiscard]] Step blockStart(Position position) const;
    [[nodiscard]] Block block(Position position) const;
    [[nodiscard]] Place place(Step step) const;
    [[nodiscard]] Step stepOf(Position block, std::uint32_t indexInBlock) const
    {
        return blockStart(block) + indexInBlock;
    }
    [[nodiscard]] Event eventAt(const Place& at) const;
    [[nodiscard]] Event loadOrAdd(EventKind kind, Position position) const;
    [[nodiscard]] Event store(Position position) const;
    [[nodiscard]] std::int64_t valueSeenBy(const Update& update) const;
    [[nodiscard]] std::size_t stretchOf(UpdateName name) const;
    [[nodiscard]] Stretch stretch(ThreadIndex thread, std::size_t index) const;
    [[nodiscard]] double timeOfStore(UpdateName name) const;
    // The end of a thread's update before this one, or its begin.
    [[nodiscard]] double timeBefore(UpdateName name) const;
    [[nodiscard]] double timeOfLoad(UpdateName name, Position position) const;
    [[nodiscard]] double timeOfAcquire(UpdateName name, Position position) const;
    // When a thread loaded for an update, from the times of its stores.
    [[nodiscard]] double loadBetween(ThreadIndex thread, double before, double store) const;
    // What is known of when an update's thread acquired the lock for it.
    struct Acquisition {
        ThreadIndex thread = 0;
        double before = 0;   // the thread did something else
        double released = 0; // the lock was held by another, or by itself for the update before
        double load = 0;
        bool waited = false; // it had found the lock held
        double met = 0;      // somebody found it held by this thread; infinity if nobody did
    };
    [[nodiscard]] double timeOfAcquire(const Acquisition& known) const;
    // Null unless the thread was away and the kernel told of all of it.
    [[nodiscard]] const Absences* absencesOf(ThreadIndex thread) const;
    [[nodiscard]] std::vector<bool> onCore(const Place& now, const Event& last) const;
    [[nodiscard]] std::vector<bool> onCoreByKernel(const Event& last) const;
    [[nodiscard]] double timeOf(const Event& at) const;

    RunParameters m_parameters;
    Ledger m_ledger;
    std::vector<LockWait> m_waits;                           // by block
    std::vector<std::vector<std::uint32_t>> m_waitsOfThread; // indices into m_waits, by number
    std::vector<Position> m_firstOfThread;                   // sorted positions of every thread's first update
    std::vector<Position> m_lastOfThread;                    // and of every thread's last
    std::vector<ThreadTimes> m_times;
    std::shared_ptr<const SwitchLog> m_switches; // never null
    std::vector<Absences> m_absences;            // by thread; empty unless the switches are complete
    std::vector<CoreIndex> m_coreNumbers;        // rising; empty unless the switches are complete
    StoreBounds m_bounds;                        // empty unless the switches are complete
    double m_margin = 0;                         // by how much the two clocks may differ, ns
    Step m_steps = 0;
};

} // namespace interleave
