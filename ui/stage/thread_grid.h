// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stage/stage_canvas.h"
#include "stage/stage_scene.h"

#include <QPixmap>

namespace interleave {

// Many threads: a cell for each, and what the signs of the cells mean.
void paintCells(const StageCanvas& canvas, const StageScene& scene);
void paintLegend(const StageCanvas& canvas, const StageScene& scene);

// The cells as they were drawn last, on the ground of the whole stage. From step to step only a few of a thousand
// threads change, and only those are drawn anew.
class CellSheet {
public:
    void drop() { m_sheet = {}; }
    [[nodiscard]] const QPixmap& of(const StageScene& scene, const Theme& theme, const StageFonts& fonts, double ratio);

private:
    QPixmap m_sheet;
    std::vector<ThreadState> m_drawn;
};

} // namespace interleave
