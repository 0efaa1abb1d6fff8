// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/main_window.h"

#include "export/trace_export.h"
#include "hardware/recorded_history.h"
#include "history/ledger.h"
#include "code/code_view.h"
#include "ledger/ledger_table.h"
#include "ledger/ledger_view.h"
#include "narration/narration_bar.h"
#include "parameters/parameters_panel.h"
#include "parameters/source_panel.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "stage/machine/machine_stage_view.h"
#include "stage/stage_invitation.h"
#include "stage/stage_view.h"
#include "timeline/timeline_pane.h"
#include "timeline/timeline_view.h"
#include "unexpected_warnings.h"
#include "window/appearance.h"
#include "window/machine_mode.h"
#include "window/run_controller.h"
#include "window/settings.h"
#include "window/status_line.h"

#include <QAction>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>

using namespace interleave;

namespace {

constexpr QSize largeScreen{1920, 1080};
constexpr int patience = 60'000; // ms; nothing is asserted about how long it takes

template <typename T>
T& in(QWidget& window)
{
    return *window.findChild<T*>();
}

QAction* actionOf(const MainWindow& window, const QKeySequence& key)
{
    for (QAction* action : window.findChildren<QAction*>())
        if (action->shortcuts().contains(key))
            return action;
    return nullptr;
}

// Of all pixels, 0 to 255.
double meanLightness(QWidget& window)
{
    const QImage image = window.grab().toImage().scaled(1, 1, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    return image.pixelColor(0, 0).lightnessF() * 255;
}

// A race of real threads, small enough to follow.
void race(MainWindow& window)
{
    RunParameters parameters;
    parameters.threads = 4;
    parameters.iterations = 3;
    parameters.window = std::chrono::microseconds{20};
    in<ParametersPanel>(window).setParameters(parameters, 1, true);
    in<SourcePanel>(window).setSource(Source::Hardware);
    QSignalSpy finished(&in<RunController>(window), &RunController::finished);
    window.runOrCancel();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, patience);
}

// What the stage says is on display.
QString shownIn(const MainWindow& window)
{
    return window.findChild<QLabel*>(QStringLiteral("runShown"))->text();
}

} // namespace

class MainWindowTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void opensOnOneLostUpdate_data();
    void opensOnOneLostUpdate();
    void lastRunIsMadeAgain();
    void goesOnToTheNotesProgram();
    void runsWhatThePanelSays();
    void enterRunsWithTheNumberBeingTyped();
    void staysResponsiveAndCancels();
    void countedRunSaysThatThereIsNothingToReplay();
    void everyLostUpdateIsReached();
    void trialsFillTheCharts();
    void remembersParametersAndAppearance();
    void scaleAndThemeReachEveryWidget();
    void everyActionHasAText();
    void brokenSettingsAreIgnored();
    void keepsARunAbove();
    void keepsARunOfTheMachineAbove();
    void exportsTheTrace();
    void neverExceedsTheScreen_data();
    void neverExceedsTheScreen();
    void presentsStageAndSentence_data();
    void presentsStageAndSentence();
    void goesWhilePresenting();
    void chartsTakeTheRoom();
    void ledgerShowsSixRows();
};

void MainWindowTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("InterleaveTest"));
    QCoreApplication::setApplicationName(QStringLiteral("main_window_test"));
    QTest::failOnWarning(unexpectedWarning());
}

void MainWindowTest::init()
{
    QSettings().clear();
}

// Whatever was remembered, and before the event loop has turned once.
void MainWindowTest::opensOnOneLostUpdate()
{
    QFETCH(bool, used);
    if (used) {
        MainWindow before;
        before.show();
        race(before);
        before.close();
    }
    MainWindow window;
    window.show();
    const Playback& playback = in<Playback>(window);
    QVERIFY(playback.history());
    QCOMPARE(playback.history()->threads(), 2U);
    QCOMPARE(playback.history()->iterations(), 1U);
    QCOMPARE(playback.history()->ledger().updates(), 2U);
    QCOMPARE(playback.history()->ledger().lost(), 1U);
    QCOMPARE(playback.step(), Step{0});
    QVERIFY(!playback.isPlaying());
    QVERIFY(playback.playAction()->isEnabled());
    QVERIFY(in<MachineStageView>(window).hasHistory());
    QCOMPARE(shownIn(window), QStringLiteral("One update each · 2 threads · 2 cores · round-robin"));
    QVERIFY(in<CodeView>(window).isCurrent());
    // What was set last is in the panel, to be run.
    QCOMPARE(in<SourcePanel>(window).source(), used ? Source::Hardware : Source::Machine);
    QCOMPARE(in<ParametersPanel>(window).parameters().threads, used ? 4U : 50U);
}

void MainWindowTest::opensOnOneLostUpdate_data()
{
    QTest::addColumn<bool>("used");
    QTest::newRow("a fresh profile") << false;
    QTest::newRow("a used profile") << true;
}

void MainWindowTest::lastRunIsMadeAgain()
{
    {
        MainWindow before;
        before.show();
        race(before);
        before.close();
    }
    MainWindow window;
    window.show();
    in<ParametersPanel>(window).setParameters({}, 1, true); // something else in between
    QSignalSpy finished(&in<RunController>(window), &RunController::finished);
    actionOf(window, QKeySequence(Qt::CTRL | Qt::Key_L))->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, patience);
    QCOMPARE(in<Playback>(window).history()->threads(), 4U);
    QCOMPARE(in<Playback>(window).history()->iterations(), 3U);
    QVERIFY2(shownIn(window).startsWith(QStringLiteral("none · 4 threads × 3 · ")), qPrintable(shownIn(window)));
}

// From the small run to the note's: nothing of what was set before goes along.
void MainWindowTest::goesOnToTheNotesProgram()
{
    MainWindow window;
    window.show();
    race(window);
    QSignalSpy finished(&in<RunController>(window), &RunController::finished);
    window.runNote();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, patience);
    QCOMPARE(in<Playback>(window).history()->threads(), 50U);
    QCOMPARE(in<Playback>(window).history()->ledger().updates(), 10'000'000U);
    QCOMPARE(in<ParametersPanel>(window).parameters(), RunParameters());
    QVERIFY2(shownIn(window).startsWith(QStringLiteral("none · 50 threads × 200,000 · ")), qPrintable(shownIn(window)));
}

void MainWindowTest::runsWhatThePanelSays()
{
    MainWindow window;
    window.show();
    in<SourcePanel>(window).setSource(Source::Hardware);
    RunParameters parameters;
    parameters.threads = 7;
    parameters.iterations = 11;
    parameters.synchronisation = Synchronisation::Mutex;
    in<ParametersPanel>(window).setParameters(parameters, 2, true);
    QSignalSpy finished(&in<RunController>(window), &RunController::finished);
    actionOf(window, QKeySequence(Qt::Key_Return))->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, patience);
    const auto history = in<Playback>(window).history();
    QCOMPARE(history->threads(), 7U);
    QCOMPARE(history->iterations(), 11U);
    QCOMPARE(history->ledger().lost(), 0U);
}

void MainWindowTest::enterRunsWithTheNumberBeingTyped()
{
    MainWindow window;
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    in<SourcePanel>(window).setSource(Source::Hardware);
    auto* box = in<ParametersPanel>(window).findChild<QSpinBox*>(); // threads, the first of the panel
    box->setFocus();
    box->selectAll();
    QTest::keyClicks(box, QStringLiteral("6"));
    QSignalSpy finished(&in<RunController>(window), &RunController::finished);
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, patience);
    QCOMPARE(in<Playback>(window).history()->threads(), 6U);
    // Then Space plays what has been run.
    QTest::keyClick(window.focusWidget(), Qt::Key_Space);
    QVERIFY(in<Playback>(window).isPlaying());
}

void MainWindowTest::staysResponsiveAndCancels()
{
    MainWindow window;
    window.show();
    race(window);
    const auto before = in<Playback>(window).history();
    RunParameters endless;
    endless.threads = 4;
    endless.iterations = 1000;
    endless.window = std::chrono::seconds{1}; // far longer than anyone waits: only a cancel ends it
    in<ParametersPanel>(window).setParameters(endless, 1, true);
    auto& runs = in<RunController>(window);
    QSignalSpy failed(&runs, &RunController::failed);
    QSignalSpy stopped(&runs, &RunController::stopped);
    window.runOrCancel();
    QVERIFY(runs.isRunning());
    // The window works while the run goes on.
    in<Playback>(window).toEnd();
    QCOMPARE(in<Playback>(window).step(), before->steps());
    window.runOrCancel();
    QTRY_COMPARE_WITH_TIMEOUT(stopped.count(), 1, patience);
    QCOMPARE(failed.count(), 1);
    QVERIFY(!runs.isRunning());
    QCOMPARE(in<Playback>(window).history(), before);
}

void MainWindowTest::countedRunSaysThatThereIsNothingToReplay()
{
    MainWindow window;
    window.show();
    race(window);
    RunParameters parameters;
    parameters.threads = 3;
    parameters.iterations = 5;
    in<ParametersPanel>(window).setParameters(parameters, 1, false);
    QSignalSpy stopped(&in<RunController>(window), &RunController::stopped);
    window.runOrCancel();
    QTRY_COMPARE_WITH_TIMEOUT(stopped.count(), 1, patience);
    QVERIFY(!in<Playback>(window).history());
    QVERIFY2(shownIn(window).startsWith(QStringLiteral("none · 3 threads × 5 · ")), qPrintable(shownIn(window)));
    QString notice;
    for (const auto* each : window.findChildren<StageInvitation*>())
        if (each->isVisible())
            notice = each->text();
    QVERIFY2(notice.contains(QLatin1String("Record")), qPrintable(notice));
    QVERIFY(!in<Playback>(window).playAction()->isEnabled());
}

void MainWindowTest::everyLostUpdateIsReached()
{
    MainWindow window;
    window.show();
    race(window);
    Playback& playback = in<Playback>(window);
    const Ledger& ledger = playback.history()->ledger();
    std::uint64_t lost = 0;
    playback.toStart();
    for (Position p = ledger.nextClobbering(0); p != 0; p = ledger.nextClobbering(p)) {
        QVERIFY(playback.nextClobberingAction()->isEnabled());
        playback.nextClobberingAction()->trigger();
        QCOMPARE(playback.step(), playback.history()->storeStep(p) + 1);
        lost += ledger.updatesLostTo(p);
    }
    QVERIFY(!playback.nextClobberingAction()->isEnabled());
    QCOMPARE(lost, ledger.lost());
}

void MainWindowTest::trialsFillTheCharts()
{
    MainWindow window;
    window.show();
    race(window);
    RunParameters parameters;
    parameters.threads = 2;
    parameters.iterations = 50;
    in<ParametersPanel>(window).setParameters(parameters, 2, true);
    QSignalSpy finished(&in<RunController>(window), &RunController::trialsFinished);
    QSignalSpy stopped(&in<RunController>(window), &RunController::stopped);
    window.runTrials();
    QTRY_COMPARE_WITH_TIMEOUT(stopped.count(), 1, patience);
    QCOMPARE(finished.count(), 1);
    const auto table = finished.first().first().value<ResultsTable>();
    QCOMPARE(table.size(), 2 * allSynchronisations.size());
    for (const ResultsRow& row : table.rows()) {
        QCOMPARE(row.final + row.lost, row.expected);
        QCOMPARE(row.expected, std::uint64_t{100});
    }
    QCOMPARE(in<QTabWidget>(window).currentIndex(), 1);
}

void MainWindowTest::remembersParametersAndAppearance()
{
    RunParameters parameters;
    parameters.threads = 9;
    parameters.iterations = 77;
    parameters.window = std::chrono::microseconds{5};
    parameters.synchronisation = Synchronisation::Cas;
    {
        MainWindow window(nullptr, largeScreen);
        window.show();
        in<ParametersPanel>(window).setParameters(parameters, 6, false);
        in<Appearance>(window).setChoice(Appearance::Choice::Dark);
        in<Appearance>(window).setScale(1.5);
        window.resize(1300, 820);
        window.close();
    }
    MainWindow window(nullptr, largeScreen);
    QCOMPARE(in<ParametersPanel>(window).parameters(), parameters);
    QCOMPARE(in<ParametersPanel>(window).trials(), 6);
    QVERIFY(!in<ParametersPanel>(window).recording());
    QCOMPARE(in<Appearance>(window).choice(), Appearance::Choice::Dark);
    QCOMPARE(in<Appearance>(window).scale(), 1.5);
    QCOMPARE(window.size(), QSize(1300, 820));
    in<Appearance>(window).setChoice(Appearance::Choice::System);
    in<Appearance>(window).setScale(1);
}

void MainWindowTest::scaleAndThemeReachEveryWidget()
{
    MainWindow window(nullptr, largeScreen);
    window.show();
    Appearance& appearance = in<Appearance>(window);
    appearance.setChoice(Appearance::Choice::Light);
    QVERIFY(meanLightness(window) > 200);
    appearance.setChoice(Appearance::Choice::Dark);
    QVERIFY(meanLightness(window) < 80);
    appearance.setChoice(Appearance::Choice::Light);
    const double unit = unitOf(&in<MachineStageView>(window));
    for (int i = 0; i < 40; ++i)
        actionOf(window, QKeySequence(Qt::CTRL | Qt::Key_Plus))->trigger();
    QVERIFY(unitOf(&in<MachineStageView>(window)) > unit);
    for (int i = 0; i < 80; ++i)
        actionOf(window, QKeySequence(Qt::CTRL | Qt::Key_Minus))->trigger();
    QCOMPARE(appearance.scale(), Appearance::smallestScale);
    actionOf(window, QKeySequence(Qt::CTRL | Qt::Key_0))->trigger();
    QCOMPARE(appearance.scale(), 1.0);
    appearance.setChoice(Appearance::Choice::System);
}

void MainWindowTest::everyActionHasAText()
{
    MainWindow window;
    for (const QMenu* menu : window.findChildren<QMenu*>())
        for (const QAction* action : menu->actions())
            QVERIFY2(action->isSeparator() || !action->text().isEmpty(), qPrintable(menu->title()));
}

void MainWindowTest::brokenSettingsAreIgnored()
{
    QSettings settings;
    settings.setValue(QStringLiteral("run/threads"), QStringLiteral("many"));
    settings.setValue(QStringLiteral("run/iterations"), -5);
    settings.setValue(QStringLiteral("run/window"), qint64{1} << 62);
    settings.setValue(QStringLiteral("run/sync"), QStringLiteral("luck"));
    settings.setValue(QStringLiteral("theme"), QStringLiteral("pink"));
    settings.setValue(QStringLiteral("geometry"), QByteArray("nonsense"));
    MainWindow window(nullptr, largeScreen);
    QCOMPARE(in<ParametersPanel>(window).parameters(), RememberedRun::firstOne().parameters);
    QCOMPARE(in<Appearance>(window).choice(), Appearance::Choice::System);
    QCOMPARE(window.size(), QSize(1440, 900));
}

// Unlocked over locked, and then the other way round: whatever the window shows is of the run that is replayed.
void MainWindowTest::keepsARunAbove()
{
    MainWindow window;
    window.resize(1280, 800);
    window.show();
    race(window);
    auto& pane = in<TimelinePane>(window);
    const auto unlocked = in<Playback>(window).history();
    const int alone = pane.height();
    in<Playback>(window).setStep(5);
    QTest::keyClick(&in<StageView>(window), Qt::Key_K, Qt::ShiftModifier);
    QVERIFY(pane.hasKept());
    QVERIFY(pane.height() > alone);
    RunParameters parameters;
    parameters.threads = 3;
    parameters.iterations = 20;
    parameters.synchronisation = Synchronisation::Mutex;
    in<ParametersPanel>(window).setParameters(parameters, 1, true);
    QSignalSpy finished(&in<RunController>(window), &RunController::finished);
    window.runOrCancel();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, patience);
    const auto mutex = in<Playback>(window).history();
    QCOMPARE(pane.keptPlayback().history(), unlocked);
    QVERIFY(pane.wordsOfKept().startsWith(QLatin1String("no lock, 4 threads, ")));
    QCOMPARE(pane.wordsOfReplayed(), QStringLiteral("mutex, 3 threads, none of 60 lost"));
    const auto expected = [&] { return window.findChild<QLabel*>(QStringLiteral("expectedValue"))->text(); };
    QCOMPARE(expected(), QStringLiteral("60"));

    pane.swapAction()->trigger();
    QCOMPARE(in<Playback>(window).history(), unlocked);
    QCOMPARE(in<ParametersPanel>(window).parameters().synchronisation, Synchronisation::None);
    QCOMPARE(in<ParametersPanel>(window).parameters().threads, 4U);
    QVERIFY(!in<SourcePanel>(window).differsFromShown());
    QVERIFY2(shownIn(window).startsWith(QStringLiteral("none · 4 threads × 3 · ")), qPrintable(shownIn(window)));
    QCOMPARE(in<Playback>(window).step(), Step{5});
    QCOMPARE(pane.keptPlayback().history(), mutex);
    QCOMPARE(expected(), QStringLiteral("12"));
    pane.swapAction()->trigger();
    QCOMPARE(in<Playback>(window).history(), mutex);
    QCOMPARE(expected(), QStringLiteral("60"));

    // The machine counts ticks, so nothing can stay above it.
    in<SourcePanel>(window).setSource(Source::Machine);
    QTRY_VERIFY_WITH_TIMEOUT(in<Playback>(window).history()->timeUnit() == TimeUnit::Ticks, patience);
    QVERIFY(!pane.hasKept());
    QVERIFY(pane.height() <= alone);
}

void MainWindowTest::keepsARunOfTheMachineAbove()
{
    MainWindow window;
    window.show();
    auto& playback = in<Playback>(window);
    QTRY_VERIFY_WITH_TIMEOUT(playback.history()->timeUnit() == TimeUnit::Ticks, patience);
    auto& pane = in<TimelinePane>(window);
    pane.keep();
    const auto first = playback.history();
    in<MachineMode>(window).run();
    QTRY_VERIFY_WITH_TIMEOUT(playback.history() != first, patience);
    const auto second = playback.history();
    QCOMPARE(pane.wordsOfKept(), pane.wordsOfReplayed()); // the same program, once more
    QVERIFY2(pane.wordsOfKept().contains(QLatin1String(" on ")), qPrintable(pane.wordsOfKept()));
    pane.swap();
    QCOMPARE(playback.history(), first);
    QCOMPARE(std::shared_ptr<const History>(in<MachineMode>(window).history()), first);
    pane.swap();
    QCOMPARE(playback.history(), second);
    QCOMPARE(std::shared_ptr<const History>(in<MachineMode>(window).history()), second);
}

void MainWindowTest::exportsTheTrace()
{
    MainWindow window;
    window.show();
    auto& trace = in<TraceExport>(window);
    race(window);
    QVERIFY(trace.action()->isEnabled());
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("t.json"));
    trace.setAskForPath([&path](QWidget*, const QString&, const QString&) { return path; });
    trace.action()->trigger();
    QVERIFY(trace.isRunning());
    QCOMPARE(in<StatusLine>(window).sentence(), QStringLiteral("Writing the trace…"));
    QTRY_VERIFY_WITH_TIMEOUT(!trace.isRunning(), patience);
    QVERIFY(in<StatusLine>(window).sentence().contains(QLatin1String("t.json")));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject facts = QJsonDocument::fromJson(file.readAll()).object()[QLatin1String("otherData")].toObject();
    const Ledger& ledger = in<Playback>(window).history()->ledger();
    QCOMPARE(facts[QLatin1String("updates")].toInteger(), static_cast<qint64>(ledger.updates()));
    QCOMPARE(facts[QLatin1String("lost")].toInteger(), static_cast<qint64>(ledger.lost()));
}

void MainWindowTest::neverExceedsTheScreen_data()
{
    QTest::addColumn<QSize>("room");
    QTest::newRow("1280 x 800") << QSize(1280, 800);
    QTest::newRow("1366 x 768") << QSize(1366, 768);
    QTest::newRow("1920 x 1080") << QSize(1920, 1080);
}

// However large the text is to be: what does not fit is not taken, and the stage grows with all the rest.
void MainWindowTest::neverExceedsTheScreen()
{
    QFETCH(QSize, room);
    MainWindow window(nullptr, room);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const auto inRoom = [&] {
        const QSize least = window.minimumSizeHint();
        return window.width() <= room.width() && window.height() <= room.height() && least.width() <= room.width()
            && least.height() <= room.height();
    };
    QVERIFY(inRoom());
    auto& stage = in<MachineStageView>(window);
    const double unit = unitOf(&stage);
    const bool codeBefore = in<CodeView>(window).isVisible();
    for (int i = 0; i < 15; ++i) {
        QTest::keyClick(window.windowHandle(), Qt::Key_Plus, Qt::ControlModifier);
        QVERIFY2(inRoom(), qPrintable(QString::number(in<Appearance>(window).scale())));
    }
    QVERIFY2(unitOf(&stage) > 1.2 * unit, qPrintable(QString::number(unitOf(&stage))));
    QVERIFY2(stage.width() * 2 >= window.width(), qPrintable(QString::number(stage.width())));
    in<StatusLine>(window).tell(QStringLiteral("A sentence at the foot of the window."));
    QVERIFY(inRoom());
    QTest::keyClick(window.windowHandle(), Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(in<Appearance>(window).scale(), 1.0);
    QCOMPARE(unitOf(&stage), unit);
    QCOMPARE(in<CodeView>(window).isVisible(), codeBefore);
    in<TimelinePane>(window).keep();
    QTRY_VERIFY(in<TimelinePane>(window).kept().isVisible());
    QVERIFY(inRoom());
}

void MainWindowTest::presentsStageAndSentence_data()
{
    neverExceedsTheScreen_data();
}

void MainWindowTest::presentsStageAndSentence()
{
    QFETCH(QSize, room);
    MainWindow window(nullptr, room);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const QSize before = window.size();
    auto& stage = in<MachineStageView>(window);
    const QSize small = stage.size();
    const double unit = unitOf(&stage);
    auto& pane = in<TimelinePane>(window);
    const int timeline = pane.height();
    auto* const hint = window.findChild<QLabel*>(QStringLiteral("stageHint"));
    QVERIFY(!hint->isVisible());

    QTest::keyClick(window.windowHandle(), Qt::Key_F5);
    QVERIFY(window.isFullScreen());
    window.resize(room);
    for (QWidget* hidden : {static_cast<QWidget*>(window.menuBar()), static_cast<QWidget*>(&in<QToolBar>(window)),
                            static_cast<QWidget*>(&in<SourcePanel>(window)), static_cast<QWidget*>(&in<CodeView>(window)),
                            static_cast<QWidget*>(&in<LedgerView>(window))})
        QVERIFY2(!hidden->isVisible(), hidden->metaObject()->className());
    QVERIFY(stage.isVisible());
    QVERIFY(in<NarrationBar>(window).isVisible());
    QVERIFY(pane.isVisible());
    QTRY_VERIFY2(pane.height() < timeline, qPrintable(QString::number(pane.height())));
    // All of the screen is used: the strip stands at its foot.
    QTRY_COMPARE(pane.mapTo(&window, QPoint(0, pane.height())).y(), window.height());
    QVERIFY(hint->isVisible());
    QVERIFY(hint->text().contains(QLatin1String("Esc")));
    QVERIFY(unitOf(&stage) > unit);
    QTRY_VERIFY(stage.width() > small.width() && stage.height() > small.height());
    // Its keys go on working, with the menus that name them out of sight; and those of a presenter's remote.
    QTest::keyClick(window.windowHandle(), Qt::Key_PageDown);
    QCOMPARE(in<Playback>(window).step(), Step{1});
    QTest::keyClick(window.windowHandle(), Qt::Key_PageUp);
    QCOMPARE(in<Playback>(window).step(), Step{0});

    QTest::keyClick(window.windowHandle(), Qt::Key_Escape);
    QVERIFY(!window.isFullScreen());
    QCOMPARE(window.size(), before);
    QCOMPARE(unitOf(&stage), unit);
    QVERIFY(window.menuBar()->isVisible() && in<SourcePanel>(window).isVisible() && in<CodeView>(window).isVisible());
    QVERIFY(!hint->isVisible());
    QTRY_COMPARE(pane.height(), timeline);
}

// A window that goes while it presents gives its scale back to the program.
void MainWindowTest::goesWhilePresenting()
{
    double scale = 0;
    {
        MainWindow window(nullptr, largeScreen);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        scale = unitOf(&window);
        QTest::keyClick(window.windowHandle(), Qt::Key_F5);
        QVERIFY(unitOf(&window) > scale);
    }
    const QWidget another;
    QCOMPARE(unitOf(&another), scale);
}

// The charts speak of many runs: what speaks of one gives them its room, and takes it back.
void MainWindowTest::chartsTakeTheRoom()
{
    MainWindow window(nullptr, {1280, 800});
    window.show();
    auto& tabs = in<QTabWidget>(window);
    const int narrow = tabs.width();
    tabs.setCurrentIndex(1);
    QTRY_VERIFY(tabs.width() > narrow);
    QVERIFY(!in<TimelinePane>(window).isVisible() && !in<LedgerView>(window).isVisible()
            && !in<NarrationBar>(window).isVisible());
    tabs.setCurrentIndex(0);
    QVERIFY(in<TimelinePane>(window).isVisible() && in<LedgerView>(window).isVisible()
            && in<NarrationBar>(window).isVisible());
}

// At 1280 x 800 at least six updates are seen under their headings.
void MainWindowTest::ledgerShowsSixRows()
{
    MainWindow window(nullptr, {1280, 800});
    window.show();
    race(window);
    const auto& table = in<LedgerTable>(window);
    QTRY_VERIFY2(table.height() >= table.heightFor(6), qPrintable(QString::number(table.height())));
}

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
