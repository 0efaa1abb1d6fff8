// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stage/stage_canvas.h"
#include "stage/stage_scene.h"

namespace interleave {

// What all threads of the process share: code, data, heap; in data the counter, its lock or its shards.
void paintSharedMemory(const StageCanvas& canvas, const StageScene& scene);

} // namespace interleave
