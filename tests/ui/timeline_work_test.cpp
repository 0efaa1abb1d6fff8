// SPDX-License-Identifier: GPL-3.0-or-later
// What a frame of the timeline costs, counted: no clock is asked, so the machine does not matter.
#include "timeline_desk.h"
#include "unexpected_warnings.h"

#include <QSignalSpy>
#include <QTest>

using namespace interleave;

namespace {

constexpr std::chrono::milliseconds frame{40};

// The cells and spans that one painting of the tracks may read at most: two cells to a pixel, a few more at the ends,
// and a span to a pixel; and as much again for every lock.
std::size_t mostCells(const TimelineView& view)
{
    const auto pixels = static_cast<std::size_t>(view.visible().width);
    const TimelineLayout& layout = view.layoutOfTracks();
    const auto rows = static_cast<std::size_t>(layout.lastSeen() - layout.firstSeen() + 1);
    return rows * (1 + view.index()->locks()) * (3 * pixels + 8);
}

} // namespace

class TimelineWorkTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void aFrameOfThePlaybackPaintsWhatMoves_data();
    void aFrameOfThePlaybackPaintsWhatMoves();
    void aPageTakesAsMuchOfAnyRun_data();
    void aPageTakesAsMuchOfAnyRun();
    void lightingALockTakesAPaintOfTheTracks();
    void rowsThatAreNotSeenAreNotRead();
};

void TimelineWorkTest::aFrameOfThePlaybackPaintsWhatMoves_data()
{
    QTest::addColumn<int>("program");
    QTest::addColumn<int>("iterations");
    QTest::addColumn<bool>("lit");
    QTest::newRow("short run") << static_cast<int>(BuiltIn::UnlockedCounter) << 400 << false;
    QTest::newRow("long run") << static_cast<int>(BuiltIn::UnlockedCounter) << 40000 << false;
    QTest::newRow("long run with a lock that is lit")
        << static_cast<int>(BuiltIn::LockAroundIncrement) << 40000 << true;
}

// While it plays through the run, seen whole or page by page, the tracks are painted once for each page and nothing is
// read in between.
void TimelineWorkTest::aFrameOfThePlaybackPaintsWhatMoves()
{
    QFETCH(const int, program);
    QFETCH(const int, iterations);
    QFETCH(const bool, lit);
    TimelineDesk desk(machineRun(static_cast<BuiltIn>(program), 4, iterations));
    const double whole = desk.view.visible().end;
    if (lit)
        desk.view.chooseLock(0);
    for (const double pages : {1.0, 20.0}) {
        desk.playback.toStart();
        desk.view.showTimes(0, whole / pages);
        desk.paint();
        desk.playback.setPlaysWholeRun(true);
        QSignalSpy turned(&desk.view, &TimelineView::visibleChanged);
        desk.playback.play();
        int frames = 0;
        int moved = 0;
        while (desk.playback.isPlaying() && frames < 1000) {
            const TimelineWork before = desk.view.work();
            const qsizetype pagesBefore = turned.size();
            const double playhead = desk.view.playheadTime();
            desk.now += frame;
            desk.playback.advance();
            desk.paint();
            ++frames;
            moved += desk.view.playheadTime() > playhead ? 1 : 0;
            const TimelineWork& after = desk.view.work();
            if (turned.size() == pagesBefore) {
                QCOMPARE(after.layers, before.layers);
                QCOMPARE(after.lit, before.lit);
                QCOMPARE(after.cells, before.cells);
            } else {
                QCOMPARE(after.layers, before.layers + 1);
                QCOMPARE(after.lit, before.lit + (lit ? 1 : 0));
                QVERIFY(after.cells - before.cells <= (lit ? 2 : 1) * mostCells(desk.view));
            }
        }
        QVERIFY(moved > 200);
        QVERIFY(moved <= frames && frames < 1000);
        const auto pagesTurned = static_cast<double>(turned.size());
        QVERIFY(pages == 1 ? pagesTurned == 0 : pagesTurned >= pages - 2 && pagesTurned <= 2 * pages);
    }
}

void TimelineWorkTest::aPageTakesAsMuchOfAnyRun_data()
{
    QTest::addColumn<int>("iterations");
    QTest::addColumn<double>("leastSteps");
    QTest::newRow("ten thousand steps") << 400 << 1e4;
    QTest::newRow("a million steps") << 50000 << 1e6;
}

// Whatever the length of the run, the zoom and the place.
void TimelineWorkTest::aPageTakesAsMuchOfAnyRun()
{
    QFETCH(const int, iterations);
    QFETCH(const double, leastSteps);
    for (const BuiltIn program : {BuiltIn::UnlockedCounter, BuiltIn::LockAroundIncrement}) {
        TimelineDesk desk(machineRun(program, 4, iterations));
        QVERIFY(static_cast<double>(desk.playback.steps()) >= leastSteps);
        const double whole = desk.view.visible().end;
        for (double length = whole; length >= shortestVisible; length /= 2.7) {
            for (const double at : {0.0, 0.41, 0.77, 1.0}) {
                desk.view.showTimes((whole - length) * at, (whole - length) * at + length);
                const TimelineWork before = desk.view.work();
                desk.paint();
                const TimelineWork& after = desk.view.work();
                QVERIFY(after.layers <= before.layers + 1);
                const std::size_t read = after.cells - before.cells;
                QVERIFY2(read <= mostCells(desk.view), qPrintable(QStringLiteral("%1 at %2").arg(read).arg(length)));
                QVERIFY(after.layers == before.layers || read > 0);
            }
        }
    }
}

void TimelineWorkTest::lightingALockTakesAPaintOfTheTracks()
{
    for (const int iterations : {400, 40000}) {
        TimelineDesk desk(machineRun(BuiltIn::LockAroundIncrement, 4, iterations));
        for (int kind = 0; kind < 3; ++kind) {
            desk.view.chooseLock(std::nullopt);
            desk.paint();
            const TimelineWork before = desk.view.work();
            desk.view.chooseLock(0);
            desk.paint();
            const TimelineWork lit = desk.view.work();
            QCOMPARE(lit.lit, before.lit + 1);
            QVERIFY(lit.cells - before.cells <= 4 * mostCells(desk.view)); // of cores: of the threads on them
            // As long as the same one is lit nothing is found again.
            desk.paint();
            desk.paint();
            QCOMPARE(desk.view.work().lit, lit.lit);
            QCOMPARE(desk.view.work().cells, lit.cells);
            desk.view.flipTracks();
        }
    }
}

void TimelineWorkTest::rowsThatAreNotSeenAreNotRead()
{
    TimelineDesk desk(machineRun(BuiltIn::UnlockedCounter, 100, 20));
    QCOMPARE(desk.view.trackCount(), 100);
    const TimelineLayout& layout = desk.view.layoutOfTracks();
    QVERIFY(layout.lastSeen() < 20);
    const TimelineWork before = desk.view.work();
    desk.paint();
    QCOMPARE(desk.view.work().layers, before.layers + 1);
    QVERIFY(desk.view.work().cells - before.cells <= mostCells(desk.view));
}

QTEST_MAIN(TimelineWorkTest)
#include "timeline_work_test.moc"
