// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/step_at_time.h"

#include "machine/machine_history.h"

#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

// So far from where the search ended a step that is nearer in time may stand.
constexpr Step neighbourhood = 256;

Step firstAfter(const History& history, double time)
{
    Step low = 0;
    Step high = history.steps();
    // Threads are spawned first in the order of steps, whenever they began in time.
    const Step spawned = std::min<Step>(history.threads(), high);
    if (spawned < high && spawned > 0 && history.timeOf(spawned - 1) > history.timeOf(spawned))
        low = spawned;
    while (low < high) {
        const Step middle = low + (high - low) / 2;
        if (history.timeOf(middle) <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

} // namespace

Step stepsAt(const History& history, double time, std::optional<ThreadIndex> thread, double tolerance)
{
    if (history.steps() == 0)
        return 0;
    if (const auto* machine = dynamic_cast<const MachineHistory*>(&history))
        return machine->stepAt(static_cast<std::uint64_t>(std::max(0.0, time))) + 1;
    const Step found = firstAfter(history, time);
    const Step from = found > neighbourhood ? found - neighbourhood : 0;
    const Step to = std::min(history.steps(), found + neighbourhood);
    Step nearest = found;
    double least = found > 0 ? std::abs(history.timeOf(found - 1) - time) : time;
    Step own = 0;
    double leastOwn = tolerance;
    for (Step step = from; step < to; ++step) {
        const double distance = std::abs(history.timeOf(step) - time);
        if (distance < least) {
            least = distance;
            nearest = step + 1;
        }
        if (thread && (distance < leastOwn || (own == 0 && distance <= leastOwn))
            && history.event(step).thread == *thread) {
            leastOwn = distance;
            own = step + 1;
        }
    }
    return own > 0 ? own : nearest;
}

double timeAfter(const History& history, Step step)
{
    if (step == 0)
        return 0;
    const double end = std::max(1.0, static_cast<double>(history.timelineEnd()));
    return std::clamp(history.timeOf(step - 1), 0.0, end);
}

} // namespace interleave
