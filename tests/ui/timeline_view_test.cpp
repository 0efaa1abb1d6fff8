// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/machine_history.h"
#include "machine_run.h"
#include "made_history.h"
#include "picture_checks.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "program/assembler.h"
#include "program/builtin.h"
#include "sentences/narration.h"
#include "style/theme.h"
#include "timeline/step_at_time.h"
#include "timeline/timeline_view.h"
#include "timeline/track_columns.h"
#include "unexpected_warnings.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QMainWindow>
#include <QPainter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace interleave;

namespace {

using Kind = EventKind;
using SharedHistory = std::shared_ptr<const History>;

// Everything that a timeline needs to stand on.
struct Desk {
    explicit Desk(SharedHistory history = nullptr, QSize size = {1000, 220})
    {
        view.resize(size);
        view.setPalette(Theme::light().palette());
        if (history)
            playback.setHistory(std::move(history));
    }
    Playback playback;
    Selection selection;
    TimelineView view{playback, selection};

    [[nodiscard]] double xOf(double time) const
    {
        return view.layoutOfTracks().tracks().left() + view.visible().pixelOf(time);
    }
    [[nodiscard]] QPoint pointOf(double time, int track) const
    {
        return QPointF(xOf(time), view.layoutOfTracks().bar(track).center().y()).toPoint();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(&view, key, modifiers); }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::mousePress(&view, Qt::LeftButton, modifiers, from);
        for (const QPoint& at :
             {from + (to - from) / 2, to}) { // with the button down, which QTest::mouseMove does not say
            QMouseEvent move(QEvent::MouseMove, QPointF(at), view.mapToGlobal(QPointF(at)), Qt::NoButton,
                             Qt::LeftButton, modifiers);
            QApplication::sendEvent(&view, &move);
        }
        QTest::mouseRelease(&view, Qt::LeftButton, modifiers, to);
    }
    void wheel(QPointF at, QPoint delta, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWheelEvent event(at, view.mapToGlobal(at), {}, delta, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view, &event);
    }
};

bool isRed(const QImage& image, int x, const QRectF& within, const QColor& red)
{
    for (int y = static_cast<int>(within.top()); y < static_cast<int>(within.bottom()); ++y) {
        const QColor at = image.pixelColor(x, y);
        if (std::abs(at.red() - red.red()) + std::abs(at.green() - red.green()) + std::abs(at.blue() - red.blue()) < 40)
            return true;
    }
    return false;
}

} // namespace

class TimelineViewTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void withoutAHistory();
    void aSmallRunIsThereAtOnce();
    void clickGoesToTheStepAndTheThread();
    void clickOnACrossLeadsToTheLoss();
    void keysZoomAndPan();
    void arrowsAreTheWindowsWithoutFocus();
    void wheelZoomsAtTheCursor();
    void wheelPans();
    void dragPans();
    void dragMeasures();
    void measuringByKeys();
    void focusThenFit();
    void eventsOfATrack();
    void playheadIsFollowed();
    void coresAndBack();
    void pinAndReorder();
    void minimapMovesTheView();
    void lostUpdatesNeverVanish_data();
    void lostUpdatesNeverVanish();
    void fiveHundredThreads();
    void namesAreNeverCut();
    void anotherHistoryWhileBuilding();
    void closeViewsKnowEachUpdate();
    void movingThePlayheadLeavesNothingBehind();
    void tracksAreAccessible();
    void pictureHasTheTracks();
};

void TimelineViewTest::withoutAHistory()
{
    Desk desk;
    QVERIFY(!desk.view.index());
    QVERIFY(!desk.view.description().isEmpty());
    QVERIFY(inkShare(desk.view.grab().toImage()) > 0.001);
    for (const Qt::Key key : {Qt::Key_W, Qt::Key_S, Qt::Key_A, Qt::Key_D, Qt::Key_F, Qt::Key_C, Qt::Key_M, Qt::Key_T,
                              Qt::Key_Up, Qt::Key_Down, Qt::Key_Period, Qt::Key_Comma})
        desk.key(key);
    QTest::mouseClick(&desk.view, Qt::LeftButton, {}, {500, 80});
    desk.wheel({500, 80}, {0, 120}, Qt::ControlModifier);
    QCOMPARE(desk.view.trackCount(), 0);
    desk.playback.setHistory(lostUpdateRace());
    desk.playback.setHistory(nullptr);
    QVERIFY(!desk.view.index());
}

void TimelineViewTest::aSmallRunIsThereAtOnce()
{
    Desk desk(lostUpdateRace());
    QVERIFY(desk.view.index());
    QCOMPARE(desk.view.trackCount(), 2);
    QCOMPARE(desk.view.visible().begin, 0.0);
    QCOMPARE(desk.view.visible().end, 7001.0);
    const QString text = desk.view.description();
    QVERIFY2(text.contains(QLatin1String("2 updates, 1 lost")), qPrintable(text));
    QVERIFY(desk.view.trackDescription(0).contains(QLatin1String("thread A")));
    QVERIFY(desk.view.trackDescription(0).contains(QLatin1String("1 update, 1 lost")));
    QVERIFY(!desk.view.trackDescription(1).contains(QLatin1String("lost")));
}

void TimelineViewTest::clickGoesToTheStepAndTheThread()
{
    Desk desk(lostUpdateRace());
    QTest::mouseClick(&desk.view, Qt::LeftButton, {}, desk.pointOf(5000, 1));
    QCOMPARE(desk.playback.step(), Step{6});
    QCOMPARE(desk.selection.thread(), std::optional<ThreadIndex>(1));
    QCOMPARE(desk.view.playheadTime(), 5000.0);
    QTest::mouseClick(&desk.view, Qt::LeftButton, {}, desk.pointOf(2000, 0));
    QCOMPARE(desk.playback.step(), Step{3});
    QCOMPARE(desk.selection.thread(), std::optional<ThreadIndex>(0));
    // On the axis: the time alone.
    QTest::mouseClick(&desk.view, Qt::LeftButton, {}, QPointF(desk.xOf(7000), 8).toPoint());
    QCOMPARE(desk.playback.step(), Step{8});
    QCOMPARE(desk.selection.thread(), std::optional<ThreadIndex>(0));

    const auto machine = machineRun(BuiltIn::UnlockedCounter, 3, 10);
    desk.playback.setHistory(machine);
    for (const std::uint64_t tick : {std::uint64_t{3}, machine->ticks() / 2, machine->ticks() - 1}) {
        QTest::mouseClick(&desk.view, Qt::LeftButton, {}, desk.pointOf(static_cast<double>(tick) + 0.5, 2));
        QVERIFY(std::abs(machine->timeOf(desk.playback.step() - 1) - static_cast<double>(tick)) <= 1);
        QCOMPARE(desk.selection.thread(), std::optional<ThreadIndex>(2));
    }
}

// An update is lost at the store that destroys it, and that is where a cross leads.
void TimelineViewTest::clickOnACrossLeadsToTheLoss()
{
    Desk desk(lostUpdateRace());
    QTest::mouseClick(&desk.view, Qt::LeftButton, {}, desk.pointOf(6000, 0)); // A's store
    QCOMPARE(desk.playback.step(), Step{8});
    QCOMPARE(desk.playback.state().lost, 1U);
    QCOMPARE(desk.selection.update(), std::optional<Position>(1));
    QVERIFY(narrate(*desk.playback.history(), desk.playback.step()).headline.contains(QLatin1String("lost")));
    // B's store is no cross.
    QTest::mouseClick(&desk.view, Qt::LeftButton, {}, desk.pointOf(5000, 1));
    QCOMPARE(desk.playback.step(), Step{6});
}

void TimelineViewTest::keysZoomAndPan()
{
    Desk desk(lostUpdateRace());
    desk.playback.setStep(4); // at 3,000
    const double before = desk.view.visible().pixelOf(3000);
    desk.key(Qt::Key_W);
    desk.key(Qt::Key_W);
    QVERIFY(desk.view.visible().length() < 7001 * 0.6);
    QVERIFY(std::abs(desk.view.visible().pixelOf(3000) - before) < 0.01); // about the playhead
    const VisibleTime zoomedIn = desk.view.visible();
    for (const auto& [back, forth] : {std::pair(Qt::Key_A, Qt::Key_D), std::pair(Qt::Key_Left, Qt::Key_Right)}) {
        desk.key(forth);
        QVERIFY(desk.view.visible().begin > zoomedIn.begin);
        desk.key(back);
        QVERIFY(std::abs(desk.view.visible().begin - zoomedIn.begin) < 1e-6);
    }
    QCOMPARE(desk.playback.step(), Step{4});
    desk.key(Qt::Key_S);
    desk.key(Qt::Key_S);
    QVERIFY(std::abs(desk.view.visible().length() - 7001) < 1e-6);
}

void TimelineViewTest::arrowsAreTheWindowsWithoutFocus()
{
    QMainWindow window;
    auto* desk = new Desk(lostUpdateRace());
    auto* both = new QWidget;
    desk->view.setParent(both);
    auto* other = new QWidget(both);
    other->setFocusPolicy(Qt::StrongFocus);
    window.setCentralWidget(both);
    window.addActions(desk->playback.actions());
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    other->setFocus();
    QTest::keyClick(other, Qt::Key_Right);
    QCOMPARE(desk->playback.step(), Step{1});
    desk->view.setFocus();
    desk->key(Qt::Key_W);
    const VisibleTime view = desk->view.visible();
    desk->key(Qt::Key_Right);
    QCOMPARE(desk->playback.step(), Step{1});
    QVERIFY(desk->view.visible().begin > view.begin);
    // The other keys of the playback go on to work here.
    desk->key(Qt::Key_N);
    QCOMPARE(desk->playback.step(), Step{8});
    desk->key(Qt::Key_Home);
    QCOMPARE(desk->playback.step(), Step{0});
    desk->view.setParent(nullptr);
    delete desk;
}

void TimelineViewTest::wheelZoomsAtTheCursor()
{
    Desk desk(lostUpdateRace());
    const QPointF at(desk.xOf(2000), 90);
    for (const int delta : {120, 120, 240, -120}) {
        const double length = desk.view.visible().length();
        desk.wheel(at, {0, delta}, Qt::ControlModifier);
        QVERIFY((desk.view.visible().length() < length) == (delta > 0));
        QVERIFY(std::abs(desk.xOf(2000) - at.x()) < 0.01);
    }
    desk.wheel(at, {0, -12000}, Qt::ControlModifier);
    QCOMPARE(desk.view.visible().length(), 7001.0);
    desk.wheel(at, {0, 120000}, Qt::ControlModifier);
    QCOMPARE(desk.view.visible().length(), shortestVisible);
}

void TimelineViewTest::wheelPans()
{
    Desk desk(lostUpdateRace());
    desk.view.showTimes(2000, 4000);
    desk.wheel({500, 90}, {0, -120});
    QVERIFY(desk.view.visible().begin > 2000);
    desk.wheel({500, 90}, {0, 120});
    QVERIFY(std::abs(desk.view.visible().begin - 2000) < 1e-6);
    desk.wheel({500, 90}, {-120, 0});
    QVERIFY(desk.view.visible().begin > 2000);
    QCOMPARE(desk.view.visible().length(), 2000.0);
}

void TimelineViewTest::dragPans()
{
    Desk desk(lostUpdateRace());
    desk.view.showTimes(2000, 4000);
    const double perPixel = desk.view.visible().perPixel();
    desk.drag({500, 60}, {400, 60});
    QVERIFY(std::abs(desk.view.visible().begin - (2000 + 100 * perPixel)) < 1e-6);
    QCOMPARE(desk.playback.step(), Step{0}); // that was no click
    desk.drag({300, 60}, {900, 60});
    QVERIFY(desk.view.visible().begin >= 0);
}

void TimelineViewTest::dragMeasures()
{
    Desk desk(machineRun(BuiltIn::UnlockedCounter, 3, 20));
    const double end = desk.view.visible().end;
    const double from = std::floor(end / 4);
    const double to = std::floor(end / 2);
    const QPoint left = desk.pointOf(from, 0);
    const QPoint right = desk.pointOf(to, 1);
    for (const bool onAxis : {false, true}) {
        const int y = onAxis ? 8 : left.y();
        desk.drag({right.x(), y}, {left.x(), y}, onAxis ? Qt::NoModifier : Qt::ShiftModifier); // backwards, too
        QVERIFY(desk.view.measured().has_value());
        const auto& measured = *desk.view.measured();
        QVERIFY(std::abs(measured.from - from) <= desk.view.visible().perPixel());
        QVERIFY(std::abs(measured.to - to) <= desk.view.visible().perPixel());
        const TimelineSums sums = desk.view.index()->totals(static_cast<Time>(std::floor(measured.from)),
                                                            static_cast<Time>(std::ceil(measured.to)));
        QVERIFY(sums.updates > 1 && sums.lost > 0 && sums.switches() > 1);
        const QString text = desk.view.measuredText();
        QVERIFY2(text.contains(QStringLiteral("%1 updates, %2 lost, %3 switches")
                                   .arg(sums.updates)
                                   .arg(sums.lost)
                                   .arg(sums.switches())),
                 qPrintable(text));
        QVERIFY(desk.view.description().contains(text));
        QCOMPARE(desk.view.visible().end, end);
        QCOMPARE(desk.playback.step(), Step{0});
        desk.key(Qt::Key_Escape);
        QVERIFY(!desk.view.measured());
    }
}

void TimelineViewTest::measuringByKeys()
{
    Desk desk(lostUpdateRace());
    desk.playback.setStep(7);
    desk.key(Qt::Key_M);
    desk.playback.setStep(3);
    QVERIFY(!desk.view.measured());
    desk.key(Qt::Key_M);
    QVERIFY(desk.view.measured().has_value());
    QCOMPARE(desk.view.measured()->from, 2000.0);
    QCOMPARE(desk.view.measured()->to, 6000.0);
    QVERIFY2(desk.view.measuredText().startsWith(QStringLiteral("4 µs: ")), qPrintable(desk.view.measuredText()));
    desk.key(Qt::Key_M);
    QVERIFY(!desk.view.measured());
}

void TimelineViewTest::focusThenFit()
{
    Desk desk(machineRun(BuiltIn::UnlockedCounter, 3, 20));
    const double end = desk.view.visible().end;
    desk.view.setMeasured(TimelineView::Measured{100, 180});
    desk.key(Qt::Key_F);
    QCOMPARE(desk.view.visible().begin, 90.0);
    QCOMPARE(desk.view.visible().end, 190.0);
    desk.key(Qt::Key_F);
    QCOMPARE(desk.view.visible().end, end);
    desk.view.setMeasured(std::nullopt);
    // An update, with what it was lost to.
    const Ledger& ledger = desk.playback.history()->ledger();
    const Update lost = ledger.update(ledger.lostUpdate(2));
    desk.selection.selectUpdate(lost.position);
    desk.key(Qt::Key_F);
    QVERIFY(desk.view.visible().length() < end);
    for (const Position position : {lost.position, lost.lostTo})
        QVERIFY(
            desk.view.visible().shows(desk.playback.history()->timeOf(desk.playback.history()->storeStep(position))));
    desk.key(Qt::Key_F);
    QCOMPARE(desk.view.visible().end, end);
    // What a thread is at under the playhead.
    desk.selection.clear();
    desk.selection.selectThread(1);
    desk.playback.setStep(desk.playback.steps() / 2);
    desk.key(Qt::Key_F);
    QVERIFY(desk.view.visible().length() < end / 4);
    QVERIFY(desk.view.visible().shows(desk.view.playheadTime()));
    desk.key(Qt::Key_F);
    QCOMPARE(desk.view.visible().end, end);
}

void TimelineViewTest::eventsOfATrack()
{
    Desk desk(machineRun(BuiltIn::UnlockedCounter, 3, 20));
    desk.selection.selectThread(1);
    const TimelineIndex& index = *desk.view.index();
    std::vector<Time> wanted;
    const TrackName track{TrackName::Kind::Thread, 1};
    for (Time time = 0;;) {
        const auto turn = index.nextTurn(track, time);
        const auto lost = index.nextLost(track, time);
        if (!turn && !lost)
            break;
        time = std::min(turn.value_or(UINT64_MAX), lost.value_or(UINT64_MAX));
        wanted.push_back(time);
    }
    QVERIFY(wanted.size() > 10);
    std::vector<double> found;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        desk.key(Qt::Key_Period);
        // While a core switches there is no step for as long as that takes.
        const double before = static_cast<double>(wanted[i]) - desk.view.playheadTime();
        QVERIFY2(std::abs(before) <= 3, qPrintable(QString::number(before)));
        found.push_back(desk.view.playheadTime());
    }
    desk.key(Qt::Key_Period); // there is none
    QCOMPARE(desk.view.playheadTime(), found.back());
    for (std::size_t i = wanted.size() - 1; i-- > 0;) {
        desk.key(Qt::Key_Comma);
        QCOMPARE(desk.view.playheadTime(), found[i]);
    }
}

void TimelineViewTest::playheadIsFollowed()
{
    Desk desk(lostUpdateRace());
    desk.view.showTimes(0, 1000);
    QSignalSpy moved(&desk.view, &TimelineView::visibleChanged);
    desk.playback.setStep(1);
    QCOMPARE(moved.size(), 0);
    desk.playback.setStep(6);
    QVERIFY(desk.view.visible().shows(5000));
    QCOMPARE(desk.view.visible().length(), 1000.0);
    // Who looks elsewhere while it plays is left alone.
    desk.playback.play();
    desk.view.showTimes(0, 1000);
    const VisibleTime elsewhere = desk.view.visible();
    desk.playback.setStep(7);
    QCOMPARE(desk.view.visible(), elsewhere);
    desk.playback.pause();
}

void TimelineViewTest::coresAndBack()
{
    Desk desk(machineRun(BuiltIn::UnlockedCounter, 5, 10, 2));
    desk.selection.selectThread(3);
    QCOMPARE(desk.view.currentTrack(), 3);
    const QImage threads = desk.view.grab().toImage();
    desk.key(Qt::Key_C);
    QCOMPARE(desk.view.tracksShown(), TrackName::Kind::Core);
    QCOMPARE(desk.view.trackCount(), 2);
    QCOMPARE(desk.view.currentTrack(), -1);
    QVERIFY(desk.view.trackDescription(1).startsWith(QLatin1String("core 1: running ")));
    QVERIFY(desk.view.grab().toImage() != threads);
    desk.key(Qt::Key_Down);
    QCOMPARE(desk.view.currentTrack(), 0);
    QCOMPARE(desk.selection.thread(), std::optional<ThreadIndex>(3));
    desk.key(Qt::Key_C);
    QCOMPARE(desk.view.trackCount(), 5);
    // Where nobody knows the cores there is nothing to flip to.
    desk.playback.setHistory(lostUpdateRace());
    desk.key(Qt::Key_C);
    QCOMPARE(desk.view.tracksShown(), TrackName::Kind::Thread);
}

void TimelineViewTest::pinAndReorder()
{
    Desk desk(machineRun(BuiltIn::UnlockedCounter, 5, 3));
    const auto order = [&] {
        QString letters;
        for (int i = 0; i < desk.view.trackCount(); ++i)
            letters += letterOf(desk.view.trackAt(i).index);
        return letters;
    };
    desk.selection.selectThread(3);
    desk.key(Qt::Key_T);
    QCOMPARE(order(), QStringLiteral("DABCE"));
    QCOMPARE(desk.view.pinned(), std::size_t{1});
    desk.key(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(order(), QStringLiteral("ADBCE"));
    QCOMPARE(desk.view.pinned(), std::size_t{0});
    desk.key(Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(order(), QStringLiteral("DABCE"));
    // A label can be taken.
    const QPoint from = desk.view.layoutOfTracks().label(4).center().toPoint();
    const QPoint to = desk.view.layoutOfTracks().label(1).center().toPoint();
    desk.drag(from, to);
    QCOMPARE(order(), QStringLiteral("DEABC"));
    // A click on it selects.
    QTest::mouseClick(&desk.view, Qt::LeftButton, {}, to);
    QCOMPARE(desk.selection.thread(), std::optional<ThreadIndex>(4));
    QCOMPARE(desk.playback.step(), Step{0});
}

void TimelineViewTest::minimapMovesTheView()
{
    Desk desk(lostUpdateRace());
    desk.view.showTimes(0, 1000);
    const QRectF map = desk.view.layoutOfTracks().minimap();
    QTest::mouseClick(&desk.view, Qt::LeftButton, {}, map.center().toPoint());
    QVERIFY(std::abs(desk.view.visible().begin + 500 - 3500) < 20);
    QCOMPARE(desk.view.visible().length(), 1000.0);
    desk.drag(map.center().toPoint(), map.topRight().toPoint() + QPoint(-2, 4));
    QCOMPARE(desk.view.visible().end, 7001.0);
}

void TimelineViewTest::lostUpdatesNeverVanish_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("run");
    for (const bool dark : {false, true})
        for (const int run : {0, 1, 2})
            QTest::addRow("%s %d", dark ? "dark" : "light", run) << dark << run;
}

// Every column in which the index has a lost update has red in its row, and there is no red elsewhere.
void TimelineViewTest::lostUpdatesNeverVanish()
{
    QFETCH(const bool, dark);
    QFETCH(const int, run);
    const Theme& theme = dark ? Theme::darkTheme() : Theme::light();
    const SharedHistory history = run == 0 ? lostUpdateRace()
                                : run == 1 ? SharedHistory(machineRun(BuiltIn::UnlockedCounter, 4, 200))
                                           : std::make_shared<LongHistory>(4, 7, 800);
    Desk desk;
    desk.view.setPalette(theme.palette());
    desk.view.builder().setStepsAtOnce(1 << 20);
    desk.playback.setHistory(history);
    QVERIFY(desk.view.index());
    desk.view.resize(1000, 260);
    const double whole = desk.view.visible().end;
    int columnsSeen = 0;
    for (double length = whole; length >= shortestVisible; length /= 3.1) {
        for (const double at : {0.0, 0.37, 0.81, 1.0}) {
            desk.view.showTimes(at * (whole - length), at * (whole - length) + length);
            const VisibleTime& view = desk.view.visible();
            const QImage image = desk.view.grab().toImage();
            for (int track = 0; track < desk.view.trackCount(); ++track) {
                TrackColumns columns;
                columns.read(*desk.view.index(), desk.view.trackAt(track), view);
                const QRectF row = desk.view.layoutOfTracks().row(track);
                const auto left = static_cast<int>(row.left());
                std::uint32_t lost = 0;
                std::vector<bool> near(columns.all().size() + 16, false);
                for (int x = 0; x < static_cast<int>(columns.all().size()); ++x) {
                    const TrackColumn& column = columns.all()[static_cast<std::size_t>(x)];
                    lost += column.sums.lost;
                    if (column.sums.lost == 0)
                        continue;
                    ++columnsSeen;
                    // The playhead stands over what is at the start.
                    if (std::abs(view.pixelOf(desk.view.playheadTime()) - x) > 3)
                        QVERIFY2(isRed(image, left + x, row, theme.lost),
                                 qPrintable(QStringLiteral("track %1, column %2").arg(track).arg(x)));
                    for (int n = std::max(0, x - 8); n < x + 8; ++n)
                        near[static_cast<std::size_t>(n)] = true;
                }
                // Nothing was dropped on the way from the index to the columns.
                const Time from = static_cast<Time>(std::floor(view.begin));
                const Time to = static_cast<Time>(std::ceil(view.end));
                QVERIFY(lost >= desk.view.index()->totals(desk.view.trackAt(track), from, to).lost);
                for (int x = 0; x < static_cast<int>(columns.all().size()); ++x)
                    if (!near[static_cast<std::size_t>(x)])
                        QVERIFY2(!isRed(image, left + x, row, theme.lost),
                                 qPrintable(QStringLiteral("track %1, column %2").arg(track).arg(x)));
            }
        }
    }
    QVERIFY(columnsSeen > 2);
}

void TimelineViewTest::fiveHundredThreads()
{
    Desk desk;
    desk.view.builder().setStepsAtOnce(1 << 20);
    desk.playback.setHistory(std::make_shared<LongHistory>(500, 2, 2));
    QCOMPARE(desk.view.trackCount(), 500);
    auto* bar = desk.view.findChild<QScrollBar*>();
    QVERIFY(bar && !bar->isHidden());
    const QImage top = desk.view.grab().toImage();
    desk.selection.selectThread(300); // elsewhere: it is scrolled to
    const QRectF row = desk.view.layoutOfTracks().row(300);
    QVERIFY(desk.view.layoutOfTracks().tracks().contains(row.center()));
    QVERIFY(desk.view.grab().toImage() != top);
    desk.key(Qt::Key_Down);
    QCOMPARE(desk.selection.thread(), std::optional<ThreadIndex>(301));
    bar->setValue(0);
    QCOMPARE(desk.view.layoutOfTracks().scroll(), 0.0);
    desk.wheel({20, 100}, {0, -120});
    QVERIFY(desk.view.layoutOfTracks().scroll() > 0);
    desk.playback.setHistory(lostUpdateRace());
    QVERIFY(bar->isHidden());
    QCOMPARE(desk.view.layoutOfTracks().scroll(), 0.0);
}

void TimelineViewTest::namesAreNeverCut()
{
    // Letters as long as they get, in large text; and few, whose names are large.
    for (const auto& [threads, pixels] : {std::pair(1000U, 14), std::pair(1000U, 20), std::pair(2U, 14)}) {
        Desk desk;
        QFont font = desk.view.font();
        font.setPixelSize(pixels);
        desk.view.setFont(font);
        desk.view.builder().setStepsAtOnce(1 << 20);
        desk.playback.setHistory(std::make_shared<LongHistory>(threads, 2, 2));
        desk.selection.selectThread(threads - 1);
        const QString text = textOfSvg(svgOf(desk.view.picture()));
        QVERIFY(!text.contains(u'…'));
        QVERIFY2(text.contains(letterOf(threads - 1)), qPrintable(text));
    }
}

void TimelineViewTest::anotherHistoryWhileBuilding()
{
    Desk desk;
    desk.view.builder().setStepsAtOnce(0);
    const auto first = machineRun(BuiltIn::UnlockedCounter, 2, 20000);
    QVERIFY(first && first->steps() > 100000);
    desk.playback.setHistory(first);
    QVERIFY(!desk.view.index());
    QVERIFY(desk.view.builder().isBuilding());
    QVERIFY(desk.view.description().contains(QLatin1Char('%')));
    QVERIFY(inkShare(desk.view.grab().toImage()) > 0.001);
    desk.playback.setHistory(machineRun(BuiltIn::UnlockedCounter, 3, 10));
    QVERIFY(!desk.view.index());
    QTRY_VERIFY(desk.view.index());
    QCOMPARE(desk.view.index()->threads(), std::size_t{3});
    QVERIFY(!desk.view.builder().isBuilding());
    // The first one, late, changes nothing.
    QTest::qWait(50);
    QCOMPARE(desk.view.index()->threads(), std::size_t{3});
    desk.playback.setHistory(first);
    desk.playback.setHistory(nullptr);
    QVERIFY(!desk.view.builder().isBuilding());
    QTest::qWait(50);
    QVERIFY(!desk.view.index());
    // And the view may go while it is built.
    desk.playback.setHistory(first);
}

void TimelineViewTest::closeViewsKnowEachUpdate()
{
    Desk desk;
    desk.view.builder().setStepsAtOnce(1 << 20);
    const auto history = std::make_shared<LongHistory>(2, 500, 40);
    desk.playback.setHistory(history);
    QVERIFY(desk.view.index()->grid() > 1);
    const Ledger& ledger = history->ledger();
    const Update lost = ledger.update(ledger.lostUpdate(ledger.lost() / 2));
    const double time = history->timeOf(history->storeStep(lost.position));
    desk.view.resize(1000, 160);
    desk.view.showTimes(time - 20, time + 20);
    const auto marked = [&] {
        const QImage image = desk.view.grab().toImage();
        const int place = static_cast<int>(lost.name.thread);
        return isRed(image, static_cast<int>(desk.xOf(time)), desk.view.layoutOfTracks().row(place),
                     Theme::light().lost);
    };
    QTRY_VERIFY(marked());
}

// What lies under the playhead is kept; what is seen is as if it had been painted anew.
void TimelineViewTest::movingThePlayheadLeavesNothingBehind()
{
    const auto run = machineRun(BuiltIn::UnlockedCounter, 4, 50);
    Desk desk(run);
    for (const Step step : {Step{100}, Step{101}, Step{300}, Step{7}}) {
        desk.playback.setStep(step);
        Desk fresh(run);
        fresh.playback.setStep(step);
        QCOMPARE(desk.view.grab().toImage(), fresh.view.grab().toImage());
    }
}

void TimelineViewTest::tracksAreAccessible()
{
    Desk desk(machineRun(BuiltIn::UnlockedCounter, 3, 10));
    QAccessibleInterface* timeline = QAccessible::queryAccessibleInterface(&desk.view);
    QVERIFY(timeline);
    QCOMPARE(timeline->text(QAccessible::Name), QStringLiteral("Timeline"));
    QVERIFY(timeline->text(QAccessible::Description).contains(QLatin1String("3 threads in ")));
    QCOMPARE(timeline->childCount(), 3);
    QAccessibleInterface* track = timeline->child(1);
    QVERIFY2(track->text(QAccessible::Name).startsWith(QLatin1String("thread B: running ")),
             qPrintable(track->text(QAccessible::Name)));
    QVERIFY(track->text(QAccessible::Name).contains(QLatin1String("10 updates")));
    QCOMPARE(timeline->indexOfChild(track), 1);
    track->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(desk.selection.thread(), std::optional<ThreadIndex>(1));
    QVERIFY(track->state().selected);
    desk.playback.setHistory(nullptr);
    QVERIFY(!track->isValid());
    QCOMPARE(timeline->childCount(), 0);
    for (const QAction* action : desk.view.keyActions())
        QVERIFY(!action->text().isEmpty() && !action->shortcuts().isEmpty());
}

void TimelineViewTest::pictureHasTheTracks()
{
    Desk desk(machineRun(BuiltIn::UnlockedCounter, 3, 10));
    const QImage image = imageOf(desk.view.picture(), 2);
    QCOMPARE(image.size(), QSize(2000, 440));
    for (const ThreadIndex thread : {0U, 1U, 2U})
        QVERIFY(pixelsOf(image, Theme::light().thread(thread)) > 2000);
    QVERIFY(pixelsOf(image, Theme::light().lost) > 50);
    const QString text = textOfSvg(svgOf(desk.view.picture()));
    for (const char* wanted : {"thread A", "thread C", "running", "ticks"})
        QVERIFY2(text.contains(QLatin1String(wanted)), qPrintable(text));
    QVERIFY(desk.view.exportActions().exportAction()->isEnabled());
    desk.playback.setHistory(nullptr);
    QVERIFY(!desk.view.exportActions().exportAction()->isEnabled());
}

QTEST_MAIN(TimelineViewTest)
#include "timeline_view_test.moc"
