// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"

#include <QString>
#include <QStringView>
#include <chrono>
#include <cstdint>
#include <optional>

namespace interleave {

// A time as people write it: 0, 500ns, 20us, 20 µs, 1.5 ms, 1s. Nothing if the text is none, is negative, or is more
// than an hour. A number without a unit is nothing, except 0.
[[nodiscard]] std::optional<std::chrono::nanoseconds> parsedTime(QStringView text);

// "1 tick", "1,200 ticks": how long something takes on a virtual core.
[[nodiscard]] QString ticksText(std::uint64_t ticks);

// A moment of a history, in its unit: "84.6 µs", "tick 1,200".
[[nodiscard]] QString momentText(double time, TimeUnit unit);

} // namespace interleave
