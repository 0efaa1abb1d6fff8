// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/sweep_facts.h"

#include "machine/machine_history.h"

#include <algorithm>
#include <vector>

namespace interleave {

namespace {

// False after a stop.
bool gather(const MachineHistory& history, SweepFacts& facts, const std::stop_token& stop)
{
    constexpr Step betweenLooks = 1024;
    std::vector<std::vector<LockIndex>> held(history.threads());
    // Of the update that a thread is in: the locks that it has held ever since its load.
    std::vector<std::vector<LockIndex>> since(history.threads());
    std::vector<LockIndex> common; // of all updates
    bool first = true;
    const auto take = [&](const std::vector<LockIndex>& locks) {
        if (first)
            common = locks;
        else
            std::erase_if(common, [&](LockIndex lock) { return std::ranges::find(locks, lock) == locks.end(); });
        first = false;
    };
    for (Step step = 0; step < history.steps(); ++step) {
        if (step % betweenLooks == 0 && stop.stop_requested())
            return false;
        const Event event = history.event(step);
        switch (event.kind) {
        case EventKind::SwitchOut: facts.preempts = facts.preempts || !event.voluntary; break;
        case EventKind::LockAcquire: held[event.thread].push_back(event.lock); break;
        case EventKind::LockRelease:
            std::erase(held[event.thread], event.lock);
            std::erase(since[event.thread], event.lock);
            break;
        case EventKind::Load: since[event.thread] = held[event.thread]; break;
        case EventKind::Store:
            facts.inOneInstruction = false;
            take(since[event.thread]);
            break;
        case EventKind::Update: take(held[event.thread]); break;
        default: break;
        }
    }
    facts.underALock = facts.underALock && !common.empty();
    return true;
}

} // namespace

std::optional<SweepFacts> factsOf(std::span<const MachineHistory* const> runs, const std::stop_token& stop)
{
    SweepFacts facts{false, true, true};
    for (const MachineHistory* run : runs)
        if (run->steps() > mostStepsForFacts || !gather(*run, facts, stop))
            return std::nullopt;
    return facts;
}

} // namespace interleave
