// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/policy_texts.h"

#include <QCoreApplication>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Policy)
};

} // namespace

QString explanationOf(Policy policy)
{
    switch (policy) {
    case Policy::RoundRobin:
        return Texts::tr("The ready queue in turn: each thread executes a quantum of instructions, then the next.");
    case Policy::Random:
        return Texts::tr("Chance picks among all that can run, for one instruction up to a quantum. The seed decides.");
    case Policy::Pct:
        return Texts::tr("The thread of highest priority runs; at a few random moments it falls to the lowest. "
                         "This finds rare bugs with a known probability.");
    case Policy::Replay:
        return Texts::tr("A schedule, instruction by instruction; what it leaves over runs on in turn.");
    case Policy::Interval:
        return Texts::tr("The classroom simulator's: thread after thread by its number, a quantum each.");
    case Policy::RandomInterval:
        return Texts::tr("The classroom simulator's: thread after thread, for a random part of the quantum.");
    case Policy::Manual: return Texts::tr("You are the scheduler: you pick who executes the next instruction.");
    }
    return {};
}

QString shortlyExplained(Policy policy)
{
    switch (policy) {
    case Policy::RoundRobin: return Texts::tr("In turn, a quantum each.");
    case Policy::Random: return Texts::tr("By chance, up to a quantum.");
    case Policy::Pct: return Texts::tr("By priority, to find rare bugs.");
    case Policy::Replay: return Texts::tr("As the schedule says.");
    case Policy::Interval: return Texts::tr("By number, a quantum each.");
    case Policy::RandomInterval: return Texts::tr("By number, a random time each.");
    case Policy::Manual: return Texts::tr("You pick who goes on.");
    }
    return {};
}

bool usesQuantum(Policy policy)
{
    return policy == Policy::RoundRobin || policy == Policy::Random || policy == Policy::Interval
        || policy == Policy::RandomInterval || policy == Policy::Replay;
}

bool usesSeed(Policy policy)
{
    return policy == Policy::Random || policy == Policy::Pct || policy == Policy::RandomInterval;
}

} // namespace interleave
