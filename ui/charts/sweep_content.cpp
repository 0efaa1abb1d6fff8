// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/sweep_content.h"

#include "charts/chart_numbers.h"
#include "charts/sweep_reason.h"
#include "experiment/statistics.h"
#include "sentences/durations.h"
#include "sentences/names.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <span>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Charts)
};

SweepPoint pointOf(std::span<const SweepRun> runs)
{
    SweepPoint point;
    point.quantum = runs.front().quantum;
    std::vector<double> finals;
    std::vector<double> losses;
    for (const SweepRun& run : runs) {
        if (run.outcome != Outcome::Finished) {
            ++point.unfinished;
        } else if (run.counted) {
            finals.push_back(static_cast<double>(run.final));
            losses.push_back(static_cast<double>(run.lost));
        }
    }
    if (finals.empty())
        return point;
    const Summary values = *summarise(finals);
    const Summary lost = *summarise(losses);
    point.runs = static_cast<std::uint32_t>(finals.size());
    point.value = values.median;
    point.least = values.min;
    point.most = values.max;
    point.lost = lost.median;
    point.mostLost = lost.max;
    return point;
}

QString subtitleOf(const IntervalSweepPlan& plan)
{
    const std::string_view policy = nameOf(plan.settings.policy);
    QStringList parts{QString::fromStdString(plan.name), threadsText(plan.settings.threads),
                      coresText(plan.settings.cores),
                      QString::fromLatin1(policy.data(), static_cast<qsizetype>(policy.size()))};
    parts.removeAll(QString());
    if (plan.settings.switchCost > 0)
        parts << Texts::tr("switch cost %1").arg(ticksText(plan.settings.switchCost));
    if (plan.draws() && plan.seeds > 1)
        parts << Texts::tr("%1 seeds at each quantum").arg(numberText(plan.seeds));
    return parts.join(QStringLiteral(" · "));
}

ValueScale quantumScale(const std::vector<SweepPoint>& points)
{
    const auto largest = static_cast<double>(points.back().quantum);
    if (largest <= static_cast<double>(IntervalSweepPlan::everyQuantumTo))
        return ValueScale::linear(largest * 1.015, true); // room for the last mark
    ValueScale scale;
    scale.logarithmic = true;
    scale.least = 1;
    scale.most = largest * 1.08;
    return scale;
}

} // namespace

SweepContent SweepContent::of(const IntervalSweep& sweep)
{
    SweepContent content;
    content.title = Texts::tr("Final value against quantum");
    content.subtitle = subtitleOf(sweep.plan);
    content.counter = QString::fromStdString(sweep.counter);
    const auto expected = sweep.expected();
    if (!expected) {
        content.problem = sweep.runs.empty() ? QString()
                        : sweep.counter.empty()
                            ? Texts::tr("No cell of this program is a counter, so there is no final value to compare.")
                            : Texts::tr("No run came to its end, so there is no final value to compare.");
        return content;
    }
    content.expected = static_cast<double>(*expected);
    content.reason = reasonOfFlatSweep(sweep);

    std::vector<SweepPoint> points;
    for (std::size_t first = 0; first < sweep.runs.size();) {
        std::size_t end = first;
        while (end < sweep.runs.size() && sweep.runs[end].quantum == sweep.runs[first].quantum)
            ++end;
        points.push_back(pointOf(std::span(sweep.runs).subspan(first, end - first)));
        first = end;
    }
    content.thinned = (points.size() + mostPoints - 1) / mostPoints;
    for (std::size_t i = 0; i < points.size(); i += content.thinned)
        content.points.push_back(points[i]);

    double smallest = 0;
    double largest = content.expected;
    for (const SweepPoint& point : content.points) {
        smallest = std::min(smallest, point.least);
        largest = std::max(largest, point.most);
        content.spreads = content.spreads || point.runs > 1;
    }
    constexpr double roomAbove = 1.15; // for the label of the expected value
    content.values = ValueScale::linearBetween(smallest * roomAbove, std::max(largest, 0.0) * roomAbove, true);
    content.quanta = quantumScale(content.points);
    content.valueAxis = Texts::tr("%1 at the end", "the counter's value").arg(content.counter);
    content.quantumAxis = content.quanta.logarithmic ? Texts::tr("quantum, in instructions (logarithmic)")
                                                     : Texts::tr("quantum, in instructions");
    return content;
}

QString SweepContent::detail(std::size_t index) const
{
    if (index >= points.size())
        return {};
    const SweepPoint& point = points[index];
    const QString quantum = numberText(point.quantum);
    if (!point.isFinished())
        return Texts::tr("quantum %1: no run came to its end").arg(quantum);
    QString text = point.runs == 1
                     ? Texts::tr("quantum %1: final %2 of %3, %4 lost")
                           .arg(quantum, countText(point.value), countText(expected), countText(point.lost))
                     : Texts::tr("quantum %1: median %2 of %3 (%4 to %5), %6 lost")
                           .arg(quantum, countText(point.value), countText(expected), countText(point.least),
                                countText(point.most), countText(point.lost));
    if (point.unfinished > 0)
        text += Texts::tr("; %1 of %2 runs did not come to their end")
                    .arg(numberText(point.unfinished), numberText(point.unfinished + point.runs));
    return text;
}

QString SweepContent::description() const
{
    if (points.empty())
        return problem;
    const auto of = [](double some, double all) {
        return Texts::tr("%1 of %2", "3 of 200").arg(countText(some), countText(all));
    };
    const auto all = static_cast<double>(points.size());
    const auto exact = static_cast<double>(std::ranges::count_if(points, &SweepPoint::losesNothing));
    const auto unfinished = static_cast<double>(
        std::ranges::count_if(points, [](const SweepPoint& p) { return p.unfinished > 0; }));
    QStringList sentences;
    sentences << Texts::tr("%1 against quanta from %2 to %3; %4 is expected.")
                     .arg(valueAxis, numberText(points.front().quantum), numberText(points.back().quantum),
                          countText(expected));
    sentences << Texts::tr("Nothing is lost at %1 quanta.").arg(of(exact, all));
    const SweepPoint* worst = nullptr;
    for (const SweepPoint& point : points)
        if (point.isFinished() && (!worst || point.lost > worst->lost))
            worst = &point;
    if (worst && worst->lost > 0)
        sentences << Texts::tr("Most is lost at quantum %1: %2 updates, which leaves %3.")
                         .arg(numberText(worst->quantum), countText(worst->lost), countText(worst->value));
    if (!reason.isEmpty())
        sentences << reason;
    if (unfinished > 0)
        sentences << Texts::tr("At %1 quanta runs did not come to their end.").arg(of(unfinished, all));
    return sentences.join(u' ');
}

} // namespace interleave
