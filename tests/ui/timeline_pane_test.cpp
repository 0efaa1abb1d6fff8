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
#include <QHash>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
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
    void legendListsWhatOccurs();
    void keysOfTheWindow();
    void keysOfTheHalfWithTheFocus();
    void clickLeavesTheFocus();
    void strip();
    void stripOfManyTracks();
    void stripOfTwoRuns();
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
        for (const char* entry : {"running", "ready"})
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

void TimelinePaneTest::legendListsWhatOccurs()
{
    Desk desk;
    desk.below.builder().setStepsAtOnce(UINT64_MAX);
    const auto listed = [&](SharedHistory history) {
        desk.playback.setHistory(std::move(history));
        return textOfSvg(svgOf(desk.pane.picture()));
    };
    const QString racing = listed(lostUpdateRace());
    QVERIFY(racing.contains(QLatin1String("lost")));
    for (const char* absent : {"waits for a lock", "holds a lock", "many lost", "asleep", "preempted", "gave up"})
        QVERIFY2(!racing.contains(QLatin1String(absent)), absent);
    const QString safe = listed(machineRun(BuiltIn::LockAroundIncrement, 3, 10));
    QVERIFY(safe.contains(QLatin1String("holds a lock")));
    QVERIFY(!safe.contains(QLatin1String("lost")));
    // Where losses are too close to one another for a cross each.
    const QString crowded = listed(machineRun(BuiltIn::UnlockedCounter, 3, 2000));
    QVERIFY(crowded.contains(QLatin1String("many lost")));
}

// A window as the real one is: the timeline is in it, and somebody else has the focus.
struct TimelineWindow {
    explicit TimelineWindow(SharedHistory history)
    {
        stage->setFocusPolicy(Qt::StrongFocus);
        auto* column = new QVBoxLayout(&window);
        column->addWidget(stage, 1);
        column->addWidget(pane, 1);
        window.resize(1000, 500);
        playback.setHistory(std::move(history));
        window.addActions(playback.actions());
        window.show();
    }
    bool focusStage()
    {
        window.activateWindow();
        stage->setFocus();
        return QTest::qWaitForWindowActive(&window) && stage->hasFocus();
    }
    Playback playback;
    Selection selection;
    QWidget window;
    QWidget* stage = new QWidget;
    TimelinePane* pane = new TimelinePane(playback, selection);
    TimelineView& view = pane->replayed();
};

void TimelinePaneTest::keysOfTheWindow()
{
    TimelineWindow on(machineRun(BuiltIn::LockAroundIncrement, 3, 10));
    QTRY_VERIFY(on.view.index());
    QVERIFY(on.focusStage());
    const auto press = [&](Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(on.stage, key, modifiers);
    };
    const VisibleTime whole = on.view.visible();
    press(Qt::Key_W);
    QVERIFY(on.view.visible().length() < whole.length());
    const VisibleTime zoomed = on.view.visible();
    press(Qt::Key_D);
    QVERIFY(on.view.visible().begin > zoomed.begin);
    press(Qt::Key_A);
    press(Qt::Key_S);
    QCOMPARE(on.view.visible().length(), whole.length());
    press(Qt::Key_W);
    press(Qt::Key_F);
    QCOMPARE(on.view.visible(), whole);
    press(Qt::Key_Period);
    const Step there = on.playback.step();
    QVERIFY(there > 0);
    press(Qt::Key_Period);
    QVERIFY(on.playback.step() > there);
    press(Qt::Key_Comma);
    QCOMPARE(on.playback.step(), there);
    press(Qt::Key_C);
    QCOMPARE(on.view.trackCount(), 2); // the cores
    press(Qt::Key_C);
    QCOMPARE(on.view.trackCount(), 1); // the lock
    press(Qt::Key_C);
    QCOMPARE(on.view.trackCount(), 3);
    press(Qt::Key_L);
    QVERIFY(!on.view.chosenLockText().isEmpty());
    press(Qt::Key_L);
    QVERIFY(on.view.chosenLockText().isEmpty());
    press(Qt::Key_K);
    QCOMPARE(on.view.currentTrack(), 0);
    press(Qt::Key_K);
    QCOMPARE(on.view.currentTrack(), 1);
    press(Qt::Key_I);
    QCOMPARE(on.view.currentTrack(), 0);
    press(Qt::Key_M);
    on.playback.toEnd();
    press(Qt::Key_M);
    QVERIFY(on.view.measured());
    QVERIFY(on.stage->hasFocus());
    // No key means two things.
    QHash<QKeySequence, QString> taken;
    for (const QList<QAction*>& actions : {on.playback.actions(), on.view.keyActions(), on.pane->pairActions()}) {
        for (const QAction* action : actions) {
            for (const QKeySequence& key : action->shortcuts()) {
                QVERIFY2(!taken.contains(key), qPrintable(key.toString()));
                taken.insert(key, action->text());
            }
        }
    }
    for (const Qt::Key key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Tab, Qt::Key_Return, Qt::Key_Escape, Qt::Key_1})
        for (const QAction* action : on.view.keyActions())
            QVERIFY(!action->shortcuts().contains(QKeySequence(key)));
}

void TimelinePaneTest::keysOfTheHalfWithTheFocus()
{
    TimelineWindow on(lostUpdateRace());
    on.pane->keep();
    on.playback.setHistory(locked());
    QTRY_VERIFY(on.pane->kept().index() && on.view.index());
    QVERIFY(on.focusStage());
    const Step kept = on.pane->keptPlayback().step();
    QTest::keyClick(on.stage, Qt::Key_Period);
    QVERIFY(on.playback.step() > 0);
    QCOMPARE(on.pane->keptPlayback().step(), kept);
    const Step replayed = on.playback.step();
    on.pane->kept().setFocus(Qt::TabFocusReason);
    QTest::keyClick(&on.pane->kept(), Qt::Key_Period);
    QVERIFY(on.pane->keptPlayback().step() != kept);
    QCOMPARE(on.playback.step(), replayed);
    // There arrows pan, as the timeline was reached on purpose.
    on.view.setFocus(Qt::TabFocusReason);
    QTest::keyClick(&on.view, Qt::Key_W);
    const VisibleTime here = on.view.visible();
    QTest::keyClick(&on.view, Qt::Key_Right);
    QVERIFY(on.view.visible() != here);
    QCOMPARE(on.playback.step(), replayed);
}

void TimelinePaneTest::clickLeavesTheFocus()
{
    TimelineWindow on(lostUpdateRace());
    QTRY_VERIFY(on.view.index());
    QVERIFY(on.focusStage());
    QTest::mouseClick(&on.view, Qt::LeftButton, {}, on.view.layoutOfTracks().tracks().center().toPoint());
    QVERIFY(on.playback.step() > 0);
    QVERIFY(on.stage->hasFocus());
    QVERIFY(on.view.focusPolicy() & Qt::TabFocus);
}

void TimelinePaneTest::strip()
{
    Desk desk(lostUpdateRace());
    QTRY_VERIFY(desk.below.index());
    desk.pane.setStrip(true);
    QVERIFY(desk.pane.isStrip());
    QCOMPARE(desk.pane.maximumHeight(), qRound(TimelineLayout::stripHeight * unitOf(&desk.pane)));
    desk.pane.resize(1000, desk.pane.maximumHeight());
    QTRY_COMPARE(desk.below.height(), desk.pane.height());
    const TimelineLayout& layout = desk.below.layoutOfTracks();
    QVERIFY(layout.legend().isNull() && layout.minimap().isNull());
    QCOMPARE(layout.firstSeen(), 0);
    QCOMPARE(layout.lastSeen(), 1);
    QVERIFY(layout.row(1).bottom() <= desk.pane.height());
    // Letters, crosses and nothing else to read.
    const QString text = textOfSvg(svgOf(desk.pane.picture()));
    QVERIFY(text.contains(u'A') && text.contains(u'B'));
    for (const char* absent : {"thread", "running", "time", "whole run"})
        QVERIFY2(!text.contains(QLatin1String(absent)), absent);
    desk.playback.setStep(desk.playback.steps() / 2);
    const QImage image = desk.below.grab().toImage();
    const int x = static_cast<int>(layout.tracks().left() + desk.below.visible().pixelOf(desk.below.playheadTime()));
    QVERIFY(image.pixelColor(x, static_cast<int>(layout.tracks().top()) + 1).lightness() < 90);
    QVERIFY(pixelsOf(image, Theme::light().lost) > 5);
    desk.pane.setStrip(false);
    desk.pane.resize(1000, 400);
    QTRY_VERIFY(!desk.below.layoutOfTracks().legend().isNull());
    QVERIFY(!desk.below.layoutOfTracks().minimap().isNull());
}

void TimelinePaneTest::stripOfManyTracks()
{
    Desk desk(machineRun(BuiltIn::UnlockedCounter, 30, 10));
    QTRY_VERIFY(desk.below.index());
    desk.pane.setStrip(true);
    desk.pane.resize(1000, desk.pane.maximumHeight());
    const TimelineLayout& layout = desk.below.layoutOfTracks();
    QTRY_VERIFY(!layout.minimap().isNull());
    QVERIFY(!layout.hasTracks());
    QVERIFY(layout.lastSeen() < 0);
    QVERIFY(layout.minimap().width() > 960);
    // The playhead stands in the whole run, wherever the tracks were zoomed to.
    desk.playback.toEnd();
    desk.below.showTimes(0, desk.below.whole() / 8);
    const QImage image = desk.below.grab().toImage();
    const auto isThere = [&](double part) {
        const double x = layout.minimap().left() + part * layout.minimap().width();
        return image.pixelColor(static_cast<int>(x), static_cast<int>(layout.minimap().center().y())).lightness() < 90;
    };
    const double part = desk.below.playheadTime() / desk.below.whole();
    QVERIFY(isThere(part) || isThere(part - 0.001));
    // A click moves what is seen of the tracks, which shows when the strip is over.
    QTest::mouseClick(&desk.below, Qt::LeftButton, {}, layout.minimap().center().toPoint());
    const double middle = desk.below.whole() / 2;
    QVERIFY(desk.below.visible().begin <= middle && desk.below.visible().end >= middle);
}

void TimelinePaneTest::stripOfTwoRuns()
{
    Desk desk;
    desk.keepThenRun(lostUpdateRace(), locked());
    desk.pane.setStrip(true);
    QVERIFY(!desk.above.isVisible());
    QVERIFY(desk.pane.hasKept());
    // Kept anew, it is still a strip.
    desk.pane.keep();
    QVERIFY(!desk.above.isVisible());
    desk.pane.setStrip(false);
    QVERIFY(desk.above.isVisible());
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
        QVERIFY(pixelsOf(image.copy(0, top, image.width(), half), Theme::light().threadText(0)) > 100);
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
