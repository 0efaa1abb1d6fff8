// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/sweep_reason.h"

#include <QCoreApplication>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Charts)
};

} // namespace

QString reasonOfFlatSweep(const IntervalSweep& sweep)
{
    if (!sweep.isFlat())
        return {};
    const QString same = Texts::tr("The same at every quantum.");
    const MachineSettings& settings = sweep.plan.settings;
    if (settings.threads == 1)
        return Texts::tr("The same at every quantum: there is one thread, and nobody to come between its load and its "
                         "store.");
    if (!sweep.facts)
        return same;
    const SweepFacts& facts = *sweep.facts;
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
