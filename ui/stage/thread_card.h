// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stage/stage_canvas.h"
#include "stage/stage_scene.h"

namespace interleave {

// One thread: its state, its stack, its register, what it does next, and how its updates fared.
void paintThreadCard(const StageCanvas& canvas, const StageScene& scene, ThreadIndex thread, const QRectF& frame,
                     CardStyle style);

// The cards of all threads, or of those that are enlarged over a grid of cells.
void paintCards(const StageCanvas& canvas, const StageScene& scene);

} // namespace interleave
