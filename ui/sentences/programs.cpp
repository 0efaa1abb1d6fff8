// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/programs.h"

#include <QCoreApplication>

namespace interleave {

namespace {

struct Programs {
    Q_DECLARE_TR_FUNCTIONS(Programs)
};

} // namespace

QString titleOf(BuiltIn program)
{
    switch (program) {
    case BuiltIn::OneUpdate: return Programs::tr("One update each");
    case BuiltIn::UnlockedCounter: return Programs::tr("Counter without a lock");
    case BuiltIn::LockAroundLoop: return Programs::tr("Lock around the loop");
    case BuiltIn::LockAroundIncrement: return Programs::tr("Lock around each increment");
    case BuiltIn::TestAndSet: return Programs::tr("Spinlock: test-and-set");
    case BuiltIn::TestAndTestAndSet: return Programs::tr("Spinlock: test-and-test-and-set");
    case BuiltIn::TicketLock: return Programs::tr("Ticket lock");
    case BuiltIn::Peterson: return Programs::tr("Peterson's lock");
    case BuiltIn::CompareAndSwap: return Programs::tr("Compare and swap");
    case BuiltIn::BrokenFlagLock: return Programs::tr("Broken flag lock");
    case BuiltIn::FetchAndAdd: return Programs::tr("Fetch and add");
    case BuiltIn::BoundedBuffer: return Programs::tr("Bounded buffer");
    case BuiltIn::DeadlockByOrder: return Programs::tr("Deadlock by lock order");
    case BuiltIn::DiningPhilosophers: return Programs::tr("Dining philosophers");
    case BuiltIn::IoBound: return Programs::tr("IO-bound workers");
    case BuiltIn::CpuBound: return Programs::tr("CPU-bound workers");
    }
    return {};
}

QString summaryOf(BuiltIn program)
{
    switch (program) {
    case BuiltIn::OneUpdate:
        return Programs::tr("Two threads add 1 to the same counter, once each; one of the two updates gets lost.");
    case BuiltIn::UnlockedCounter:
        return Programs::tr("Each update is a load, an add and a store; others come between, and updates get lost.");
    case BuiltIn::LockAroundLoop:
        return Programs::tr("One lock around the whole loop: nothing gets lost, and one thread works after the other.");
    case BuiltIn::LockAroundIncrement:
        return Programs::tr("A lock around each update: nothing gets lost, and one thread at a time updates.");
    case BuiltIn::TestAndSet:
        return Programs::tr("A lock made of one atomic swap: who finds it taken asks again, until its quantum is over.");
    case BuiltIn::TestAndTestAndSet:
        return Programs::tr("A spinlock that swaps only after a load has shown it to be free.");
    case BuiltIn::TicketLock:
        return Programs::tr("Threads draw numbers and enter in that order: first come, first served.");
    case BuiltIn::Peterson: return Programs::tr("Mutual exclusion of two threads by loads and stores alone.");
    case BuiltIn::CompareAndSwap:
        return Programs::tr("Stores only if the counter is still what was loaded, and tries again if it is not.");
    case BuiltIn::BrokenFlagLock:
        return Programs::tr("Looks at a flag, then sets it: two threads may both find it free and enter.");
    case BuiltIn::FetchAndAdd:
        return Programs::tr("One atomic instruction loads, adds and stores: nobody can come between.");
    case BuiltIn::BoundedBuffer:
        return Programs::tr(
            "Producers fill a ring of four cells, consumers empty it; who has to wait sleeps and looks again.");
    case BuiltIn::DeadlockByOrder:
        return Programs::tr("Two locks taken in opposite orders: each thread may end up waiting for the other's.");
    case BuiltIn::DiningPhilosophers:
        return Programs::tr("Each takes the left fork, then the right one: if all hold a left fork, nobody ever eats.");
    case BuiltIn::IoBound: return Programs::tr("Workers that sleep most of the time and seldom use up a quantum.");
    case BuiltIn::CpuBound:
        return Programs::tr("Workers that compute all the time and leave their core only when the quantum is over.");
    }
    return {};
}

} // namespace interleave
