// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/log_scale.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace interleave {

namespace {

// Hundredths of a decade's start.
constexpr std::array mantissas = {100, 120, 140, 160, 180, 200, 250, 300, 350, 400, 450, 500, 600, 700, 800, 900};

} // namespace

LogScale::LogScale(double least, double most, Values values, Zero zero)
{
    if (zero == Zero::First)
        m_values.push_back(0);
    m_values.push_back(least);
    const int lastDecade = static_cast<int>(std::ceil(std::log10(most)));
    for (int decade = static_cast<int>(std::floor(std::log10(least))); decade <= lastDecade; ++decade) {
        for (const int mantissa : mantissas) {
            // Divided rather than multiplied by a negative power: 0.3, not 0.30000000000000004.
            const double power = std::pow(10.0, std::abs(decade - 2));
            const double value = decade < 2 ? mantissa / power : mantissa * power;
            const bool fits = value > m_values.back() && value < most;
            if (fits && (values == Values::Any || value == std::floor(value)))
                m_values.push_back(value);
        }
    }
    if (most > m_values.back())
        m_values.push_back(most);
}

LogScale LogScale::linear(int least, int most)
{
    LogScale scale;
    for (int value = least; value <= most; ++value)
        scale.m_values.push_back(value);
    return scale;
}

double LogScale::valueAt(int notch) const
{
    return m_values[static_cast<std::size_t>(std::clamp(notch, 0, lastNotch()))];
}

int LogScale::notchOf(double value) const
{
    const auto after = std::lower_bound(m_values.begin(), m_values.end(), value);
    if (after == m_values.begin())
        return 0;
    if (after == m_values.end())
        return lastNotch();
    const auto notch = static_cast<int>(after - m_values.begin());
    const double below = *(after - 1);
    if (below == 0) // no ratio leads to zero: it is nearest in the lower half
        return value < *after / 2 ? notch - 1 : notch;
    return value / below < *after / value ? notch - 1 : notch;
}

} // namespace interleave
