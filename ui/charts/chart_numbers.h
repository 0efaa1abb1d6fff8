// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>

namespace interleave {

// The locale that numbers on a chart are written in. The C locale groups no digits; people do.
[[nodiscard]] QLocale chartLocale();

// A count in full, 3,812,004, and in at most three digits, 3.81 M.
[[nodiscard]] QString countText(double count);
[[nodiscard]] QString shortCountText(double count);
// Three digits of a measured figure: 0.474, 62.4, 1,020.
[[nodiscard]] QString figureText(double figure);
// A share of a whole: 38 %. Never 0 % or 100 % of what is not nothing or all.
[[nodiscard]] QString shareText(double part, double whole);

} // namespace interleave
