// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_content.h"

#include "charts/chart_numbers.h"
#include "sentences/names.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Charts)
};

// The unit of time that the cheapest run still fills.
struct CostUnit {
    double nanoseconds = 1;
    QString name;
    QString axis;

    static CostUnit of(const ResultsTable& table)
    {
        const auto cheapest = std::ranges::min_element(table.rows(), {}, &ResultsRow::nanosecondsPerUpdate);
        if (cheapest->nanosecondsPerUpdate >= 1e6)
            return {1e6, Texts::tr("ms"), Texts::tr("milliseconds per update")};
        if (cheapest->nanosecondsPerUpdate >= 1e4)
            return {1e3, Texts::tr("µs"), Texts::tr("microseconds per update")};
        return {1, Texts::tr("ns"), Texts::tr("nanoseconds per update")};
    }
};

double figureOf(const ResultsRow& row, ChartKind kind, const CostUnit& unit)
{
    switch (kind) {
    case ChartKind::Lost: return static_cast<double>(row.lost);
    case ChartKind::Final: return static_cast<double>(row.final);
    case ChartKind::Cost: return row.nanosecondsPerUpdate / unit.nanoseconds;
    }
    return 0;
}

std::vector<double> figuresOf(const ResultsTable& table, ChartKind kind, const CostUnit& unit)
{
    std::vector<double> figures;
    figures.reserve(table.size());
    for (const ResultsRow& row : table.rows())
        figures.push_back(figureOf(row, kind, unit));
    return figures;
}

// How many consecutive trials share a bar.
std::uint32_t trialsOfABarFor(std::size_t trials, std::size_t groups)
{
    const std::size_t room = std::max(ChartContent::fewestBarsOfAGroup, ChartContent::mostBars / groups);
    return static_cast<std::uint32_t>((trials + room - 1) / room);
}

std::vector<ChartBar> barsOf(const ResultsTable& trials, const std::vector<double>& figures, std::uint32_t trialsOfABar)
{
    std::vector<ChartBar> bars;
    for (std::size_t first = 0; first < figures.size(); first += trialsOfABar) {
        const std::size_t count = std::min<std::size_t>(trialsOfABar, figures.size() - first);
        const Summary summary = *summarise(std::span(figures).subspan(first, count));
        bars.push_back({summary.median, summary.min, summary.max, trials.rows()[first].trial,
                        trials.rows()[first + count - 1].trial});
    }
    return bars;
}

ValueScale scaleFor(const ChartContent& content)
{
    double smallest = 0; // of those above 0
    double largest = 0;
    for (const ChartGroup& group : content.groups) {
        largest = std::max(largest, group.summary.max);
        for (const ChartBar& bar : group.bars)
            if (bar.least > 0)
                smallest = smallest > 0 ? std::min(smallest, bar.least) : bar.least;
    }
    if (content.kind == ChartKind::Final)
        return ValueScale::linear(std::max(largest, content.expected) * 1.12, true);
    const bool logarithmic = smallest > 0 && largest > smallest * ChartContent::logarithmicFrom;
    if (content.kind == ChartKind::Cost)
        return logarithmic ? ValueScale::logarithmicOver(smallest, largest) : ValueScale::linear(largest * 1.02, false);
    // Room above the longest bar for its label.
    return logarithmic ? ValueScale::logarithmicOver(smallest, largest * 1.5)
                       : ValueScale::linear(largest * 1.12, true);
}

QString titleOf(ChartKind kind)
{
    switch (kind) {
    case ChartKind::Lost: return Texts::tr("Lost updates");
    case ChartKind::Final: return Texts::tr("Final value against expected");
    case ChartKind::Cost: return Texts::tr("Cost of an update");
    }
    return {};
}

QString valueAxisOf(const ChartContent& content, const CostUnit& unit)
{
    const QString axis = [&] {
        switch (content.kind) {
        case ChartKind::Lost: return Texts::tr("updates lost");
        case ChartKind::Final: return Texts::tr("value of the counter at the end");
        case ChartKind::Cost: return unit.axis;
        }
        return QString();
    }();
    const bool median = content.kind == ChartKind::Cost
                     && std::ranges::any_of(content.groups, [](const ChartGroup& g) { return g.summary.count > 1; });
    if (median)
        return content.scale.logarithmic ? Texts::tr("%1, the median of the trials (logarithmic)").arg(axis)
                                         : Texts::tr("%1, the median of the trials").arg(axis);
    return content.scale.logarithmic ? Texts::tr("%1 (logarithmic)").arg(axis) : axis;
}

QString groupAxisOf(const ChartContent& content)
{
    if (content.kind == ChartKind::Cost)
        return Texts::tr("way to synchronise");
    if (content.trialsOfABar > 1)
        return Texts::tr("trials, by way to synchronise (a bar: the median of %1 trials, and their range)")
            .arg(numberText(content.trialsOfABar));
    return Texts::tr("trials, by way to synchronise");
}

QString subtitleOf(const ResultsRow& row, std::uint32_t trials, ChartKind kind)
{
    QStringList parts;
    parts << Texts::tr("%1 × %2", "threads, iterations").arg(threadsText(row.threads), iterationsText(row.iterations))
          << coresText(row.cores);
    if (row.window.count() > 0)
        parts << Texts::tr("window %1").arg(timeText(static_cast<double>(row.window.count())));
    parts << (trials == 1 ? Texts::tr("1 trial") : Texts::tr("%1 trials").arg(numberText(trials)));
    if (row.recorded)
        parts << Texts::tr("recorded");
    if (kind == ChartKind::Cost)
        parts << Texts::tr("time of the run ÷ updates");
    return parts.join(QStringLiteral(" · "));
}

} // namespace

ChartContent ChartContent::of(const ResultsTable& all, ChartKind kind)
{
    ChartContent content;
    content.kind = kind;
    content.title = titleOf(kind);
    if (all.isEmpty())
        return content;

    const ResultsTable table = all.latestExperiment();
    const std::vector<Synchronisation> ways = table.ways();
    std::vector<ResultsTable> byWay;
    std::size_t mostTrials = 0;
    for (const Synchronisation way : ways) {
        byWay.push_back(table.rowsOf(way));
        mostTrials = std::max(mostTrials, byWay.back().size());
    }
    content.trialsOfABar = trialsOfABarFor(mostTrials, ways.size());
    const CostUnit unit = CostUnit::of(table);
    content.unit = unit.name;
    for (std::size_t i = 0; i < ways.size(); ++i) {
        ChartGroup group;
        group.way = ways[i];
        group.name = textOf(ways[i]);
        const std::vector<double> figures = figuresOf(byWay[i], kind, unit);
        group.summary = *summarise(figures);
        group.bars = barsOf(byWay[i], figures, content.trialsOfABar);
        group.medianLost = summarise(figuresOf(byWay[i], ChartKind::Lost, unit))->median;
        content.groups.push_back(std::move(group));
    }
    content.expected = static_cast<double>(table.rows().back().expected);
    content.subtitle = subtitleOf(table.rows().back(), static_cast<std::uint32_t>(mostTrials), kind);
    content.scale = scaleFor(content);
    content.valueAxis = valueAxisOf(content, unit);
    content.groupAxis = groupAxisOf(content);
    return content;
}

std::size_t ChartContent::mostBarsOfAGroup() const
{
    std::size_t most = 0;
    for (const ChartGroup& group : groups)
        most = std::max(most, group.bars.size());
    return most;
}

QString ChartContent::detail(std::size_t group, std::size_t bar) const
{
    if (group >= groups.size() || bar >= groups[group].bars.size())
        return {};
    const ChartGroup& way = groups[group];
    if (kind == ChartKind::Cost)
        return sentenceOf(way);
    const ChartBar& shown = way.bars[bar];
    const QString trials = shown.firstTrial == shown.lastTrial
                             ? Texts::tr("%1, trial %2").arg(way.name, numberText(shown.firstTrial))
                             : Texts::tr("%1, trials %2 to %3")
                                   .arg(way.name, numberText(shown.firstTrial), numberText(shown.lastTrial));
    const double lost = kind == ChartKind::Lost ? shown.value : expected - shown.value;
    return Texts::tr("%1: final %2 of %3, %4 lost")
        .arg(trials, countText(expected - lost), countText(expected), countText(lost));
}

QString ChartContent::sentenceOf(const ChartGroup& group) const
{
    const Summary& summary = group.summary;
    if (summary.count == 1) { // which is no median of anything
        switch (kind) {
        case ChartKind::Lost:
            if (summary.max > 0)
                return Texts::tr("%1: %2 lost.").arg(group.name, countText(summary.median));
            break;
        case ChartKind::Final:
            return Texts::tr("%1: %2 of %3.").arg(group.name, countText(summary.median), countText(expected));
        case ChartKind::Cost:
            return Texts::tr("%1: %2 %3 per update.").arg(group.name, figureText(summary.median), unit);
        }
    }
    switch (kind) {
    case ChartKind::Lost:
        return summary.max > 0
                 ? Texts::tr("%1: median %2 lost, %3 to %4.")
                       .arg(group.name, countText(summary.median), countText(summary.min), countText(summary.max))
                 : Texts::tr("%1: no update lost.").arg(group.name);
    case ChartKind::Final:
        return Texts::tr("%1: median %2 of %3.").arg(group.name, countText(summary.median), countText(expected));
    case ChartKind::Cost:
        return Texts::tr("%1: median %2 %3 per update, %4 to %5.")
            .arg(group.name, figureText(summary.median), unit, figureText(summary.min), figureText(summary.max));
    }
    return {};
}

QString ChartContent::description() const
{
    QStringList sentences;
    for (const ChartGroup& group : groups)
        sentences << sentenceOf(group);
    return sentences.join(u' ');
}

} // namespace interleave
