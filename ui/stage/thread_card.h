// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stage/card_colours.h"
#include "stage/stage_canvas.h"
#include "stage/stage_scene.h"

namespace interleave {

// One thread: its state, its stack, its register, what it does next, and how its updates fared.
void paintThreadCard(const StageCanvas& canvas, const StageScene& scene, ThreadIndex thread, const QRectF& frame,
                     CardStyle style);

// The cards of all threads, or of those that are enlarged over a grid of cells.
void paintCards(const StageCanvas& canvas, const StageScene& scene);

// What cards of every stage have: a header, the name and the state in it, and how the thread's updates fared, in words
// if they fit, else by signs: "done 4  ✕ lost 1", "done 4  ✕ 1", "✕ 1"; where there are any, what is set aside as well.
void paintCardHeader(const StageCanvas& canvas, const QRectF& header, const CardColours& colours, double radius,
                     double c);
void paintCardTitle(const StageCanvas& canvas, const QRectF& nameRect, const QRectF& phaseRect,
                    const CardColours& colours, ThreadIndex thread, const ThreadState& state, bool full, double c);
void paintTally(const StageCanvas& canvas, const QRectF& rect, const ThreadState& state, double pixels);

} // namespace interleave
