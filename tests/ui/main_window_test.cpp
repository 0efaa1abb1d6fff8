// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/main_window.h"

#include "hardware/recorded_history.h"
#include "history/ledger.h"
#include "parameters/parameters_panel.h"
#include "playback/playback.h"
#include "stage/stage_view.h"
#include "window/appearance.h"
#include "window/key_sheet.h"
#include "window/run_controller.h"
#include "window/settings.h"
#include "unexpected_warnings.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTest>
#include <QTreeWidget>

using namespace interleave;

namespace {

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

void waitForOpeningRun(MainWindow& window)
{
    QTRY_VERIFY_WITH_TIMEOUT(!in<RunController>(window).isRunning() && in<Playback>(window).steps() > 0, patience);
}

} // namespace

class MainWindowTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void opensOnASmallRecordedRunReadyToPlay();
    void runsWhatThePanelSays();
    void enterRunsWithTheNumberBeingTyped();
    void staysResponsiveAndCancels();
    void countedRunKeepsTheHistory();
    void everyLostUpdateIsReached();
    void trialsFillTheCharts();
    void remembersParametersAndAppearance();
    void scaleAndThemeReachEveryWidget();
    void keySheetListsEveryShortcut();
    void everyActionHasAText();
    void brokenSettingsAreIgnored();
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

void MainWindowTest::opensOnASmallRecordedRunReadyToPlay()
{
    MainWindow window;
    window.show();
    waitForOpeningRun(window);
    const Playback& playback = in<Playback>(window);
    QCOMPARE(playback.history()->threads(), 4U);
    QCOMPARE(playback.history()->iterations(), 3U);
    QCOMPARE(playback.history()->ledger().updates(), 12U);
    QCOMPARE(playback.step(), Step{0});
    QVERIFY(!playback.isPlaying());
    QVERIFY(playback.playAction()->isEnabled());
    QVERIFY(in<StageView>(window).hasHistory());
}

void MainWindowTest::runsWhatThePanelSays()
{
    MainWindow window;
    window.show();
    waitForOpeningRun(window);
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
    waitForOpeningRun(window);
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
    waitForOpeningRun(window);
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

void MainWindowTest::countedRunKeepsTheHistory()
{
    MainWindow window;
    window.show();
    waitForOpeningRun(window);
    const auto before = in<Playback>(window).history();
    RunParameters parameters;
    parameters.threads = 3;
    parameters.iterations = 5;
    in<ParametersPanel>(window).setParameters(parameters, 1, false);
    QSignalSpy stopped(&in<RunController>(window), &RunController::stopped);
    window.runOrCancel();
    QTRY_COMPARE_WITH_TIMEOUT(stopped.count(), 1, patience);
    QCOMPARE(in<Playback>(window).history(), before);
}

void MainWindowTest::everyLostUpdateIsReached()
{
    MainWindow window;
    window.show();
    waitForOpeningRun(window);
    Playback& playback = in<Playback>(window);
    const Ledger& ledger = playback.history()->ledger();
    std::uint64_t lost = 0;
    playback.toStart();
    for (Position p = ledger.nextDestroyer(0); p != 0; p = ledger.nextDestroyer(p)) {
        QVERIFY(playback.nextLostAction()->isEnabled());
        playback.nextLostAction()->trigger();
        QCOMPARE(playback.step(), playback.history()->storeStep(p) + 1);
        lost += ledger.updatesLostTo(p);
    }
    QVERIFY(!playback.nextLostAction()->isEnabled());
    QCOMPARE(lost, ledger.lost());
}

void MainWindowTest::trialsFillTheCharts()
{
    MainWindow window;
    window.show();
    waitForOpeningRun(window);
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
        MainWindow window;
        window.show();
        waitForOpeningRun(window);
        in<ParametersPanel>(window).setParameters(parameters, 6, false);
        in<Appearance>(window).setChoice(Appearance::Choice::Dark);
        in<Appearance>(window).setScale(1.5);
        window.resize(1300, 860);
        window.close();
    }
    MainWindow window;
    QCOMPARE(in<ParametersPanel>(window).parameters(), parameters);
    QCOMPARE(in<ParametersPanel>(window).trials(), 6);
    QVERIFY(!in<ParametersPanel>(window).recording());
    QCOMPARE(in<Appearance>(window).choice(), Appearance::Choice::Dark);
    QCOMPARE(in<Appearance>(window).scale(), 1.5);
    QCOMPARE(window.size(), QSize(1300, 860));
    in<Appearance>(window).setChoice(Appearance::Choice::System);
    in<Appearance>(window).setScale(1);
}

void MainWindowTest::scaleAndThemeReachEveryWidget()
{
    MainWindow window;
    window.show();
    waitForOpeningRun(window);
    Appearance& appearance = in<Appearance>(window);
    appearance.setChoice(Appearance::Choice::Light);
    QVERIFY(meanLightness(window) > 200);
    appearance.setChoice(Appearance::Choice::Dark);
    QVERIFY(meanLightness(window) < 80);
    appearance.setChoice(Appearance::Choice::Light);
    const double unit = unitOf(&in<StageView>(window));
    for (int i = 0; i < 40; ++i)
        actionOf(window, QKeySequence(Qt::CTRL | Qt::Key_Plus))->trigger();
    QCOMPARE(appearance.scale(), Appearance::largestScale);
    QVERIFY(unitOf(&in<StageView>(window)) > 2 * unit);
    for (int i = 0; i < 80; ++i)
        actionOf(window, QKeySequence(Qt::CTRL | Qt::Key_Minus))->trigger();
    QCOMPARE(appearance.scale(), Appearance::smallestScale);
    actionOf(window, QKeySequence(Qt::CTRL | Qt::Key_0))->trigger();
    QCOMPARE(appearance.scale(), 1.0);
    appearance.setChoice(Appearance::Choice::System);
}

void MainWindowTest::keySheetListsEveryShortcut()
{
    MainWindow window;
    const KeySheet sheet(*window.menuBar());
    const auto* list = sheet.findChild<QTreeWidget*>();
    int keys = 0;
    for (int i = 0; i < list->topLevelItemCount(); ++i)
        keys += list->topLevelItem(i)->childCount();
    int shortcuts = 0;
    for (const QAction* menu : window.menuBar()->actions())
        for (const QAction* action : menu->menu()->actions())
            shortcuts += action->shortcuts().isEmpty() ? 0 : 1;
    QVERIFY(shortcuts > 15);
    QVERIFY(keys >= shortcuts);
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
    MainWindow window;
    QCOMPARE(in<ParametersPanel>(window).parameters(), RememberedRun::firstOne().parameters);
    QCOMPARE(in<Appearance>(window).choice(), Appearance::Choice::System);
    QCOMPARE(window.size(), QSize(1440, 900));
}

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
