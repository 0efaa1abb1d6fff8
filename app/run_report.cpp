// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_report.h"

#include "sentences/names.h"
#include "sentences/switch_sources.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::RunReport)
};

// Whole numbers in JSON: Qt keeps them exact as qint64.
QJsonValue whole(std::uint64_t number)
{
    return QJsonValue(static_cast<qint64>(number));
}

QString share(std::uint64_t part, std::uint64_t all)
{
    return QString::number(100.0 * static_cast<double>(part) / static_cast<double>(all), 'f', 2) + QStringLiteral(" %");
}

QString fixed(double number, int decimals)
{
    return QString::number(number, 'f', decimals);
}

QJsonValue recordedAsJson(const std::optional<RecordedFigures>& recorded)
{
    if (!recorded)
        return QJsonValue::Null;
    return QJsonObject{
        {QStringLiteral("steps"), whole(recorded->steps)},
        {QStringLiteral("updates"), whole(recorded->updates)},
        {QStringLiteral("surviving"), whole(recorded->surviving)},
        {QStringLiteral("lost"), whole(recorded->lost)},
        {QStringLiteral("clobbering_stores"), whole(recorded->clobberingStores)},
        {QStringLiteral("streaks"), whole(recorded->streaks)},
        {QStringLiteral("bytes"), whole(recorded->bytes)},
        {QStringLiteral("order_proven"), recorded->orderProven},
    };
}

// Columns as wide as their widest cell: the first to the left, the others to the right.
QString aligned(const QList<QStringList>& lines)
{
    QList<qsizetype> widths(lines.constFirst().size(), 0);
    for (const QStringList& line : lines)
        for (qsizetype c = 0; c < line.size(); ++c)
            widths[c] = std::max(widths[c], line[c].size());
    QString text;
    for (const QStringList& line : lines) {
        QString row;
        for (qsizetype c = 0; c < line.size(); ++c)
            row += c == 0 ? line[c].leftJustified(widths[c]) : QStringLiteral("  ") + line[c].rightJustified(widths[c]);
        text += row.trimmed() + QLatin1Char('\n');
    }
    return text;
}

// Where the switches of all runs are known from. If one was refused them, that is said.
QString switchesAsText(const ResultsTable& table)
{
    const ResultsRow* told = &table.rows().front();
    std::uint64_t captured = 0;
    std::uint64_t overflow = 0;
    for (const ResultsRow& row : table.rows()) {
        if (told->switchSource == SwitchSource::Kernel && row.switchSource == SwitchSource::Rusage)
            told = &row;
        captured += row.switchesCaptured;
        overflow += row.switchOverflow;
    }
    return sentenceOf(told->switchSource, told->switchRefusal, captured, overflow);
}

QString nameText(SwitchSource source)
{
    return QString::fromStdString(std::string(nameOf(source)));
}

QJsonValue orNull(bool known, const QJsonValue& value)
{
    return known ? value : QJsonValue(QJsonValue::Null);
}

} // namespace

QString resultsAsText(const ResultsTable& table)
{
    const ResultsRow& first = table.rows().front();
    const bool recorded = first.recorded.has_value();
    const QString text = Texts::tr("%1 × %2, %3, window %4", "threads, iterations, cores, time")
                             .arg(threadsText(first.threads), iterationsText(first.iterations), coresText(first.cores),
                                  timeText(static_cast<double>(first.window.count())))
                         + QStringLiteral("\n\n");
    QList<QStringList> lines;
    lines.append({Texts::tr("sync"), Texts::tr("trial"), Texts::tr("expected"), Texts::tr("final"), Texts::tr("lost"),
                  Texts::tr("lost %"), Texts::tr("ms"), Texts::tr("ns/update"), Texts::tr("voluntary"),
                  Texts::tr("involuntary")});
    if (recorded)
        lines.front() << Texts::tr("surviving") << Texts::tr("clobbering") << Texts::tr("streaks")
                      << Texts::tr("bytes/update") << Texts::tr("order");
    for (const ResultsRow& row : table.rows()) {
        QStringList line{textOf(row.synchronisation),
                         QString::number(row.trial),
                         numberText(row.expected),
                         numberText(row.final),
                         numberText(row.lost),
                         share(row.lost, row.expected),
                         fixed(row.elapsedNanoseconds / 1e6, 2),
                         fixed(row.nanosecondsPerUpdate, 2),
                         numberText(row.voluntarySwitches),
                         numberText(row.involuntarySwitches)};
        if (row.recorded) {
            const double bytes = static_cast<double>(row.recorded->bytes) / static_cast<double>(row.expected);
            line << numberText(row.recorded->surviving) << numberText(row.recorded->clobberingStores)
                 << numberText(row.recorded->streaks) << fixed(bytes, 3)
                 << (row.recorded->orderProven ? Texts::tr("proven") : Texts::tr("not proven"));
        }
        lines.append(line);
    }
    return text + aligned(lines) + QLatin1Char('\n') + switchesAsText(table) + QLatin1Char('\n');
}

QString resultsAsJson(const ResultsTable& table)
{
    QJsonArray runs;
    for (const ResultsRow& row : table.rows()) {
        const bool fromKernel = row.switchSource == SwitchSource::Kernel;
        runs.append(QJsonObject{
            {QStringLiteral("threads"), whole(row.threads)},
            {QStringLiteral("iterations"), whole(row.iterations)},
            {QStringLiteral("sync"), textOf(row.synchronisation)},
            {QStringLiteral("cores"), whole(row.cores)},
            {QStringLiteral("window_ns"), whole(static_cast<std::uint64_t>(row.window.count()))},
            {QStringLiteral("trial"), whole(row.trial)},
            {QStringLiteral("expected"), whole(row.expected)},
            {QStringLiteral("final"), whole(row.final)},
            {QStringLiteral("lost"), whole(row.lost)},
            {QStringLiteral("elapsed_ns"), static_cast<qint64>(std::llround(row.elapsedNanoseconds))},
            {QStringLiteral("ns_per_update"), row.nanosecondsPerUpdate},
            {QStringLiteral("voluntary_switches"), whole(row.voluntarySwitches)},
            {QStringLiteral("involuntary_switches"), whole(row.involuntarySwitches)},
            {QStringLiteral("switch_source"), nameText(row.switchSource)},
            {QStringLiteral("switch_source_reason"), orNull(!fromKernel, reasonOf(row.switchRefusal))},
            {QStringLiteral("switches_captured"), orNull(fromKernel, whole(row.switchesCaptured))},
            {QStringLiteral("switches_overflowed"), orNull(fromKernel, whole(row.switchOverflow))},
            {QStringLiteral("recorded"), recordedAsJson(row.recorded)},
        });
    }
    return QString::fromUtf8(QJsonDocument(QJsonObject{{QStringLiteral("runs"), runs}}).toJson());
}

} // namespace interleave
