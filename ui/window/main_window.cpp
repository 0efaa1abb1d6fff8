// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/main_window.h"

#include "charts/charts_view.h"
#include "code/code_view.h"
#include "code/program_document.h"
#include "code/program_files.h"
#include "code/thread_places.h"
#include "controls/wheel_guard.h"
#include "export/export_actions.h"
#include "export/trace_export.h"
#include "help/help_window.h"
#include "ledger/ledger_view.h"
#include "manual/manual_panel.h"
#include "narration/narration_bar.h"
#include "parameters/machine_panel.h"
#include "parameters/machine_parameters.h"
#include "parameters/parameters_panel.h"
#include "parameters/source_panel.h"
#include "program/assembler.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "sentences/machine_errors.h"
#include "sentences/run_errors.h"
#include "timeline/timeline_pane.h"
#include "window/appearance.h"
#include "window/key_focus.h"
#include "window/machine_mode.h"
#include "window/menus.h"
#include "window/presenting.h"
#include "window/remembered_machine.h"
#include "window/run_controller.h"
#include "window/settings.h"
#include "window/stage_guide.h"
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
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QScreen>
#include <QShowEvent>
#include <QPainter>
#include <QSplitter>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace interleave {

MainWindow::MainWindow(QWidget* parent, const QSize& room)
    : QMainWindow(parent),
      m_appearance(new Appearance(this)),
      m_playback(new Playback(this)),
      m_selection(new Selection(this)),
      m_runs(new RunController(this)),
      m_document(new ProgramDocument(this)),
      m_actions(new WindowActions(this)),
      m_status(new StatusLine(statusBar()))
{
    m_room = room;
    setWindowTitle(tr("Interleave"));
    setAcceptDrops(true);
    createLayout();
    m_keys = new KeyFocus(*this, [this] { return home(); });
    new WheelGuard(this);
    fillMenus(*menuBar(),
              {*m_actions, *m_playback, *m_narration, *m_appearance, *m_stage, *m_charts, *m_code, *m_tabs, *m_columns, *m_timeline,
               *m_trace->action()});
    keepShortcuts();
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
    setPresenting(false);
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

    m_guide = new StageGuide(*m_playback, *m_stage, this);
    connect(m_stage, &StageTab::invitationTaken, this, &MainWindow::runNote);

    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_stage, tr("&Stage"));
    m_tabs->addTab(m_charts, tr("&Charts"));

    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs, 1);
    m_narration = new NarrationBar(*m_playback);
    column->addWidget(m_narration);

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

// The keys of the menus work while the menus are hidden, too.
void MainWindow::keepShortcuts()
{
    const auto keep = [this](const auto& self, const QList<QAction*>& actions) -> void {
        for (QAction* action : actions) {
            if (action->menu())
                self(self, action->menu()->actions());
            else if (!action->shortcuts().isEmpty())
                addAction(action);
        }
    };
    keep(keep, menuBar()->actions());
}

void MainWindow::connectActions()
{
    const auto on = [this](const QAction* action, auto&& what) { connect(action, &QAction::triggered, this, what); };
    on(m_actions->run, [this] { runOrCancel(); });
    on(m_actions->trials, [this] { runTrials(); });
    on(m_actions->lastRun, [this] { runLast(); });
    on(m_actions->noteRun, [this] { runNote(); });
    on(m_actions->cancel, [this] { leave(); });
    on(m_actions->exportCurrent, [this] { exportCurrent(); });
    on(m_actions->quit, [this] { close(); });
    const auto help = [this](HelpWindow::Page page) {
        auto* window = findChild<HelpWindow*>();
        if (!window)
            window = new HelpWindow(*menuBar(), this);
        window->showPage(page);
    };
    on(m_actions->firstSteps, [help] { help(HelpWindow::Page::FirstSteps); });
    on(m_actions->words, [help] { help(HelpWindow::Page::Words); });
    on(m_actions->keys, [help] { help(HelpWindow::Page::Keys); });
    on(m_actions->about, [help] { help(HelpWindow::Page::About); });
    connect(m_tabs, &QTabWidget::currentChanged, this, &MainWindow::takeTab);
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
    connect(m_runs, &RunController::finished, this, &MainWindow::takeHardwareRun);
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
    m_sources->setRunAction(m_actions->run);
    m_sources->setLastRunAction(m_actions->lastRun);
    connect(m_sources, &SourcePanel::sourceChanged, this, &MainWindow::takeSource);
    connect(&m_sources->hardware(), &ParametersPanel::replayRequested, this, &MainWindow::replayOnMachine);
    connect(m_charts, &ChartsView::runTrialsRequested, this, &MainWindow::runTrials);
    connect(m_charts, &ChartsView::cancelRequested, m_runs, &RunController::cancel);
}

void MainWindow::connectMachine()
{
    connect(m_machine, &MachineMode::busyChanged, this, &MainWindow::updateBusy);
    connect(m_machine, &MachineMode::progressed, m_status, &StatusLine::setProgress);
    connect(m_machine, &MachineMode::finished, this, &MainWindow::takeMachineRun);
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
    connect(&m_stage->manual(), &ManualPanel::historyMade, this, &MainWindow::takeManualRun);
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

void MainWindow::restore()
{
    const QSettings settings;
    const RememberedRun run = RememberedRun::readFrom(settings);
    const RememberedRun note = RememberedRun::firstOne();
    m_sources->hardware().setDefaults(note.parameters, note.trials, note.recording);
    m_sources->hardware().setParameters(run.parameters, run.trials, run.recording);
    const RememberedMachine machine = RememberedMachine::readFrom(settings);
    // A run of the session before can be made again, once something has been set.
    m_actions->lastRun->setEnabled(settings.contains(QStringLiteral("source")));
    m_actions->lastRun->setVisible(m_actions->lastRun->isEnabled());
    m_document->showBuiltIn(machine.choice.program->id);
    m_sources->machine().parameters().setChoice(machine.choice);
    m_sources->setSource(machine.source);
    // Whoever opens a program wants to run it. Later, as the document has not assembled it yet.
    connect(
        m_document, &ProgramDocument::replaced, this, [this] { m_sources->setSource(Source::Machine); },
        Qt::QueuedConnection);
    m_playback->setStopsAtLoss(settings.value(QStringLiteral("stop-at-loss"), true).toBool());
    m_appearance->setChoice(Appearance::choiceNamed(settings.value(QStringLiteral("theme")).toString()));
    m_appearance->setScale(settings.value(QStringLiteral("scale"), 1.0).toDouble());
    // It may have been another screen.
    while (m_appearance->scale() > 1 && !fits())
        m_appearance->setScale(std::max(1.0, m_appearance->scale() / 1.1));
    m_scale = m_appearance->scale();
    if (!restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray()))
        resize(QSize(1440, 900).boundedTo(roomInFrame()));
    limitColumns();
    m_columnsChosen = m_columns->restoreState(settings.value(QStringLiteral("columns")).toByteArray());
    if (!m_columnsChosen)
        scaleColumns();
    connect(m_columns, &QSplitter::splitterMoved, this, [this] { m_columnsChosen = true; });
    if (!m_right->restoreState(settings.value(QStringLiteral("codeAndLedger")).toByteArray()))
        m_right->setSizes({430, 570});
    m_rowsChosen = m_rows->restoreState(settings.value(QStringLiteral("timeline")).toByteArray());
    if (!m_rowsChosen)
        shareRows();
    connect(m_rows, &QSplitter::splitterMoved, this, [this] { m_rowsChosen = true; });
    connect(m_appearance, &Appearance::changed, this, &MainWindow::takeScale);
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
    settings.setValue(QStringLiteral("stop-at-loss"), m_playback->stopsAtLossAction()->isChecked());
    settings.setValue(QStringLiteral("theme"), Appearance::nameOf(m_appearance->choice()));
    // Geometry and scale are those of the window, not of the presentation.
    settings.setValue(QStringLiteral("scale"), m_presenting ? m_presenting->scaleBefore() : m_appearance->scale());
    settings.setValue(QStringLiteral("geometry"), m_presenting ? m_presenting->geometryBefore() : saveGeometry());
    m_actions->present->setChecked(false);
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

// Made here and now: it has a dozen instructions.
void MainWindow::openOnARun()
{
    const BuiltInProgram& builtIn = builtInProgram(BuiltIn::OneUpdate);
    const bool begun = m_document->builtIn() == &builtIn;
    AssemblyOptions options;
    options.extensions = true;
    auto assembled = assemble(builtIn.assembly, options);
    ShownRun opening;
    opening.machine.choice = MachineChoice::beginningWith(builtIn);
    opening.machine.program = QString::fromLatin1(builtIn.name.data(), qsizetype(builtIn.name.size()));
    if (assembled) {
        const auto program = begun ? m_document->program() : std::make_shared<const Program>(*std::move(assembled));
        if (auto run = MachineHistory::run(program, opening.machine.choice.settings))
            opening.machine.history = *std::move(run);
    }
    const bool machine = m_sources->source() == Source::Machine;
    takeSource(m_sources->source());
    if (machine)
        m_machine->open(begun ? opening.machine : MachineResult{});
    display(opening);
    m_opening = false;
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
        m_keys->goHome();
    } else {
        m_asked = m_sources->hardware().parameters();
        m_runs->run(m_asked, m_sources->hardware().recording());
        m_keys->goHome();
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

void MainWindow::runLast()
{
    const QSettings settings;
    const RememberedRun run = RememberedRun::readFrom(settings);
    const RememberedMachine machine = RememberedMachine::readFrom(settings);
    if (machine.source == Source::Machine) {
        if (m_document->builtIn() != machine.choice.program
            && !m_code->files().showBuiltIn(machine.choice.program->id))
            return;
        m_sources->machine().parameters().setChoice(machine.choice);
    } else {
        m_sources->hardware().setParameters(run.parameters, run.trials, run.recording);
    }
    m_sources->setSource(machine.source);
    if (!isBusy())
        runOrCancel();
}

void MainWindow::runNote()
{
    if (isBusy())
        return;
    const RememberedRun note = RememberedRun::firstOne();
    m_sources->hardware().setParameters(note.parameters, m_sources->hardware().trials(), note.recording);
    m_sources->setSource(Source::Hardware);
    m_tabs->setCurrentWidget(m_stage);
    runOrCancel();
}

// Every source keeps its last run, and shows it again.
void MainWindow::takeSource(Source source)
{
    const bool machine = source == Source::Machine;
    m_actions->machine->setChecked(machine);
    m_actions->compare->setEnabled(machine);
    if (!m_opening) {
        m_machine->setActive(machine);
        m_status->tell({});
        if (!machine && !m_hardwareRun.isEmpty())
            display(m_hardwareRun);
        else if (machine && m_machine->history())
            takeMachineRun(m_machine->lastRun(), false);
    }
    updateRunAction();
}

void MainWindow::display(ShownRun run, Step step)
{
    m_shown = std::move(run);
    m_selection->clear();
    m_stage->setBeside(m_shown.machine.onOneCore);
    if (!m_shown.isOfMachine()) {
        m_code->showHardware(m_shown.asked.synchronisation);
    } else {
        m_timeline->setProgramName(m_shown.machine.program);
        const Program& program = m_shown.machine.history->program();
        const bool ofDocument = m_document->program() && isSameProgram(program, *m_document->program());
        if (!ofDocument && m_shown.machine.choice.program)
            m_code->showBuiltIn(m_shown.machine.choice.program->id);
        else
            m_code->showDocument();
    }
    m_playback->setHistory(m_shown.history());
    if (step > 0)
        m_playback->setStep(step);
    followShown();
    focusStage();
}

// Whatever speaks of the run that is on display, beside its history.
void MainWindow::followShown()
{
    m_stage->setTitle(m_shown.title());
    const bool machine = m_shown.isOfMachine();
    m_sources->hardware().setShown(machine || m_shown.isEmpty() ? std::nullopt : std::optional(m_shown.asked));
    m_sources->machine().parameters().setShown(machine ? std::optional(m_shown.machine.choice) : std::nullopt);
    const bool nothingRecorded = !m_shown.isEmpty() && !m_shown.history();
    m_guide->setOpening(m_shown.isOfMachine() && !m_shown.when.isValid());
    m_guide->setNotice(nothingRecorded ? tr("This run was only counted, so there is nothing to replay. Tick Record and "
                                            "press Enter to replay one step by step.")
                                       : QString());
}

void MainWindow::takeHardwareRun(const std::optional<RunResult>& recorded, const RunResult& counted)
{
    m_hardwareRun = {m_asked, recorded, counted, {}, QDateTime::currentDateTime()};
    if (recorded)
        m_sources->hardware().setResult(*recorded, counted);
    else
        m_sources->hardware().setResult(counted, std::nullopt);
    m_status->tell({});
    if (m_sources->source() == Source::Hardware)
        display(m_hardwareRun);
}

void MainWindow::takeMachineRun(const MachineResult& run, bool again)
{
    if (m_sources->source() != Source::Machine)
        return;
    // A change of the run that is looked at: whoever looks goes on where they were.
    const bool same = again && m_shown.isOfMachine()
                   && isSameProgram(m_shown.machine.history->program(), run.history->program());
    const Step step = same ? std::min(m_playback->step(), run.history->steps()) : 0;
    QWidget* const focused = focusWidget();
    ShownRun shown;
    shown.machine = run;
    shown.when = QDateTime::currentDateTime();
    display(std::move(shown), step);
    if (same && focused)
        focused->setFocus();
}

// Where the keys belong.
QWidget* MainWindow::home() const
{
    return m_stage->isVisible() ? &m_stage->stage() : m_tabs->currentWidget();
}

// Whoever goes through the controls by keys is to stay there.
void MainWindow::focusStage()
{
    if (!m_keys->reached())
        m_keys->goHome();
}

void MainWindow::replayOnMachine()
{
    if (m_hardwareRun.recorded && m_machine->replay(m_hardwareRun.recorded->history))
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
