// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/order_proof.h"

#include <cstdint>
#include <ostream>

namespace interleave {

inline void PrintTo(ProofError::Kind kind, std::ostream* out)
{
    constexpr const char* names[] = {"UnknownWriter",    "ChainBroken",       "UpdatesMissing",    "SeesUnwritten",
                                     "ValueContradicts", "LockDidNotExclude", "PositionsDoNotTile"};
    *out << names[static_cast<std::size_t>(kind)];
}

inline std::uint64_t linkTo(ThreadIndex thread, std::uint32_t number)
{
    return tagged::linkOfName({thread, number});
}

inline void setLink(StreakRecord& record, std::uint64_t link)
{
    record = StreakRecord::of(record.number(), record.seen, link);
}

inline void setNumber(StreakRecord& record, std::uint32_t number)
{
    record = StreakRecord::of(number, record.seen, record.link());
}

} // namespace interleave
