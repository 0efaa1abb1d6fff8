// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/interval_sweep.h"

#include "history/ledger.h"

#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

bool knowsAQuantum(Policy policy)
{
    return policy == Policy::RoundRobin || policy == Policy::Random || policy == Policy::Interval
        || policy == Policy::RandomInterval;
}

std::optional<MachineError> problemOf(const IntervalSweepPlan& plan)
{
    MachineError error;
    error.setting = MachineError::Setting::Quantum;
    error.least = 1;
    error.value = plan.quanta;
    error.most = IntervalSweepPlan::mostQuantum;
    if (plan.quanta < error.least || plan.quanta > error.most)
        return error;
    error.value = plan.seeds;
    error.most = IntervalSweepPlan::mostSeeds;
    if (plan.seeds < error.least || plan.seeds > error.most)
        return error;
    return std::nullopt;
}

} // namespace

std::vector<std::uint64_t> IntervalSweepPlan::steps() const
{
    std::vector<std::uint64_t> found;
    for (std::uint64_t quantum = 1; quantum <= std::min(quanta, everyQuantumTo); ++quantum)
        found.push_back(quantum);
    const double factor = std::exp2(1.0 / quantaOfADoubling);
    for (double next = static_cast<double>(everyQuantumTo) * factor; next < static_cast<double>(quanta);
         next *= factor) {
        const auto quantum = static_cast<std::uint64_t>(std::llround(next));
        if (quantum > found.back())
            found.push_back(quantum);
    }
    if (quanta > found.back())
        found.push_back(quanta);
    return found;
}

bool IntervalSweepPlan::draws() const
{
    return settings.policy == Policy::Random || settings.policy == Policy::RandomInterval;
}

std::uint64_t IntervalSweepPlan::runs() const
{
    return std::uint64_t{steps().size()} * (draws() ? seeds : 1);
}

std::optional<std::int64_t> IntervalSweep::expected() const
{
    for (const SweepRun& run : runs)
        if (run.counted && run.outcome == Outcome::Finished)
            return run.expected;
    return std::nullopt;
}

bool IntervalSweep::isFlat() const
{
    return !runs.empty() && runs.front().quantum != runs.back().quantum
        && std::ranges::all_of(runs, [&](const SweepRun& run) {
               return run.outcome == Outcome::Finished && run.counted && run.final == runs.front().final
                   && run.lost == runs.front().lost;
           });
}

namespace {

// The runs at both ends once more: what all of them leave behind would be too much to keep.
std::optional<SweepFacts> factsOf(const IntervalSweep& sweep, const std::stop_token& stop)
{
    std::vector<std::shared_ptr<const MachineHistory>> ends;
    std::vector<const MachineHistory*> seen;
    for (const SweepRun* run : {&sweep.runs.front(), &sweep.runs.back()}) {
        MachineSettings settings = sweep.plan.settings;
        settings.quantum = run->quantum;
        settings.seed = run->seed;
        auto history = MachineHistory::run(sweep.plan.program, settings, stop);
        if (!history)
            return std::nullopt;
        ends.push_back(*std::move(history));
        seen.push_back(ends.back().get());
    }
    return interleave::factsOf(seen, stop);
}

} // namespace

Result<IntervalSweep, MachineError> sweepIntervals(const IntervalSweepPlan& plan, const std::stop_token& stop,
                                                   const std::function<void(double)>& progress)
{
    if (const auto problem = problemOf(plan))
        return *problem;
    IntervalSweep sweep;
    sweep.plan = plan;
    MachineSettings& base = sweep.plan.settings;
    if (!knowsAQuantum(base.policy))
        base.policy = Policy::RoundRobin;
    base.schedule.clear();
    const std::uint32_t seeds = sweep.plan.draws() ? plan.seeds : 1;
    const std::uint64_t all = sweep.plan.runs();
    sweep.runs.reserve(all);
    for (const std::uint64_t quantum : plan.steps())
        for (std::uint32_t i = 0; i < seeds; ++i) {
            MachineSettings settings = base;
            settings.quantum = quantum;
            settings.seed = base.seed + i;
            const auto history = MachineHistory::run(plan.program, settings, stop);
            if (!history)
                return history.error();
            if (!(*history)->prepareLedger(stop))
                return MachineError{.kind = MachineError::Kind::Cancelled};
            SweepRun& run = sweep.runs.emplace_back();
            run.quantum = quantum;
            run.seed = settings.seed;
            run.outcome = (*history)->outcome();
            if (const auto& counter = (*history)->counter()) {
                run.counted = true;
                run.final = (*history)->state((*history)->steps()).counter;
                run.expected = shownAs64(*(*history)->expected());
                run.lost = (*history)->ledger().lost();
                sweep.counter = counter->name;
            }
            if (progress)
                progress(static_cast<double>(sweep.runs.size()) / static_cast<double>(all));
        }
    if (sweep.isFlat())
        sweep.facts = factsOf(sweep, stop);
    if (stop.stop_requested())
        return MachineError{.kind = MachineError::Kind::Cancelled};
    return sweep;
}

} // namespace interleave
