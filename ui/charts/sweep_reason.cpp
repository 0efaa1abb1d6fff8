// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/sweep_reason.h"

#include "machine/machine_history.h"

#include <QCoreApplication>
#include <algorithm>
#include <vector>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Charts)
};

bool isFlat(const IntervalSweep& sweep)
{
    const auto& runs = sweep.runs;
    return !runs.empty() && runs.front().quantum != runs.back().quantum
        && std::ranges::all_of(runs, [&](const SweepRun& run) {
               return run.outcome == Outcome::Finished && run.counted && run.final == runs.front().final
                   && run.lost == runs.front().lost;
           });
}

// What runs of the sweep show.
struct Facts {
    bool preempts = false;
    bool inOneInstruction = true; // every update
    bool underALock = true;       // every update, from its load to its store
};

void gather(const MachineHistory& history, Facts& facts)
{
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
}

} // namespace

QString reasonOfFlatSweep(const IntervalSweep& sweep)
{
    if (!isFlat(sweep))
        return {};
    const QString same = Texts::tr("The same at every quantum.");
    const MachineSettings& settings = sweep.plan.settings;
    if (settings.threads == 1)
        return Texts::tr("The same at every quantum: there is one thread, and nobody to come between its load and its "
                         "store.");
    if (!sweep.plan.program)
        return same;
    // At the quantum that cuts most, and at the one that cuts least.
    Facts facts;
    for (const SweepRun* run : {&sweep.runs.front(), &sweep.runs.back()}) {
        MachineSettings again = settings;
        again.quantum = run->quantum;
        again.seed = run->seed;
        const auto history = MachineHistory::run(sweep.plan.program, again);
        if (!history)
            return same;
        gather(**history, facts);
    }
    if (!facts.preempts && settings.threads <= settings.cores)
        return Texts::tr("The same at every quantum: each thread has a core of its own, so no quantum ever takes one "
                         "away.");
    if (sweep.runs.front().lost > 0)
        return same;
    if (facts.inOneInstruction)
        return Texts::tr("The same at every quantum: each update is one instruction, and a quantum ends between two.");
    if (facts.underALock)
        return Texts::tr("The same at every quantum: each update is made under one lock, so whoever is preempted in "
                         "the middle of it is waited for.");
    return Texts::tr("The same at every quantum: wherever a thread is preempted, no other stores between its load and "
                     "its store.");
}

} // namespace interleave
