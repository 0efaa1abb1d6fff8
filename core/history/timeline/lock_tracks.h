// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/timeline/track.h"
#include "history/timeline/turn.h"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace interleave {

// The tracks of the locks of a window, by lock; and of what each thread was at with each lock that it came to. A lock
// that nobody came to has none.
struct LockTracks {
    using Use = std::pair<LockIndex, ThreadIndex>;

    std::map<LockIndex, Track> held;
    std::map<Use, Track> uses;
};

// Writes them from the turns of the locks. Who takes a lock again in the cell of the grid in which it released it, with
// nobody else's holding it between, is told to have held it all the time: so short a time is not seen in a cell, and
// most locks are taken again and again.
class LockTracksWriter {
public:
    explicit LockTracksWriter(const TimeWindow& window) : m_window(window) {}

    void turn(const LockTurn& turn);
    [[nodiscard]] LockTracks take();

private:
    struct Line {
        Line(const TimeWindow& window) : held(window.begin, window.end, window.grid) {}

        Track::Writer held;
        std::vector<std::unique_ptr<Track::Writer>> uses; // by thread
        ThreadIndex holder = noThread;                    // as told
        std::optional<Time> released;                     // by the holder, and nobody has held it since
    };
    void release(Line& line);
    Line& lineOf(LockIndex lock);
    Track::Writer& useOf(Line& line, ThreadIndex thread);

    TimeWindow m_window;
    std::vector<std::unique_ptr<Line>> m_lines; // by lock
};

// Those of several windows that follow one another, of `locks` locks, all of which get tracks; the parts are used up.
struct JoinedLockTracks {
    std::vector<Track> held; // by lock
    std::map<LockTracks::Use, Track> uses;
};
[[nodiscard]] JoinedLockTracks joined(std::span<LockTracks> parts, std::span<const TimeWindow> windows,
                                      std::size_t locks);

} // namespace interleave
