// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/synchronisation.h"
#include "history/state.h"

#include <QString>
#include <concepts>
#include <cstdint>
#include <type_traits>

namespace interleave {

// How a way to synchronise is called on screen (its field name) and, in one sentence, what it does.
[[nodiscard]] QString textOf(Synchronisation synchronisation);
[[nodiscard]] QString explanationOf(Synchronisation synchronisation);
[[nodiscard]] QString textOf(ThreadPhase phase);
[[nodiscard]] QString textOf(LoopInstruction instruction);

// "thread C", "C", "C 3" (the third update of thread C).
[[nodiscard]] QString threadText(ThreadIndex thread);
[[nodiscard]] QString updateText(UpdateName name);

// "1 thread", "50 threads"; likewise iterations and cores.
[[nodiscard]] QString threadsText(std::uint64_t threads);
[[nodiscard]] QString iterationsText(std::uint64_t iterations);
[[nodiscard]] QString coresText(std::uint64_t cores);

// A whole number with the locale's separators: 10,000,000.
[[nodiscard]] QString wholeNumberText(std::uint64_t number);
[[nodiscard]] QString wholeNumberText(std::int64_t number);
template <std::integral Number> [[nodiscard]] QString numberText(Number number)
{
    if constexpr (std::is_signed_v<Number>)
        return wholeNumberText(static_cast<std::int64_t>(number));
    else
        return wholeNumberText(static_cast<std::uint64_t>(number));
}
// A time in the unit that reads best: "20 µs", "1.5 ms".
[[nodiscard]] QString timeText(double nanoseconds);

} // namespace interleave
