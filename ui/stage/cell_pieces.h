// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/state.h"
#include "stage/card_colours.h"
#include "stage/stage_canvas.h"

#include <algorithm>
#include <array>

namespace interleave {

// What cells of a grid of threads are made of, on every stage.

// A cell without what stands in it, in the colours of its thread; gives the room inside. `scale`: of the stage.
QRectF paintCellFrame(const StageCanvas& canvas, const CardColours& colours, const QRectF& frame, double scale);

inline constexpr std::array cellPhases{ThreadPhase::New, ThreadPhase::Running, ThreadPhase::Ready, ThreadPhase::Blocked,
                                       ThreadPhase::Finished};
using PhaseCounts = std::array<std::uint64_t, cellPhases.size()>; // threads in each of them

template <typename Threads>
[[nodiscard]] PhaseCounts countPhases(const Threads& threads)
{
    PhaseCounts counts{};
    for (const auto& thread : threads) {
        const auto found = std::find(cellPhases.begin(), cellPhases.end(), thread.phase);
        if (found != cellPhases.end())
            ++counts[static_cast<std::size_t>(found - cellPhases.begin())];
    }
    return counts;
}

// What the signs of the cells that occur mean, and how many threads bear each; nothing where `area` is null.
void paintLegend(const StageCanvas& canvas, const QRectF& area, double scale, const PhaseCounts& counts);

} // namespace interleave
