// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace interleave {

// The least contrast of text, and of what a control is known by, as WCAG 2.1 asks for (level AA).
inline constexpr double textContrast = 4.5;
inline constexpr double controlContrast = 3.0;

// The relative luminance of an opaque colour, 0 to 1.
[[nodiscard]] double luminanceOf(const QColor& colour);
// 1 to 21, the same in both directions.
[[nodiscard]] double contrastBetween(const QColor& one, const QColor& other);
// The colour with as little of its lightness changed, away from what it stands on, as gives this contrast. Its hue
// stays. Where no lightness is enough, the one that comes closest: black or white.
[[nodiscard]] QColor readable(const QColor& colour, const QColor& on, double ratio = textContrast);

} // namespace interleave
