// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/playback.h"

#include "controls/flat_slider.h"
#include "machine_run.h"
#include "made_history.h"
#include "playback/playback_bar.h"
#include "playback/playback_icons.h"
#include "playback/selection.h"
#include "unexpected_warnings.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace interleave;
using namespace std::chrono_literals;

namespace {

constexpr auto L = EventKind::Load;
constexpr auto A = EventKind::Add;
constexpr auto S = EventKind::Store;

// A's two updates; B's store destroys both, C's store destroys B's, D's update is lost to no one.
std::shared_ptr<const MadeHistory> racingHistory()
{
    return std::make_shared<MadeHistory>(4, 2,
                                         MadeHistory::spawned(4, {{1, L},
                                                                  {2, L},
                                                                  {0, L},
                                                                  {0, A},
                                                                  {0, S},
                                                                  {0, L},
                                                                  {0, A},
                                                                  {0, S}, // 12 steps
                                                                  {1, A},
                                                                  {1, S}, // 13: destroys A's
                                                                  {2, A},
                                                                  {2, S}, // 15: destroys B's
                                                                  {3, L},
                                                                  {3, A},
                                                                  {3, S}}));
}

struct Timed {
    std::chrono::nanoseconds now{0};
    Playback playback{nullptr, [this] { return now; }};

    void pass(std::chrono::nanoseconds time)
    {
        now += time;
        playback.advance();
    }
};

} // namespace

class PlaybackTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void isEmptyWithoutAHistory()
    {
        Playback playback;
        QCOMPARE(playback.steps(), Step{0});
        QVERIFY(!playback.lastEvent());
        playback.play();
        playback.nextClobbering();
        playback.previousClobbering();
        playback.setStep(7);
        QVERIFY(!playback.isPlaying());
        QCOMPARE(playback.step(), Step{0});
        for (const QAction* action : {playback.playAction(), playback.forwardAction(), playback.nextClobberingAction()})
            QVERIFY(!action->isEnabled());
    }

    void aHistoryStartsAtItsStart()
    {
        Timed t;
        t.playback.setHistory(racingHistory());
        t.playback.setStep(9);
        t.playback.play();
        QSignalSpy histories(&t.playback, &Playback::historyChanged);
        QSignalSpy steps(&t.playback, &Playback::stepChanged);
        t.playback.setHistory(racingHistory());
        QCOMPARE(t.playback.step(), Step{0});
        QVERIFY(!t.playback.isPlaying());
        QCOMPARE(histories.count(), 1);
        QCOMPARE(steps.last().at(0).toULongLong(), 0ULL);
        QCOMPARE(steps.last().at(1).toBool(), false);
    }

    void aHistoryInThePlaceOfAnotherKeepsThePlace()
    {
        Timed t;
        const auto before = std::make_shared<MadeHistory>(1, 1, MadeHistory::spawned(1, {{0, L}}));
        const auto longer = std::make_shared<MadeHistory>(1, 1, MadeHistory::spawned(1, {{0, L}, {0, A}, {0, S}}));
        t.playback.setHistory(before);
        t.playback.setSpeed(2);
        t.playback.toEnd();
        QSignalSpy steps(&t.playback, &Playback::stepChanged);
        std::vector<Step> told; // where looks stood when they heard of the history
        connect(&t.playback, &Playback::historyChanged, this, [&] { told.push_back(t.playback.step()); });
        t.playback.replaceHistory(longer, 3);
        QCOMPARE(told, (std::vector<Step>{2})); // the step before, never the start
        QCOMPARE(steps.count(), 1);
        QCOMPARE(steps.last().at(0).toULongLong(), 3ULL);
        QCOMPARE(steps.last().at(1).toBool(), true);
        QCOMPARE(t.playback.lastEvent()->kind, EventKind::Add);
        QCOMPARE(t.playback.state().step, Step{3});
        QCOMPARE(t.playback.speed(), 2.0);
        QVERIFY(t.playback.forwardAction()->isEnabled());
        // Back to a shorter one: nothing moves, everyone is told.
        t.playback.replaceHistory(before, 2);
        QCOMPARE(told.back(), Step{2});
        QCOMPARE(steps.count(), 2);
        QCOMPARE(steps.last().at(1).toBool(), false);
        QCOMPARE(t.playback.lastEvent()->kind, EventKind::Load);
        t.playback.replaceHistory(longer, 100);
        QCOMPARE(t.playback.step(), Step{4});
        t.playback.replaceHistory(longer, 0);
        QCOMPARE(t.playback.step(), Step{0});
        QVERIFY(!t.playback.lastEvent());
        t.playback.play();
        t.playback.replaceHistory(nullptr, 5);
        QVERIFY(!t.playback.isPlaying());
        QVERIFY(!t.playback.history());
        QCOMPARE(t.playback.step(), Step{0});
    }

    void playsByTheClock_data()
    {
        QTest::addColumn<double>("speed");
        QTest::addColumn<int>("milliseconds");
        QTest::addColumn<int>("step");
        QTest::addColumn<bool>("smoothly");
        QTest::newRow("not yet") << 4.0 << 249 << 0 << false;
        QTest::newRow("one at 4/s") << 4.0 << 250 << 1 << true;
        QTest::newRow("two at once are no animation") << 4.0 << 500 << 2 << false;
        QTest::newRow("8/s is smooth") << 8.0 << 125 << 1 << true;
        QTest::newRow("16/s is not") << 16.0 << 63 << 1 << false;
        QTest::newRow("1000/s") << 1000.0 << 100 << 100 << false;
        QTest::newRow("the slowest starts soon, too") << 0.25 << 250 << 1 << true;
        QTest::newRow("and then takes its time") << 0.25 << 4249 << 1 << true;
    }
    void playsByTheClock()
    {
        QFETCH(double, speed);
        QFETCH(int, milliseconds);
        QFETCH(int, step);
        QFETCH(bool, smoothly);
        Timed t;
        t.playback.setHistory(std::make_shared<LongHistory>(2, 1000, 2));
        t.playback.setSpeed(speed);
        t.playback.play();
        QSignalSpy steps(&t.playback, &Playback::stepChanged);
        t.pass(std::chrono::milliseconds(milliseconds));
        QCOMPARE(t.playback.step(), static_cast<Step>(step));
        QCOMPARE(t.playback.state().step, static_cast<Step>(step));
        QCOMPARE(steps.count(), step > 0 ? 1 : 0);
        if (step > 0)
            QCOMPARE(steps.last().at(1).toBool(), smoothly);
    }

    void fractionsOfStepsAddUp()
    {
        Timed t;
        t.playback.setHistory(std::make_shared<LongHistory>(2, 1000, 2));
        t.playback.setSpeed(100);
        t.playback.play();
        for (int tick = 0; tick < 625; ++tick) // 10 s in ticks of 16 ms
            t.pass(16ms);
        QVERIFY(t.playback.step() >= 999 && t.playback.step() <= 1000);
    }

    void theWholeRunTakesTenSeconds()
    {
        Timed t;
        const auto history = std::make_shared<LongHistory>(50, 100'000, 2); // 30 million steps
        t.playback.setHistory(history);
        t.playback.setPlaysWholeRun(true);
        QCOMPARE(t.playback.speed(), 3'000'000.0);
        t.playback.play();
        t.pass(5s);
        QCOMPARE(t.playback.step(), history->steps() / 2);
        t.pass(4999ms);
        QVERIFY(t.playback.isPlaying());
        t.pass(2ms);
        QCOMPARE(t.playback.step(), history->steps());
        QVERIFY(!t.playback.isPlaying());
    }

    void theEndPausesAndPlayingThereStartsAgain()
    {
        Timed t;
        t.playback.setHistory(racingHistory());
        QSignalSpy playing(&t.playback, &Playback::playingChanged);
        t.playback.setStep(t.playback.steps() - 1);
        t.playback.play();
        t.pass(10s);
        QCOMPARE(t.playback.step(), t.playback.steps());
        QVERIFY(!t.playback.isPlaying());
        QCOMPARE(playing.count(), 2);
        t.playback.togglePlaying();
        QVERIFY(t.playback.isPlaying());
        QCOMPARE(t.playback.step(), Step{0});
        t.playback.toEnd();
        QVERIFY(!t.playback.isPlaying());
    }

    void timePassesOnlyWhilePlaying()
    {
        Timed t;
        t.playback.setHistory(racingHistory());
        t.pass(10s);
        QCOMPARE(t.playback.step(), Step{0});
        t.playback.play();
        t.pass(250ms);
        t.playback.pause();
        t.now += 10s;
        t.playback.play();
        t.pass(250ms);
        QCOMPARE(t.playback.step(), Step{6}); // four threads were created before
    }

    void singleStepsPauseAndAreSmooth()
    {
        Timed t;
        t.playback.setHistory(racingHistory());
        t.playback.setSpeed(1000);
        t.playback.play();
        QSignalSpy steps(&t.playback, &Playback::stepChanged);
        t.playback.forwardAction()->trigger();
        QVERIFY(!t.playback.isPlaying());
        QCOMPARE(t.playback.step(), Step{1});
        QCOMPARE(t.playback.lastEvent()->kind, EventKind::Spawn);
        QCOMPARE(steps.last().at(1).toBool(), true);
        t.playback.backAction()->trigger();
        QCOMPARE(t.playback.step(), Step{0});
        QCOMPARE(steps.last().at(1).toBool(), true);
        t.playback.setStep(1);
        QCOMPARE(steps.last().at(1).toBool(), false);
        t.playback.setStep(100'000);
        QCOMPARE(t.playback.step(), t.playback.steps());
        t.playback.stepForward();
        QCOMPARE(t.playback.step(), t.playback.steps());
    }

    void findsTheClobberingStores()
    {
        Timed t;
        const auto history = racingHistory();
        QCOMPARE(history->ledger().lost(), 3U);
        t.playback.setHistory(history);
        QVERIFY(!t.playback.previousClobberingAction()->isEnabled());
        t.playback.nextClobberingAction()->trigger();
        QCOMPARE(t.playback.step(), Step{14});
        QCOMPARE(t.playback.lastEvent()->kind, EventKind::Store);
        QCOMPARE(t.playback.lastEvent()->thread, 1U);
        t.playback.nextClobbering();
        QCOMPARE(t.playback.step(), Step{16});
        QVERIFY(!t.playback.nextClobberingAction()->isEnabled());
        t.playback.nextClobbering();
        QCOMPARE(t.playback.step(), Step{16});
        t.playback.previousClobbering();
        QCOMPARE(t.playback.step(), Step{14});
        t.playback.stepForward(); // the store that destroyed is the last one still
        t.playback.previousClobbering();
        QCOMPARE(t.playback.step(), Step{14});
        t.playback.previousClobbering();
        QCOMPARE(t.playback.step(), Step{14});
        t.playback.toEnd();
        t.playback.previousClobbering();
        QCOMPARE(t.playback.step(), Step{16});
    }

    void visitsEveryClobberingStoreOfALongRunBothWays()
    {
        Timed t;
        const auto history = std::make_shared<LongHistory>(5, 1000, 20);
        std::vector<Step> expected;
        for (Position p = 1; p <= history->ledger().updates(); ++p)
            if (history->ledger().update(p).clobbering())
                expected.push_back(history->storeStep(p) + 1);
        QVERIFY(expected.size() > 10);
        t.playback.setHistory(history);
        std::vector<Step> forward;
        while (t.playback.nextClobberingAction()->isEnabled()) {
            t.playback.nextClobbering();
            forward.push_back(t.playback.step());
        }
        QCOMPARE(forward, expected);
        std::vector<Step> back{t.playback.step()};
        while (t.playback.previousClobberingAction()->isEnabled()) {
            t.playback.previousClobbering();
            back.push_back(t.playback.step());
        }
        std::reverse(back.begin(), back.end());
        QCOMPARE(back, expected);
    }

    void jumpsAnywhereWithOneLook()
    {
        Timed t;
        const auto history = std::make_shared<LongHistory>(50, 100'000, 2);
        t.playback.setHistory(history);
        QCOMPARE(history->steps(), Step{30'000'000});
        for (const Step step : {Step{29'999'999}, Step{1}, Step{17'654'321}, Step{30'000'000}}) {
            history->statesAsked = 0;
            t.playback.setStep(step);
            QCOMPARE(history->statesAsked, 1);
            QCOMPARE(t.playback.state().step, step);
        }
    }

    void playingStopsAtTheBarrier()
    {
        Timed t;
        t.playback.setHistory(racingHistory());
        t.playback.setSpeed(8);
        t.playback.setStopsAtLoss(false);
        std::vector<std::pair<Step, Step>> asked;
        t.playback.setBarrier([&](Step from, Step to) -> std::optional<Step> {
            asked.emplace_back(from, to);
            return from < 10 && to >= 10 ? std::optional<Step>(10) : std::nullopt;
        });
        t.playback.play();
        t.pass(500ms);
        QCOMPARE(t.playback.step(), Step{8});
        QVERIFY(t.playback.isPlaying());
        t.pass(500ms);
        QCOMPARE(t.playback.step(), Step{10});
        QVERIFY(!t.playback.isPlaying());
        QCOMPARE(asked, (std::vector<std::pair<Step, Step>>{{4, 8}, {8, 12}}));

        // From there it goes on; one step at a time asks nobody.
        t.playback.play();
        t.pass(500ms);
        QVERIFY(t.playback.isPlaying());
        QVERIFY(t.playback.step() > 10);
        t.playback.setStep(9);
        const std::size_t questions = asked.size();
        t.playback.stepForward();
        t.playback.toEnd();
        QCOMPARE(asked.size(), questions);

        // A barrier at the very step that playing reaches stops it too; without one it passes.
        t.playback.setStep(9);
        t.playback.play();
        t.pass(125ms);
        QCOMPARE(t.playback.step(), Step{10});
        QVERIFY(!t.playback.isPlaying());
        t.playback.setBarrier({});
        t.playback.setStep(9);
        t.playback.play();
        t.pass(250ms);
        QVERIFY(t.playback.isPlaying());
    }

    void playsAtAPaceToReadTwoSentences()
    {
        Timed t;
        QCOMPARE(t.playback.speed(), 1.0);
    }

    void playingSkipsWhatComesBeforeTheFirstInstruction()
    {
        Timed t;
        t.playback.setHistory(racingHistory());
        std::vector<std::pair<Step, bool>> told;
        connect(&t.playback, &Playback::stepChanged, this,
                [&](Step step, bool smoothly) { told.emplace_back(step, smoothly); });
        t.playback.play();
        QCOMPARE(t.playback.step(), Step{0}); // what will be done is read until the first step
        t.pass(250ms);
        QCOMPARE(told, (std::vector<std::pair<Step, bool>>{{4, false}, {5, true}}));
        // Whoever steps by hand sees all of it, and playing on from within it skips the rest.
        t.playback.toStart();
        t.playback.stepForward();
        QCOMPARE(t.playback.step(), Step{1});
        t.playback.play();
        t.pass(250ms);
        QCOMPARE(t.playback.step(), Step{5});
        // Nothing but that: there is no first instruction to skip to.
        t.playback.setHistory(std::make_shared<MadeHistory>(3, 1, MadeHistory::spawned(3, {})));
        t.playback.play();
        t.pass(250ms);
        QCOMPARE(t.playback.step(), Step{1});
    }

    // Two cores begin one after the other; what they execute is all that is played.
    void playingPassesOverTheFirstThreadOfEachCore()
    {
        const auto history = machineRun(BuiltIn::UnlockedCounter, 2, 1, 2);
        Timed t;
        t.playback.setHistory(history);
        t.playback.setStopsAtLoss(false);
        QStringList animated;
        connect(&t.playback, &Playback::stepChanged, this, [&](Step step, bool smoothly) {
            if (smoothly && animated.size() < 6)
                animated << QString::number(history->event(step - 1).thread) + QLatin1Char(' ')
                                + QString::number(int(history->event(step - 1).kind));
        });
        t.playback.play();
        for (int tick = 0; t.playback.isPlaying() && tick < 100; ++tick)
            t.pass(1s);
        QStringList expected;
        for (const EventKind kind : {L, A, S})
            for (const int thread : {0, 1})
                expected << QString::number(thread) + QLatin1Char(' ') + QString::number(int(kind));
        QCOMPARE(animated, expected);
    }

    void playingStopsAtEachLossOnce_data()
    {
        QTest::addColumn<double>("speed");
        for (const double speed : {0.25, 1.0, 4.0, 8.0})
            QTest::addRow("%g", speed) << speed;
    }
    void playingStopsAtEachLossOnce()
    {
        QFETCH(double, speed);
        Timed t;
        t.playback.setHistory(racingHistory());
        t.playback.setSpeed(speed);
        std::vector<Step> stops;
        connect(&t.playback, &Playback::playingChanged, this, [&](bool playing) {
            if (!playing)
                stops.push_back(t.playback.step());
        });
        for (int presses = 0; presses < 3; ++presses) {
            t.playback.play();
            for (int tick = 0; t.playback.isPlaying(); ++tick) {
                QVERIFY(tick < 1000);
                t.pass(700ms);
            }
        }
        QCOMPARE(stops, (std::vector<Step>{14, 16, t.playback.steps()}));
    }

    void stoppingAtLossesCanBeSwitchedOff()
    {
        Timed t;
        QAction* const action = t.playback.stopsAtLossAction();
        QVERIFY(action->isCheckable() && action->isChecked());
        QVERIFY(action->toolTip().contains(QLatin1Char('8')));
        t.playback.setHistory(racingHistory());
        t.playback.setSpeed(8);
        action->trigger();
        t.playback.play();
        t.pass(1s);
        QVERIFY(t.playback.isPlaying());
        t.pass(1s);
        QCOMPARE(t.playback.step(), t.playback.steps());
        t.playback.setStopsAtLoss(true);
        QVERIFY(action->isChecked());
        // Too fast to be read: it plays on.
        t.playback.setSpeed(16);
        t.playback.play();
        t.pass(750ms);
        QCOMPARE(t.playback.step(), Step{16});
        QVERIFY(t.playback.isPlaying());
    }

    // What a clobbering store does may be undone by another, and is worth a stop all the same.
    void findsStoresThatOnlySetAside()
    {
        Timed t;
        const auto history = std::make_shared<MadeHistory>(
            3, 2,
            std::vector<MadeHistory::Line>{{1, L}, {0, L}, {0, A}, {0, S}, {2, L}, {1, A}, {1, S}, {2, A}, {2, S}});
        QCOMPARE(history->ledger().updatesLostTo(2), 0U);
        t.playback.setHistory(history);
        t.playback.nextClobbering();
        QCOMPARE(t.playback.step(), Step{7}); // B's store sets A's update aside
        QCOMPARE(t.playback.state().setAside, 1U);
        QCOMPARE(t.playback.state().lost, 0U);
        t.playback.nextClobbering();
        QCOMPARE(t.playback.step(), Step{9}); // C's brings it back, and destroys B's
        QCOMPARE(t.playback.state().setAside, 0U);
        QCOMPARE(t.playback.state().lost, 1U);
        // Playing stops where something is lost.
        t.playback.toStart();
        t.playback.play();
        for (int tick = 0; t.playback.isPlaying() && tick < 100; ++tick)
            t.pass(700ms);
        QCOMPARE(t.playback.step(), Step{9});
    }

    void speedsReachBothEnds()
    {
        Timed t;
        QSignalSpy speeds(&t.playback, &Playback::speedChanged);
        t.playback.setSpeed(1e9);
        QCOMPARE(t.playback.speed(), Playback::fastest);
        t.playback.setSpeed(0);
        QCOMPARE(t.playback.speed(), Playback::slowest);
        QVERIFY(!t.playback.slowerAction()->isEnabled());
        double before = 0;
        int presses = 0;
        while (t.playback.fasterAction()->isEnabled()) {
            QVERIFY(t.playback.speed() > before);
            before = t.playback.speed();
            t.playback.fasterAction()->trigger();
            QVERIFY(++presses < 50);
        }
        QVERIFY(t.playback.playsWholeRun());
        QCOMPARE(before, Playback::fastest);
        t.playback.slower();
        QVERIFY(!t.playback.playsWholeRun());
        QCOMPARE(t.playback.speed(), Playback::fastest);
        while (t.playback.slowerAction()->isEnabled())
            t.playback.slowerAction()->trigger();
        QCOMPARE(t.playback.speed(), Playback::slowest);
        QVERIFY(speeds.count() > 20);
    }

    void actionsHaveTextsKeysAndIcons()
    {
        Playback playback;
        QStringList keys;
        for (const QAction* action : playback.actions()) {
            QVERIFY(!action->text().isEmpty());
            QVERIFY(!action->toolTip().isEmpty());
            for (const QKeySequence& key : action->shortcuts())
                keys << key.toString();
            const QImage image = action->icon().pixmap(24, 24).toImage();
            int drawn = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    drawn += qAlpha(image.pixel(x, y)) > 128 ? 1 : 0;
            QVERIFY2(drawn > 40 && drawn < 24 * 24 / 2, qPrintable(action->text()));
        }
        QCOMPARE(QSet<QString>(keys.begin(), keys.end()).size(), keys.size());
        for (const char* key :
             {"Space", "Left", "Right", "Home", "End", "Ctrl+Left", "Ctrl+Right", "N", "P", "[", "]", "PgUp", "PgDown"})
            QVERIFY2(keys.contains(QLatin1String(key)), key);
    }

    void playTellsWhatItWillDo()
    {
        Timed t;
        t.playback.setHistory(racingHistory());
        const QString play = t.playback.playAction()->text();
        t.playback.play();
        QVERIFY(t.playback.playAction()->text() != play);
        t.playback.pause();
        QCOMPARE(t.playback.playAction()->text(), play);
    }

    void keysPlayUnlessTextNeedsThem()
    {
        Timed t;
        t.playback.setHistory(racingHistory());
        QWidget window;
        auto* layout = new QHBoxLayout(&window);
        auto* bar = new PlaybackBar(t.playback);
        auto* label = new QWidget;
        label->setFocusPolicy(Qt::StrongFocus);
        auto* text = new QLineEdit(QStringLiteral("abc"));
        auto* number = new QSpinBox;
        for (QWidget* widget :
             {static_cast<QWidget*>(bar), label, static_cast<QWidget*>(text), static_cast<QWidget*>(number)})
            layout->addWidget(widget);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));

        label->setFocus();
        QTest::keyClick(label, Qt::Key_Right);
        QCOMPARE(t.playback.step(), Step{1});
        QTest::keyClick(label, Qt::Key_Left);
        QCOMPARE(t.playback.step(), Step{0});
        QTest::keyClick(label, Qt::Key_Space);
        QVERIFY(t.playback.isPlaying());
        QTest::keyClick(label, Qt::Key_Space);
        QVERIFY(!t.playback.isPlaying());
        QTest::keyClick(label, Qt::Key_End);
        QCOMPARE(t.playback.step(), t.playback.steps());
        QTest::keyClick(label, Qt::Key_Home);
        QCOMPARE(t.playback.step(), Step{0});
        QTest::keyClick(label, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(t.playback.step(), Step{14});
        QTest::keyClick(label, Qt::Key_N);
        QCOMPARE(t.playback.step(), Step{16});
        QTest::keyClick(label, Qt::Key_P);
        QCOMPARE(t.playback.step(), Step{14});

        const Step here = t.playback.step();
        text->setFocus();
        QTest::keyClicks(text, QStringLiteral(" n]"));
        QTest::keyClick(text, Qt::Key_Home);
        QVERIFY(text->text().contains(QStringLiteral(" n]")));
        number->setFocus();
        QTest::keyClick(number, Qt::Key_Left);
        QTest::keyClick(number, Qt::Key_End);
        QCOMPARE(t.playback.step(), here);
        QVERIFY(!t.playback.isPlaying());
    }

    void selectionTellsOncePerChange()
    {
        Selection selection;
        QSignalSpy changes(&selection, &Selection::changed);
        selection.selectUpdate(3);
        selection.selectUpdate(3);
        selection.selectThread(1);
        QCOMPARE(changes.count(), 2);
        selection.clear();
        QCOMPARE(changes.count(), 3);
        QVERIFY(!selection.update() && !selection.thread());
    }
};

QTEST_MAIN(PlaybackTest)
#include "playback_test.moc"
