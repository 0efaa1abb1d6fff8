// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/main_window.h"

#include "export/trace_export.h"
#include "hardware/recorded_history.h"
#include "history/ledger.h"
#include "parameters/parameters_panel.h"
#include "parameters/source_panel.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "stage/stage_view.h"
#include "timeline/timeline_pane.h"
#include "timeline/timeline_view.h"
#include "unexpected_warnings.h"
#include "window/appearance.h"
#include "window/key_sheet.h"
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
    void keepsARunAbove();
    void keepsARunOfTheMachineAbove();
    void exportsTheTrace();
    void fitsALowScreen();
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
        window.resize(1300, 820);
        window.close();
    }
    MainWindow window;
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

// Unlocked over locked, and then the other way round: whatever the window shows is of the run that is replayed.
void MainWindowTest::keepsARunAbove()
{
    MainWindow window;
    window.resize(1280, 800);
    window.show();
    waitForOpeningRun(window);
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
    waitForOpeningRun(window);
    in<SourcePanel>(window).setSource(Source::Machine);
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
    QVERIFY(!trace.action()->isEnabled());
    waitForOpeningRun(window);
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

void MainWindowTest::fitsALowScreen()
{
    MainWindow window;
    window.show();
    waitForOpeningRun(window);
    in<Appearance>(window).setScale(1.5);
    in<StatusLine>(window).tell(QStringLiteral("A sentence at the foot of the window."));
    QTRY_VERIFY2(window.minimumSizeHint().height() <= 800,
                 qPrintable(QString::number(window.minimumSizeHint().height())));
    in<Appearance>(window).setScale(1);
    in<TimelinePane>(window).keep();
    QTRY_VERIFY(in<TimelinePane>(window).kept().isVisible());
    QVERIFY2(window.minimumSizeHint().height() <= 800, qPrintable(QString::number(window.minimumSizeHint().height())));
}

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
