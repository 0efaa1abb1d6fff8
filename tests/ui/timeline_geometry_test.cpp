// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/step_at_time.h"
#include "timeline/timeline_geometry.h"
#include "timeline/timeline_layout.h"

#include "made_history.h"

#include <QTest>

using namespace interleave;

class TimelineGeometryTest : public QObject {
    Q_OBJECT

private slots:
    void timeAndPixelAreInverse();
    void zoomKeepsTheTimeUnderTheCursor_data();
    void zoomKeepsTheTimeUnderTheCursor();
    void nothingLeavesTheRun_data();
    void nothingLeavesTheRun();
    void panMovesByPixels();
    void aroundLeavesRoom();
    void followingTurnsThePage();
    void ticksReadWell_data();
    void ticksReadWell();
    void ticksAreNeverCrowded();
    void lengths();
    void everyTrackHasItsRow();
    void fewTracksGrow();
    void strips();
    void scrollingReachesEveryTrack();
    void stepOfATime();
};

void TimelineGeometryTest::timeAndPixelAreInverse()
{
    const VisibleTime view{1e9, 1e9 + 12345, 1920};
    for (const double pixel : {0.0, 1.0, 17.5, 960.0, 1920.0})
        QVERIFY(std::abs(view.pixelOf(view.timeAt(pixel)) - pixel) < 1e-6);
    QCOMPARE(view.timeAt(0), 1e9);
    QCOMPARE(view.timeAt(1920), 1e9 + 12345);
}

void TimelineGeometryTest::zoomKeepsTheTimeUnderTheCursor_data()
{
    QTest::addColumn<double>("factor");
    QTest::addColumn<double>("pixel");
    QTest::newRow("closer, left") << 0.5 << 100.0;
    QTest::newRow("closer, middle") << 0.1 << 500.0;
    QTest::newRow("closer, right end") << 0.7 << 1000.0;
    QTest::newRow("farther, middle") << 1.8 << 500.0;
}

void TimelineGeometryTest::zoomKeepsTheTimeUnderTheCursor()
{
    QFETCH(const double, factor);
    QFETCH(const double, pixel);
    const VisibleTime view{400000, 500000, 1000};
    const VisibleTime closer = zoomed(view, factor, pixel, 1e6);
    QVERIFY(std::abs(closer.timeAt(pixel) - view.timeAt(pixel)) < 1e-6);
    QVERIFY(std::abs(closer.length() - view.length() * factor) < 1e-6);
}

void TimelineGeometryTest::nothingLeavesTheRun_data()
{
    QTest::addColumn<double>("begin");
    QTest::addColumn<double>("end");
    QTest::addColumn<double>("wantedBegin");
    QTest::addColumn<double>("wantedEnd");
    QTest::newRow("within") << 100.0 << 300.0 << 100.0 << 300.0;
    QTest::newRow("before") << -50.0 << 150.0 << 0.0 << 200.0;
    QTest::newRow("after") << 900.0 << 1100.0 << 800.0 << 1000.0;
    QTest::newRow("too long") << -500.0 << 5000.0 << 0.0 << 1000.0;
    QTest::newRow("too short") << 500.0 << 502.0 << 493.0 << 509.0;
    QTest::newRow("too short at the end") << 999.0 << 1000.0 << 984.0 << 1000.0;
}

void TimelineGeometryTest::nothingLeavesTheRun()
{
    QFETCH(const double, begin);
    QFETCH(const double, end);
    QFETCH(const double, wantedBegin);
    QFETCH(const double, wantedEnd);
    QCOMPARE(clamped({begin, end, 800}, 1000), (VisibleTime{wantedBegin, wantedEnd, 800}));
    // A run shorter than the closest view is shown whole.
    QCOMPARE(clamped({begin, end, 800}, 5), (VisibleTime{0, 5, 800}));
}

void TimelineGeometryTest::panMovesByPixels()
{
    const VisibleTime view{1000, 2000, 500};
    QCOMPARE(panned(view, 100, 1e6), (VisibleTime{800, 1800, 500}));
    QCOMPARE(panned(view, 1e9, 1e6), (VisibleTime{0, 1000, 500}));
    QCOMPARE(panned(view, -1e9, 1e6), (VisibleTime{999000, 1e6, 500}));
}

void TimelineGeometryTest::aroundLeavesRoom()
{
    const VisibleTime view{0, 1000000, 1000};
    const VisibleTime there = around(view, 5000, 5800, 1e6);
    QCOMPARE(there, (VisibleTime{4900, 5900, 1000}));
    QVERIFY(around(view, 5000, 5000, 1e6).length() >= shortestVisible);
}

void TimelineGeometryTest::followingTurnsThePage()
{
    const VisibleTime view{1000, 2000, 500};
    QCOMPARE(following(view, 1500, 1e6), view);
    QCOMPARE(following(view, 2100, 1e6), (VisibleTime{2000, 3000, 500}));
    QCOMPARE(following(view, 900, 1e6), (VisibleTime{0, 1000, 500}));
    QCOMPARE(following(view, 999999, 1e6), (VisibleTime{999000, 1e6, 500}));
}

void TimelineGeometryTest::ticksReadWell_data()
{
    QTest::addColumn<double>("begin");
    QTest::addColumn<double>("end");
    QTest::addColumn<bool>("machine");
    QTest::addColumn<QStringList>("texts");
    QTest::newRow("microseconds") << 0.0 << 160000.0 << false
                                  << QStringList{QStringLiteral("0 µs"), QStringLiteral("50 µs"),
                                                 QStringLiteral("100 µs"), QStringLiteral("150 µs")};
    QTest::newRow("nanoseconds") << 0.0 << 100.0 << false
                                 << QStringList{QStringLiteral("0 ns"),  QStringLiteral("20 ns"),
                                                QStringLiteral("40 ns"), QStringLiteral("60 ns"),
                                                QStringLiteral("80 ns"), QStringLiteral("100 ns")};
    QTest::newRow("milliseconds") << 0.0 << 2.4e6 << false
                                  << QStringList{QStringLiteral("0.0 ms"), QStringLiteral("0.5 ms"),
                                                 QStringLiteral("1.0 ms"), QStringLiteral("1.5 ms"),
                                                 QStringLiteral("2.0 ms")};
    QTest::newRow("seconds") << 0.0 << 1e10 << false
                             << QStringList{QStringLiteral("0 s"), QStringLiteral("2 s"), QStringLiteral("4 s"),
                                            QStringLiteral("6 s"), QStringLiteral("8 s"), QStringLiteral("10 s")};
    QTest::newRow("deep in a run") << 4000100.0 << 4000140.0 << false
                                   << QStringList{QStringLiteral("4,000,100 ns"), QStringLiteral("4,000,110 ns"),
                                                  QStringLiteral("4,000,120 ns"), QStringLiteral("4,000,130 ns"),
                                                  QStringLiteral("4,000,140 ns")};
    QTest::newRow("ticks") << 990.0 << 1090.0 << true
                           << QStringList{QStringLiteral("1,000"), QStringLiteral("1,020"), QStringLiteral("1,040"),
                                          QStringLiteral("1,060"), QStringLiteral("1,080")};
    QTest::newRow("few ticks") << 0.0 << 3.0 << true
                               << QStringList{QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2"),
                                              QStringLiteral("3")};
}

void TimelineGeometryTest::ticksReadWell()
{
    QFETCH(const double, begin);
    QFETCH(const double, end);
    QFETCH(const bool, machine);
    QFETCH(const QStringList, texts);
    QStringList found;
    for (const AxisTick& tick : axisTicks({begin, end, 500}, 90, machine ? TimeUnit::Ticks : TimeUnit::Nanoseconds))
        found << tick.text;
    QCOMPARE(found, texts);
}

void TimelineGeometryTest::ticksAreNeverCrowded()
{
    for (double length = 16; length < 1e13; length *= 1.37) {
        for (const double begin : {0.0, 12345.0, 1e9}) {
            const VisibleTime view{begin, begin + length, 700};
            for (const TimeUnit unit : {TimeUnit::Nanoseconds, TimeUnit::Ticks}) {
                const auto ticks = axisTicks(view, 80, unit);
                for (std::size_t i = 1; i < ticks.size(); ++i) {
                    QVERIFY(view.pixelOf(ticks[i].time) - view.pixelOf(ticks[i - 1].time) > 79.9);
                    QVERIFY2(ticks[i].text != ticks[i - 1].text, qPrintable(ticks[i].text));
                }
                QVERIFY(length < 20 || !ticks.empty());
            }
        }
    }
}

void TimelineGeometryTest::lengths()
{
    QCOMPARE(lengthText(12400, TimeUnit::Nanoseconds), QStringLiteral("12.4 µs"));
    QCOMPARE(lengthText(1200, TimeUnit::Ticks), QStringLiteral("1,200 ticks"));
    QCOMPARE(lengthText(1, TimeUnit::Ticks), QStringLiteral("1 tick"));
}

void TimelineGeometryTest::everyTrackHasItsRow()
{
    for (const double unit : {1.0, 1.35, 2.0}) {
        for (const int tracks : {1, 2, 8, 50, 500}) {
            const TimelineLayout layout({1200 * unit, 220 * unit}, unit, tracks, 0);
            QVERIFY(layout.rowHeight() >= 19 * unit); // it can be read
            for (int i = 0; i < tracks; ++i) {
                const QRectF row = layout.row(i);
                QVERIFY(row.contains(layout.bar(i)) && row.contains(layout.lane(i))
                        && row.contains(layout.switches(i)));
                QVERIFY(!layout.bar(i).intersects(layout.lane(i)));
                if (row.center().y() < layout.tracks().bottom())
                    QCOMPARE(layout.trackAt(row.center().y()), i);
            }
            QVERIFY(!layout.tracks().intersects(layout.minimap()) && !layout.tracks().intersects(layout.axis()));
            QVERIFY(!layout.tracks().intersects(layout.legend()));
        }
    }
    QVERIFY(TimelineLayout({400, 150}, 1, 4, 0).legend().isNull());
}

void TimelineGeometryTest::fewTracksGrow()
{
    const auto heightOf = [](int tracks, double height) {
        return TimelineLayout({1200, height}, 1, tracks, 0).rowHeight();
    };
    for (const double height : {120.0, 160.0, 220.0, 300.0, 500.0}) {
        for (int tracks = 1; tracks < 60; ++tracks) {
            // Below that height, rows are lower while all tracks are seen, and higher once they scroll.
            constexpr double scrolls = 20;
            if (heightOf(tracks, height) > scrolls) {
                QVERIFY(heightOf(tracks, height) >= heightOf(tracks + 1, height));
                QVERIFY(heightOf(tracks, height) <= heightOf(tracks, height + 50));
            }
            QVERIFY(heightOf(tracks, height) <= 60);
        }
    }
    // Two take the room that there is, up to a size that is enough for the last row.
    const TimelineLayout two({1200, 160}, 1, 2, 0);
    QVERIFY(two.tracks().bottom() - two.row(1).bottom() < 2);
    QCOMPARE(heightOf(2, 500), 60);
}

void TimelineGeometryTest::strips()
{
    for (const double unit : {1.0, 1.35, 2.0}) {
        for (const int tracks : {0, 1, 2, 3, 4, 50}) {
            const QSizeF size(1200 * unit, TimelineLayout::stripHeight * unit);
            const TimelineLayout strip(size, unit, tracks, 0, TimelineForm::Strip);
            QVERIFY(strip.isStrip());
            QVERIFY(strip.legend().isNull());
            QCOMPARE(strip.mostScroll(), 0.0);
            QCOMPARE(strip.hasTracks(), tracks <= 3);
            QVERIFY(strip.rowHeight() >= 12 * unit - 1);
            const QRectF& shown = strip.hasTracks() ? strip.tracks() : strip.minimap();
            QVERIFY(QRectF(QPointF(), size).contains(shown));
            QVERIFY(shown.height() > size.height() * 0.7);
            for (int i = 0; i < tracks && strip.hasTracks(); ++i)
                QVERIFY(strip.tracks().contains(strip.row(i)));
            if (!strip.hasTracks())
                QCOMPARE(strip.trackAt(shown.center().y()), -1);
        }
    }
}

void TimelineGeometryTest::scrollingReachesEveryTrack()
{
    TimelineLayout layout({1200, 220}, 1, 500, 0);
    QVERIFY(layout.mostScroll() > 0);
    for (const int track : {0, 7, 250, 499, 3}) {
        layout = TimelineLayout({1200, 220}, 1, 500, layout.scrollTo(track));
        QVERIFY(layout.tracks().adjusted(0, -1, 0, 1).contains(layout.row(track)));
        QVERIFY(layout.firstSeen() <= track && track <= layout.lastSeen());
        QVERIFY(layout.lastSeen() - layout.firstSeen() < 15);
    }
    QCOMPARE(TimelineLayout({1200, 220}, 1, 500, 1e9).scroll(), layout.mostScroll());
    QCOMPARE(TimelineLayout({1200, 220}, 1, 2, 1e9).scroll(), 0.0);
}

void TimelineGeometryTest::stepOfATime()
{
    // One step every 1,000 ns.
    const MadeHistory history(2, 1,
                              MadeHistory::spawned(2, {{0, EventKind::Load},
                                                       {1, EventKind::Load},
                                                       {0, EventKind::Add},
                                                       {1, EventKind::Add},
                                                       {0, EventKind::Store},
                                                       {1, EventKind::Store}}));
    QCOMPARE(stepsAt(history, 0), Step{1});
    QCOMPARE(stepsAt(history, 3000), Step{4});
    QCOMPARE(stepsAt(history, 1e9), history.steps());
    // The thread whose track is meant, if one of its steps is as near as the tolerance.
    QCOMPARE(stepsAt(history, 4000, 1, 1500), Step{4});
    QCOMPARE(stepsAt(history, 4000, 1, 10), Step{5});
    for (Step step = 1; step <= history.steps(); ++step)
        QCOMPARE(stepsAt(history, timeAfter(history, step)), step);
    QCOMPARE(timeAfter(history, 0), 0.0);
}

QTEST_APPLESS_MAIN(TimelineGeometryTest)
#include "timeline_geometry_test.moc"
