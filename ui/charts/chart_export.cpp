// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_export.h"

#include "charts/result_chart.h"

#include <QCoreApplication>
#include <QDir>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Charts)
};

} // namespace

Picture chartPicture(const ResultsTable& table, const std::vector<ChartKind>& kinds, const ChartLook& look,
                     const QSizeF& size)
{
    std::vector<ChartContent> contents;
    QStringList titles;
    for (const ChartKind kind : kinds) {
        contents.push_back(ChartContent::of(table, kind));
        titles << contents.back().title;
    }
    const auto paint = [contents, look](QPainter& painter, const QSizeF& whole) {
        const double width = whole.width() / static_cast<double>(contents.size());
        QRectF target(0, 0, width, whole.height());
        for (const ChartContent& content : contents) {
            paintChart<ResultChart>(painter, target, content, look);
            target.translate(width, 0);
        }
    };
    return {titles.join(QStringLiteral(", ")), size, look.theme->card, paint};
}

Exported writeChart(const ResultsTable& table, const QString& path)
{
    if (table.isEmpty())
        return Texts::tr("%1 could not be written: there is no finished run to draw.")
            .arg(QDir::toNativeSeparators(path));
    constexpr QSizeF single(1000, 620);
    constexpr QSizeF two(1680, 680);
    constexpr int pngScale = 2;
    const bool comparesWays = table.latestExperiment().ways().size() > 1;
    const Picture picture = comparesWays
                              ? chartPicture(table, {ChartKind::Lost, ChartKind::Cost}, ChartLook::plain(), two)
                              : chartPicture(table, {ChartKind::Final}, ChartLook::plain(), single);
    return exportPicture(picture, path, pngScale);
}

} // namespace interleave
