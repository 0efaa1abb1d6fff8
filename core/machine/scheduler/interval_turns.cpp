// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/scheduler/interval_turns.h"

#include <algorithm>

namespace interleave {

ThreadIndex IntervalTurns::after(ThreadIndex thread, const Choice& choice)
{
    ThreadIndex above = noThread; // the lowest above the thread
    ThreadIndex lowest = noThread;
    const auto consider = [&](ThreadIndex candidate) {
        lowest = std::min(lowest, candidate);
        if (thread != noThread && candidate > thread)
            above = std::min(above, candidate);
    };
    for (const ThreadIndex candidate : choice.ready)
        consider(candidate);
    if (choice.lastCanGoOn())
        consider(choice.last);
    return above != noThread ? above : lowest;
}

} // namespace interleave
