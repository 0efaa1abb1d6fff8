// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/machine_settings.h"

#include <algorithm>

namespace interleave {

std::string_view nameOf(Policy policy)
{
    switch (policy) {
    case Policy::RoundRobin: return "round-robin";
    case Policy::Random: return "random";
    case Policy::Pct: return "pct";
    case Policy::Replay: return "replay";
    case Policy::Interval: return "interval";
    case Policy::RandomInterval: return "random-interval";
    case Policy::Manual: return "manual";
    }
    return {};
}

std::optional<Policy> policyNamed(std::string_view name)
{
    for (const Policy policy : policies)
        if (nameOf(policy) == name)
            return policy;
    return std::nullopt;
}

std::optional<MachineError> problemOf(const MachineSettings& settings)
{
    using Kind = MachineError::Kind;
    using Setting = MachineError::Setting;
    struct Range {
        Setting setting;
        std::uint64_t value;
        std::uint64_t least;
        std::uint64_t most;
    };
    const Range ranges[] = {
        {Setting::Threads, settings.threads, 1, MachineSettings::mostThreads},
        {Setting::Cores, settings.cores, 1, MachineSettings::mostCores},
        {Setting::Quantum, settings.quantum, 1, MachineSettings::mostQuantum},
        {Setting::SwitchCost, settings.switchCost, 0, MachineSettings::mostSwitchCost},
        {Setting::MaxSteps, settings.maxSteps, 1, MachineSettings::mostMaxSteps},
        {Setting::PctDepth, settings.pctDepth, 1, MachineSettings::mostPctDepth},
    };
    MachineError error;
    for (const Range& range : ranges) {
        if (range.value >= range.least && range.value <= range.most)
            continue;
        error.kind = Kind::OutOfRange;
        error.setting = range.setting;
        error.value = range.value;
        error.least = range.least;
        error.most = range.most;
        return error;
    }
    if (settings.registers.size() > 1 && settings.registers.size() != settings.threads) {
        error.kind = Kind::RegisterSets;
        error.value = settings.registers.size();
        error.least = 1;
        error.most = settings.threads;
        return error;
    }
    if (settings.policy == Policy::Replay && settings.schedule.empty()) {
        error.kind = Kind::NoSchedule;
        return error;
    }
    // What no policy follows may name whom it likes.
    if (settings.policy == Policy::Replay || settings.policy == Policy::Manual) {
        const auto unknown = std::find_if(settings.schedule.begin(), settings.schedule.end(),
                                          [&](const ScheduleEntry& entry) { return entry.thread >= settings.threads; });
        if (unknown != settings.schedule.end()) {
            error.kind = Kind::UnknownThread;
            error.thread = unknown->thread;
            error.value = unknown->thread;
            error.most = settings.threads - 1;
            return error;
        }
    }
    return std::nullopt;
}

} // namespace interleave
