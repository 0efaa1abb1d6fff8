// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/main_window.h"

#include "charts/charts_view.h"
#include "export/export_actions.h"
#include "hardware/recorded_history.h"
#include "ledger/ledger_view.h"
#include "narration/narration_bar.h"
#include "parameters/parameters_panel.h"
#include "playback/playback.h"
#include "playback/playback_bar.h"
#include "playback/selection.h"
#include "sentences/run_errors.h"
#include "stage/stage_view.h"
#include "window/appearance.h"
#include "window/key_sheet.h"
#include "window/run_controller.h"
#include "window/settings.h"

#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QFontMetrics>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QProgressBar>
#include <QSplitter>
#include <QStatusBar>
#include <QTabWidget>
#include <QToolBar>
#include <QVBoxLayout>
#include <algorithm>

namespace interleave {

namespace {

constexpr double presentingScale = 1.35;
constexpr double leftColumn = 260; // design pixels
constexpr double rightColumn = 300;
constexpr double leastLeftColumn = 252;
// Beyond this scale the window may be narrower than its texts: it has to fit the screen.
constexpr double mostInsistentScale = 1.2;

} // namespace

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent), m_appearance(new Appearance(this)), m_playback(new Playback(this)),
      m_selection(new Selection(this)), m_runs(new RunController(this))
{
    setWindowTitle(tr("Interleave"));
    createLayout();
    createToolBar();
    createMenus();
    connectRuns();
    restore();
    m_runs->run(RememberedRun::firstOne().parameters, true);
}

MainWindow::~MainWindow()
{
    // The looks hold on to Playback and Selection, which as older children would go before them.
    m_runs->disconnect(this);
    delete m_toolBar;
    delete takeCentralWidget();
}

void MainWindow::createLayout()
{
    m_parameters = new ParametersPanel;
    m_stage = new StageView(*m_playback, *m_selection);
    m_charts = new ChartsView;
    m_ledger = new LedgerView(*m_playback, *m_selection);

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

    m_columns = new QSplitter;
    m_columns->setChildrenCollapsible(false);
    m_columns->setHandleWidth(1);
    m_columns->addWidget(m_parameters);
    m_columns->addWidget(middle);
    m_columns->addWidget(m_ledger);
    m_columns->setStretchFactor(1, 1);
    setCentralWidget(m_columns);

    m_message = new QLabel;
    m_message->setContentsMargins(10, 4, 10, 4);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_progress = new QProgressBar;
    m_progress->setRange(0, 1000);
    m_progress->setAccessibleName(tr("Progress of the run"));
    m_progress->hide();
    statusBar()->addWidget(m_message, 1);
    statusBar()->addPermanentWidget(m_progress);
    statusBar()->setSizeGripEnabled(false);
}

void MainWindow::createToolBar()
{
    m_runAction = new QAction(tr("&Run"), this);
    m_runAction->setShortcuts({QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter), QKeySequence(Qt::CTRL | Qt::Key_R)});
    m_runAction->setToolTip(tr("Run the race with these parameters (Enter)"));
    connect(m_runAction, &QAction::triggered, this, &MainWindow::runOrCancel);

    m_presentAction = new QAction(tr("&Present"), this);
    m_presentAction->setCheckable(true);
    m_presentAction->setShortcuts({QKeySequence(Qt::Key_F5), QKeySequence(Qt::Key_F11)});
    m_presentAction->setToolTip(tr("Full screen and larger, for the projector (F5)"));
    connect(m_presentAction, &QAction::toggled, this, &MainWindow::setPresenting);

    m_exportAction = new QAction(tr("&Export…"), this);
    m_exportAction->setIconText(tr("Export"));
    m_exportAction->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_E));
    m_exportAction->setToolTip(tr("Save what this tab shows as PNG, SVG or PDF (Ctrl+E)"));
    connect(m_exportAction, &QAction::triggered, this, &MainWindow::exportCurrent);

    m_keysAction = new QAction(tr("&Keys…"), this);
    m_keysAction->setIconText(QStringLiteral("?"));
    m_keysAction->setShortcuts({QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)});
    m_keysAction->setToolTip(tr("All keys (F1)"));
    connect(m_keysAction, &QAction::triggered, this, [this] { KeySheet(*menuBar(), this).exec(); });

    auto* bar = new QToolBar(tr("Playback and run"));
    bar->setObjectName(QStringLiteral("toolbar"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->addWidget(new PlaybackBar(*m_playback));
    bar->addAction(m_runAction);
    bar->widgetForAction(m_runAction)->setProperty("primary", true);
    bar->addAction(m_exportAction);
    bar->addAction(m_presentAction);
    bar->addAction(m_keysAction);
    bar->widgetForAction(m_keysAction)->setAccessibleName(tr("All keys"));
    addToolBar(bar);
    m_toolBar = bar;
}

void MainWindow::createMenus()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addAction(m_runAction);
    auto* trials = file->addAction(tr("Run &trials for the charts"), this, &MainWindow::runTrials);
    trials->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_T));
    auto* cancel = file->addAction(tr("&Cancel the run, or end presenting"), this, &MainWindow::leave);
    cancel->setShortcut(QKeySequence(Qt::Key_Escape));
    file->addSeparator();
    file->addAction(m_exportAction);
    createExportMenu(file);
    file->addSeparator();
    auto* quit = file->addAction(tr("&Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence::Quit);

    QMenu* playback = menuBar()->addMenu(tr("&Playback"));
    playback->addActions(m_playback->actions());

    QMenu* view = menuBar()->addMenu(tr("&View"));
    const auto addTabAction = [&](const QString& text, Qt::Key key, QWidget* tab) {
        auto* action = view->addAction(text, this, [this, tab] { m_tabs->setCurrentWidget(tab); });
        action->setShortcut(QKeySequence(Qt::CTRL | key));
    };
    addTabAction(tr("Show the &stage"), Qt::Key_1, m_stage);
    addTabAction(tr("Show the &charts"), Qt::Key_2, m_charts);
    view->addSeparator();
    for (const auto& [text, column, key] :
         {std::tuple{tr("&Parameters"), 0, Qt::Key_3}, std::tuple{tr("&Ledger"), 2, Qt::Key_4}}) {
        QAction* action = view->addAction(text);
        action->setCheckable(true);
        action->setChecked(true);
        action->setShortcut(QKeySequence(Qt::CTRL | key));
        connect(action, &QAction::toggled, m_columns->widget(column), &QWidget::setVisible);
    }
    view->addAction(m_presentAction);
    view->addSeparator();
    m_appearance->addActionsTo(view);

    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(m_keysAction);
    help->addAction(tr("&About Interleave"), this, [this] {
        QMessageBox::about(this, tr("About Interleave"),
                           tr("<p><b>Interleave %1</b></p><p>Shows what threads do to shared memory.</p>"
                              "<p>Free software under the GNU General Public License, version 3 or later.</p>")
                               .arg(QApplication::applicationVersion()));
    });
}

void MainWindow::createExportMenu(QMenu* menu)
{
    const auto picture = [this] {
        return Picture{tr("Stage"), m_stage->stageSize(), Theme::of(m_stage).ground,
                       [this](QPainter& painter, const QSizeF& size) { m_stage->paintStage(&painter, size); }};
    };
    m_stageExport = new ExportActions(picture, m_stage);
    connect(m_stageExport, &ExportActions::done, this, &MainWindow::tellAbout);
    connect(m_stageExport, &ExportActions::failed, this, &MainWindow::showError);
    m_stageExport->fill(menu->addMenu(tr("Export the &stage")));
    m_stage->addActions(m_stageExport->actions());
    m_stage->setContextMenuPolicy(Qt::ActionsContextMenu);

    m_charts->exportActions().fill(menu->addMenu(tr("Export the c&hart")));
}

void MainWindow::connectRuns()
{
    connect(m_runs, &RunController::started, this, [this] { setBusy(true); });
    connect(m_runs, &RunController::stopped, this, [this] { setBusy(false); });
    connect(m_runs, &RunController::progressed, this,
            [this](double part) { m_progress->setValue(static_cast<int>(part * m_progress->maximum())); });
    connect(m_runs, &RunController::finished, this, &MainWindow::showRun);
    connect(m_runs, &RunController::trialFinished, this, [this](const ResultsTable& soFar) {
        m_charts->setTable(soFar);
        m_charts->setProgressText(tr("Runs done: %1").arg(soFar.size()));
    });
    connect(m_runs, &RunController::trialsFinished, this, [this](const ResultsTable& table) {
        m_charts->setTable(table);
        tellAbout(tr("All runs are done: %1.").arg(table.size()));
    });
    connect(m_runs, &RunController::failed, this, [this](const RunError& error) {
        if (error.kind == RunError::Kind::Cancelled)
            tellAbout(tr("The run was cancelled."));
        else
            showError(sentenceOf(error, ParameterNames::ofTheWindow()));
    });
    connect(m_parameters, &ParametersPanel::canRunChanged, this, &MainWindow::updateRunAction);
    connect(m_charts, &ChartsView::runTrialsRequested, this, &MainWindow::runTrials);
    connect(m_charts, &ChartsView::cancelRequested, m_runs, &RunController::cancel);
}

// The columns at the sides keep their share of text when text grows.
void MainWindow::scaleColumns()
{
    const double scale = m_appearance->scale();
    const int left = qRound(leftColumn * scale);
    const int right = qRound(rightColumn * scale);
    m_parameters->setMinimumWidth(qRound(leastLeftColumn * std::min(scale, mostInsistentScale)));
    m_columns->setSizes({left, std::max(1, m_columns->width() - left - right), right});
}

void MainWindow::restore()
{
    const QSettings settings;
    const RememberedRun run = RememberedRun::readFrom(settings);
    m_parameters->setParameters(run.parameters, run.trials, run.recording);
    m_appearance->setChoice(Appearance::choiceNamed(settings.value(QStringLiteral("theme")).toString()));
    m_appearance->setScale(settings.value(QStringLiteral("scale"), 1.0).toDouble());
    if (!restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray()))
        resize(1440, 900);
    m_parameters->setMinimumWidth(qRound(leastLeftColumn * std::min(m_appearance->scale(), mostInsistentScale)));
    if (!m_columns->restoreState(settings.value(QStringLiteral("columns")).toByteArray()))
        scaleColumns();
    connect(m_appearance, &Appearance::changed, this, &MainWindow::scaleColumns);
    if (!QFontMetrics(font()).inFont(u'\uAC00'))
        tellAbout(tr("No installed font has Korean letters; install one (fonts-nanum) to read Korean."));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    QSettings settings;
    RememberedRun{m_parameters->parameters(), m_parameters->trials(), m_parameters->recording()}.writeTo(settings);
    settings.setValue(QStringLiteral("theme"), Appearance::nameOf(m_appearance->choice()));
    m_presentAction->setChecked(false); // geometry and scale are those of the window, not of the presentation
    settings.setValue(QStringLiteral("scale"), m_appearance->scale());
    settings.setValue(QStringLiteral("geometry"), saveGeometry());
    settings.setValue(QStringLiteral("columns"), m_columns->saveState());
    m_runs->cancel();
    QMainWindow::closeEvent(event);
}

void MainWindow::runOrCancel()
{
    // Enter is the key of Run, so a number that is still being typed is meant too.
    if (auto* typing = qobject_cast<QAbstractSpinBox*>(QApplication::focusWidget()))
        typing->interpretText();
    if (m_runs->isRunning())
        m_runs->cancel();
    else
        m_runs->run(m_parameters->parameters(), m_parameters->recording());
}

void MainWindow::leave()
{
    if (m_runs->isRunning())
        m_runs->cancel();
    else
        m_presentAction->setChecked(false);
}

void MainWindow::runTrials()
{
    m_tabs->setCurrentWidget(m_charts);
    if (m_runs->isRunning())
        return;
    m_charts->setRunning(true);
    m_runs->runTrials(m_parameters->parameters(), m_parameters->trials());
}

void MainWindow::showRun(const std::optional<RunResult>& recorded, const RunResult& counted)
{
    if (recorded) {
        m_parameters->setResult(*recorded, counted);
        m_selection->clear();
        m_playback->setHistory(recorded->history);
        m_stage->setFocus(); // so that Space plays it
        tellAbout(m_opening && RememberedRun::firstOne().parameters != m_parameters->parameters()
                      ? tr("This is a small run to begin with. Run makes one with your parameters.")
                      : QString());
        m_opening = false;
    } else {
        m_parameters->setResult(counted, std::nullopt);
        tellAbout(tr("This run was only counted; tick Record to replay one step by step."));
    }
}

void MainWindow::setBusy(bool busy)
{
    updateRunAction();
    m_progress->setValue(0);
    m_progress->setVisible(busy);
    if (!busy)
        m_charts->setRunning(false);
    if (busy)
        tellAbout(tr("Running…"));
    else if (m_message->text() == tr("Running…"))
        tellAbout({});
}

void MainWindow::updateRunAction()
{
    const bool busy = m_runs->isRunning();
    m_runAction->setText(busy ? tr("&Cancel") : tr("&Run"));
    m_runAction->setToolTip(busy ? tr("Cancel the run (Escape)") : tr("Run the race with these parameters (Enter)"));
    m_runAction->setEnabled(busy || m_parameters->canRun());
}

void MainWindow::tellAbout(const QString& sentence)
{
    m_message->setText(sentence);
    statusBar()->setVisible(!sentence.isEmpty());
    m_message->setAccessibleName(sentence);
}

void MainWindow::showError(const QString& sentence)
{
    tellAbout(sentence);
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
    QAction* action = (charts ? m_charts->exportActions() : *m_stageExport).exportAction();
    if (action->isEnabled())
        action->trigger();
    else
        tellAbout(tr("There is no chart to export yet: run trials first."));
}

} // namespace interleave
