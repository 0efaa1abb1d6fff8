// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timeline/timeline_scene.h"
#include "timeline/track_columns.h"

#include <map>
#include <vector>

namespace interleave {

// A stretch of what is seen, in pixels from its left, in which a thread holds a lock or waits for it.
struct LockStretch {
    double left = 0;
    double right = 0;
    bool single = true;    // one turn; otherwise they are closer than the eye can part, and this is
    int level = mostLevel; // how much of the stretch they take, from 1

    static constexpr int mostLevel = 3;
    friend bool operator==(const LockStretch&, const LockStretch&) = default;
};

// In the order of time.
struct LockStretches {
    std::vector<LockStretch> held;
    std::vector<LockStretch> waited;
};

// Reads what threads are at with locks: turn by turn where there are few, by columns of pixels where there are many.
class LockReader {
public:
    explicit LockReader(const TimelineScene& scene) : m_scene(scene) {}

    [[nodiscard]] LockStretches read(LockIndex lock, ThreadIndex thread);

private:
    const TimelineScene& m_scene;
    TrackColumns m_columns;
};

// Where the row of a track tells of one lock: of a thread, when it holds the lock or waits for it; of a core, when a
// thread that does so is on it.
class LitRows {
public:
    LitRows(const TimelineScene& scene, LockIndex lock) : m_scene(scene), m_reader(scene), m_lock(lock) {}

    [[nodiscard]] LockStretches of(TrackName track);

private:
    [[nodiscard]] const LockStretches& ofThread(ThreadIndex thread);
    [[nodiscard]] LockStretches ofCore(CoreIndex core);

    const TimelineScene& m_scene;
    LockReader m_reader;
    LockIndex m_lock;
    std::map<ThreadIndex, LockStretches> m_threads; // as they were asked for
    TrackColumns m_columns;
};

// What the thread does with a lock at a time, give or take `tolerance`: the one it holds, the one it waits for.
struct LocksOfThread {
    std::optional<LockIndex> held;
    std::optional<LockIndex> waited;
};
[[nodiscard]] LocksOfThread locksOfThread(const TimelineIndex& index, ThreadIndex thread, double time,
                                          double tolerance);

} // namespace interleave
