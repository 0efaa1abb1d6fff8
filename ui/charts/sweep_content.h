// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/value_scale.h"
#include "experiment/interval_sweep.h"

#include <QString>
#include <cstdint>
#include <vector>

namespace interleave {

// What the runs at one quantum came to.
struct SweepPoint {
    std::uint64_t quantum = 0;
    double value = 0; // the median of the finished runs' final values
    double least = 0;
    double most = 0;
    double lost = 0;              // the median
    std::uint32_t runs = 0;       // that finished with a counter
    std::uint32_t unfinished = 0; // that did not: deadlocks, faults, the step limit

    [[nodiscard]] bool isFinished() const { return runs > 0; }
    [[nodiscard]] bool losesNothing() const { return runs > 0 && unfinished == 0 && mostLost == 0; }
    double mostLost = 0;
};

// The chart of a sweep before anything is drawn: the final value against the quantum.
struct SweepContent {
    // Points that are shown at most. Each is drawn up to four times, and Qt Charts bears fewer than 2,000.
    static constexpr std::size_t mostPoints = 450;

    QString title;
    QString subtitle;
    QString valueAxis;
    QString quantumAxis;
    QString counter;
    QString reason;                 // why all points are at one height; empty where they are not
    QString problem;                // why there is nothing to draw; empty where there is
    std::vector<SweepPoint> points; // by quantum
    std::size_t thinned = 1;        // one of so many quanta is shown
    bool spreads = false;           // several runs at a quantum
    double expected = 0;
    ValueScale values;
    ValueScale quanta;

    static SweepContent of(const IntervalSweep& sweep);

    [[nodiscard]] bool isEmpty() const { return points.empty(); }
    // The chart in words.
    [[nodiscard]] QString description() const;
    // One point in words, with its figures in full; empty if there is none.
    [[nodiscard]] QString detail(std::size_t point) const;
};

} // namespace interleave
