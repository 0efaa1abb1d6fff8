// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"

#include <QString>
#include <vector>

namespace interleave {

// The stretch of time that a view shows over a width in pixels. Times are in the unit of the history.
struct VisibleTime {
    double begin = 0;
    double end = 1;
    double width = 1;

    [[nodiscard]] double length() const { return end - begin; }
    [[nodiscard]] double perPixel() const { return length() / width; }
    [[nodiscard]] double pixelOf(double time) const { return (time - begin) / perPixel(); }
    [[nodiscard]] double timeAt(double pixel) const { return begin + pixel * perPixel(); }
    [[nodiscard]] bool shows(double time) const { return time >= begin && time <= end; }

    friend bool operator==(const VisibleTime&, const VisibleTime&) = default;
};

// No view is closer than this, in units of time; a run that is shorter is shown whole.
inline constexpr double shortestVisible = 16;

// The same stretch within [0, whole]: as long if that fits, at least shortestVisible.
[[nodiscard]] VisibleTime clamped(const VisibleTime& view, double whole);
// The whole run.
[[nodiscard]] VisibleTime fitted(const VisibleTime& view, double whole);
// Longer by `factor` (below 1: closer); the time under `pixel` stays there, unless an end of the run is met.
[[nodiscard]] VisibleTime zoomed(const VisibleTime& view, double factor, double pixel, double whole);
// Moved so that what was at a pixel is now `pixels` further to the right.
[[nodiscard]] VisibleTime panned(const VisibleTime& view, double pixels, double whole);
// [from, to] with some room at both sides.
[[nodiscard]] VisibleTime around(const VisibleTime& view, double from, double to, double whole);
// Turned over like a page when `time` has left the view, so that it stands near the side that it came in by.
[[nodiscard]] VisibleTime following(const VisibleTime& view, double time, double whole);

struct AxisTick {
    double time = 0;
    QString text;

    friend bool operator==(const AxisTick&, const AxisTick&) = default;
};

// Ticks at 1, 2 or 5 times a power of ten, no closer than `leastPixels`, all in one unit: ns, µs, ms or s as fits the
// distance between them; ticks of a machine are whole.
[[nodiscard]] std::vector<AxisTick> axisTicks(const VisibleTime& view, double leastPixels, TimeUnit unit);

// How long something takes, as precise as it is worth: "12.4 µs", "1,200 ticks".
[[nodiscard]] QString lengthText(double length, TimeUnit unit);

} // namespace interleave
