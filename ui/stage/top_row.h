// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stage/stage_canvas.h"
#include "stage/stage_scene.h"

namespace interleave {

// Who is on a core, who is ready, who waits for the lock.
void paintTopRow(const StageCanvas& canvas, const StageScene& scene);

} // namespace interleave
