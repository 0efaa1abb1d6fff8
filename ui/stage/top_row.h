// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stage/stage_canvas.h"
#include "stage/stage_scene.h"

namespace interleave {

// Where the groups of the top row are; the last one is null where nothing is locked.
struct TopRowPlaces {
    QRectF running, ready, waiting;
};
[[nodiscard]] TopRowPlaces placesOf(const StageLayout& layout);

// Who is on a core, who is ready, who waits for the lock.
void paintTopRow(const StageCanvas& canvas, const StageScene& scene);

} // namespace interleave
