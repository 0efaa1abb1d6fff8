// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace interleave {

// The notches of a slider over a wide range: round values, about evenly spaced in the logarithm, rising, from the
// least to the most. Every notch is a value of its own, so that each press of an arrow key changes something.
class LogScale {
public:
    enum class Values : std::uint8_t { Any, Whole };
    enum class Zero : std::uint8_t { No, First }; // First: a notch for zero comes before the least

    LogScale(double least, double most, Values values = Values::Any, Zero zero = Zero::No);
    // Every whole number between the ends, for ranges that are short.
    static LogScale linear(int least, int most);

    [[nodiscard]] int lastNotch() const { return static_cast<int>(m_values.size()) - 1; }
    // The value of a notch, 0 <= notch <= lastNotch().
    [[nodiscard]] double valueAt(int notch) const;
    // The notch whose value is nearest, as ratios go; values beyond the ends give the ends.
    [[nodiscard]] int notchOf(double value) const;

private:
    LogScale() = default;

    std::vector<double> m_values;
};

} // namespace interleave
