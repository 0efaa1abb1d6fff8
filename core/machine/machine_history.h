// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"
#include "machine/counter_cells.h"
#include "machine/fault.h"
#include "machine/machine.h"
#include "machine/machine_settings.h"
#include "machine/machine_state.h"
#include "program/program.h"
#include "result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace interleave {

// A thread that waits for a lock when the run ends.
struct WaitingThread {
    ThreadIndex thread = noThread;
    std::int64_t lock = 0;         // address
    ThreadIndex heldBy = noThread; // who may be finished, or the thread itself
};

// A run of the machine. Nothing of it is kept but the whole machine every `keyframeDistance` instructions; every step
// is found by executing on from the keyframe before it.
class MachineHistory final : public History {
public:
    // Steps since the start of the run, out of those that it may have at most; called now and then.
    using Progress = std::function<void(std::uint64_t done, std::uint64_t most)>;

    // Runs the program to its end. A fault does not lose the run: its history ends with the step before.
    static Result<std::shared_ptr<const MachineHistory>, MachineError> run(std::shared_ptr<const Program> program,
                                                                           const MachineSettings& settings,
                                                                           const std::stop_token& stop = {},
                                                                           const Progress& progress = {});
    ~MachineHistory() override;

    [[nodiscard]] Step steps() const override;
    [[nodiscard]] Event event(Step step) const override;
    [[nodiscard]] State state(Step step) const override;
    [[nodiscard]] ThreadIndex threads() const override;
    [[nodiscard]] std::uint32_t iterations() const override;
    [[nodiscard]] const Ledger& ledger() const override;
    [[nodiscard]] Step storeStep(Position position) const override;
    [[nodiscard]] Step loadStep(Position position) const override;
    [[nodiscard]] double timeOf(Step step) const override;
    [[nodiscard]] TimeUnit timeUnit() const override { return TimeUnit::Ticks; }
    [[nodiscard]] std::string_view counterName() const override;
    // A turn that an instruction leads to is told at the end of its tick: a thread is Running in every tick that it
    // executes in.
    [[nodiscard]] bool walk(const TimeWindow& window, TimelineVisitor& visitor,
                            const std::stop_token& stop = {}) const override;
    [[nodiscard]] bool walksFromAnywhere() const override { return true; }
    [[nodiscard]] Time timelineEnd() const override;
    [[nodiscard]] CoreIndex timelineCores() const override { return settings().cores; }
    // Of every cell that was ever taken as a lock, by address. Whoever is handed a lock holds it from the release on.
    [[nodiscard]] LockIndex timelineLocks() const override;
    [[nodiscard]] std::string_view lockName(LockIndex lock) const override;

    [[nodiscard]] const Program& program() const;
    [[nodiscard]] const std::shared_ptr<const Program>& sharedProgram() const;
    [[nodiscard]] const MachineSettings& settings() const;
    [[nodiscard]] Outcome outcome() const;
    // With Outcome::Fault.
    [[nodiscard]] const Fault& fault() const;
    // Who waits for a lock at the end, by thread; with Outcome::Deadlock never empty.
    [[nodiscard]] std::vector<WaitingThread> deadlock() const;
    [[nodiscard]] std::uint64_t instructions() const;
    [[nodiscard]] std::uint64_t ticks() const;

    // The cell that the ledger is about: the one that the settings name, unless something else than updates was stored
    // to it, or else the first of counters(). None if no cell is a counter.
    [[nodiscard]] const std::optional<CounterCell>& counter() const;
    // Every cell that could be it.
    [[nodiscard]] const std::vector<CounterCell>& counters() const;
    // The counter's initial value and all changes that were made to what a load saw; none without a counter.
    [[nodiscard]] std::optional<Integer> expected() const;
    // ledger() is made when it is first asked for, in about the time of the run. This makes it, unless it is stopped.
    [[nodiscard]] bool prepareLedger(const std::stop_token& stop) const;

    // Both answer in under 1 ms, and at once for a step shortly after the one asked for last.
    [[nodiscard]] MachineState machineState(Step step) const;
    [[nodiscard]] MachineStep machineStep(Step step) const;
    // How many steps have begun when a tick is over: the step to show at that time, as state() takes it.
    [[nodiscard]] Step stepAt(std::uint64_t tick) const;

    // The first step from `from` on, before `to`, that executes one of the instructions at these addresses.
    [[nodiscard]] std::optional<Step> nextExecutionOf(std::span<const std::int64_t> addresses, Step from, Step to,
                                                      const std::stop_token& stop = {}) const;

    // Which thread executed each instruction; replayed, it gives the same history. None if it has more than `most`
    // entries, or was stopped.
    [[nodiscard]] std::optional<Schedule> schedule(std::size_t most, const std::stop_token& stop = {}) const;

    // Bytes held for the history, without the ledger.
    [[nodiscard]] std::size_t bytes() const;

    static constexpr std::uint64_t keyframeDistance = 1 << 15; // instructions

private:
    struct Parts;
    void tellOfCounter(MachineStep& done, Step step) const;
    [[nodiscard]] std::int64_t valueAt(Position position) const;
    [[nodiscard]] LoopInstruction nextOf(const Context& context) const;
    explicit MachineHistory(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> m_parts;
};

} // namespace interleave
