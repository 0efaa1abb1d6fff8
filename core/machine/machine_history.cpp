// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/machine_history.h"

#include "history/ledger.h"
#include "machine/counter_updates.h"
#include "machine/lock_cells.h"
#include "machine/machine_walk.h"
#include "machine/scheduler/make_scheduler.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <mutex>
#include <utility>

namespace interleave {

namespace {

// Between two looks at a stop token.
constexpr std::uint64_t chunk = MachineHistory::keyframeDistance;

struct Keyframe {
    Step step = 0;
    std::uint64_t tick = 0;
    Machine::Snapshot snapshot;
};

struct KeptLedger {
    Ledger ledger;
    Integer expected;
};

} // namespace

struct MachineHistory::Parts {
    Parts(std::shared_ptr<const Program> usedProgram, const MachineSettings& usedSettings)
        : program(std::move(usedProgram)),
          settings(usedSettings),
          code(*program, MachineSettings::memoryCells)
    {}

    std::shared_ptr<const Program> program;
    MachineSettings settings;
    Code code;
    std::vector<Keyframe> keyframes;
    Step steps = 0;
    std::uint64_t ticks = 0;
    std::uint64_t instructions = 0;
    Outcome outcome = Outcome::Finished;
    Fault fault;
    std::vector<WaitingThread> waiting;
    std::vector<ThreadIndex> pickedInVain;
    std::vector<CounterCell> counters;
    std::optional<CounterCell> counter;
    LockCells locks;

    // Machines that stand where somebody looked last; the one that was used last comes first.
    mutable std::mutex cursorMutex;
    mutable std::array<std::unique_ptr<Machine>, 3> cursors;
    // Stores to the counter, of the stretches between keyframes that were asked for last.
    mutable std::mutex storesMutex;
    mutable std::array<std::pair<std::size_t, std::shared_ptr<const StoreSteps>>, 8> stretches;
    mutable std::size_t nextStretch = 0;
    mutable std::mutex ledgerMutex;
    mutable std::atomic<const KeptLedger*> ready = nullptr;
    mutable std::unique_ptr<const KeptLedger> kept;

    [[nodiscard]] std::optional<MachineError> execute(const std::stop_token& stop, const Progress& progress);
    void keep(Machine& machine) { keyframes.push_back({machine.step(), machine.tick(), machine.snapshot()}); }

    [[nodiscard]] std::size_t keyframeOf(Step step) const
    {
        const auto after = std::upper_bound(keyframes.begin(), keyframes.end(), step,
                                            [](Step wanted, const Keyframe& frame) { return wanted < frame.step; });
        return static_cast<std::size_t>(after - keyframes.begin()) - 1;
    }
    [[nodiscard]] std::unique_ptr<Machine> machineAt(std::size_t keyframe) const
    {
        return std::make_unique<Machine>(code, settings, keyframes[keyframe].snapshot);
    }
    Machine& cursorAt(Step step) const;
    [[nodiscard]] std::shared_ptr<const StoreSteps> storesAround(Position position) const;
    [[nodiscard]] StoreSteps::Store store(Position position) const;
};

std::optional<MachineError> MachineHistory::Parts::execute(const std::stop_token& stop, const Progress& progress)
{
    Machine machine(code, settings, makeScheduler(settings));
    keep(machine);
    while (!machine.isOver() && machine.step() < settings.maxSteps) {
        if (stop.stop_requested())
            return MachineError{.kind = MachineError::Kind::Cancelled};
        machine.advance(settings.maxSteps, machine.instructions() + keyframeDistance);
        if (progress)
            progress(machine.step(), settings.maxSteps);
        if (!machine.isOver() && machine.step() > keyframes.back().step)
            keep(machine);
    }
    if (machine.impossibleThread() != noThread)
        return MachineError{.kind = MachineError::Kind::ImpossibleSchedule,
                            .thread = machine.impossibleThread(),
                            .instruction = machine.instructions()};
    steps = machine.step();
    ticks = machine.tick();
    instructions = machine.instructions();
    outcome = machine.outcome();
    fault = machine.fault();
    if (!machine.isOver()) { // at the limit; or just there the run came to its end
        Machine beyond(code, settings, machine.snapshot());
        outcome = beyond.observedStep() ? Outcome::StepLimit : beyond.outcome();
        fault = beyond.fault();
    }
    pickedInVain = machine.pickedInVain();
    for (const LockState& lock : machine.locks())
        for (const ThreadIndex thread : lock.waiting)
            waiting.push_back({thread, lock.address, lock.holder});
    std::sort(waiting.begin(), waiting.end(),
              [](const WaitingThread& a, const WaitingThread& b) { return a.thread < b.thread; });
    locks = LockCells(machine.locks(), *program);
    counters = counterCellsOf(machine.cells(), *program, settings.threads);
    if (const auto wanted = cellNamed(*program, settings.counter, MachineSettings::memoryCells)) {
        // One that was asked for may be as yet of one writer, or of none.
        if (const Cell& cell = machine.cells().at(*wanted); !cell.blind && !cell.taken)
            counter = CounterCell{*wanted, cellName(*program, *wanted)};
    } else if (!counters.empty()) {
        counter = counters.front();
    }
    return std::nullopt;
}

// The machine that stands after `step` steps; of those at hand, the nearest goes on. Under cursorMutex.
Machine& MachineHistory::Parts::cursorAt(Step step) const
{
    const std::size_t keyframe = keyframeOf(step);
    auto best = cursors.end();
    for (auto it = cursors.begin(); it != cursors.end(); ++it) {
        const bool near = *it && (*it)->step() <= step && (*it)->step() >= keyframes[keyframe].step;
        if (near && (best == cursors.end() || (*it)->step() > (*best)->step()))
            best = it;
    }
    if (best == cursors.end()) {
        best = cursors.end() - 1;
        *best = machineAt(keyframe);
    }
    std::rotate(cursors.begin(), best, best + 1);
    cursors.front()->advance(step);
    assert(cursors.front()->step() == step);
    return *cursors.front();
}

// The stores between the two keyframes that the store at a position lies between.
std::shared_ptr<const StoreSteps> MachineHistory::Parts::storesAround(Position position) const
{
    const auto after = std::lower_bound(keyframes.begin(), keyframes.end(), position,
                                        [this](const Keyframe& frame, Position wanted) {
                                            return frame.snapshot.cells.at(counter->address).stores < wanted;
                                        });
    const auto keyframe = static_cast<std::size_t>(after - keyframes.begin()) - 1;
    const std::lock_guard guard(storesMutex);
    for (const auto& [index, stores] : stretches)
        if (stores && index == keyframe)
            return stores;
    auto stores = std::make_shared<StoreSteps>();
    const auto machine = machineAt(keyframe);
    machine->watch(counter->address, stores.get());
    machine->advance(keyframe + 1 < keyframes.size() ? keyframes[keyframe + 1].step : steps);
    stretches[nextStretch++ % stretches.size()] = {keyframe, stores};
    return stores;
}

StoreSteps::Store MachineHistory::Parts::store(Position position) const
{
    const auto stores = storesAround(position);
    const StoreSteps::Store* const found = stores->at(position);
    assert(found);
    return *found;
}

MachineHistory::MachineHistory(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
MachineHistory::~MachineHistory() = default;

Result<std::shared_ptr<const MachineHistory>, MachineError> MachineHistory::run(std::shared_ptr<const Program> program,
                                                                                const MachineSettings& wanted,
                                                                                const std::stop_token& stop,
                                                                                const Progress& progress)
{
    if (const auto problem = problemOf(wanted))
        return *problem;
    if (!wanted.counter.empty() && !cellNamed(*program, wanted.counter, MachineSettings::memoryCells))
        return MachineError{.kind = MachineError::Kind::UnknownCounter, .name = wanted.counter};
    MachineSettings settings = wanted;
    if (settings.policy == Policy::Pct && settings.pctLength == 0) {
        MachineSettings pilot = settings;
        pilot.policy = Policy::RoundRobin;
        const auto inTurn = run(program, pilot, stop);
        if (!inTurn)
            return inTurn.error();
        settings.pctLength = std::max<std::uint64_t>(1, (*inTurn)->instructions());
    }
    auto parts = std::make_unique<Parts>(std::move(program), settings);
    if (const auto error = parts->execute(stop, progress))
        return *error;
    return std::shared_ptr<const MachineHistory>(new MachineHistory(std::move(parts)));
}

const Program& MachineHistory::program() const
{
    return *m_parts->program;
}
const std::shared_ptr<const Program>& MachineHistory::sharedProgram() const
{
    return m_parts->program;
}
const MachineSettings& MachineHistory::settings() const
{
    return m_parts->settings;
}
Outcome MachineHistory::outcome() const
{
    return m_parts->outcome;
}
const Fault& MachineHistory::fault() const
{
    return m_parts->fault;
}
std::vector<WaitingThread> MachineHistory::deadlock() const
{
    return m_parts->waiting;
}
std::uint64_t MachineHistory::instructions() const
{
    return m_parts->instructions;
}
std::uint64_t MachineHistory::ticks() const
{
    return m_parts->ticks;
}
const std::optional<CounterCell>& MachineHistory::counter() const
{
    return m_parts->counter;
}
const std::vector<CounterCell>& MachineHistory::counters() const
{
    return m_parts->counters;
}
Step MachineHistory::steps() const
{
    return m_parts->steps;
}
ThreadIndex MachineHistory::threads() const
{
    return m_parts->settings.threads;
}

LockIndex MachineHistory::timelineLocks() const
{
    return m_parts->locks.count();
}
std::string_view MachineHistory::lockName(LockIndex lock) const
{
    return m_parts->locks.name(lock);
}

std::string_view MachineHistory::counterName() const
{
    return m_parts->counter ? std::string_view(m_parts->counter->name) : std::string_view();
}

bool MachineHistory::prepareLedger(const std::stop_token& stop) const
{
    const Parts& parts = *m_parts;
    const std::lock_guard guard(parts.ledgerMutex);
    if (parts.ready)
        return true;
    CounterUpdates updates(threads(), [&parts](Position position) {
        return position == initialPosition ? Integer(0) : parts.store(position).value;
    });
    if (parts.counter) {
        const auto machine = parts.machineAt(0);
        machine->watch(parts.counter->address, &updates);
        while (machine->step() < parts.steps) {
            if (stop.stop_requested())
                return false;
            machine->advance(parts.steps, machine->instructions() + chunk);
        }
    }
    auto ledger = Ledger::fromStreaks(updates.streaks(), threads());
    assert(ledger);
    parts.kept = std::make_unique<const KeptLedger>(KeptLedger{std::move(*ledger), updates.expected()});
    parts.ready = parts.kept.get();
    return true;
}

const Ledger& MachineHistory::ledger() const
{
    if (!m_parts->ready)
        static_cast<void>(prepareLedger({}));
    return m_parts->ready.load()->ledger;
}

std::optional<Integer> MachineHistory::expected() const
{
    if (!m_parts->counter)
        return std::nullopt;
    static_cast<void>(ledger());
    return m_parts->ready.load()->expected;
}

std::uint32_t MachineHistory::iterations() const
{
    const Ledger& kept = ledger();
    std::uint32_t most = 0;
    for (ThreadIndex t = 0; t < threads(); ++t)
        most = std::max(most, kept.doneBy(t, kept.updates()));
    return most;
}

MachineState MachineHistory::machineState(Step step) const
{
    const std::lock_guard guard(m_parts->cursorMutex);
    return m_parts->cursorAt(step).state();
}

MachineStep MachineHistory::machineStep(Step step) const
{
    MachineStep done;
    {
        const std::lock_guard guard(m_parts->cursorMutex);
        auto observed = m_parts->cursorAt(step).observedStep();
        assert(observed);
        done = std::move(*observed);
    }
    if (done.lock)
        done.event.lock = m_parts->locks.indexOf(*done.lock);
    if (m_parts->counter)
        tellOfCounter(done, step);
    return done;
}

std::int64_t MachineHistory::valueAt(Position position) const
{
    return position == initialPosition ? 0 : shownAs64(m_parts->store(position).value);
}

Event MachineHistory::event(Step step) const
{
    return machineStep(step).event;
}

Step MachineHistory::storeStep(Position position) const
{
    return m_parts->store(position).step;
}

Step MachineHistory::loadStep(Position position) const
{
    const StoreSteps::Store store = m_parts->store(position);
    return store.loadedAt == Origin::notLoaded ? store.step : store.loadedAt;
}

double MachineHistory::timeOf(Step step) const
{
    if (step >= steps())
        return static_cast<double>(ticks());
    const std::lock_guard guard(m_parts->cursorMutex);
    return static_cast<double>(m_parts->cursorAt(step).observedStep()->tick);
}

Step MachineHistory::stepAt(std::uint64_t tick) const
{
    const auto& keyframes = m_parts->keyframes;
    const auto after = std::upper_bound(keyframes.begin(), keyframes.end(), tick,
                                        [](std::uint64_t wanted, const Keyframe& frame) {
                                            return wanted < frame.tick;
                                        });
    const auto keyframe = static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, after - keyframes.begin())) - 1;
    return m_parts->machineAt(keyframe)->advanceThrough(tick, steps());
}

bool MachineHistory::walk(const TimeWindow& window, TimelineVisitor& visitor, const std::stop_token& stop) const
{
    if (!prepareLedger(stop))
        return false;
    // Whatever led to a turn in the window, be it at its very begin, comes after the keyframe.
    const auto& keyframes = m_parts->keyframes;
    const auto after = std::partition_point(keyframes.begin(), keyframes.end(),
                                            [&](const Keyframe& frame) { return frame.tick + 1 < window.begin; });
    const auto machine = m_parts->machineAt(
        static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, after - keyframes.begin())) - 1);
    MachineTeller teller(*machine, m_parts->counter ? &*m_parts->counter : nullptr, ledger(), m_parts->locks.taken(),
                         visitor);
    return teller.tell(window, steps(), stop);
}

// What the last instruction leads to is told at the end of its tick, also where the run stops within that.
Time MachineHistory::timelineEnd() const
{
    const Time last = steps() == 0 ? 0 : static_cast<Time>(timeOf(steps() - 1)) + 1;
    return std::max<Time>(last, ticks()) + 1;
}

std::optional<Step> MachineHistory::nextExecutionOf(std::span<const std::int64_t> addresses, Step from, Step to,
                                                    const std::stop_token& stop) const
{
    const auto machine = m_parts->machineAt(m_parts->keyframeOf(std::min(from, steps())));
    machine->advance(std::min(from, steps()));
    const Step end = std::min(to, steps());
    for (std::uint64_t n = 1; machine->step() < end; ++n) {
        if (n % chunk == 0 && stop.stop_requested())
            return std::nullopt;
        const auto done = machine->observedStep();
        if (done && done->pc >= 0 && std::find(addresses.begin(), addresses.end(), done->pc) != addresses.end())
            return machine->step() - 1;
    }
    return std::nullopt;
}

std::optional<Schedule> MachineHistory::schedule(std::size_t most, const std::stop_token& stop) const
{
    struct Writer final : Machine::Listener {
        void executed(ThreadIndex thread, std::uint64_t instructions) override
        {
            append(written, thread, instructions);
        }
        Schedule written;
    } writer;
    const auto machine = m_parts->machineAt(0);
    machine->listen(&writer);
    while (machine->step() < steps()) {
        if (stop.stop_requested() || writer.written.size() > most)
            return std::nullopt;
        machine->advance(steps(), machine->instructions() + chunk);
    }
    for (const ThreadIndex thread : m_parts->pickedInVain)
        writer.written.push_back({thread, 0});
    if (writer.written.size() > most)
        return std::nullopt;
    return std::move(writer.written);
}

std::size_t MachineHistory::bytes() const
{
    std::size_t bytes = sizeof(Parts) + m_parts->keyframes.capacity() * sizeof(Keyframe)
                      + m_parts->settings.schedule.capacity() * sizeof(ScheduleEntry);
    const Machine::Snapshot* before = nullptr;
    for (const Keyframe& frame : m_parts->keyframes) {
        bytes += frame.snapshot.bytesBeside(before) - sizeof(Machine::Snapshot);
        before = &frame.snapshot;
    }
    return bytes;
}

} // namespace interleave
