// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/value_scale.h"
#include "experiment/results_table.h"
#include "experiment/statistics.h"

#include <QString>
#include <cstdint>
#include <vector>

namespace interleave {

enum class ChartKind : std::uint8_t {
    Lost,  // lost updates, trial by trial, in each way to synchronise
    Final, // the final value beside the expected one
    Cost,  // time per update, by way to synchronise
};

// A bar stands for one trial, or for several consecutive ones when there are too many to show each.
struct ChartBar {
    double value = 0; // the median of its trials
    double least = 0;
    double most = 0;
    std::uint32_t firstTrial = 1;
    std::uint32_t lastTrial = 1;
};

struct ChartGroup {
    Synchronisation way = Synchronisation::None;
    QString name;
    Summary summary; // over all trials
    std::vector<ChartBar> bars;
    double medianLost = 0;
};

// What a chart shows, before anything is drawn: figures, the scale they stand on, and the words around them.
struct ChartContent {
    // Bars of a chart in all; fewer than Qt Charts begins to feel, and about as many as can be told apart.
    static constexpr std::size_t mostBars = 72;
    static constexpr std::size_t fewestBarsOfAGroup = 10;
    // From this ratio of the largest to the smallest on, a linear axis would hide the smallest.
    static constexpr double logarithmicFrom = 50;

    ChartKind kind = ChartKind::Lost;
    QString title;
    QString subtitle;
    QString valueAxis;
    QString groupAxis;
    std::vector<ChartGroup> groups;
    ValueScale scale;
    double expected = 0;
    QString unit; // of the cost: ns, or a larger one when all of it is long
    std::uint32_t trialsOfABar = 1;

    // The chart of the table's latest experiment. No groups if the table is empty.
    static ChartContent of(const ResultsTable& table, ChartKind kind);

    [[nodiscard]] bool isEmpty() const { return groups.empty(); }
    [[nodiscard]] std::size_t mostBarsOfAGroup() const;
    // The chart in words, a sentence for each way: for those who do not see it.
    [[nodiscard]] QString description() const;
    // One bar in words, with its figures in full; empty if there is none.
    [[nodiscard]] QString detail(std::size_t group, std::size_t bar) const;

private:
    [[nodiscard]] QString sentenceOf(const ChartGroup& group) const;
};

} // namespace interleave
