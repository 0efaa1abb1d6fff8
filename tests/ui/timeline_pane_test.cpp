// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/timeline_pane.h"

#include "export/export_actions.h"
#include "hardware/recorded_history.h"
#include "hardware/run.h"
#include "machine_run.h"
#include "made_history.h"
#include "picture_checks.h"
#include "style/theme.h"
#include "timeline/timeline_view.h"
#include "unexpected_warnings.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <cmath>

using namespace interleave;

namespace {

using Kind = EventKind;
using SharedHistory = std::shared_ptr<const History>;

// The same under a lock, which takes longer, by three threads.
SharedHistory locked()
{
    std::vector<MadeHistory::Line> lines;
    for (const ThreadIndex thread : {0U, 1U, 2U})
        for (const Kind kind : {Kind::LockAcquire, Kind::Load, Kind::Add, Kind::Store, Kind::LockRelease})
            lines.push_back({thread, kind});
    return std::make_shared<MadeHistory>(3, 1, MadeHistory::spawned(3, lines));
}

struct Desk {
    explicit Desk(SharedHistory history = nullptr)
    {
        pane.setPalette(Theme::light().palette());
        if (history)
            playback.setHistory(std::move(history));
        pane.resize(1000, 400);
        pane.show();
    }
    Playback playback;
    Selection selection;
    TimelinePane pane{playback, selection};
    TimelineView& below = pane.replayed();
    TimelineView& above = pane.kept();

    // The one run above the other.
    void keepThenRun(SharedHistory first, SharedHistory second)
    {
        playback.setHistory(std::move(first));
        pane.keepAction()->trigger();
        playback.setHistory(std::move(second));
    }
};

// Wherever a moment is in one half it is in the other.
bool isOneAxis(const Desk& desk)
{
    const VisibleTime& a = desk.above.visible();
    const VisibleTime& b = desk.below.visible();
    return a == b && desk.above.whole() == desk.below.whole()
        && desk.above.layoutOfTracks().tracks().left() == desk.below.layoutOfTracks().tracks().left();
}

void wheel(TimelineView& view, QPoint delta, Qt::KeyboardModifiers modifiers)
{
    const QPointF at = view.layoutOfTracks().tracks().center();
    QWheelEvent event(at, view.mapToGlobal(at), {}, delta, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&view, &event);
}

void drag(TimelineView& view, QPoint from, QPoint to, Qt::KeyboardModifiers modifiers)
{
    QTest::mousePress(&view, Qt::LeftButton, modifiers, from);
    QMouseEvent move(QEvent::MouseMove, QPointF(to), view.mapToGlobal(QPointF(to)), Qt::NoButton, Qt::LeftButton,
                     modifiers);
    QApplication::sendEvent(&view, &move);
    QTest::mouseRelease(&view, Qt::LeftButton, modifiers, to);
}

} // namespace

class TimelinePaneTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void nothingToKeep();
    void aKeptRunStays();
    void axisIsThatOfTheLongerRun();
    void oneZoomAndPan();
    void keepingLeavesTheViewAsItIs();
    void swapping();
    void letGo();
    void unitsThatDiffer();
    void oneThreadInBoth();
    void oneRangeInBoth();
    void keptPlayheadIsItsOwn();
    void afterTheRunNothingIsPainted();
    void legendOnce();
    void pictureOfBoth();
    void namesDiffer();
    void wordsOfRuns();
};

void TimelinePaneTest::nothingToKeep()
{
    Desk desk;
    QVERIFY(!desk.pane.keepAction()->isEnabled());
    desk.pane.keep();
    desk.pane.swap();
    desk.pane.letGo();
    QVERIFY(!desk.pane.hasKept());
    QVERIFY(!desk.above.isVisible());
    QVERIFY(!desk.pane.swapAction()->isEnabled());
    QVERIFY(!desk.pane.letGoAction()->isEnabled());
    desk.playback.setHistory(lostUpdateRace());
    QVERIFY(desk.pane.keepAction()->isEnabled());
    QCOMPARE(desk.below.height(), desk.pane.height());
}

void TimelinePaneTest::aKeptRunStays()
{
    Desk desk;
    QSignalSpy changed(&desk.pane, &TimelinePane::keptChanged);
    const SharedHistory first = lostUpdateRace();
    const SharedHistory second = locked();
    desk.keepThenRun(first, second);
    QCOMPARE(changed.count(), 1);
    QVERIFY(desk.above.isVisible() && desk.below.isVisible());
    QCOMPARE(desk.pane.keptPlayback().history(), first);
    QCOMPARE(desk.playback.history(), second);
    QCOMPARE(desk.above.trackCount(), 2);
    QCOMPARE(desk.below.trackCount(), 3);
    QVERIFY(desk.above.geometry().bottom() < desk.below.geometry().top());
    const double tracksAbove = desk.above.layoutOfTracks().tracks().height();
    QVERIFY(std::abs(tracksAbove - desk.below.layoutOfTracks().tracks().height()) <= 4);
    QCOMPARE(desk.pane.wordsOfKept(), QStringLiteral("2 threads, 1 of 2 lost"));
    QCOMPARE(desk.pane.wordsOfReplayed(), QStringLiteral("3 threads, none of 3 lost"));
    QVERIFY(desk.pane.findChild<QLabel*>(QStringLiteral("keptWords"))->text().contains(desk.pane.wordsOfKept()));
    QVERIFY(
        desk.pane.findChild<QLabel*>(QStringLiteral("replayedWords"))->text().contains(desk.pane.wordsOfReplayed()));
    // Kept again: the run that is replayed takes the place of the other.
    desk.pane.keep();
    QCOMPARE(desk.pane.keptPlayback().history(), second);
}

void TimelinePaneTest::axisIsThatOfTheLongerRun()
{
    for (const bool longerIsKept : {false, true}) {
        Desk desk;
        desk.keepThenRun(longerIsKept ? locked() : lostUpdateRace(), longerIsKept ? lostUpdateRace() : locked());
        const double end = static_cast<double>(locked()->timelineEnd());
        QCOMPARE(desk.above.whole(), end);
        QCOMPARE(desk.below.whole(), end);
        QCOMPARE(desk.above.visible().end, end);
        QVERIFY(isOneAxis(desk));
        // A third one that is as short as the other ends the axis earlier, or not.
        desk.playback.setHistory(lostUpdateRace());
        QCOMPARE(desk.below.whole(), longerIsKept ? end : static_cast<double>(lostUpdateRace()->timelineEnd()));
        QVERIFY(isOneAxis(desk));
    }
}

void TimelinePaneTest::oneZoomAndPan()
{
    Desk desk;
    desk.keepThenRun(lostUpdateRace(), locked());
    for (TimelineView* view : {&desk.above, &desk.below}) {
        for (const Qt::Key key : {Qt::Key_W, Qt::Key_W, Qt::Key_D, Qt::Key_A, Qt::Key_D, Qt::Key_S}) {
            const VisibleTime before = view->visible();
            QTest::keyClick(view, key);
            QVERIFY(view->visible() != before);
            QVERIFY(isOneAxis(desk));
        }
        const VisibleTime before = view->visible();
        wheel(*view, {0, 120}, Qt::ControlModifier);
        QVERIFY(view->visible().length() < before.length());
        QVERIFY(isOneAxis(desk));
        wheel(*view, {0, -120}, Qt::NoModifier);
        QVERIFY(isOneAxis(desk));
        const VisibleTime here = view->visible();
        const QPoint middle = view->layoutOfTracks().tracks().center().toPoint();
        drag(*view, middle, middle + QPoint(60, 0), Qt::NoModifier);
        QVERIFY(view->visible() != here);
        QVERIFY(isOneAxis(desk));
        desk.below.fit();
        QCOMPARE(view->visible().length(), view->whole());
        QVERIFY(isOneAxis(desk));
    }
    // One minimap, of the axis that both have.
    QVERIFY(desk.above.layoutOfTracks().minimap().isNull());
    const QRectF map = desk.below.layoutOfTracks().minimap();
    desk.below.showTimes(0, desk.below.whole() / 4);
    QTest::mouseClick(&desk.below, Qt::LeftButton, {}, QPointF(map.right() - 2, map.center().y()).toPoint());
    QCOMPARE(desk.above.visible().end, desk.above.whole());
    QVERIFY(isOneAxis(desk));
}

void TimelinePaneTest::keepingLeavesTheViewAsItIs()
{
    Desk desk(locked());
    desk.below.showTimes(3000, 6000);
    desk.playback.setStep(5);
    const VisibleTime before = desk.below.visible();
    desk.pane.keep();
    QCOMPARE(desk.below.visible().begin, before.begin);
    QCOMPARE(desk.below.visible().end, before.end);
    QVERIFY(isOneAxis(desk));
    QCOMPARE(desk.pane.keptPlayback().step(), Step{5});
}

void TimelinePaneTest::swapping()
{
    Desk desk;
    const SharedHistory first = lostUpdateRace();
    const SharedHistory second = locked();
    desk.keepThenRun(first, second);
    desk.playback.setStep(7);
    QSignalSpy swapping(&desk.pane, &TimelinePane::swapping);
    desk.pane.swapAction()->trigger();
    QCOMPARE(swapping.count(), 1);
    QCOMPARE(desk.playback.history(), first);
    QCOMPARE(desk.playback.step(), Step{0});
    QCOMPARE(desk.pane.keptPlayback().history(), second);
    QCOMPARE(desk.pane.keptPlayback().step(), Step{7});
    QVERIFY(isOneAxis(desk));
    desk.pane.swapAction()->trigger();
    QCOMPARE(desk.playback.history(), second);
    QCOMPARE(desk.playback.step(), Step{7});
    QCOMPARE(desk.pane.wordsOfKept(), QStringLiteral("2 threads, 1 of 2 lost"));
}

void TimelinePaneTest::letGo()
{
    Desk desk;
    desk.keepThenRun(locked(), lostUpdateRace());
    desk.pane.letGoAction()->trigger();
    QVERIFY(!desk.pane.hasKept());
    QVERIFY(!desk.above.isVisible());
    QVERIFY(!desk.pane.letGoAction()->isEnabled());
    QVERIFY(!desk.pane.swapAction()->isEnabled());
    QCOMPARE(desk.below.whole(), static_cast<double>(lostUpdateRace()->timelineEnd()));
    QCOMPARE(desk.below.visible().end, desk.below.whole());
    QTRY_COMPARE(desk.below.height(), desk.pane.height());
}

void TimelinePaneTest::unitsThatDiffer()
{
    Desk desk(lostUpdateRace());
    desk.pane.keep();
    QSignalSpy said(&desk.pane, &TimelinePane::said);
    desk.playback.setHistory(machineRun(BuiltIn::UnlockedCounter, 3, 10));
    QCOMPARE(said.count(), 1);
    QVERIFY(said.first().first().toString().endsWith(u'.'));
    QVERIFY(!desk.pane.hasKept());
    QCOMPARE(desk.below.trackCount(), 3);
    // Two of the machine are compared in ticks.
    desk.pane.keep();
    desk.playback.setHistory(machineRun(BuiltIn::UnlockedCounter, 3, 10));
    QVERIFY(desk.pane.hasKept());
    QCOMPARE(said.count(), 1);
}

void TimelinePaneTest::oneThreadInBoth()
{
    Desk desk;
    desk.keepThenRun(lostUpdateRace(), locked());
    desk.selection.selectThread(1);
    QCOMPARE(desk.above.currentTrack(), 1);
    QCOMPARE(desk.below.currentTrack(), 1);
    desk.above.setCurrentTrack(0);
    QCOMPARE(desk.selection.thread(), std::optional<ThreadIndex>(0));
    // There is no third thread above; that it is not there takes it from nobody.
    desk.selection.selectThread(2);
    QCOMPARE(desk.above.currentTrack(), -1);
    QCOMPARE(desk.below.currentTrack(), 2);
    desk.selection.selectUpdate(2);
    QCOMPARE(desk.below.currentTrack(), 2);
    desk.selection.clear();
    QCOMPARE(desk.below.currentTrack(), -1);
}

void TimelinePaneTest::oneRangeInBoth()
{
    Desk desk;
    desk.keepThenRun(lostUpdateRace(), locked());
    const QRectF axis = desk.above.layoutOfTracks().axis();
    drag(desk.above, QPointF(axis.left() + 1, 8).toPoint(), QPointF(axis.right() - 1, 8).toPoint(), Qt::NoModifier);
    QVERIFY(desk.selection.range());
    QCOMPARE(desk.below.measured(), desk.above.measured());
    // The same stretch, of which each half tells its own run.
    QVERIFY2(desk.above.measuredText().contains(QLatin1String("2 updates, 1 lost")),
             qPrintable(desk.above.measuredText()));
    QVERIFY2(desk.below.measuredText().contains(QLatin1String("3 updates, 0 lost")),
             qPrintable(desk.below.measuredText()));
    desk.selection.selectRange(std::nullopt);
    QVERIFY(!desk.above.measured());
    desk.selection.selectRange(TimeRange{1000, 2000});
    desk.pane.keep();
    QCOMPARE(desk.above.measured(), (std::optional(TimeRange{1000, 2000})));
    desk.pane.letGo();
    QCOMPARE(desk.below.measured(), (std::optional(TimeRange{1000, 2000})));
    desk.playback.setHistory(lostUpdateRace());
    QVERIFY(!desk.selection.range());
}

void TimelinePaneTest::keptPlayheadIsItsOwn()
{
    Desk desk;
    desk.keepThenRun(lostUpdateRace(), locked());
    desk.playback.setStep(4);
    QTest::keyClick(&desk.above, Qt::Key_N);
    QCOMPARE(desk.pane.keptPlayback().step(), desk.pane.keptPlayback().history()->storeStep(2) + 1);
    QTest::keyClick(&desk.above, Qt::Key_Home);
    QCOMPARE(desk.pane.keptPlayback().step(), Step{0});
    QTest::keyClick(&desk.above, Qt::Key_End);
    QCOMPARE(desk.pane.keptPlayback().step(), desk.pane.keptPlayback().steps());
    const QRectF bar = desk.above.layoutOfTracks().bar(0);
    const double x = bar.left() + desk.above.visible().pixelOf(4000);
    QTest::mouseClick(&desk.above, Qt::LeftButton, {}, QPointF(x, bar.center().y()).toPoint());
    QCOMPARE(desk.above.playheadTime(), 4000.0);
    QVERIFY(!desk.above.tooltipAt({x, bar.center().y()}).isEmpty());
    QCOMPARE(desk.playback.step(), Step{4});
}

void TimelinePaneTest::afterTheRunNothingIsPainted()
{
    Desk desk;
    desk.keepThenRun(lostUpdateRace(), locked());
    const QImage image = desk.above.grab().toImage();
    const TimelineLayout& layout = desk.above.layoutOfTracks();
    const double end = desk.above.visible().pixelOf(static_cast<double>(lostUpdateRace()->timelineEnd()));
    const QColor ground = Theme::light().ground;
    const int y = static_cast<int>(layout.bar(1).center().y());
    QVERIFY(image.pixelColor(static_cast<int>(layout.tracks().left() + end) - 20, y) != ground);
    for (const double x : {end + 3, desk.above.visible().width - 3})
        QCOMPARE(image.pixelColor(static_cast<int>(layout.tracks().left() + x), y), ground);
    // And there is nothing there: neither a tooltip that is wrong, nor a step beyond the last.
    QTest::mouseClick(&desk.above, Qt::LeftButton, {}, QPointF(layout.tracks().right() - 5, y).toPoint());
    QCOMPARE(desk.pane.keptPlayback().step(), desk.pane.keptPlayback().steps());
}

void TimelinePaneTest::legendOnce()
{
    Desk desk;
    desk.keepThenRun(lostUpdateRace(), locked());
    for (const int height : {260, 320, 500, 900}) {
        desk.pane.resize(1000, height);
        QVERIFY(!desk.above.layoutOfTracks().legend().isNull());
        const QString text = textOfSvg(svgOf(desk.pane.picture()));
        for (const char* entry : {"running", "ready", "waits for a lock"})
            QCOMPARE(text.count(QLatin1String(entry)), 1);
    }
    // However much room there is above, what only the lower run has is told below.
    for (const bool locksBelow : {false, true}) {
        const auto with = machineRun(BuiltIn::LockAroundIncrement, 3, 10);
        const auto without = machineRun(BuiltIn::UnlockedCounter, 3, 10);
        desk.keepThenRun(locksBelow ? without : with, locksBelow ? with : without);
        for (const int height : {260, 500, 900}) {
            desk.pane.resize(1000, height);
            const QString text = textOfSvg(svgOf(desk.pane.picture()));
            for (const char* entry : {"running", "preempted"})
                QCOMPARE(text.count(QLatin1String(entry)), 1);
            if (locksBelow || height > 400)
                QCOMPARE(text.count(QLatin1String("holds a lock")), 1);
        }
    }
}

void TimelinePaneTest::pictureOfBoth()
{
    Desk desk;
    desk.keepThenRun(lostUpdateRace(), locked());
    const Picture both = desk.pane.picture();
    QCOMPARE(both.size.width(), desk.pane.width());
    QVERIFY(both.size.height() > desk.above.height() + desk.below.height());
    const QString text = textOfSvg(svgOf(both));
    QVERIFY(text.contains(desk.pane.wordsOfKept()));
    QVERIFY(text.contains(desk.pane.wordsOfReplayed()));
    QCOMPARE(text.count(QLatin1String("thread A")), 2);
    QCOMPARE(text.count(QLatin1String("thread C")), 1);
    const QImage image = imageOf(both, 2);
    const int half = image.height() / 2;
    for (const int top : {0, half})
        QVERIFY(pixelsOf(image.copy(0, top, image.width(), half), Theme::light().thread(0)) > 200);
    // Whichever half is asked, both are exported.
    QString name;
    for (TimelineView* view : {&desk.above, &desk.below}) {
        view->exportActions().setAskForPath([&](QWidget*, const QString& suggested, const QString&) {
            name = suggested;
            return QString();
        });
        view->exportActions().exportAction()->trigger();
        QVERIFY2(name.contains(QLatin1String("two-runs")), qPrintable(name));
        name.clear();
    }
    desk.pane.letGo();
    desk.pane.exportActions().exportAction()->trigger();
    QCOMPARE(name, QStringLiteral("timeline.png"));
}

void TimelinePaneTest::namesDiffer()
{
    Desk desk;
    desk.keepThenRun(lostUpdateRace(), locked());
    QAccessibleInterface* above = QAccessible::queryAccessibleInterface(&desk.above);
    QAccessibleInterface* below = QAccessible::queryAccessibleInterface(&desk.below);
    QCOMPARE(above->text(QAccessible::Name), QStringLiteral("Timeline of the kept run"));
    QCOMPARE(below->text(QAccessible::Name), QStringLiteral("Timeline"));
    QCOMPARE(above->childCount(), 2);
    QVERIFY(above->text(QAccessible::Description).contains(QLatin1String("2 updates, 1 lost")));
    for (const QAction* action : desk.pane.pairActions())
        QVERIFY(!action->text().isEmpty() && !action->shortcuts().isEmpty() && !action->toolTip().isEmpty());
}

void TimelinePaneTest::wordsOfRuns()
{
    Desk desk;
    desk.pane.setProgramName(QStringLiteral("unlocked-counter"));
    const auto machine = machineRun(BuiltIn::UnlockedCounter, 3, 10);
    desk.playback.setHistory(machine);
    const QString words = desk.pane.wordsOfReplayed();
    QVERIFY2(words.startsWith(QLatin1String("unlocked-counter, 3 threads on 2 cores, ")), qPrintable(words));
    QVERIFY(words.endsWith(QStringLiteral("%1 of 30 lost").arg(machine->ledger().lost())));
    // The name goes with its run.
    desk.pane.keep();
    desk.pane.setProgramName(QStringLiteral("peterson"));
    desk.playback.setHistory(machineRun(BuiltIn::UnlockedCounter, 3, 10));
    QVERIFY(desk.pane.wordsOfKept().startsWith(QLatin1String("unlocked-counter, ")));
    QVERIFY(desk.pane.wordsOfReplayed().startsWith(QLatin1String("peterson, ")));
    desk.pane.swap();
    QVERIFY(desk.pane.wordsOfKept().startsWith(QLatin1String("peterson, ")));

    for (const Synchronisation how : {Synchronisation::None, Synchronisation::Mutex}) {
        RunParameters parameters;
        parameters.threads = 2;
        parameters.iterations = 50;
        parameters.synchronisation = how;
        const auto run = runRecorded(parameters);
        QVERIFY(run);
        desk.playback.setHistory(run->history);
        const QString start = how == Synchronisation::None ? QStringLiteral("no lock, 2 threads, ")
                                                           : QStringLiteral("mutex, 2 threads, none of 100 lost");
        QVERIFY2(desk.pane.wordsOfReplayed().startsWith(start), qPrintable(desk.pane.wordsOfReplayed()));
    }
}

QTEST_MAIN(TimelinePaneTest)
#include "timeline_pane_test.moc"
