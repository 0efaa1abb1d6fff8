// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stage/stage_canvas.h"
#include "stage/stage_scene.h"

namespace interleave {

// When in a step, from 0 to 1, its effect is there: a value arrived, a lock changed hands.
[[nodiscard]] double arrivalOf(EventKind kind);

// What moves in the moment's step, at a progress of 0 to 1. At 1 all rests, and the way and what was erased stay to be
// seen until the next step.
void paintFlight(const StageCanvas& canvas, const StageScene& scene, double progress);

} // namespace interleave
