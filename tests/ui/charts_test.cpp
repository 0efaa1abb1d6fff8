// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/charts_view.h"

#include "charts/chart_canvas.h"
#include "charts/chart_export.h"
#include "charts/chart_numbers.h"
#include "charts/sweep_chart.h"
#include "experiment/trials.h"
#include "export/export_actions.h"
#include "machine_run.h"
#include "picture_checks.h"
#include "store/results_csv.h"
#include "unexpected_warnings.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <cmath>
#include <optional>

using namespace interleave;

namespace {

constexpr std::uint64_t expectedValue = 10'000'000;
constexpr QSize pictureSize(900, 600);

ResultsRow row(Synchronisation way, std::uint32_t trial, std::uint64_t lost, double cost = 2)
{
    ResultsRow row;
    row.threads = 50;
    row.iterations = 200'000;
    row.cores = 2;
    row.synchronisation = way;
    row.trial = trial;
    row.expected = expectedValue;
    row.lost = lost;
    row.final = expectedValue - lost;
    row.nanosecondsPerUpdate = cost;
    row.elapsedNanoseconds = cost * static_cast<double>(expectedValue);
    return row;
}

// Unlocked, losing a million more with each trial, beside locked.
ResultsTable twoWays(std::uint32_t trials = 3)
{
    ResultsTable table;
    for (std::uint32_t trial = 1; trial <= trials; ++trial) {
        table.add(row(Synchronisation::None, trial, trial * 1'000'000, 1 + 0.1 * trial));
        table.add(row(Synchronisation::MutexCoarse, trial, 0, 2 + 0.1 * trial));
    }
    return table;
}

ResultsTable manyTrials(std::uint32_t trials)
{
    ResultsTable table;
    for (std::uint32_t trial = 1; trial <= trials; ++trial)
        for (const Synchronisation way : allSynchronisations)
            table.add(row(way, trial, way == Synchronisation::None ? 1000 + trial : 0, 1 + trial % 7));
    return table;
}

ChartLook look(const Theme& theme)
{
    ChartLook look = ChartLook::plain();
    look.theme = &theme;
    return look;
}

QImage imageOfChart(const ResultsTable& table, ChartKind kind, const Theme& theme = Theme::light())
{
    return imageOf(chartPicture(table, {kind}, look(theme), pictureSize));
}

QString textOfChart(const ResultsTable& table, ChartKind kind)
{
    return textOfSvg(svgOf(chartPicture(table, {kind}, look(Theme::light()), pictureSize)));
}

// The heights in pixels of the bars of a colour, from left to right.
std::vector<int> barHeights(const QImage& image, const QColor& colour)
{
    std::vector<int> heights;
    int before = 0;
    for (int x = 0; x < image.width(); ++x) {
        int height = 0;
        for (int y = 0; y < image.height(); ++y)
            height += image.pixelColor(x, y).rgb() == colour.rgb();
        const bool isBar = height > 20;
        if (isBar && before == 0)
            heights.push_back(height);
        before = isBar ? height : 0;
    }
    return heights;
}

// A sweep of which every third quantum loses nothing, and the others 10 and 20 of 100.
IntervalSweep sweepTo(std::uint64_t quanta, std::uint32_t seeds = 1)
{
    IntervalSweep sweep;
    sweep.plan.name = "unlocked-counter";
    sweep.plan.quanta = quanta;
    sweep.plan.seeds = seeds;
    sweep.plan.settings.policy = seeds > 1 ? Policy::Random : Policy::RoundRobin;
    sweep.counter = "hits";
    for (const std::uint64_t quantum : sweep.plan.steps())
        for (std::uint32_t seed = 0; seed < seeds; ++seed) {
            const std::uint64_t lost = quantum % 3 * 10 + (quantum % 3 == 0 ? 0 : seed);
            sweep.runs.push_back(
                {quantum, seed, Outcome::Finished, true, 100 - static_cast<std::int64_t>(lost), 100, lost});
        }
    return sweep;
}

QImage imageOfSweep(const IntervalSweep& sweep, const Theme& theme)
{
    QImage image(pictureSize, QImage::Format_ARGB32_Premultiplied);
    image.fill(theme.card);
    QPainter painter(&image);
    paintChart<SweepChart>(painter, QRectF(QPointF(), QSizeF(pictureSize)), SweepContent::of(sweep), look(theme));
    return image;
}

} // namespace

Q_DECLARE_METATYPE(interleave::ChartKind)
Q_DECLARE_METATYPE(interleave::BuiltIn)

class ChartsTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(unexpectedWarning());
        m_folder.emplace();
        QVERIFY(m_folder->isValid());
        QApplication::setPalette(Theme::light().palette());
    }

    void scalesReachBelowZero()
    {
        const ValueScale scale = ValueScale::linearBetween(-12, 20, true);
        QCOMPARE(scale.ticks(), (std::vector<double>{-10, 0, 10, 20}));
        QCOMPARE(scale.fraction(-12), 0.0);
        QCOMPARE(scale.fraction(20), 1.0);
        QCOMPARE(ValueScale::linearBetween(0, 11, true).ticks(), ValueScale::linear(11, true).ticks());
    }

    void aSweepHasAPointForEveryQuantum()
    {
        const SweepContent content = SweepContent::of(sweepTo(200));
        QCOMPARE(content.points.size(), std::size_t{200});
        QCOMPARE(content.expected, 100.0);
        QCOMPARE(content.points[0].quantum, std::uint64_t{1});
        QCOMPARE(content.points[0].value, 90.0);
        QCOMPARE(content.points[1].value, 80.0);
        QVERIFY(content.points[2].losesNothing());
        QVERIFY(!content.points[0].losesNothing());
        QVERIFY(!content.spreads);
        QVERIFY(!content.quanta.logarithmic);
        QCOMPARE(content.detail(1), QStringLiteral("quantum 2: final 80 of 100, 20 lost"));
        QVERIFY(content.detail(200).isEmpty());
        QCOMPARE(content.description(),
                 QStringLiteral("hits at the end against quanta from 1 to 200; 100 is expected. Nothing is lost at 66 "
                                "of 200 quanta. Most is lost at quantum 2: 20 updates, which leaves 80."));
        QVERIFY(content.subtitle.contains(QStringLiteral("unlocked-counter · 2 threads · 1 core · round-robin")));
    }

    void aLongSweepIsThinnedAndLogarithmic()
    {
        const SweepContent content = SweepContent::of(sweepTo(IntervalSweepPlan::mostQuantum, 5));
        QVERIFY(content.points.size() <= SweepContent::mostPoints);
        QVERIFY(content.quanta.logarithmic);
        QVERIFY(content.spreads);
        QCOMPARE(content.points[0].runs, 5U);
        QCOMPARE(content.points[0].value, 88.0);
        QCOMPARE(content.points[0].least, 86.0);
        QCOMPARE(content.points[0].most, 90.0);
        SweepChart chart;
        chart.resize(QSizeF(pictureSize));
        chart.setContent(content, look(Theme::light()));
        QVERIFY(chart.pointsDrawn() > content.points.size());
        QVERIFY2(chart.pointsDrawn() < 2000, qPrintable(QString::number(chart.pointsDrawn())));
    }

    void aSweepIsDrawnInBothThemes()
    {
        for (const Theme* theme : {&Theme::light(), &Theme::darkTheme()}) {
            const QImage image = imageOfSweep(sweepTo(30), *theme);
            QCOMPARE(image.pixelColor(2, 2).rgb(), theme->card.rgb());
            QVERIFY(pixelsOf(image, theme->survived) > 200); // what is whole is filled
            QVERIFY(pixelsOf(image, theme->lost) > 100);     // what is not has an edge
            QVERIFY(pixelsOf(image, theme->ink) > 100);      // the expected value
        }
        IntervalSweep whole = sweepTo(30);
        for (SweepRun& run : whole.runs) {
            run.final = 100;
            run.lost = 0;
        }
        QCOMPARE(pixelsOf(imageOfSweep(whole, Theme::light()), Theme::light().lost), 0);
    }

    void aSweepWithoutACounterSaysWhy()
    {
        IntervalSweep sweep = sweepTo(3);
        sweep.counter.clear();
        for (SweepRun& run : sweep.runs)
            run.counted = false;
        const SweepContent content = SweepContent::of(sweep);
        QVERIFY(content.isEmpty());
        QVERIFY(content.description().contains(QStringLiteral("No cell of this program is a counter")));
        IntervalSweep stuck = sweepTo(3);
        for (SweepRun& run : stuck.runs)
            run.outcome = Outcome::Deadlock;
        QVERIFY(SweepContent::of(stuck).description().contains(QStringLiteral("No run came to its end")));
        stuck.runs[1].outcome = Outcome::Finished;
        const SweepContent one = SweepContent::of(stuck);
        QCOMPARE(one.points.size(), std::size_t{3});
        QCOMPARE(one.detail(0), QStringLiteral("quantum 1: no run came to its end"));
        QVERIFY(one.description().contains(QStringLiteral("At 2 of 3 quanta runs did not come to their end.")));
    }

    void theViewAsksForASweepAndShowsIt()
    {
        ChartsView view;
        view.resize(1000, 640);
        view.show();
        QSignalSpy asked(&view, &ChartsView::sweepRequested);
        QSignalSpy cancelled(&view, &ChartsView::cancelSweepRequested);
        auto* button = view.findChild<QPushButton*>(QStringLiteral("sweepQuantum"));
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton); // one click
        QCOMPARE(asked.count(), 1);
        QVERIFY(view.showsSweep());
        view.setSweepProgress(0.37);
        QVERIFY(view.isSweeping());
        bool told = false;
        for (const QLabel* label : view.findChildren<QLabel*>())
            told = told || label->text().contains(QStringLiteral("37 %"));
        QVERIFY(told);
        QTest::mouseClick(view.findChild<QPushButton*>(QStringLiteral("sweepFirst")), Qt::LeftButton);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(cancelled.count(), 1);
        QVERIFY(!view.exportActions().exportAction()->isEnabled());
        view.setSweep(sweepTo(50));
        QVERIFY(!view.isSweeping());
        const auto* canvas = view.findChild<SweepCanvas*>();
        QVERIFY(canvas->isVisible());
        QCOMPARE(canvas->accessibleName(), QStringLiteral("Final value against quantum"));
        QVERIFY(canvas->accessibleDescription().contains(QStringLiteral("100 is expected")));
        QVERIFY(view.exportActions().exportAction()->isEnabled());
        const QString text = textOfSvg(svgOf(view.picture()));
        for (const char* word : {"Final value against quantum", "expected 100", "quantum, in instructions",
                                 "nothing lost", "updates lost", "hits at the end"})
            QVERIFY2(text.contains(QLatin1String(word)), word);
        QVERIFY(!text.contains(QStringLiteral("not finished"))); // there is none
        const QString path = m_folder->filePath(QStringLiteral("sweep.pdf"));
        QVERIFY(exportPicture(view.picture(), path).hasValue());
        QVERIFY(contentOf(path).startsWith("%PDF"));
        // Other charts come back, and the sweep stays.
        view.setTable(twoWays());
        view.showChart(ChartKind::Lost);
        QVERIFY(!canvas->isVisible());
        QVERIFY(view.picture().title.contains(QStringLiteral("Lost")));
        view.showSweep();
        QVERIFY(canvas->isVisible());
    }

    void scalesHaveNiceTicks_data()
    {
        QTest::addColumn<double>("largest");
        QTest::addColumn<bool>("whole");
        QTest::addColumn<QList<double>>("ticks");
        QTest::newRow("nothing") << 0.0 << true << QList<double>{0, 1};
        QTest::newRow("one") << 1.0 << true << QList<double>{0, 1};
        QTest::newRow("three") << 3.0 << true << QList<double>{0, 1, 2, 3};
        QTest::newRow("whole steps only") << 11.0 << true << QList<double>{0, 5, 10};
        QTest::newRow("broken steps") << 11.0 << false << QList<double>{0, 2.5, 5, 7.5, 10};
        QTest::newRow("millions") << 11.2e6 << true << QList<double>{0, 2.5e6, 5e6, 7.5e6, 10e6};
        QTest::newRow("small") << 0.47 << false << QList<double>{0, 0.1, 0.2, 0.3, 0.4};
    }

    void scalesHaveNiceTicks()
    {
        QFETCH(double, largest);
        QFETCH(bool, whole);
        QFETCH(QList<double>, ticks);
        const ValueScale scale = ValueScale::linear(largest, whole);
        const std::vector<double> found = scale.ticks();
        QCOMPARE(found.size(), static_cast<std::size_t>(ticks.size()));
        for (std::size_t i = 0; i < found.size(); ++i)
            QVERIFY(std::abs(found[i] - ticks[static_cast<qsizetype>(i)]) < 1e-9);
        QCOMPARE(scale.fraction(0), 0.0);
        QCOMPARE(scale.fraction(scale.most), 1.0);
        QCOMPARE(scale.fraction(scale.most / 4), 0.25);
        QCOMPARE(scale.fraction(2 * scale.most), 1.0);
    }

    void logarithmicScalesSpanDecades()
    {
        const ValueScale scale = ValueScale::logarithmicOver(0.47, 120);
        QVERIFY(scale.logarithmic);
        QCOMPARE(scale.ticks().size(), std::size_t{5}); // 0.1 to 1,000
        QVERIFY(std::abs(scale.fraction(1) - 0.25) < 1e-9);
        QCOMPARE(scale.fraction(0), 0.0); // where there is none
        QCOMPARE(scale.decimalsOf(0.1), 1);
        QCOMPARE(scale.decimalsOf(1000), 0);
        QVERIFY(ValueScale::logarithmicOver(1, 100).fraction(1) > 0.1); // no bar without length
    }

    void numbersAreShort_data()
    {
        QTest::addColumn<double>("number");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << 0.0 << QStringLiteral("0");
        QTest::newRow("full") << 9'999.0 << QStringLiteral("9,999");
        QTest::newRow("thousands") << 38'767.0 << QStringLiteral("38.8 k");
        QTest::newRow("up to the next unit") << 999'700.0 << QStringLiteral("1 M");
        QTest::newRow("millions") << 3'812'004.0 << QStringLiteral("3.81 M");
        QTest::newRow("round") << 10e6 << QStringLiteral("10 M");
        QTest::newRow("largest") << 1e12 << QStringLiteral("1 T");
    }

    void numbersAreShort()
    {
        QFETCH(double, number);
        QTEST(shortCountText(number), "text");
    }

    void sharesAreHonest()
    {
        QCOMPARE(shareText(0, 100), QStringLiteral("0 %"));
        QCOMPARE(shareText(100, 100), QStringLiteral("100 %"));
        QCOMPARE(shareText(38, 100), QStringLiteral("38 %"));
        QCOMPARE(shareText(1, 1e9), QStringLiteral("<0.01 %"));       // not 0
        QCOMPARE(shareText(1e9 - 1, 1e9), QStringLiteral(">99.9 %")); // not 100
        QCOMPARE(figureText(0.4738), QStringLiteral("0.474"));
        QCOMPARE(figureText(62.35), QStringLiteral("62.4"));
        QCOMPARE(figureText(1020.4), QStringLiteral("1,020"));
    }

    void contentHasABarForEveryTrial()
    {
        const ChartContent content = ChartContent::of(twoWays(), ChartKind::Lost);
        QCOMPARE(content.groups.size(), std::size_t{2});
        QCOMPARE(content.groups[0].name, QStringLiteral("none"));
        QCOMPARE(content.groups[1].name, QStringLiteral("mutex-coarse"));
        QCOMPARE(content.trialsOfABar, 1u);
        for (std::uint32_t trial = 1; trial <= 3; ++trial) {
            QCOMPARE(content.groups[0].bars[trial - 1].value, trial * 1e6);
            QCOMPARE(content.groups[0].bars[trial - 1].firstTrial, trial);
            QCOMPARE(content.groups[1].bars[trial - 1].value, 0.0);
        }
        QCOMPARE(content.groups[0].summary.median, 2e6);
        QVERIFY(!content.scale.logarithmic);
        QVERIFY(content.subtitle.contains(QStringLiteral("50 threads × 200,000 iterations")));
        QVERIFY(content.description().contains(QStringLiteral("none: median 2,000,000 lost, 1,000,000 to 3,000,000.")));
        QVERIFY(content.description().contains(QStringLiteral("mutex-coarse: no update lost.")));
        QCOMPARE(content.detail(0, 1), QStringLiteral("none, trial 2: final 8,000,000 of 10,000,000, 2,000,000 lost"));
        QVERIFY(content.detail(0, 9).isEmpty());
        QVERIFY(content.detail(9, 0).isEmpty());
    }

    void aThousandTrialsShareBars()
    {
        const ChartContent content = ChartContent::of(manyTrials(1000), ChartKind::Lost);
        std::size_t bars = 0;
        for (const ChartGroup& group : content.groups) {
            bars += group.bars.size();
            QCOMPARE(group.summary.count, std::size_t{1000});
            std::uint32_t next = 1; // every trial stands behind one bar
            for (const ChartBar& bar : group.bars) {
                QCOMPARE(bar.firstTrial, next);
                QVERIFY(bar.least <= bar.value && bar.value <= bar.most);
                next = bar.lastTrial + 1;
            }
            QCOMPARE(next, 1001u);
        }
        QVERIFY(bars < 2000);
        const ChartBar& first = content.groups[0].bars[0];
        QCOMPARE(first.least, 1001.0);
        QCOMPARE(first.most, 1000.0 + content.trialsOfABar);
        QCOMPARE(first.value, 1000 + (content.trialsOfABar + 1) / 2.0);
        QVERIFY(content.groupAxis.contains(QString::number(content.trialsOfABar)));
    }

    void wideRangesAreLogarithmic()
    {
        ResultsTable table;
        table.add(row(Synchronisation::None, 1, 100, 1));
        table.add(row(Synchronisation::Spinlock, 1, 0, 49));
        QVERIFY(!ChartContent::of(table, ChartKind::Cost).scale.logarithmic);
        table.add(row(Synchronisation::Mutex, 1, 0, 51));
        QVERIFY(ChartContent::of(table, ChartKind::Cost).scale.logarithmic);
        QVERIFY(ChartContent::of(table, ChartKind::Cost).valueAxis.contains(QStringLiteral("logarithmic")));
        QVERIFY(!ChartContent::of(table, ChartKind::Lost).scale.logarithmic);
        table.add(row(Synchronisation::None, 2, 100'000));
        QVERIFY(ChartContent::of(table, ChartKind::Lost).scale.logarithmic);
        QVERIFY(!ChartContent::of(table, ChartKind::Final).scale.logarithmic); // lengths are compared with expected
    }

    void longCostsHaveALargerUnit()
    {
        ResultsTable table;
        table.add(row(Synchronisation::None, 1, 0, 2.1e6));
        const ChartContent content = ChartContent::of(table, ChartKind::Cost);
        QCOMPARE(content.unit, QStringLiteral("ms"));
        QCOMPARE(content.groups[0].summary.median, 2.1);
    }

    void anotherExperimentIsNotMixedIn()
    {
        ResultsTable table = twoWays();
        ResultsRow other = row(Synchronisation::Atomic, 1, 0);
        other.threads = 3;
        table.add(other);
        const ChartContent content = ChartContent::of(table, ChartKind::Cost);
        QCOMPARE(content.groups.size(), std::size_t{1});
        QCOMPARE(content.groups[0].name, QStringLiteral("atomic"));
    }

    void barsAreAsLongAsTheirFigures()
    {
        const QImage image = imageOfChart(twoWays(), ChartKind::Lost);
        const std::vector<int> heights = barHeights(image, Theme::light().lost);
        QCOMPARE(heights.size(), std::size_t{3}); // locked trials lost nothing
        QVERIFY(heights[0] > 40);
        QVERIFY(std::abs(heights[1] - 2 * heights[0]) <= 3);
        QVERIFY(std::abs(heights[2] - 3 * heights[0]) <= 4);
        // The first tick, the label at it and the bar that reaches it agree: 1,000,000 lies on a grid line.
        const ChartContent content = ChartContent::of(twoWays(), ChartKind::Lost);
        const std::vector<double> ticks = content.scale.ticks();
        QVERIFY(std::find(ticks.begin(), ticks.end(), 1e6) != ticks.end());
    }

    void finalValuesEndBelowTheExpectedLine()
    {
        const QImage image = imageOfChart(twoWays(), ChartKind::Final);
        const Theme& theme = Theme::light();
        QVERIFY(pixelsOf(image, theme.survived) > 20'000);
        QVERIFY(pixelsOf(image, theme.tinted(theme.lost, 0.15)) > 2'000); // what is missing, outlined
        const QString text = textOfChart(twoWays(), ChartKind::Final);
        QVERIFY(text.contains(QStringLiteral("expected 10,000,000")));
        QVERIFY(text.contains(QStringLiteral("exactly as expected")));
        QVERIFY(text.contains(QStringLiteral("median 8,000,000")));
        QVERIFY(text.contains(QStringLiteral("7,000,000 to 9,000,000")));
    }

    void nearlyAllIsNotAll()
    {
        ResultsTable table;
        for (std::uint32_t trial = 1; trial <= 12; ++trial) // too many for figures in full
            table.add(row(Synchronisation::None, trial, trial == 1 ? 1 : 0));
        QVERIFY(textOfChart(table, ChartKind::Final).contains(QStringLiteral("<10 M")));
    }

    void chartsSayEverythingInText_data()
    {
        QTest::addColumn<ChartKind>("kind");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("lost") << ChartKind::Lost
                              << QStringList{QStringLiteral("Lost updates"),
                                             QStringLiteral("updates lost"),
                                             QStringLiteral("2,000,000"),
                                             QStringLiteral("none"),
                                             QStringLiteral("mutex-coarse"),
                                             QStringLiteral("no update lost"),
                                             QStringLiteral("trials, by way to synchronise")};
        QTest::newRow("cost") << ChartKind::Cost
                              << QStringList{QStringLiteral("Cost of an update"),      QStringLiteral("1.20 ns"),
                                             QStringLiteral("1.10 to 1.30"),           QStringLiteral("2.20 ns"),
                                             QStringLiteral("nanoseconds per update"), QStringLiteral("20 % lost")};
    }

    void chartsSayEverythingInText()
    {
        QFETCH(ChartKind, kind);
        QFETCH(QStringList, words);
        const QString text = textOfChart(twoWays(), kind);
        for (const QString& word : words)
            QVERIFY2(text.contains(word), qPrintable(word + QStringLiteral(" in ") + text));
    }

    void nothingLostIsAZeroForEveryTrial()
    {
        ResultsTable table;
        for (std::uint32_t trial = 1; trial <= 4; ++trial)
            table.add(row(Synchronisation::Atomic, trial, 0));
        const QString text = textOfChart(table, ChartKind::Lost);
        QCOMPARE(text.split(u' ').count(QStringLiteral("0")), 4 + 1); // and the tick
        QCOMPARE(pixelsOf(imageOfChart(table, ChartKind::Lost), Theme::light().lost), 0);
    }

    void everyChartIsDrawn_data()
    {
        QTest::addColumn<ChartKind>("kind");
        QTest::addColumn<ResultsTable>("table");
        ResultsTable one;
        one.add(row(Synchronisation::None, 1, 4'000'000));
        ResultsTable exact;
        exact.add(row(Synchronisation::Mutex, 1, 0));
        const std::pair<const char*, ResultsTable> tables[] = {{"one row", one},
                                                               {"one row, nothing lost", exact},
                                                               {"two ways", twoWays()},
                                                               {"1000 trials of 7 ways", manyTrials(1000)}};
        for (const auto& [name, table] : tables)
            for (const ChartKind kind : {ChartKind::Lost, ChartKind::Final, ChartKind::Cost})
                QTest::addRow("%s, %d", name, static_cast<int>(kind)) << kind << table;
    }

    void everyChartIsDrawn()
    {
        QFETCH(ChartKind, kind);
        QFETCH(ResultsTable, table);
        for (const Theme* theme : {&Theme::light(), &Theme::darkTheme()}) {
            const QImage image = imageOfChart(table, kind, *theme);
            QCOMPARE(image.size(), pictureSize);
            QCOMPARE(image.pixelColor(0, 0), theme->card);
            QVERIFY(inkShare(image) > 0.01);
            QVERIFY(distinctColours(image) > 20);
            QVERIFY(pixelsOf(image, theme->ink) > 50);   // titles and values
            QVERIFY(pixelsOf(image, theme->line) > 200); // grid
            if (theme->dark)                             // nothing is left in the colours of a light chart
                QCOMPARE(pixelsOf(image, Qt::white) + pixelsOf(image, Qt::black), 0);
        }
    }

    void writeChartMakesEveryFormat_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"chart.png", "chart.svg", "chart.pdf"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void writeChartMakesEveryFormat()
    {
        QFETCH(QString, name);
        const QString path = m_folder->filePath(name);
        const Exported exported = writeChart(twoWays(), path);
        QVERIFY2(exported, qPrintable(exported ? QString() : exported.error()));
        const QStringList words{QStringLiteral("Lost updates"), QStringLiteral("Cost of an update"),
                                QStringLiteral("mutex-coarse")};
        QImage image;
        QString text;
        if (name.endsWith(QLatin1String("png"))) {
            image.load(path);
            text = words.join(u' ');
        } else if (name.endsWith(QLatin1String("svg"))) {
            image = renderedSvg(contentOf(path), QSize(1680, 680));
            text = textOfSvg(contentOf(path));
        } else {
            QVERIFY(contentOf(path).size() > 5000);
            text = textOfPdf(path, words.join(u' '));
        }
        for (const QString& word : words)
            QVERIFY2(text.contains(word), qPrintable(text));
        if (!image.isNull()) {
            QVERIFY(image.width() >= 1680);
            QVERIFY(inkShare(image) > 0.02);
            QVERIFY(pixelsOf(image, Theme::light().lost) > 1000); // the unlocked bars
            QVERIFY(pixelsOf(image, Theme::light().accent) > 1000);
        }
    }

    void writeChartRefusesInOneSentence()
    {
        const QString path = m_folder->filePath(QStringLiteral("chart.png"));
        const Exported nothing = writeChart(ResultsTable(), path);
        QVERIFY(!nothing);
        QVERIFY(isOneSentence(nothing.error()));
        const Exported nowhere = writeChart(twoWays(), m_folder->filePath(QStringLiteral("missing/chart.png")));
        QVERIFY(!nowhere);
        QVERIFY2(isOneSentence(nowhere.error()), qPrintable(nowhere.error()));
        QVERIFY(everythingIn(*m_folder).isEmpty());
    }

    void viewBeginsCalm()
    {
        ChartsView view;
        view.resize(900, 600);
        view.show();
        auto* run = view.findChild<QPushButton*>(QStringLiteral("runFirstTrials"));
        QVERIFY(run && run->isVisible());
        QVERIFY(!run->accessibleDescription().isEmpty());
        QVERIFY(!view.findChild<QPushButton*>(QStringLiteral("runTrials"))->isVisible());
        for (QAction* action : view.exportActions().actions())
            QVERIFY(!action->isEnabled());
        QSignalSpy requested(&view, &ChartsView::runTrialsRequested);
        run->setFocus();
        QTest::keyClick(run, Qt::Key_Space);
        QCOMPARE(requested.size(), 1);
    }

    void viewFollowsTheTrials()
    {
        ChartsView view;
        view.resize(900, 600);
        view.show();
        auto* run = view.findChild<QPushButton*>(QStringLiteral("runTrials"));
        view.setRunning(true);
        view.setProgressText(QStringLiteral("trial 1 of 3"));
        QVERIFY(QTest::qWaitFor([&] { return run->isVisible(); }));
        QSignalSpy cancelled(&view, &ChartsView::cancelRequested);
        QSignalSpy requested(&view, &ChartsView::runTrialsRequested);
        run->click();
        QCOMPARE(cancelled.size(), 1);
        QCOMPARE(requested.size(), 0);
        const auto labelSays = [&](const QString& text) {
            const auto labels = view.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](const QLabel* label) { return label->isVisible() && label->text() == text; });
        };
        QVERIFY(labelSays(QStringLiteral("trial 1 of 3")));

        ResultsTable growing;
        const ResultsTable all = twoWays();
        for (const ResultsRow& finished : all.rows()) {
            growing.add(finished);
            view.setTable(growing);
        }
        QVERIFY(QTest::qWaitFor([&] { return pixelsOf(view.grab().toImage(), Theme::light().lost) > 1000; }));
        view.setRunning(false);
        QVERIFY(!labelSays(QStringLiteral("trial 1 of 3")));
        run->click();
        QCOMPARE(requested.size(), 1);
        for (QAction* action : view.exportActions().actions())
            QVERIFY(action->isEnabled());
    }

    void viewShowsTheChartThatIsChosen()
    {
        ChartsView view;
        view.resize(900, 600);
        view.setTable(twoWays());
        view.show();
        const auto chosen = [&](ChartKind kind) { return view.shownCharts() == std::vector{kind}; };
        QVERIFY(chosen(ChartKind::Lost));
        for (QPushButton* button : view.findChildren<QPushButton*>())
            if (button->text() == QLatin1String("Cost"))
                button->click();
        QVERIFY(chosen(ChartKind::Cost));
        QVERIFY(pixelsOf(view.grab().toImage(), Theme::light().accent) > 5000);
        view.showChart(ChartKind::Final);
        QVERIFY(chosen(ChartKind::Final));
        view.showAll();
        QCOMPARE(view.shownCharts().size(), std::size_t{3});
        const QImage image = view.grab().toImage();
        QVERIFY(pixelsOf(image, Theme::light().lost) > 1000);
        QVERIFY(pixelsOf(image, Theme::light().survived) > 1000);
        QVERIFY(pixelsOf(image, Theme::light().accent) > 1000);
    }

    void allAreThereAtEverySize_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("atOnce"); // without scrolling
        QTest::newRow("a window of 1280 by 800") << QSize(1000, 560) << true;
        QTest::newRow("a large one") << QSize(1880, 900) << true;
        QTest::newRow("beside a panel") << QSize(660, 420) << false;
    }

    void allAreThereAtEverySize()
    {
        QFETCH(const QSize, size);
        QFETCH(const bool, atOnce);
        ChartsView view;
        view.resize(size);
        view.setTable(manyTrials(5));
        view.show();
        view.showAll();
        const auto canvases = view.findChildren<ChartCanvas*>();
        QCOMPARE(canvases.size(), 3);
        auto* area = view.findChild<QScrollArea*>();
        QVERIFY(area);
        const auto areLarge = [&] {
            return std::ranges::all_of(canvases,
                                       [](const ChartCanvas* c) { return c->width() >= 400 && c->height() >= 200; });
        };
        QTRY_VERIFY(areLarge());
        QTRY_COMPARE(area->verticalScrollBar()->maximum() == 0, atOnce);
        QCOMPARE(area->horizontalScrollBar()->maximum(), 0);
        QRect before;
        for (ChartCanvas* canvas : canvases) {
            QVERIFY(canvas->isVisible());
            QVERIFY(!canvas->geometry().intersects(before));
            before = canvas->geometry();
            if (atOnce)
                QVERIFY(view.rect().contains(QRect(canvas->mapTo(&view, QPoint()), canvas->size())));
        }
        view.showChart(ChartKind::Cost);
        QTRY_COMPARE(area->verticalScrollBar()->maximum(), 0);
    }

    void theMedianIsCalledSo_data()
    {
        QTest::addColumn<QSize>("size");
        for (const QSize size : {QSize(420, 260), QSize(640, 420), QSize(900, 600), QSize(1800, 900)})
            QTest::addRow("%d", size.width()) << size;
    }

    void theMedianIsCalledSo()
    {
        QFETCH(const QSize, size);
        for (const ChartKind kind : {ChartKind::Lost, ChartKind::Final, ChartKind::Cost}) {
            const QString several = textOfSvg(svgOf(chartPicture(manyTrials(5), {kind}, look(Theme::light()), size)));
            QVERIFY2(several.contains(QLatin1String("median")), qPrintable(several));
            const QString one = textOfSvg(svgOf(chartPicture(manyTrials(1), {kind}, look(Theme::light()), size)));
            QVERIFY2(!one.contains(QLatin1String("median")), qPrintable(one));
            QVERIFY(!ChartContent::of(manyTrials(1), kind).description().contains(QLatin1String("median")));
        }
    }

    void whatRanIsNamedAndNeverCut()
    {
        for (const QSize size : {QSize(300, 240), QSize(420, 260), QSize(900, 600)}) {
            for (const ChartKind kind : {ChartKind::Lost, ChartKind::Final, ChartKind::Cost}) {
                const QString text = textOfSvg(svgOf(chartPicture(twoWays(), {kind}, look(Theme::light()), size)));
                QVERIFY2(text.contains(QStringLiteral("50 threads × 200,000")), qPrintable(text));
                QVERIFY2(!text.contains(u'…'), qPrintable(text));
            }
        }
    }

    void aFlatSweepSaysWhy_data()
    {
        QTest::addColumn<BuiltIn>("program");
        QTest::addColumn<ThreadIndex>("threads");
        QTest::addColumn<CoreIndex>("cores");
        QTest::addColumn<QString>("why"); // empty: it is not flat
        QTest::newRow("a race") << BuiltIn::UnlockedCounter << 3U << 1U << QString();
        QTest::newRow("alone") << BuiltIn::UnlockedCounter << 1U << 1U << QStringLiteral("one thread");
        QTest::newRow("cores enough") << BuiltIn::UnlockedCounter << 2U << 2U << QStringLiteral("core of its own");
        QTest::newRow("atomic") << BuiltIn::FetchAndAdd << 3U << 1U << QStringLiteral("one instruction");
        QTest::newRow("locked") << BuiltIn::LockAroundIncrement << 3U << 1U << QStringLiteral("under one lock");
        QTest::newRow("a lock made of loads") << BuiltIn::Peterson << 2U << 1U << QStringLiteral("no other stores");
    }

    void aFlatSweepSaysWhy()
    {
        QFETCH(const BuiltIn, program);
        QFETCH(const ThreadIndex, threads);
        QFETCH(const CoreIndex, cores);
        QFETCH(const QString, why);
        const auto history = machineRun(program, threads, 5, cores);
        QVERIFY(history);
        IntervalSweepPlan plan;
        plan.program = history->sharedProgram();
        plan.settings = history->settings();
        plan.quanta = 30;
        const auto sweep = sweepIntervals(plan);
        QVERIFY(sweep);
        const SweepContent content = SweepContent::of(*sweep);
        if (why.isEmpty()) {
            QCOMPARE(content.reason, QString());
            return;
        }
        QVERIFY2(content.reason.startsWith(QLatin1String("The same at every quantum")), qPrintable(content.reason));
        QVERIFY2(content.reason.contains(why), qPrintable(content.reason));
        QVERIFY(content.description().contains(content.reason));
    }

    void aGreyButtonSaysWhy()
    {
        ChartsView view;
        view.show();
        QPushButton* exports = nullptr;
        for (QPushButton* button : view.findChildren<QPushButton*>())
            if (button->menu())
                exports = button;
        QVERIFY(exports && !exports->isEnabled());
        QVERIFY(exports->toolTip().contains(QLatin1String("no trials")));
        view.showSweep();
        QVERIFY(exports->toolTip().contains(QLatin1String("no sweep")));
        view.setTable(twoWays());
        view.showChart(ChartKind::Lost);
        QTRY_VERIFY(exports->isEnabled());
        QVERIFY(!exports->toolTip().contains(QLatin1String("no trials")));
    }

    void viewFollowsThePalette()
    {
        ChartsView view;
        view.resize(900, 600);
        view.setTable(twoWays());
        view.show();
        QTRY_VERIFY(pixelsOf(view.grab().toImage(), Theme::light().lost) > 1000);
        QApplication::setPalette(Theme::darkTheme().palette());
        QTRY_VERIFY(pixelsOf(view.grab().toImage(), Theme::darkTheme().lost) > 1000);
        const QImage image = view.grab().toImage();
        QCOMPARE(pixelsOf(image, Theme::light().lost), 0);
        QVERIFY(pixelsOf(image, Theme::darkTheme().card) > 100'000);
        QCOMPARE(imageOf(view.picture()).pixelColor(0, 0), Theme::darkTheme().card);
    }

    void textFollowsTheScale()
    {
        ChartsView view;
        view.resize(900, 600);
        view.setTable(twoWays());
        QFont font = view.font();
        const auto titleHeight = [&](int pixels) {
            font.setPixelSize(pixels);
            view.setFont(font);
            const QString svg = QString::fromUtf8(svgOf(view.picture()));
            static const QRegularExpression size(QStringLiteral("font-size=\"([0-9.]+)\""));
            double largest = 0;
            for (auto match = size.globalMatch(svg); match.hasNext();)
                largest = std::max(largest, match.next().captured(1).toDouble());
            return largest;
        };
        const double normal = titleHeight(14);
        QVERIFY(normal >= 18);
        QVERIFY(titleHeight(28) > 1.8 * normal);
    }

    void everyExportOfTheViewWritesAFile()
    {
        TrialsPlan plan; // real runs
        plan.base.threads = 4;
        plan.base.iterations = 200;
        plan.ways = {Synchronisation::None, Synchronisation::MutexCoarse};
        plan.trials = 3;
        const auto table = runTrials(plan);
        QVERIFY(table);
        ChartsView view;
        view.resize(900, 600);
        view.setTable(*table);
        view.show();
        QTRY_VERIFY(view.exportActions().exportAction()->isEnabled());
        view.exportActions().setAskForPath(
            [&](QWidget*, const QString& suggested, const QString&) { return m_folder->filePath(suggested); });
        QSignalSpy done(&view, &ChartsView::exportDone);
        const auto trigger = [&](const char* name) {
            for (QAction* action : view.exportActions().actions())
                if (action->objectName() == QLatin1String(name))
                    action->trigger();
        };
        const QString base = m_folder->filePath(QStringLiteral("lost-updates."));
        QSize size;
        for (const int scale : pictureScales) {
            size = view.picture().size.toSize();
            trigger(qPrintable(QStringLiteral("exportPng%1x").arg(scale)));
            const QImage image(base + QStringLiteral("png"));
            QCOMPARE(image.size(), size * scale);
            QVERIFY(inkShare(image) > 0.01);
        }
        trigger("exportSvg");
        QVERIFY(textOfSvg(contentOf(base + QStringLiteral("svg"))).contains(QStringLiteral("Lost updates")));
        trigger("exportPdf");
        QVERIFY(textOfPdf(base + QStringLiteral("pdf"), QStringLiteral("Lost updates"))
                    .contains(QStringLiteral("Lost updates")));
        size = view.picture().size.toSize();
        trigger("copyPicture");
        QCOMPARE(QGuiApplication::clipboard()->image().size(), size * 2);
        trigger("saveCsv");
        const auto read = fromCsv(contentOf(base + QStringLiteral("csv")).toStdString());
        QVERIFY(read);
        QCOMPARE(toCsv(*read), toCsv(*table));
        QCOMPARE(done.size(), 7);
    }

    void contextMenuOpensFromTheKeyboard()
    {
        ChartsView view;
        view.resize(900, 600);
        view.setTable(twoWays());
        view.show();
        QTRY_VERIFY(view.exportActions().exportAction()->isEnabled());
        QWidget* chart = nullptr;
        for (QWidget* widget : view.findChildren<QWidget*>())
            if (widget->contextMenuPolicy() == Qt::CustomContextMenu && widget->isVisible())
                chart = widget;
        QVERIFY(chart);
        QCOMPARE(chart->accessibleName(), QStringLiteral("Lost updates"));
        QVERIFY(chart->accessibleDescription().contains(QStringLiteral("no update lost")));
        QVERIFY(chart->focusPolicy() & Qt::TabFocus);
        QList<QAction*> offered;
        QTimer::singleShot(0, &view, [&] {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            if (!menu)
                return;
            offered = menu->actions();
            menu->close();
        });
        // The offscreen platform has no windows to raise and no keyboard to grab.
        QTest::ignoreMessage(QtWarningMsg, "This plugin does not support raise()");
        QTest::ignoreMessage(QtWarningMsg, "This plugin does not support grabbing the keyboard");
        const QPoint middle = chart->rect().center();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, middle, chart->mapToGlobal(middle));
        QApplication::sendEvent(chart, &event);
        for (QAction* action : view.exportActions().actions())
            QVERIFY(offered.contains(action));
    }

    void theHeaderGoesOnInFurtherRows()
    {
        ChartsView view;
        view.setTable(twoWays());
        view.show();
        QVERIFY(view.minimumSizeHint().width() < 520);
        for (const int width : {view.minimumSizeHint().width(), 560, 690, 900, 1500}) {
            view.resize(width, 700);
            QTest::qWait(0);
            QList<QPushButton*> buttons = view.findChildren<QPushButton*>();
            buttons.removeIf([](const QPushButton* button) { return !button->isVisible(); });
            QVERIFY(buttons.size() >= 8);
            QSet<int> rows;
            for (const QPushButton* button : buttons) {
                const QRect at(button->mapTo(&view, QPoint()), button->size());
                QVERIFY2(view.rect().contains(at), qPrintable(button->text()));
                QVERIFY2(at.width() >= button->sizeHint().width(), qPrintable(button->text()));
                for (const QPushButton* other : buttons)
                    QVERIFY(other == button || !at.intersects(QRect(other->mapTo(&view, QPoint()), other->size())));
                rows.insert(at.top());
            }
            QVERIFY(width > 560 || rows.size() > 1);
            QVERIFY(width < 1500 || rows.size() == 1);
        }
    }

    void aFailedExportIsSaidBelowTheCharts()
    {
        ChartsView view;
        view.resize(900, 600);
        view.setTable(twoWays());
        view.show();
        QTRY_VERIFY(view.exportActions().exportAction()->isEnabled());
        const QString path = m_folder->filePath(QStringLiteral("missing/chart.png"));
        view.exportActions().setAskForPath([&](QWidget*, const QString&, const QString&) { return path; });
        QSignalSpy failed(&view, &ChartsView::exportFailed);
        view.exportActions().exportAction()->trigger();
        QCOMPARE(failed.size(), 1);
        const QString sentence = failed.first().first().toString();
        const auto labels = view.findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() && label->text().contains(sentence);
        }));
    }

private:
    std::optional<QTemporaryDir> m_folder;
};

QTEST_MAIN(ChartsTest)
#include "charts_test.moc"
