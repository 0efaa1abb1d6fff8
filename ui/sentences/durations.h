// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>
#include <chrono>
#include <optional>

namespace interleave {

// A time as people write it: 0, 500ns, 20us, 20 µs, 1.5 ms, 1s. Nothing if the text is none, is negative, or is more
// than an hour. A number without a unit is nothing, except 0.
[[nodiscard]] std::optional<std::chrono::nanoseconds> parsedTime(QStringView text);

} // namespace interleave
