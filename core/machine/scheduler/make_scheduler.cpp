// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/scheduler/make_scheduler.h"

#include "machine/scheduler/interval.h"
#include "machine/scheduler/manual.h"
#include "machine/scheduler/pct.h"
#include "machine/scheduler/random_interval.h"
#include "machine/scheduler/random_walk.h"
#include "machine/scheduler/replay.h"
#include "machine/scheduler/round_robin.h"

namespace interleave {

std::unique_ptr<Scheduler> makeScheduler(const MachineSettings& settings)
{
    switch (settings.policy) {
    case Policy::RoundRobin: break;
    case Policy::Random: return std::make_unique<RandomWalk>(settings.quantum, settings.seed);
    case Policy::Pct:
        return std::make_unique<Pct>(settings.threads, settings.pctDepth, settings.pctLength, settings.seed);
    case Policy::Replay:
        return std::make_unique<Replay>(settings.schedule, settings.threads, settings.cores, settings.quantum);
    case Policy::Interval: return std::make_unique<Interval>(settings.quantum);
    case Policy::RandomInterval: return std::make_unique<RandomInterval>(settings.quantum, settings.seed);
    case Policy::Manual: return std::make_unique<Manual>(settings.schedule, settings.threads, settings.cores);
    }
    return std::make_unique<RoundRobin>(settings.quantum);
}

} // namespace interleave
