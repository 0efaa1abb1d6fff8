// SPDX-License-Identifier: GPL-3.0-or-later
// The machine in the real window.
#include "charts/charts_view.h"
#include "code/code_view.h"
#include "code/program_document.h"
#include "code/program_files.h"
#include "controls/flat_slider.h"
#include "hardware/recorded_history.h"
#include "history/ledger.h"
#include "machine/machine_history.h"
#include "manual/manual_panel.h"
#include "parameters/machine_panel.h"
#include "parameters/machine_parameters.h"
#include "parameters/parameter_row.h"
#include "parameters/parameters_panel.h"
#include "parameters/source_panel.h"
#include "playback/playback.h"
#include "stage/machine/compare_stages.h"
#include "stage/machine/machine_stage_view.h"
#include "stage/stage_view.h"
#include "style/theme.h"
#include "help/help_rows.h"
#include "help/help_window.h"
#include "help/keys_page.h"
#include "unexpected_warnings.h"
#include "window/appearance.h"
#include "window/machine_mode.h"
#include "window/main_window.h"
#include "window/run_controller.h"
#include "window/status_line.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QTreeWidget>

using namespace interleave;

namespace {

constexpr int patience = 60'000; // ms; nothing is asserted about how long it takes

// The window on the machine, after its first run.
struct Opened {
    Opened()
    {
        window.show();
        pick(BuiltIn::UnlockedCounter);
    }
    template <typename T>
    [[nodiscard]] T& in() const
    {
        return *window.findChild<T*>();
    }
    template <typename T>
    [[nodiscard]] T& in(const char* name) const
    {
        return *window.findChild<T*>(QLatin1String(name));
    }
    [[nodiscard]] SourcePanel& sources() const { return in<SourcePanel>(); }
    [[nodiscard]] MachineParameters& parameters() const { return in<MachineParameters>(); }
    [[nodiscard]] MachineMode& mode() const { return in<MachineMode>(); }
    [[nodiscard]] Playback& playback() const { return in<Playback>(); }
    [[nodiscard]] ProgramFiles& files() const { return in<CodeView>().files(); }
    [[nodiscard]] std::shared_ptr<const MachineHistory> history() const
    {
        return std::dynamic_pointer_cast<const MachineHistory>(playback().history());
    }
    [[nodiscard]] QString card(const char* name) const { return in<QLabel>(name).text(); }
    [[nodiscard]] QString status() const { return in<StatusLine>().sentence(); }
    void pick(const char* combo, int data) const
    {
        auto& box = in<QComboBox>(combo);
        box.setCurrentIndex(box.findData(data));
    }
    void pick(BuiltIn program) const { pick("machineProgram", static_cast<int>(program)); }
    void pick(Policy policy) const { pick("machineScheduler", static_cast<int>(policy)); }
    [[nodiscard]] ParameterRow& row(const char* name) const { return in<ParameterRow>(name); }

    MainWindow window;
};

// Waits for the first run of the machine.
#define READY(opened)                                                                                                  \
    QTRY_VERIFY_WITH_TIMEOUT((opened).history()                                                                        \
                                 && (opened).history()->sharedProgram() == (opened).in<ProgramDocument>().program()    \
                                 && !(opened).mode().controller().isRunning(),                                         \
                             patience)
// Runs and waits for the end of it.
#define RUN(opened)                                                                                                    \
    {                                                                                                                  \
        QSignalSpy finished(&(opened).mode(), &MachineMode::finished);                                                 \
        (opened).mode().run();                                                                                         \
        QTRY_VERIFY_WITH_TIMEOUT(finished.count() > 0 && !(opened).mode().controller().isRunning(), patience);         \
    }

// What a box that stands over the window says, once it is there; it is closed.
QString closedBox()
{
    auto* const box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
    if (!box)
        return {};
    const QString text = box->text();
    box->done(QMessageBox::Ok);
    return text;
}

} // namespace

class MachineWindowTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("InterleaveTest"));
        QCoreApplication::setApplicationName(QStringLiteral("machine_window_test"));
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        connect(&m_watch, &QTimer::timeout, this, [] {
            if (const QString said = closedBox(); !said.isEmpty())
                qWarning("A box stood over the window: %s", qPrintable(said)); // which fails the test
        });
    }
    void init()
    {
        QTest::failOnWarning(unexpectedWarning());
        QSettings().clear();
        // A box that nobody expects would wait for an answer for ever.
        m_watch.start(1000);
    }
    void cleanup() { m_watch.stop(); }

    void switchingToTheMachineRunsAndShowsIt();
    void everyBuiltInProgramRuns();
    void changesAreRunAtOnceAndTheLatestWins();
    void slidersToBothEnds();
    void longRunsWaitForRun();
    void deadlockIsToldOnTheCard();
    void endlessProgramStopsAtTheLimit();
    void faultShowsTheRunUpToIt();
    void tenThousandLines();
    void binaryFileIsRefused();
    void droppedProgramIsOpened();
    void anotherProgramTakesThePlaceOfARun();
    void columnsFollowTheWindowUntilTheyAreMoved();
    void recordedRaceIsReplayed();
    void oneCoreBesideMany();
    void schedulingByHand();
    void sweepLandsInTheCharts();
    void ownProgramIsFollowed();
    void remembersEverything();
    void brokenSettingsAreIgnored();
    void keysAndMenus();
    void themeReachesEveryLabel();

private:
    [[nodiscard]] QString written(const char* name, const QByteArray& bytes) const
    {
        const QString path = m_folder.filePath(QLatin1String(name));
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? path : QString();
    }
    QTemporaryDir m_folder;
    QTimer m_watch;
};

void MachineWindowTest::switchingToTheMachineRunsAndShowsIt()
{
    Opened opened;
    READY(opened);
    QVERIFY(opened.in<MachineStageView>().isVisible());
    QVERIFY(!opened.in<StageView>().isVisible());
    QVERIFY(opened.in<MachineStageView>().hasHistory());
    QCOMPARE(opened.playback().step(), Step{0});
    QCOMPARE(opened.history()->outcome(), Outcome::Finished);
    const Ledger& ledger = opened.history()->ledger();
    QCOMPARE(opened.card("machineLost"), QString::number(ledger.lost()));
    QCOMPARE(opened.card("machineExpected"), QString::number(ledger.updates()));
    QCOMPARE(opened.card("machineFinal"), QString::number(ledger.updates() - ledger.lost()));
    // Back, and there again: each source shows its own last run. Where there is none yet, what is shown stays.
    const auto machine = opened.playback().history();
    opened.sources().setSource(Source::Hardware);
    QCOMPARE(opened.playback().history(), machine);
    RunParameters small;
    small.threads = 3;
    small.iterations = 4;
    opened.in<ParametersPanel>().setParameters(small, 1, true);
    opened.window.runOrCancel();
    QTRY_VERIFY_WITH_TIMEOUT(opened.playback().history() != machine, patience);
    QVERIFY(!opened.history());
    QVERIFY(opened.in<StageView>().isVisible());
    QVERIFY(opened.in<CodeView>().isReading());
    opened.sources().setSource(Source::Machine);
    QCOMPARE(opened.playback().history(), machine);
    QVERIFY(!opened.in<CodeView>().isReading());
}

void MachineWindowTest::everyBuiltInProgramRuns()
{
    Opened opened;
    READY(opened);
    for (const BuiltInProgram& program : builtInPrograms()) {
        opened.pick(program.id);
        RUN(opened);
        QCOMPARE(opened.in<ProgramDocument>().builtIn(), &program);
        QCOMPARE(opened.history()->sharedProgram(), opened.in<ProgramDocument>().program());
        QCOMPARE(opened.history()->threads(), program.threads);
        QVERIFY2(opened.history()->outcome() == Outcome::Finished || opened.history()->outcome() == Outcome::Deadlock,
                 program.name.data());
        QVERIFY(!opened.card("machineOutcome").isEmpty());
        const auto& counter = opened.history()->counter();
        if (!program.counter.empty() && counter)
            QCOMPARE(counter->name, std::string(program.counter));
        opened.playback().toEnd();
        QVERIFY(!opened.window.grab().isNull());
    }
}

void MachineWindowTest::changesAreRunAtOnceAndTheLatestWins()
{
    Opened opened;
    READY(opened);
    opened.playback().setStep(7);
    QSignalSpy finished(&opened.mode(), &MachineMode::finished);
    FlatSlider& slider = *opened.row("machineQuantum").slider();
    for (int notch = slider.minimum(); notch <= slider.maximum(); ++notch)
        slider.setValue(notch);
    QTRY_COMPARE_WITH_TIMEOUT(opened.history()->settings().quantum, std::uint64_t{1'000'000}, patience);
    QVERIFY(!opened.mode().controller().isRunning());
    QCOMPARE(finished.count(), 1); // of all the notches, the last
    QCOMPARE(opened.playback().step(), Step{7});
    QCOMPARE(opened.history()->ledger().lost(), std::uint64_t{0});
    opened.row("machineQuantum").setValue(1);
    QTRY_COMPARE_WITH_TIMEOUT(opened.history()->settings().quantum, std::uint64_t{1}, patience);
    QVERIFY(opened.history()->ledger().lost() > 0);

    // A request that comes while one is under way takes its place.
    MachineController& controller = opened.mode().controller();
    QSignalSpy answers(&controller, &MachineController::finished);
    QSignalSpy stopped(&controller, &MachineController::stopped);
    MachineJob job;
    job.program = opened.in<ProgramDocument>().program();
    job.settings = opened.parameters().choice().settings;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        job.settings.seed = seed;
        controller.run(job);
    }
    QTRY_COMPARE_WITH_TIMEOUT(stopped.count(), 1, patience);
    QCOMPARE(answers.count(), 1);
    QCOMPARE(answers.first().first().value<MachineResult>().history->settings().seed, std::uint64_t{20});
}

void MachineWindowTest::slidersToBothEnds()
{
    Opened opened;
    READY(opened);
    opened.pick(Policy::Pct);
    opened.row("machineSteps").setValue(200'000); // ten million iterations are more than this test waits for
    for (const char* name : {"machineThreads", "machineCores", "machineQuantum", "machineSwitchCost", "machineDepth",
                             "machineIterations"}) {
        FlatSlider& slider = *opened.row(name).slider();
        for (const int end : {slider.minimum(), slider.maximum()}) {
            slider.setValue(end);
            QVERIFY(opened.in<MachinePanel>().canRun());
            RUN(opened);
            QVERIFY(opened.history()->steps() > 0);
            opened.playback().toEnd();
            opened.playback().toStart();
        }
        QVERIFY(!opened.window.grab().isNull());
    }
}

void MachineWindowTest::longRunsWaitForRun()
{
    Opened opened;
    READY(opened);
    opened.row("machineIterations").setValue(MachineParameters::mostIterations);
    RUN(opened);
    QVERIFY(opened.mode().lastRun().took > MachineMode::quick);
    QSignalSpy started(&opened.mode().controller(), &MachineController::started);
    opened.row("machineQuantum").setValue(77);
    // Nothing is waiting to be started either.
    for (const QTimer* timer : opened.mode().findChildren<QTimer*>())
        QVERIFY(!timer->isActive() || !timer->isSingleShot());
    QCOMPARE(started.count(), 0);
    QVERIFY(opened.history()->settings().quantum != 77);
    // A run can be cancelled; the one before stands.
    const auto before = opened.history();
    opened.mode().run();
    QTRY_VERIFY_WITH_TIMEOUT(opened.mode().isBusy(), patience);
    opened.window.runOrCancel();
    QTRY_VERIFY_WITH_TIMEOUT(!opened.mode().controller().isRunning(), patience);
    QCOMPARE(opened.history(), before);
    QVERIFY(!opened.mode().isBusy());
}

void MachineWindowTest::deadlockIsToldOnTheCard()
{
    Opened opened;
    READY(opened);
    opened.pick(BuiltIn::DeadlockByOrder);
    // Switching after every few instructions makes the two meet sooner or later.
    bool deadlock = false;
    for (int quantum = 1; quantum < 20 && !deadlock; ++quantum) {
        opened.row("machineQuantum").setValue(quantum);
        RUN(opened);
        deadlock = opened.history()->outcome() == Outcome::Deadlock;
    }
    QVERIFY(deadlock);
    const QString outcome = opened.card("machineOutcome");
    for (const WaitingThread& wait : opened.history()->deadlock()) {
        QVERIFY2(outcome.contains(letterOf(wait.thread)), qPrintable(outcome));
        QVERIFY(wait.heldBy != noThread);
    }
    QVERIFY2(outcome.contains(QStringLiteral("waits for")), qPrintable(outcome));
    QVERIFY2(outcome.contains(QStringLiteral("held by")), qPrintable(outcome));
    // A chain that would push the parameters away is told in short, and whole on asking.
    opened.pick(BuiltIn::DiningPhilosophers);
    RUN(opened);
    QCOMPARE(opened.history()->outcome(), Outcome::Deadlock);
    QCOMPARE(opened.card("machineOutcome"), QStringLiteral("Deadlock: A, B, C, D and E wait for one another."));
    QVERIFY(opened.in<QLabel>("machineOutcome").toolTip().contains(QStringLiteral("thread D, which waits for")));
}

void MachineWindowTest::endlessProgramStopsAtTheLimit()
{
    Opened opened;
    READY(opened);
    opened.row("machineSteps").setValue(1'000'000);
    QVERIFY(opened.files().openFile(written("endless.s", ".main\nadd $1, %ax\nj .main\n")));
    QTRY_VERIFY_WITH_TIMEOUT(opened.history()->outcome() == Outcome::StepLimit, patience);
    QCOMPARE(opened.history()->steps(), Step{1'000'000});
    QVERIFY(opened.status().contains(QStringLiteral("1,000,000")));
    QVERIFY(opened.card("machineOutcome").contains(QStringLiteral("1,000,000")));
    opened.pick(BuiltIn::UnlockedCounter);
    QTRY_VERIFY_WITH_TIMEOUT(opened.history()->outcome() == Outcome::Finished, patience);
    QVERIFY(opened.status().isEmpty());
}

void MachineWindowTest::faultShowsTheRunUpToIt()
{
    Opened opened;
    READY(opened);
    QVERIFY(
        opened.files().openFile(written("fault.s", ".main\nmov $1, %ax\nmov $99999999, %bx\nmov 0(%bx), %ax\nhalt\n")));
    QTRY_VERIFY_WITH_TIMEOUT(opened.history()->outcome() == Outcome::Fault, patience);
    QVERIFY2(opened.status().contains(QStringLiteral("99999999")), qPrintable(opened.status()));
    QCOMPARE(opened.card("machineOutcome"), opened.status());
    QVERIFY(opened.history()->instructions() >= 2);
    opened.playback().toEnd();
    QCOMPARE(opened.playback().step(), opened.history()->steps());
    QVERIFY(!opened.window.grab().isNull());
    RUN(opened);
}

void MachineWindowTest::tenThousandLines()
{
    Opened opened;
    READY(opened);
    QByteArray source(".var g_num\n");
    for (int i = 0; i < 3333; ++i)
        source += "mov g_num, %ax\nadd $1, %ax\nmov %ax, g_num\n";
    QVERIFY(opened.files().openFile(written("long.s", source + "halt\n")));
    QTRY_VERIFY_WITH_TIMEOUT(opened.history()->program().instructions.size() == 10'000, patience);
    QCOMPARE(opened.history()->outcome(), Outcome::Finished);
    QCOMPARE(opened.history()->ledger().updates(), Position{2 * 3333});
    opened.playback().toEnd();
    QVERIFY(!opened.window.grab().isNull());
}

void MachineWindowTest::binaryFileIsRefused()
{
    Opened opened;
    READY(opened);
    const auto before = opened.history();
    QByteArray bytes;
    for (int i = 0; i < 4096; ++i)
        bytes += static_cast<char>(i * 37 % 256);
    const QString path = written("picture.s", bytes);
    QString said;
    QTimer watch; // the box holds up whoever opened the file
    connect(&watch, &QTimer::timeout, this, [&said] {
        if (said.isEmpty())
            said = closedBox();
    });
    watch.start(10);
    const bool opens = opened.files().openFile(path);
    watch.stop();
    if (!opens) {
        QVERIFY(!said.isEmpty());
        QCOMPARE(opened.status(), said);
        QVERIFY(opened.in<ProgramDocument>().builtIn());
    } else {
        QVERIFY(!opened.in<MachinePanel>().canRun());
        QVERIFY(!opened.in<QLabel>("machineNotice").text().isEmpty());
    }
    QCOMPARE(opened.history(), before);
    opened.pick(BuiltIn::FetchAndAdd);
    RUN(opened);
    QCOMPARE(opened.history()->outcome(), Outcome::Finished);
}

void MachineWindowTest::droppedProgramIsOpened()
{
    Opened opened;
    READY(opened);
    opened.sources().setSource(Source::Hardware);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(written("dropped.s", ".var x\nmov $1, %ax\nfetchadd %ax, x\nhalt\n"))});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&opened.window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&opened.window, &drop);
    QCOMPARE(opened.in<ProgramDocument>().name(), QStringLiteral("dropped.s"));
    QTRY_COMPARE_WITH_TIMEOUT(opened.sources().source(), Source::Machine, patience);
    QTRY_VERIFY_WITH_TIMEOUT(opened.history()
                                 && opened.history()->sharedProgram() == opened.in<ProgramDocument>().program(),
                             patience);
    QVERIFY(opened.in<QComboBox>("machineProgram").currentText().contains(QStringLiteral("dropped.s")));
    QMimeData picture;
    picture.setUrls({QUrl::fromLocalFile(QStringLiteral("/nowhere/cat.png"))});
    QDragEnterEvent refused(QPoint(300, 300), Qt::CopyAction, &picture, Qt::LeftButton, Qt::NoModifier);
    refused.ignore();
    QCoreApplication::sendEvent(&opened.window, &refused);
    QVERIFY(!refused.isAccepted());
}

// The machine is left and entered again while a run of another program is under way.
void MachineWindowTest::anotherProgramTakesThePlaceOfARun()
{
    Opened opened;
    READY(opened);
    opened.row("machineIterations").setValue(MachineParameters::mostIterations);
    opened.mode().run();
    QVERIFY(opened.mode().controller().isRunning());
    opened.sources().setSource(Source::Hardware);
    QVERIFY(opened.files().openFile(written("another.s", ".var x\nmov $1, %ax\nfetchadd %ax, x\nhalt\n")));
    QTRY_COMPARE_WITH_TIMEOUT(opened.sources().source(), Source::Machine, patience);
    QTRY_VERIFY_WITH_TIMEOUT(opened.history()
                                 && opened.history()->sharedProgram() == opened.in<ProgramDocument>().program(),
                             patience);
}

void MachineWindowTest::columnsFollowTheWindowUntilTheyAreMoved()
{
    Opened opened;
    READY(opened);
    opened.window.resize(1280, 800);
    QTRY_COMPARE(opened.window.width(), 1280);
    auto& code = opened.in<CodeView>();
    const int narrow = code.width();
    opened.window.resize(1900, 1000);
    QTRY_VERIFY(code.width() > narrow + 80);
    opened.window.resize(1280, 800);
    QTRY_COMPARE(code.width(), narrow);
    // In the narrowest usual window 34 characters of a program are seen beside the gutter.
    const auto& text = opened.in<QPlainTextEdit>("codeReader");
    const double room = text.viewport()->width() - 2 * text.document()->documentMargin();
    const double character = QFontMetricsF(text.font()).horizontalAdvance(QString(34, u'x')) / 34;
    QVERIFY2(room / character >= 34, qPrintable(QString::number(room / character)));
    // Nothing on the left is cut, and no bar is there to get at it.
    for (const double scale : {1.0, 1.5}) {
        opened.in<Appearance>().setScale(scale);
        opened.window.resize(1280, 800);
        QTRY_VERIFY(opened.parameters().width() >= opened.parameters().minimumSizeHint().width());
        QTRY_VERIFY(opened.in<MachinePanel>().width() >= opened.parameters().width());
    }
    opened.in<Appearance>().setScale(1);
}

void MachineWindowTest::recordedRaceIsReplayed()
{
    Opened opened;
    READY(opened);
    opened.sources().setSource(Source::Hardware);
    RunParameters parameters;
    parameters.threads = 5;
    parameters.iterations = 2000;
    opened.in<ParametersPanel>().setParameters(parameters, 1, true);
    QSignalSpy ran(&opened.in<RunController>(), &RunController::stopped);
    QTRY_VERIFY_WITH_TIMEOUT(!opened.in<RunController>().isRunning(), patience);
    opened.window.runOrCancel();
    QTRY_VERIFY_WITH_TIMEOUT(opened.playback().history() && opened.playback().history()->iterations() == 2000,
                             patience);
    const auto recorded = opened.playback().history();
    QVERIFY(!opened.history());
    auto& button = opened.in<QPushButton>("replayOnMachine");
    QVERIFY(button.isVisible());
    button.click();
    QTRY_VERIFY_WITH_TIMEOUT(opened.history() && opened.history()->settings().policy == Policy::Replay, patience);
    QCOMPARE(opened.sources().source(), Source::Machine);
    const auto replay = opened.history();
    QCOMPARE(replay->outcome(), Outcome::Finished);
    QCOMPARE(replay->threads(), 5U);
    QCOMPARE(replay->state(replay->steps()).counter, recorded->state(recorded->steps()).counter);
    QCOMPARE(replay->ledger().updates(), recorded->ledger().updates());
    QCOMPARE(replay->ledger().lost(), recorded->ledger().lost());
    QVERIFY2(opened.status().contains(QStringLiteral("instruction by instruction")), qPrintable(opened.status()));
    QVERIFY(opened.in<MachinePanel>().canRun());
    // Run makes it once more, from what the panel says.
    RUN(opened);
    QCOMPARE(opened.history()->state(opened.history()->steps()).counter, recorded->state(recorded->steps()).counter);
    // A run with a lock is not offered, and why is said.
    opened.sources().setSource(Source::Hardware);
    parameters.synchronisation = Synchronisation::Mutex;
    opened.in<ParametersPanel>().setParameters(parameters, 1, true);
    opened.window.runOrCancel();
    QTRY_VERIFY_WITH_TIMEOUT(!button.isEnabled(), patience);
    QVERIFY(button.toolTip().contains(QStringLiteral("without synchronisation only")));
}

void MachineWindowTest::oneCoreBesideMany()
{
    Opened opened;
    READY(opened);
    QAction* compare = nullptr;
    for (QAction* action : opened.window.findChildren<QAction*>())
        if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::Key_B))
            compare = action;
    QVERIFY(compare);
    opened.row("machineCores").setValue(3);
    opened.row("machineThreads").setValue(4);
    compare->setChecked(true);
    auto& both = opened.in<CompareStages>();
    QTRY_VERIFY_WITH_TIMEOUT(both.isVisible(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(opened.history()->settings().cores, 3U, patience);
    QCOMPARE(both.first().history(), opened.history().get());
    QCOMPARE(both.second().history()->settings().cores, 1U);
    QCOMPARE(both.second().history()->settings().threads, 4U);
    QVERIFY(both.second().history()->ticks() > both.first().history()->ticks());
    // Playing goes on until both are over, also the one that takes longer.
    opened.playback().setSpeed(Playback::fastest);
    opened.playback().setStopsAtLoss(false);
    opened.playback().toStart();
    opened.playback().play();
    QTRY_COMPARE_WITH_TIMEOUT(both.tick(), both.lastTick(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!opened.playback().isPlaying(), patience);
    QCOMPARE(opened.playback().step(), opened.playback().steps());
    // On one core there is nothing to compare.
    opened.row("machineCores").setValue(1);
    QTRY_VERIFY_WITH_TIMEOUT(!both.isVisible(), patience);
    QVERIFY(opened.in<MachineStageView>().isVisible());
    opened.row("machineCores").setValue(2);
    QTRY_VERIFY_WITH_TIMEOUT(both.isVisible(), patience);
    compare->setChecked(false);
    QTRY_VERIFY_WITH_TIMEOUT(!both.isVisible(), patience);
}

void MachineWindowTest::schedulingByHand()
{
    Opened opened;
    READY(opened);
    QVERIFY(!opened.in<ManualPanel>().isVisible());
    opened.pick(Policy::Manual);
    QTRY_VERIFY_WITH_TIMEOUT(opened.history()->outcome() == Outcome::Paused, patience);
    QVERIFY(opened.in<ManualPanel>().isVisible());
    QVERIFY2(opened.card("machineOutcome").contains(QStringLiteral("Your turn")),
             qPrintable(opened.card("machineOutcome")));
    // Only one core counts here.
    ParameterRow& cores = opened.row("machineCores");
    QVERIFY(!cores.isEnabled());
    QVERIFY(cores.toolTip().contains(QStringLiteral("one core")));
    opened.in<ManualPanel>().pick(1);
    QCOMPARE(opened.history()->instructions(), std::uint64_t{1});
    QCOMPARE(opened.card("machineInstructions"), QStringLiteral("1"));
    QCOMPARE(opened.mode().history(), opened.history());
    opened.pick(Policy::RoundRobin);
    QVERIFY(!opened.in<ManualPanel>().isVisible());
    QVERIFY(cores.isEnabled());
    QVERIFY(!cores.toolTip().contains(QStringLiteral("one core")));
    QTRY_COMPARE_WITH_TIMEOUT(opened.history()->outcome(), Outcome::Finished, patience);
}

void MachineWindowTest::sweepLandsInTheCharts()
{
    Opened opened;
    READY(opened);
    emit opened.in<ChartsView>().sweepRequested();
    QTRY_VERIFY_WITH_TIMEOUT(!opened.in<ChartsView>().sweep().runs.empty(), patience);
    const IntervalSweep& sweep = opened.in<ChartsView>().sweep();
    QCOMPARE(sweep.plan.program, opened.in<ProgramDocument>().program());
    QCOMPARE(sweep.plan.settings.threads, opened.parameters().choice().settings.threads);
    QCOMPARE(sweep.counter, std::string("g_num"));
}

void MachineWindowTest::ownProgramIsFollowed()
{
    Opened opened;
    READY(opened);
    auto& document = opened.in<ProgramDocument>();
    document.edit(document.text() + QStringLiteral("# mine\n"));
    QVERIFY(opened.in<QComboBox>("machineProgram").currentText().contains(document.name()));
    QVERIFY(!opened.parameters().choice().program);
    document.edit(QStringLiteral("nonsense\n"));
    document.assembleNow();
    QVERIFY(!opened.in<MachinePanel>().canRun());
    QVERIFY2(opened.in<QLabel>("machineNotice").text().contains(QStringLiteral("line 1")),
             qPrintable(opened.in<QLabel>("machineNotice").text()));
    // The user wants to keep it.
    opened.files().setAskToSave([](QWidget*, const QString&) { return ProgramFiles::Answer::Cancel; });
    opened.pick(BuiltIn::Peterson);
    QVERIFY(!document.builtIn());
    QVERIFY(!opened.parameters().choice().program);
    opened.files().setAskToSave([](QWidget*, const QString&) { return ProgramFiles::Answer::Discard; });
    opened.pick(BuiltIn::Peterson);
    QCOMPARE(document.builtIn(), &builtInProgram(BuiltIn::Peterson));
    QVERIFY(opened.in<MachinePanel>().canRun());
}

void MachineWindowTest::remembersEverything()
{
    MachineChoice choice = MachineChoice::beginningWith(builtInProgram(BuiltIn::TestAndSet));
    choice.settings.threads = 6;
    choice.settings.cores = 3;
    choice.settings.policy = Policy::Random;
    choice.settings.quantum = 9;
    choice.settings.seed = 1234;
    choice.settings.switchCost = 12;
    choice.settings.maxSteps = 777'777;
    choice.settings.pctDepth = 5;
    choice.registers = QStringLiteral("bx=8");
    {
        Opened opened;
        READY(opened);
        opened.pick(BuiltIn::TestAndSet);
        opened.parameters().setChoice(choice);
        opened.window.close();
    }
    MainWindow again;
    again.show();
    QCOMPARE(again.findChild<SourcePanel*>()->source(), Source::Machine);
    const MachineChoice read = again.findChild<MachineParameters*>()->choice();
    QCOMPARE(read.program, choice.program);
    QCOMPARE(read.registers, choice.registers);
    QCOMPARE(read.settings.threads, choice.settings.threads);
    QCOMPARE(read.settings.cores, choice.settings.cores);
    QCOMPARE(read.settings.policy, choice.settings.policy);
    QCOMPARE(read.settings.quantum, choice.settings.quantum);
    QCOMPARE(read.settings.seed, choice.settings.seed);
    QCOMPARE(read.settings.switchCost, choice.settings.switchCost);
    QCOMPARE(read.settings.maxSteps, choice.settings.maxSteps);
    QCOMPARE(read.settings.pctDepth, choice.settings.pctDepth);
    QCOMPARE(again.findChild<ProgramDocument*>()->builtIn(), choice.program);
    // That is not run yet; Ctrl+L runs it.
    const auto* const playback = again.findChild<Playback*>();
    QCOMPARE(playback->history()->threads(), 2U);
    QVERIFY(again.findChild<SourcePanel*>()->differsFromShown());
    again.runLast();
    QTRY_COMPARE_WITH_TIMEOUT(playback->history()->threads(), 6U, patience);
    QVERIFY(!again.findChild<SourcePanel*>()->differsFromShown());
}

void MachineWindowTest::brokenSettingsAreIgnored()
{
    QSettings settings;
    settings.setValue(QStringLiteral("source"), QStringLiteral("abacus"));
    settings.setValue(QStringLiteral("machine/program"), QStringLiteral("solitaire"));
    settings.setValue(QStringLiteral("machine/threads"), -3);
    settings.setValue(QStringLiteral("machine/cores"), QStringLiteral("all"));
    settings.setValue(QStringLiteral("machine/quantum"), qint64{1} << 62);
    settings.setValue(QStringLiteral("machine/scheduler"), QStringLiteral("luck"));
    settings.setValue(QStringLiteral("machine/registers"), QStringLiteral("???"));
    settings.setValue(QStringLiteral("machine/counter"), QStringLiteral("nothing"));
    const MainWindow window;
    QCOMPARE(window.findChild<SourcePanel*>()->source(), Source::Machine);
    const MachineChoice read = window.findChild<MachineParameters*>()->choice();
    const MachineChoice first = MachineChoice::beginningWith(builtInProgram(BuiltIn::OneUpdate));
    QCOMPARE(read.program, first.program);
    QCOMPARE(read.registers, first.registers);
    QCOMPARE(read.settings.threads, first.settings.threads);
    QCOMPARE(read.settings.cores, first.settings.cores);
    QCOMPARE(read.settings.quantum, first.settings.quantum);
    QCOMPARE(read.settings.policy, first.settings.policy);
}

void MachineWindowTest::keysAndMenus()
{
    Opened opened;
    READY(opened);
    const HelpWindow help(*opened.window.menuBar());
    const HelpRowModel& rows = help.keys().rows();
    QStringList listed;
    for (int i = 0; i < rows.rowCount(); ++i)
        if (const HelpRow* row = rows.rowAt(rows.index(i)))
            for (QString key : row->keys)
                listed << key.remove(u' ');
    for (const char* key : {"Ctrl+O", "Ctrl+N", "Ctrl+S", "Ctrl+M", "Ctrl+B", "F8", "F9", "Ctrl+Y", "Backspace"})
        QVERIFY2(!listed.filter(QLatin1String(key)).isEmpty(), key);
    // No key of the menus is there twice.
    QSet<QString> once;
    for (const QAction* action : opened.window.actions())
        for (const QKeySequence& key : action->shortcuts()) {
            QVERIFY2(!once.contains(key.toString()), qPrintable(key.toString()));
            once.insert(key.toString());
        }
}

void MachineWindowTest::themeReachesEveryLabel()
{
    Opened opened;
    READY(opened);
    auto& appearance = opened.in<Appearance>();
    for (const auto choice : {Appearance::Choice::Dark, Appearance::Choice::Light, Appearance::Choice::Dark}) {
        appearance.setChoice(choice);
        QCoreApplication::processEvents();
        const Theme& theme = appearance.theme();
        const auto inkOf = [&opened](const char* name) {
            return opened.in<QLabel>(name).palette().color(QPalette::WindowText);
        };
        QCOMPARE(inkOf("machineOutcome"), theme.ink);
        QCOMPARE(inkOf("machineInstructions"), theme.ink);
        QCOMPARE(inkOf("programSummary"), theme.softInk);
        QCOMPARE(inkOf("ledgerCount"), theme.softInk);
    }
    appearance.setChoice(Appearance::Choice::System);
}

QTEST_MAIN(MachineWindowTest)
#include "machine_window_test.moc"
