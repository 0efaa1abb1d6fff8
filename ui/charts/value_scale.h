// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace interleave {

// The values along an axis and where on it each of them stands.
struct ValueScale {
    bool logarithmic = false;
    double least = 0;
    double most = 1;
    double step = 1; // linear: from one tick to the next; 1, 2, 2.5 or 5 times a power of ten

    // From 0 to `largest`, with ticks from 0 on. `whole`: the ticks stand at whole numbers.
    static ValueScale linear(double largest, bool whole);
    // The same around 0 where there are values below it.
    static ValueScale linearBetween(double smallest, double largest, bool whole);
    // Whole decades around two positive values, so that the smaller one has a bar of some length.
    static ValueScale logarithmicOver(double smallest, double largest);

    // 0 at the least, 1 at the most; what is beyond them stands on them.
    [[nodiscard]] double fraction(double value) const;
    // Where numbers stand: every step, or every power of ten.
    [[nodiscard]] std::vector<double> ticks() const;
    // Digits after the point that a tick needs.
    [[nodiscard]] int decimalsOf(double tick) const;
};

} // namespace interleave
