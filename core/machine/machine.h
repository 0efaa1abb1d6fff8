// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/timeline/turn.h"
#include "machine/cells.h"
#include "machine/code.h"
#include "machine/execute.h"
#include "machine/fault.h"
#include "machine/machine_settings.h"
#include "machine/machine_state.h"
#include "machine/scheduler/scheduler.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace interleave {

// How a run of the machine ended.
enum class Outcome : std::uint8_t {
    Finished,  // every thread reached its halt
    Deadlock,  // threads wait for locks that nobody will release, and nobody else is left
    StepLimit, // maxSteps
    Paused,    // a manual schedule is over
    Fault,     // a thread cannot go on: an address out of range, a lock that it does not hold
};

// Virtual cores that share one memory, their threads, and a scheduler. Each tick every core that has a thread executes
// one instruction, the lowest core first. It advances step by step, and depends on nothing but what it was made from.
class Machine {
public:
    // Everything about a machine at one moment, to go on from there later.
    struct Snapshot;

    // Code and settings must outlive the machine.
    Machine(const Code& code, const MachineSettings& settings, std::unique_ptr<Scheduler> scheduler);
    Machine(const Code& code, const MachineSettings& settings, const Snapshot& snapshot);
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;
    ~Machine();

    // Goes on until `until` steps, or `instructions` instructions or a few more, are done, or the run is over.
    void advance(Step until, std::uint64_t instructions = UINT64_MAX);
    // Goes on to the last step that begins in this tick or before it, or to `until`. Gives the step.
    Step advanceThrough(std::uint64_t tick, Step until);
    // Goes on until the tick under way is this one or a later one, or to `until`.
    void advanceToTick(std::uint64_t tick, Step until);
    // One step, and what it did; none if the run is over.
    [[nodiscard]] std::optional<MachineStep> observedStep();

    [[nodiscard]] bool isOver() const { return m_data.over; }
    // Once it is over; a step limit is whoever advances to set.
    [[nodiscard]] Outcome outcome() const { return m_data.outcome; }
    [[nodiscard]] const Fault& fault() const { return m_data.fault; }
    // Set when the scheduler named a thread that cannot execute.
    [[nodiscard]] ThreadIndex impossibleThread() const { return m_data.impossible; }

    [[nodiscard]] Step step() const { return m_data.step; }
    // Ticks that are over; of the one under way the first cores may have had their turn.
    [[nodiscard]] std::uint64_t tick() const { return m_data.tick + (m_data.slot == m_data.cores.size() ? 1 : 0); }
    // While a listener is told: the tick of what it is told of.
    [[nodiscard]] std::uint64_t tickUnderWay() const { return m_data.tick; }
    [[nodiscard]] std::uint64_t instructions() const { return m_data.instructions; }
    [[nodiscard]] const Cells& cells() const { return m_cells; }
    [[nodiscard]] const std::vector<MachineThread>& threads() const { return m_data.threads; }
    // In the order in which they were taken for the first time.
    [[nodiscard]] const std::vector<LockState>& locks() const { return m_data.locks; }
    // Threads that were decided on for a core and have executed nothing since, in the order of the decisions.
    [[nodiscard]] std::vector<ThreadIndex> pickedInVain() const;
    [[nodiscard]] MachineState state();
    [[nodiscard]] Snapshot snapshot();

    void watch(std::int64_t address, CellWatcher* watcher) { m_executor.watch(address, watcher); }

    // Is told who executed how many instructions, in the one total order, and who took up another activity: from the
    // begin of the tick on, or from its end on if an instruction was what led to it.
    class Listener {
    public:
        virtual ~Listener() = default;
        virtual void executed(ThreadIndex thread, std::uint64_t instructions) = 0;
        virtual void turned(const Turn& /*turn*/) {}
        // From the end of the tick on; the lock is named by its place in locks().
        virtual void lockTurned(const LockTurn& /*turn*/) {}
    };
    void listen(Listener* listener) { m_listener = listener; }

private:
    struct Core : CoreState {
        ThreadIndex last = noThread; // who was on it before
        ThreadIndex chosen = noThread;
        AskReason reason = AskReason::Start;
        std::uint64_t slice = 0;
        std::uint64_t executed = 0; // of the slice
        Step decidedAt = 0;
        bool inVain = false; // `chosen` has executed nothing since the decision
    };
    // What a copy of takes a snapshot, besides memory and scheduler.
    struct Data {
        Step step = 0;
        std::uint64_t tick = 0;
        std::uint64_t instructions = 0;
        std::uint64_t voluntary = 0;
        std::uint64_t involuntary = 0;
        std::uint64_t nextWake = UINT64_MAX;
        ThreadIndex spawned = 0;
        ThreadIndex finished = 0;
        ThreadIndex handedOver = noThread; // has just been given a lock
        std::int64_t handedLock = 0;
        CoreIndex slot = 0; // whose turn it is in this tick
        bool over = false;
        Outcome outcome = Outcome::Finished;
        ThreadIndex impossible = noThread;
        Fault fault;
        std::vector<Core> cores;
        std::vector<MachineThread> threads;
        std::vector<ThreadIndex> ready;
        std::vector<LockState> locks;
    };

    void takeStep();
    bool serve(CoreIndex index);
    bool wakeOne();
    void endTick();
    [[nodiscard]] bool hasHadItsTurn() const;
    [[nodiscard]] bool isUndisturbed() const;
    [[nodiscard]] bool switchAtOnce();
    void runOn(Step until, std::uint64_t instructions, std::uint64_t ticks, bool maySwitch);
    void tell(ThreadIndex thread, std::uint64_t tick, Activity activity, CoreIndex core = noCore,
              Departure departure = Departure::None)
    {
        if (m_listener)
            m_listener->turned({thread, tick, activity, core, departure});
    }
    void tellLock(const LockState& lock, ThreadIndex thread, LockUse use)
    {
        if (m_listener)
            m_listener->lockTurned({thread, static_cast<LockIndex>(&lock - m_data.locks.data()), m_data.tick + 1, use});
    }
    // Whether the run goes on.
    [[nodiscard]] bool decide(CoreIndex index);
    void pick(CoreIndex index);
    void switchIn(CoreIndex index);
    void switchOut(CoreIndex index, bool voluntary);
    void execute(CoreIndex index);
    void countInstructions(Core& core, std::uint64_t count);
    void answer(CoreIndex index, Request request);
    void lock(CoreIndex index, std::int64_t address);
    void unlock(CoreIndex index, std::int64_t address);
    void sleep(CoreIndex index, const Integer& ticks);
    void failed(CoreIndex index);
    void finish(Outcome outcome);
    LockState& lockAt(std::int64_t address);
    void setLockCell(std::int64_t address, std::int64_t value);
    void makeReady(ThreadIndex thread);
    void note(EventKind kind, ThreadIndex thread, CoreIndex core);
    void noteOperands(const Context& context);
    void noteResults();

    const Code& m_code;
    const MachineSettings& m_settings;
    Data m_data;
    Cells m_cells;
    Executor m_executor;
    std::unique_ptr<Scheduler> m_scheduler;
    Listener* m_listener = nullptr;
    std::optional<MachineStep> m_observed; // filled while a step is observed
};

struct Machine::Snapshot {
    Data data;
    Cells::Snapshot cells;
    std::unique_ptr<Scheduler> scheduler;

    // Bytes held, and not by the snapshot before it.
    [[nodiscard]] std::size_t bytesBeside(const Snapshot* before) const;
};

} // namespace interleave
