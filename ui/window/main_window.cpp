// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/main_window.h"

#include "charts/charts_view.h"
#include "code/code_view.h"
#include "code/program_document.h"
#include "code/program_files.h"
#include "export/export_actions.h"
#include "export/trace_export.h"
#include "hardware/recorded_history.h"
#include "ledger/ledger_view.h"
#include "manual/manual_panel.h"
#include "narration/narration_bar.h"
#include "parameters/machine_panel.h"
#include "parameters/machine_parameters.h"
#include "parameters/parameters_panel.h"
#include "parameters/source_panel.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "sentences/machine_errors.h"
#include "sentences/run_errors.h"
#include "timeline/timeline_pane.h"
#include "window/appearance.h"
#include "window/key_sheet.h"
#include "window/machine_mode.h"
#include "window/menus.h"
#include "window/remembered_machine.h"
#include "window/run_controller.h"
#include "window/settings.h"
#include "window/stage_tab.h"
#include "window/status_line.h"
#include "window/sweep_mode.h"
#include "window/window_actions.h"

#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDropEvent>
#include <QFontMetrics>
#include <QMenuBar>
#include <QMessageBox>
#include <QPainter>
#include <QSplitter>
#include <QStatusBar>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace interleave {

namespace {

constexpr double presentingScale = 1.35;
constexpr double leftColumn = 264; // design pixels
constexpr double leastRightColumn = 330;
constexpr double mostRightColumn = 480;
constexpr double rightShare = 0.25;    // of the window
constexpr int leastLeftColumn = 300;   // pixels
constexpr double timelineShare = 0.24; // of the window, at most
constexpr double pairShare = 0.42; // of two, one above the other
// Beyond this scale the window may be narrower than its texts: it has to fit the screen.
constexpr int openingTries = 12; // of a run of 12 updates, so that the first thing seen is a lost one
constexpr double mostInsistentScale = 1.5;

} // namespace

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent),
      m_appearance(new Appearance(this)),
      m_playback(new Playback(this)),
      m_selection(new Selection(this)),
      m_runs(new RunController(this)),
      m_document(new ProgramDocument(this)),
      m_actions(new WindowActions(this)),
      m_status(new StatusLine(statusBar()))
{
    setWindowTitle(tr("Interleave"));
    setAcceptDrops(true);
    createLayout();
    fillMenus(*menuBar(),
              {*m_actions, *m_playback, *m_appearance, *m_stage, *m_charts, *m_code, *m_tabs, *m_columns, *m_timeline,
               *m_trace->action()});
    m_toolBar = new QToolBar(tr("Playback and run"));
    fillToolBar(*m_toolBar, *m_playback, *m_actions);
    addToolBar(m_toolBar);
    connectActions();
    connectRuns();
    connectMachine();
    connectTimeline();
    connectTrace();
    restore();
    openOnARun();
}

MainWindow::~MainWindow()
{
    // The looks hold on to Playback and Selection, which as older children would go before them.
    m_runs->disconnect(this);
    delete m_machine;
    delete m_toolBar;
    delete takeCentralWidget();
}

void MainWindow::createLayout()
{
    m_sources = new SourcePanel;
    m_stage = new StageTab(*m_playback, *m_selection);
    m_charts = new ChartsView;
    m_code = new CodeView(*m_playback, *m_selection, *m_document);
    m_ledger = new LedgerView(*m_playback, *m_selection);
    m_machine = new MachineMode(m_sources->machine(), *m_document, m_code->files(), this);

    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_stage, tr("&Stage"));
    m_tabs->addTab(m_charts, tr("&Charts"));

    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs, 1);
    column->addWidget(new NarrationBar(*m_playback));

    m_right = new QSplitter(Qt::Vertical);
    m_right->setChildrenCollapsible(false);
    m_right->setHandleWidth(1);
    m_right->addWidget(m_code);
    m_right->addWidget(m_ledger);

    m_columns = new QSplitter;
    m_columns->setChildrenCollapsible(false);
    m_columns->setHandleWidth(1);
    m_columns->addWidget(m_sources);
    m_columns->addWidget(middle);
    m_columns->addWidget(m_right);
    m_columns->setStretchFactor(1, 1);

    m_timeline = new TimelinePane(*m_playback, *m_selection);
    m_trace = new TraceExport(
        [this] { return TraceExport::Job{m_playback->history(), m_timeline->programName()}; }, this);
    m_rows = new QSplitter(Qt::Vertical);
    m_rows->setChildrenCollapsible(false);
    m_rows->setHandleWidth(1);
    m_rows->addWidget(m_columns);
    m_rows->addWidget(m_timeline);
    m_rows->setStretchFactor(0, 1);
    setCentralWidget(m_rows);
}

void MainWindow::connectActions()
{
    const auto on = [this](const QAction* action, auto&& what) { connect(action, &QAction::triggered, this, what); };
    on(m_actions->run, [this] { runOrCancel(); });
    on(m_actions->trials, [this] { runTrials(); });
    on(m_actions->cancel, [this] { leave(); });
    on(m_actions->exportCurrent, [this] { exportCurrent(); });
    on(m_actions->quit, [this] { close(); });
    on(m_actions->keys, [this] { KeySheet(*menuBar(), this).exec(); });
    on(m_actions->about, [this] {
        QMessageBox::about(this, tr("About Interleave"),
                           tr("<p><b>Interleave %1</b></p><p>Shows what threads do "
                              "to shared memory.</p>"
                              "<p>Free software under the GNU General Public "
                              "License, version 3 or later.</p>")
                               .arg(QApplication::applicationVersion()));
    });
    connect(m_actions->present, &QAction::toggled, this, &MainWindow::setPresenting);
    connect(m_actions->machine, &QAction::toggled, this,
            [this](bool machine) { m_sources->setSource(machine ? Source::Machine : Source::Hardware); });
    for (const ExportActions* exports : {&m_stage->exportActions(), &m_timeline->exportActions()}) {
        connect(exports, &ExportActions::done, m_status, &StatusLine::tell);
        connect(exports, &ExportActions::failed, this, &MainWindow::showError);
    }
}

void MainWindow::connectRuns()
{
    connect(m_runs, &RunController::started, this, &MainWindow::updateBusy);
    connect(m_runs, &RunController::stopped, this, &MainWindow::updateBusy);
    connect(m_runs, &RunController::progressed, m_status, &StatusLine::setProgress);
    connect(m_runs, &RunController::finished, this, &MainWindow::showRun);
    connect(m_runs, &RunController::trialFinished, this, [this](const ResultsTable& soFar) {
        m_charts->setTable(soFar);
        m_charts->setProgressText(tr("Runs done: %1").arg(soFar.size()));
    });
    connect(m_runs, &RunController::trialsFinished, this, [this](const ResultsTable& table) {
        m_charts->setTable(table);
        m_status->tell(tr("All runs are done: %1.").arg(table.size()));
    });
    connect(m_runs, &RunController::failed, this, [this](const RunError& error) {
        if (error.kind == RunError::Kind::Cancelled)
            m_status->tell(tr("The run was cancelled."));
        else
            showError(sentenceOf(error, ParameterNames::ofTheWindow()));
    });
    connect(m_sources, &SourcePanel::canRunChanged, this, &MainWindow::updateRunAction);
    connect(m_sources, &SourcePanel::sourceChanged, this, &MainWindow::takeSource);
    connect(&m_sources->hardware(), &ParametersPanel::replayRequested, this, &MainWindow::replayOnMachine);
    connect(m_charts, &ChartsView::runTrialsRequested, this, &MainWindow::runTrials);
    connect(m_charts, &ChartsView::cancelRequested, m_runs, &RunController::cancel);
}

void MainWindow::connectMachine()
{
    connect(m_machine, &MachineMode::busyChanged, this, &MainWindow::updateBusy);
    connect(m_machine, &MachineMode::progressed, m_status, &StatusLine::setProgress);
    connect(m_machine, &MachineMode::finished, this, &MainWindow::showMachineRun);
    connect(m_machine, &MachineMode::failed, m_status, &StatusLine::tell);
    connect(m_machine, &MachineMode::said, m_status, &StatusLine::tell);
    connect(m_machine, &MachineMode::manualChanged, m_stage, &StageTab::setManual);
    connect(m_machine, &MachineMode::manualWanted, this, [this](const MachineJob& job) {
        m_stage->setBeside(nullptr);
        m_timeline->setProgramName(m_document->name());
        const BuiltInProgram* const builtIn = m_document->builtIn();
        m_stage->manual().setProgram(job.program, builtIn ? std::optional(builtIn->id) : std::nullopt, job.settings);
    });
    connect(&m_stage->manual(), &ManualPanel::historyMade, m_machine, &MachineMode::takeManual);
    connect(m_actions->compare, &QAction::toggled, m_machine, &MachineMode::setComparing);
    auto* sweeps = new SweepMode(*m_charts, m_sources->machine(), *m_document, m_charts);
    connect(sweeps, &SweepMode::failed, m_status, &StatusLine::tell);
    connect(&m_code->files(), &ProgramFiles::done, m_status, &StatusLine::tell);
    connect(&m_code->files(), &ProgramFiles::failed, this, &MainWindow::showError);
}

// The arrow that the style gives to what does not fit into the tool bar is not seen on a dark one.
void MainWindow::colourExtension()
{
    auto* button = m_toolBar->findChild<QToolButton*>(QStringLiteral("qt_toolbar_ext_button"));
    if (!button)
        return;
    constexpr int side = 32; // as it is drawn; it is shown smaller
    QPixmap picture(side, side);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_appearance->theme().ink, side / 10.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    for (const double left : {0.2, 0.55})
        painter.drawPolyline(
            QPolygonF{QPointF(left, 0.25) * side, QPointF(left + 0.25, 0.5) * side, QPointF(left, 0.75) * side});
    button->setIcon(picture);
}

void MainWindow::limitColumns()
{
    m_sources->setMinimumWidth(m_appearance->scale() <= mostInsistentScale ? 0 : leastLeftColumn);
}

// The columns at the sides keep their share of text when text grows.
void MainWindow::scaleColumns()
{
    const double scale = m_appearance->scale();
    const int left = qRound(leftColumn * scale);
    const int right = qRound(std::clamp(rightShare * width() / scale, leastRightColumn, mostRightColumn) * scale);
    limitColumns();
    m_columns->setSizes({left, std::max(1, m_columns->width() - left - right), right});
}

void MainWindow::shareRows()
{
    const double share = m_timeline->hasKept() ? pairShare : timelineShare;
    const int timeline = std::min(m_timeline->sizeHint().height(), qRound(share * height()));
    m_rows->setSizes({std::max(1, height() - timeline), timeline});
}

void MainWindow::restore()
{
    const QSettings settings;
    const RememberedRun run = RememberedRun::readFrom(settings);
    m_sources->hardware().setParameters(run.parameters, run.trials, run.recording);
    const RememberedMachine machine = RememberedMachine::readFrom(settings);
    m_document->showBuiltIn(machine.choice.program->id);
    m_sources->machine().parameters().setChoice(machine.choice);
    m_sources->setSource(machine.source);
    // Whoever opens a program wants to run it. Later, as the document has not assembled it yet.
    connect(
        m_document, &ProgramDocument::replaced, this, [this] { m_sources->setSource(Source::Machine); },
        Qt::QueuedConnection);
    m_appearance->setChoice(Appearance::choiceNamed(settings.value(QStringLiteral("theme")).toString()));
    m_appearance->setScale(settings.value(QStringLiteral("scale"), 1.0).toDouble());
    if (!restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray()))
        resize(1440, 900);
    limitColumns();
    m_columnsChosen = m_columns->restoreState(settings.value(QStringLiteral("columns")).toByteArray());
    if (!m_columnsChosen)
        scaleColumns();
    connect(m_columns, &QSplitter::splitterMoved, this, [this] { m_columnsChosen = true; });
    if (!m_right->restoreState(settings.value(QStringLiteral("codeAndLedger")).toByteArray()))
        m_right->setSizes({550, 450});
    m_rowsChosen = m_rows->restoreState(settings.value(QStringLiteral("timeline")).toByteArray());
    if (!m_rowsChosen)
        shareRows();
    connect(m_rows, &QSplitter::splitterMoved, this, [this] { m_rowsChosen = true; });
    connect(m_appearance, &Appearance::changed, this, &MainWindow::scaleColumns);
    connect(m_appearance, &Appearance::changed, this, [this] {
        if (!m_rowsChosen)
            shareRows();
    });
    connect(m_appearance, &Appearance::changed, this, &MainWindow::colourExtension);
    colourExtension();
    if (!QFontMetrics(font()).inFont(u'\uAC00'))
        m_status->tell(tr("No installed font has Korean letters; install one "
                          "(fonts-nanum) to read Korean."));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_code->files().mayReplace()) {
        event->ignore();
        return;
    }
    QSettings settings;
    const ParametersPanel& hardware = m_sources->hardware();
    RememberedRun{hardware.parameters(), hardware.trials(), hardware.recording()}.writeTo(settings);
    RememberedMachine{m_sources->source(), m_sources->machine().parameters().choice()}.writeTo(settings);
    settings.setValue(QStringLiteral("theme"), Appearance::nameOf(m_appearance->choice()));
    m_actions->present->setChecked(false); // geometry and scale are those of the window, not of the presentation
    settings.setValue(QStringLiteral("scale"), m_appearance->scale());
    settings.setValue(QStringLiteral("geometry"), saveGeometry());
    if (m_columnsChosen)
        settings.setValue(QStringLiteral("columns"), m_columns->saveState());
    settings.setValue(QStringLiteral("codeAndLedger"), m_right->saveState());
    if (m_rowsChosen)
        settings.setValue(QStringLiteral("timeline"), m_rows->saveState());
    m_runs->cancel();
    m_machine->cancel();
    m_trace->cancel();
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    if (!m_columnsChosen && m_columns->isVisible())
        scaleColumns();
    if (!m_rowsChosen && m_timeline->isVisible())
        shareRows();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (ProgramFiles::canOpen(event->mimeData()))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    if (m_code->files().openDropped(event->mimeData()))
        event->acceptProposedAction();
}

void MainWindow::openOnARun()
{
    if (m_sources->source() == Source::Hardware)
        m_runs->runUntilLost(RememberedRun::firstOne().parameters, openingTries);
    else
        takeSource(Source::Machine);
}

bool MainWindow::isBusy() const
{
    return m_runs->isRunning() || m_machine->isBusy() || m_trace->isRunning();
}

void MainWindow::runOrCancel()
{
    // Enter is the key of Run, so a number that is still being typed is meant too.
    if (auto* typing = qobject_cast<QAbstractSpinBox*>(QApplication::focusWidget()))
        typing->interpretText();
    if (isBusy()) {
        m_runs->cancel();
        m_machine->cancel();
        m_trace->cancel();
    } else if (m_sources->source() == Source::Machine) {
        m_machine->run();
    } else {
        m_runs->run(m_sources->hardware().parameters(), m_sources->hardware().recording());
    }
}

void MainWindow::leave()
{
    if (isBusy()) {
        m_runs->cancel();
        m_machine->cancel();
        m_trace->cancel();
    } else {
        m_actions->present->setChecked(false);
    }
}

void MainWindow::runTrials()
{
    m_tabs->setCurrentWidget(m_charts);
    if (m_runs->isRunning())
        return;
    m_charts->setRunning(true);
    m_runs->runTrials(m_sources->hardware().parameters(), m_sources->hardware().trials());
}

// Every source keeps its last run, and shows it again.
void MainWindow::takeSource(Source source)
{
    const bool machine = source == Source::Machine;
    m_actions->machine->setChecked(machine);
    m_actions->compare->setEnabled(machine);
    m_machine->setActive(machine);
    m_status->tell({});
    if (!machine && m_recorded)
        showRecorded();
    else if (!machine && !m_runs->isRunning())
        m_runs->runUntilLost(RememberedRun::firstOne().parameters, openingTries);
    else if (machine && m_machine->history())
        showMachineRun(m_machine->lastRun(), false);
    updateRunAction();
}

void MainWindow::showRecorded()
{
    m_selection->clear();
    m_stage->setBeside(nullptr);
    m_code->showHardware(m_recorded->parameters.synchronisation);
    m_playback->setHistory(m_recorded->history);
    focusStage();
}

void MainWindow::showRun(const std::optional<RunResult>& recorded, const RunResult& counted)
{
    if (!recorded) {
        m_sources->hardware().setResult(counted, std::nullopt);
        m_status->tell(tr("This run was only counted; tick Record to replay one step by step."));
        return;
    }
    m_recorded = recorded;
    m_counted = counted;
    m_sources->hardware().setResult(*recorded, counted);
    if (m_sources->source() == Source::Hardware)
        showRecorded();
    QStringList begin;
    if (m_opening && RememberedRun::firstOne().parameters != m_sources->hardware().parameters())
        begin << tr("This is a small run to begin with. Run makes one with your parameters.");
    if (m_runs->tries() > 1 && recorded->lost > 0)
        begin << tr("It ran %1 times until an update was lost.").arg(m_runs->tries());
    m_status->tell(begin.join(QLatin1Char(' ')));
    m_opening = false;
}

void MainWindow::showMachineRun(const MachineResult& run, bool again)
{
    if (m_sources->source() != Source::Machine)
        return;
    const Step step = again ? std::min(m_playback->step(), run.history->steps()) : 0;
    if (!again)
        m_selection->clear();
    m_stage->setBeside(run.onOneCore);
    m_timeline->setProgramName(m_document->name());
    m_playback->setHistory(run.history);
    m_playback->setStep(step);
    if (!again)
        focusStage();
}

// So that Space plays what was run; but whoever goes through the sources by keys is to stay there.
void MainWindow::focusStage()
{
    if (!m_sources->isChoosing())
        m_stage->stage().setFocus();
}

void MainWindow::replayOnMachine()
{
    if (m_recorded && m_machine->replay(m_recorded->history))
        m_sources->setSource(Source::Machine);
}

void MainWindow::updateBusy()
{
    updateRunAction();
    m_status->setBusy(isBusy());
    if (!m_runs->isRunning())
        m_charts->setRunning(false);
}

void MainWindow::updateRunAction()
{
    m_actions->showBusy(isBusy(), m_sources->canRun());
}

void MainWindow::showError(const QString& sentence)
{
    m_status->tell(sentence);
    QMessageBox box(QMessageBox::Warning, windowTitle(), sentence, QMessageBox::Ok, this);
    box.exec();
}

void MainWindow::setPresenting(bool presenting)
{
    if (presenting) {
        m_scaleBeforePresenting = m_appearance->scale();
        showFullScreen();
        m_appearance->setScale(m_scaleBeforePresenting * presentingScale);
    } else {
        m_appearance->setScale(m_scaleBeforePresenting);
        showNormal();
    }
    m_columns->widget(0)->setVisible(!presenting);
}

void MainWindow::exportCurrent()
{
    const bool charts = m_tabs->currentWidget() == m_charts;
    QAction* action = (charts ? m_charts->exportActions() : m_stage->exportActions()).exportAction();
    if (action->isEnabled())
        action->trigger();
    else
        m_status->tell(tr("There is no chart to export yet: run trials first."));
}

} // namespace interleave
