// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/recorder.h"
#include "history/ledger.h"
#include "result.h"

#include <cstdint>
#include <vector>

namespace interleave {

// A thread found the lock held. The wait falls into the block of the update at `block`: all that happens after the
// store before it and up to its own store, or, with `afterStore`, up to the release that follows it.
struct LockWait {
    Position block = 0;
    bool afterStore = false;
    ThreadIndex thread = 0;
    std::uint32_t number = 0; // the update the thread wants to make
};

// The one order that a recording allows: its streaks in modification order of the counter, and its waits placed in it.
struct ProvenOrder {
    std::vector<Streak> streaks;
    std::vector<LockWait> waits; // by block
};

// Why a recording is not the record of any run. `thread` and `number` name the update where it shows.
struct ProofError {
    enum class Kind : std::uint8_t {
        UnknownWriter,      // a link names a thread that is not there, or an update it never made
        ChainBroken,        // following `overwritten` back, a thread's updates do not come in its own order
        UpdatesMissing,     // the chain ends before every update was met
        SeesUnwritten,      // a load saw an update that was stored later, or its own thread's past
        ValueContradicts,   // the value loaded is not the one that the seen update stored
        LockDidNotExclude,  // an update under the lock overwrote something else than it saw
        PositionsDoNotTile, // `atomic`: the values that fetch_add returned leave a hole or overlap
    };
    Kind kind = Kind::ChainBroken;
    ThreadIndex thread = noThread;
    std::uint32_t number = 0;
};

// Proves the modification order of a recorded run, or refuses the record.
//
// Every store was an exchange that returned the word it replaced, so the words form one chain from the last store to
// the initial value; each thread's updates stand in it in the thread's own order (read-write coherence, ISO C++20
// [intro.races] 6.9.2.2). Following the chain therefore always meets the latest update of a thread not met before, and
// any other is a contradiction. `atomic` returns positions themselves; `sharded` has one trivial order per shard and
// is placed by time.
[[nodiscard]] Result<ProvenOrder, ProofError> proveOrder(const Recording& recording);

} // namespace interleave
