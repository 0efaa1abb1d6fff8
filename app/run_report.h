// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/results_table.h"

#include <QString>

namespace interleave {

// The results as an aligned table.
[[nodiscard]] QString resultsAsText(const ResultsTable& table);

// The results as one JSON object, {"runs": [...]}.
[[nodiscard]] QString resultsAsJson(const ResultsTable& table);

} // namespace interleave
