// SPDX-License-Identifier: GPL-3.0-or-later
// Every mark on the timeline can be reached without seeing it: by a screen reader one by one, and by keys that say what
// they went to.
#include "history/ledger.h"
#include "timeline/timeline_marks.h"
#include "timeline_desk.h"
#include "unexpected_warnings.h"

#include <QAccessible>
#include <QAction>
#include <QTest>
#include <map>
#include <set>

using namespace interleave;

namespace {

using Kind = TrackName::Kind;
using Mark = TimelineMark::Kind;

// What a screen reader finds at the focus: a mark, or else nothing.
QString focused(TimelineView& view)
{
    QAccessibleInterface* const child = QAccessible::queryAccessibleInterface(&view)->focusChild();
    return child && child->state().focused && view.reachedMark() ? child->text(QAccessible::Name) : QString();
}

std::map<Mark, std::vector<TimelineMark>> byKind(const TimelineMarks& marks)
{
    std::map<Mark, std::vector<TimelineMark>> kinds;
    for (const TimelineMark& mark : marks.marks)
        kinds[mark.kind].push_back(mark);
    return kinds;
}

} // namespace

class TimelineReachTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void everyLostUpdateIsAMark();
    void everySwitchIsAMark();
    void everyUseOfALockIsAMark();
    void marksAreChildrenOfTheirTrack();
    void pressingAMarkGoesThere();
    void noMoreThanAScreenReaderCanBear();
    void keysSayWhatTheyReached_data();
    void keysSayWhatTheyReached();
    void keysOfThePlaybackSayWhatTheyReached();
    void litLocksAreSaid();
};

void TimelineReachTest::everyLostUpdateIsAMark()
{
    const auto run = machineRun(BuiltIn::UnlockedCounter, 3, 20);
    TimelineDesk desk(run);
    const Ledger& ledger = run->ledger();
    QVERIFY(ledger.lost() > 10);
    std::set<QString> wanted;
    for (std::uint64_t k = 0; k < ledger.lost(); ++k) {
        const Update update = ledger.update(ledger.lostUpdate(k));
        wanted.insert(QStringLiteral("lost update %1 of thread %2, at tick %3, destroyed by %4")
                          .arg(update.name.number)
                          .arg(letterOf(update.name.thread))
                          .arg(run->timeOf(run->storeStep(update.position)))
                          .arg(letterOf(ledger.name(update.lostTo).thread)));
    }
    for (const bool cores : {false, true}) {
        if (cores)
            desk.view.flipTracks();
        std::set<QString> found;
        for (int place = 0; place < desk.view.trackCount(); ++place) {
            const TimelineMarks& marks = desk.view.marks(place);
            QVERIFY(marks.all);
            for (std::size_t i = 0; i < marks.marks.size(); ++i) {
                if (marks.marks[i].kind != Mark::Lost)
                    continue;
                QCOMPARE(marks.marks[i].count, 1U);
                QVERIFY(found.insert(desk.view.markText(place, static_cast<int>(i))).second);
            }
        }
        QVERIFY(found == wanted);
    }
}

void TimelineReachTest::everySwitchIsAMark()
{
    TimelineDesk desk(machineRun(BuiltIn::UnlockedCounter, 3, 20));
    const TimelineIndex& index = *desk.view.index();
    for (const bool cores : {false, true}) {
        if (cores)
            desk.view.flipTracks();
        for (int place = 0; place < desk.view.trackCount(); ++place) {
            const auto switches = byKind(desk.view.marks(place))[Mark::Switch];
            const TimelineSums sums = index.totals(desk.view.trackAt(place), 0, index.end());
            QCOMPARE(switches.size(), std::size_t{sums.switches()});
            std::uint32_t preempted = 0;
            for (const TimelineMark& mark : switches) {
                preempted += mark.how == Departure::Preempted ? 1 : 0;
                // Who is named was on the core until then.
                QVERIFY(mark.thread < index.threads());
                const auto before = index.spans({Kind::Thread, mark.thread}, mark.time - 1, mark.time, 8);
                QVERIFY(before && before->back().activity == Activity::Running);
                if (cores)
                    QCOMPARE(before->back().who, desk.view.trackAt(place).index);
            }
            QCOMPARE(preempted, sums.preempted);
        }
    }
}

void TimelineReachTest::everyUseOfALockIsAMark()
{
    const auto run = machineRun(BuiltIn::LockAroundIncrement, 3, 10);
    TimelineDesk desk(run);
    std::map<ThreadIndex, std::map<EventKind, std::size_t>> events;
    for (Step step = 0; step < run->steps(); ++step)
        ++events[run->event(step).thread][run->event(step).kind];
    std::size_t taken = 0;
    for (int place = 0; place < 3; ++place) {
        const ThreadIndex thread = desk.view.trackAt(place).index;
        auto marks = byKind(desk.view.marks(place));
        QCOMPARE(marks[Mark::Takes].size(), events[thread][EventKind::LockAcquire]);
        QCOMPARE(marks[Mark::Releases].size(), events[thread][EventKind::LockRelease]);
        QCOMPARE(marks[Mark::Waits].size(), events[thread][EventKind::LockWait]);
        taken += marks[Mark::Takes].size();
        for (const TimelineMark& mark : marks[Mark::Takes]) {
            QCOMPARE(mark.thread, thread);
            QVERIFY(mark.end > mark.time);
        }
    }
    QCOMPARE(taken, std::size_t{30});
    // Of the lock itself: everybody's.
    desk.view.flipTracks();
    desk.view.flipTracks();
    QCOMPARE(byKind(desk.view.marks(0))[Mark::Takes].size(), taken);
    QVERIFY(desk.view.markText(0, 0).contains(QLatin1String(" takes lock mutex at tick ")));
}

void TimelineReachTest::marksAreChildrenOfTheirTrack()
{
    TimelineDesk desk(machineRun(BuiltIn::LockAroundIncrement, 3, 10));
    QAccessibleInterface* timeline = QAccessible::queryAccessibleInterface(&desk.view);
    QAccessibleInterface* track = timeline->child(1);
    QCOMPARE(static_cast<std::size_t>(track->childCount()), desk.view.marks(1).marks.size());
    QVERIFY(track->childCount() > 20);
    QVERIFY(track->text(QAccessible::Description).contains(QString::number(track->childCount())));
    for (int i = 0; i < track->childCount(); ++i) {
        QAccessibleInterface* mark = track->child(i);
        QVERIFY(mark && mark->isValid());
        QCOMPARE(mark, track->child(i));
        QCOMPARE(mark->parent(), track);
        QCOMPARE(track->indexOfChild(mark), i);
        const QString name = mark->text(QAccessible::Name);
        QVERIFY2(name.contains(QLatin1String("thread B")) && name.contains(QLatin1String("tick ")), qPrintable(name));
        const QRect rect = mark->rect();
        QVERIFY(rect.width() > 2 && rect.height() > 2);
        QVERIFY(track->rect().contains(rect));
        QAccessibleInterface* there = track->childAt(rect.center().x(), rect.center().y());
        QVERIFY(there && there->rect().width() <= rect.width());
    }
    // What is seen is what there is.
    const int all = track->childCount();
    QAccessibleInterface* last = track->child(all - 1);
    desk.view.showTimes(0, desk.view.visible().end / 3);
    QVERIFY(track->childCount() > 0 && track->childCount() < all);
    QVERIFY(!last->isValid());
    QVERIFY(last->text(QAccessible::Name).isEmpty());
    desk.playback.setHistory(nullptr);
    QCOMPARE(track->childCount(), 0);
}

void TimelineReachTest::pressingAMarkGoesThere()
{
    const auto press = [](QAccessibleInterface* mark) {
        mark->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    };
    const auto race = machineRun(BuiltIn::UnlockedCounter, 3, 20);
    TimelineDesk desk(race);
    QAccessibleInterface* track = QAccessible::queryAccessibleInterface(&desk.view)->child(2);
    int lost = 0;
    for (int i = 0; i < track->childCount(); ++i) {
        const TimelineMark mark = desk.view.marks(2).marks[static_cast<std::size_t>(i)];
        desk.selection.clear();
        press(track->child(i));
        QCOMPARE(desk.selection.thread(), std::optional<ThreadIndex>(2));
        QCOMPARE(desk.view.reachedMark(), std::optional(TimelineView::MarkPlace{2, i}));
        // While a core switches there is no step.
        QVERIFY(std::abs(desk.view.playheadTime() - static_cast<double>(mark.time)) <= 3);
        QCOMPARE(desk.selection.update().has_value(), mark.kind == Mark::Lost);
        if (mark.kind != Mark::Lost)
            continue;
        ++lost;
        const Update update = race->ledger().update(*desk.selection.update());
        QVERIFY(!update.survived());
        QCOMPARE(update.name.thread, ThreadIndex{2});
        QCOMPARE(desk.playback.step(), race->storeStep(update.position) + 1);
    }
    QVERIFY(lost > 3);
    desk.playback.setHistory(machineRun(BuiltIn::LockAroundIncrement, 3, 10));
    for (int i = 0; i < track->childCount(); ++i) {
        desk.view.chooseLock(std::nullopt);
        const bool ofLock = desk.view.marks(2).marks[static_cast<std::size_t>(i)].kind != Mark::Switch;
        press(track->child(i));
        QCOMPARE(desk.view.litLock().has_value(), ofLock);
    }
}

void TimelineReachTest::noMoreThanAScreenReaderCanBear()
{
    TimelineDesk desk(machineRun(BuiltIn::UnlockedCounter, 2, 5000));
    QAccessibleInterface* track = QAccessible::queryAccessibleInterface(&desk.view)->child(0);
    const TimelineSums sums = desk.view.index()->totals({Kind::Thread, 0}, 0, desk.view.index()->end());
    QVERIFY(sums.lost + sums.switches() > 2 * TimelineView::mostMarks);
    QVERIFY(track->childCount() > 100);
    QVERIFY(static_cast<std::size_t>(track->childCount()) <= TimelineView::mostMarks);
    const QString text = track->text(QAccessible::Description);
    QVERIFY2(text.contains(QLatin1String("zoom in")), qPrintable(text));
    // They are the first: none is left out between them.
    const auto& marks = desk.view.marks(0).marks;
    const auto lost = std::count_if(marks.begin(), marks.end(), [](const auto& m) { return m.kind == Mark::Lost; });
    std::uint32_t counted = 0;
    for (const TimelineMark& mark : marks)
        counted += mark.kind == Mark::Lost ? mark.count : 0;
    QVERIFY(lost > 0);
    QCOMPARE(counted, desk.view.index()->totals({Kind::Thread, 0}, 0, marks.back().time + 1).lost);
    desk.view.showTimes(1000, 1100);
    QVERIFY(desk.view.marks(0).all);
    QVERIFY(!track->text(QAccessible::Description).contains(QLatin1String("zoom in")));
}

void TimelineReachTest::keysSayWhatTheyReached_data()
{
    QTest::addColumn<int>("program");
    QTest::newRow("lost updates and switches") << static_cast<int>(BuiltIn::UnlockedCounter);
    QTest::newRow("locks and switches") << static_cast<int>(BuiltIn::LockAroundIncrement);
}

// Event by event every mark of the track is gone to, and said.
void TimelineReachTest::keysSayWhatTheyReached()
{
    QFETCH(const int, program);
    TimelineDesk desk(machineRun(static_cast<BuiltIn>(program), 3, 10));
    desk.selection.selectThread(1);
    std::map<Time, QStringList> wanted;
    const auto& marks = desk.view.marks(1).marks;
    for (std::size_t i = 0; i < marks.size(); ++i)
        if (marks[i].time > 0)
            wanted[marks[i].time] << desk.view.markText(1, static_cast<int>(i));
    QVERIFY(wanted.size() > 15);
    QVERIFY(desk.focus());
    for (const Qt::Key key : {Qt::Key_Period, Qt::Key_Comma}) {
        QSet<QString> said;
        for (std::size_t i = 0; i < 2 * wanted.size(); ++i) {
            desk.key(key);
            said.insert(focused(desk.view));
            QVERIFY(!desk.view.reachedMark() || desk.view.description().startsWith(focused(desk.view)));
        }
        std::size_t reached = 0;
        for (const auto& [time, texts] : wanted) {
            const bool any = std::any_of(texts.begin(), texts.end(),
                                         [&](const QString& text) { return said.contains(text); });
            reached += any ? 1 : 0;
        }
        QCOMPARE(reached, wanted.size());
    }
}

void TimelineReachTest::keysOfThePlaybackSayWhatTheyReached()
{
    const auto run = machineRun(BuiltIn::UnlockedCounter, 3, 10);
    TimelineDesk desk(run);
    QVERIFY(desk.focus());
    for (QAction* action : {desk.playback.nextClobberingAction(), desk.playback.previousClobberingAction()}) {
        int steps = 0;
        while (action->isEnabled() && steps < 100) {
            action->trigger();
            ++steps;
            const Position store = desk.playback.lastEvent()->position;
            if (run->ledger().updatesLostTo(store) == 0) { // they are only set aside
                QVERIFY(desk.view.reached().endsWith(QLatin1String(" aside")));
                continue;
            }
            const QString name = focused(desk.view);
            QVERIFY2(name.startsWith(QLatin1String("lost update "))
                         && name.endsWith(
                             QStringLiteral("destroyed by %1").arg(letterOf(run->ledger().name(store).thread))),
                     qPrintable(name));
            QVERIFY(desk.view.description().startsWith(name));
        }
        QVERIFY(steps > 3 && steps < 100);
    }
    // It is said as long as it is there.
    desk.playback.toEnd();
    QVERIFY(desk.view.reached().isEmpty());
    QVERIFY(!desk.view.reachedMark());
}

void TimelineReachTest::litLocksAreSaid()
{
    TimelineDesk desk(machineRun(BuiltIn::DiningPhilosophers, 5, 2, 3));
    desk.key(Qt::Key_L);
    QCOMPARE(desk.view.reached(), desk.view.chosenLockText());
    QVERIFY(desk.view.description().startsWith(desk.view.reached()));
    desk.key(Qt::Key_Escape);
    QVERIFY(desk.view.chosenLockText().isEmpty());
}

QTEST_MAIN(TimelineReachTest)
#include "timeline_reach_test.moc"
