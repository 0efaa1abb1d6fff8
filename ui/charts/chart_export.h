// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_content.h"
#include "charts/chart_look.h"
#include "export/picture.h"

#include <vector>

namespace interleave {

// Charts of the table side by side as one picture of this size, each drawn as it is on screen.
[[nodiscard]] Picture chartPicture(const ResultsTable& table, const std::vector<ChartKind>& kinds,
                                   const ChartLook& look, const QSizeF& size);

// Writes what a table has to tell to a file, its format by the suffix (.png, .svg, .pdf): with several ways to
// synchronise what each lost and what each cost, with one its final values. No window is needed, but a QApplication is
// (platform `offscreen` when there is no display).
[[nodiscard]] Exported writeChart(const ResultsTable& table, const QString& path);

} // namespace interleave
