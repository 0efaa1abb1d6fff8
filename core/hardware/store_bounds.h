// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"

#include <vector>

namespace interleave {

// When the stores of a counter can have been made. Their order is proven, so a time that is known of one bounds the
// times of all: what is stored earlier was not stored later. Times are in nanoseconds since the first thread began.
class StoreBounds {
public:
    // The store at `position` had not been made at `time`.
    void notYet(Position position, double time) { m_notYet.push_back({position, time}); }
    // It had been made by then.
    void done(Position position, double time) { m_done.push_back({position, time}); }
    // To be called once, after the last bound and before the first question.
    void seal();

    // The store at `position` was not made before; minus infinity if nothing is known.
    [[nodiscard]] double earliest(Position position) const;
    // Nor after; infinity if nothing is known.
    [[nodiscard]] double latest(Position position) const;
    // The first store of which it is known that it was not made before `time`; 0 if there is none.
    [[nodiscard]] Position firstSurelyAfter(double time) const;

private:
    struct Bound {
        Position position = 0;
        double time = 0;
    };

    // Both rise in position and in time: what says less than its neighbour is left out.
    std::vector<Bound> m_notYet;
    std::vector<Bound> m_done;
};

} // namespace interleave
