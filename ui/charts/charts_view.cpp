// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/charts_view.h"

#include "charts/chart_canvas.h"
#include "charts/chart_export.h"
#include "charts/sweep_chart.h"
#include "controls/flow_layout.h"
#include "export/export_actions.h"
#include "store/results_csv.h"
#include "store/sweep_csv.h"
#include "style/theme.h"

#include <QAction>
#include <QButtonGroup>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace interleave {

namespace {

// Ids of buttons, after those of the kinds.
constexpr int allCharts = 3;
constexpr int sweepChart = 4;
// Pages.
enum Page { NoTrials, Trials, NoSweep, Sweep };
// All charts, in design pixels: two side by side above the third from this width on, else one above the other. Where
// that is too high, the page scrolls.
constexpr double twoAbreast = 860;
constexpr double heightOfTwoRows = 470;
constexpr double heightOfThree = 960;
constexpr QSizeF smallestPicture(720, 480);

} // namespace

ChartsView::ChartsView(QWidget* parent)
    : QWidget(parent),
      m_export(new ExportActions([this] { return picture(); }, this)),
      m_refresh(new QTimer(this))
{
    m_export->offerCsv([this] { return QByteArray::fromStdString(m_showsSweep ? toCsv(m_sweep) : toCsv(m_table)); });
    connect(m_export, &ExportActions::done, this, [this](const QString& sentence) {
        showMessage(sentence, false);
        emit exportDone(sentence);
    });
    connect(m_export, &ExportActions::failed, this, [this](const QString& sentence) {
        showMessage(sentence, true);
        emit exportFailed(sentence);
    });

    m_refresh->setSingleShot(true);
    m_refresh->setInterval(0);
    connect(m_refresh, &QTimer::timeout, this, &ChartsView::refresh);

    m_pages = new QStackedWidget;
    m_pages->addWidget(createEmptyState());
    m_scroll = new QScrollArea;
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus); // what is in it has the focus
    m_scroll->setWidget(createCanvases());
    m_pages->addWidget(m_scroll);
    m_pages->addWidget(createEmptySweep());
    m_sweepCanvas = new SweepCanvas;
    connect(m_sweepCanvas, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& at) { openMenu(m_sweepCanvas->mapToGlobal(at)); });
    m_pages->addWidget(m_sweepCanvas);
    m_message = new QLabel;
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_message->hide();

    auto* layout = new QVBoxLayout(this);
    layout->addWidget(createHeader());
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_message);

    setAccessibleName(tr("Charts"));
    setAccessibleDescription(
        tr("Lost updates, final values and the cost of each way to synchronise, over several trials; and the final "
           "value of a program against the quantum"));
    setRunning(false);
    styleTexts();
    refresh();
}

ChartsView::~ChartsView() = default;

QWidget* ChartsView::createHeader()
{
    auto* header = new QWidget;
    auto* layout = new FlowLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);

    createChoice(*layout);
    createSweepButton();

    m_progress = new QLabel;
    m_progress->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_run = new QPushButton;
    m_run->setObjectName(QStringLiteral("runTrials"));
    connect(m_run, &QPushButton::clicked, this, [this] {
        if (m_running)
            emit cancelRequested();
        else
            emit runTrialsRequested();
    });

    auto* menu = new QMenu(this);
    m_export->fill(menu);
    m_exportButton = new QPushButton(tr("Export"));
    m_exportButton->setMenu(menu);

    layout->beginTrailing();
    layout->addWidget(m_progress);
    layout->addWidget(m_run);
    layout->addWidget(m_sweepButton);
    layout->addWidget(m_exportButton);
    return header;
}

void ChartsView::createChoice(QLayout& row)
{
    m_choice = new QButtonGroup(this);
    const auto addChoice = [&](int id, const QString& text, const QString& explanation) {
        auto* button = new QPushButton(text);
        button->setCheckable(true);
        button->setAccessibleDescription(explanation);
        button->setToolTip(explanation);
        m_choice->addButton(button, id);
        row.addWidget(button);
    };
    addChoice(static_cast<int>(ChartKind::Lost), tr("Lost updates"),
              tr("How many updates each trial lost, unlocked beside locked"));
    addChoice(static_cast<int>(ChartKind::Final), tr("Final value"),
              tr("What the counter held at the end of each trial, beside what it should hold"));
    addChoice(static_cast<int>(ChartKind::Cost), tr("Cost"), tr("The time an update takes, by way to synchronise"));
    addChoice(allCharts, tr("All"), tr("All three charts of the trials at once"));
    addChoice(sweepChart, tr("Quantum"), tr("The final value of a program against the quantum of the scheduler"));
    connect(m_choice, &QButtonGroup::idClicked, this, [this](int id) {
        if (id == allCharts)
            showAll();
        else if (id == sweepChart)
            showSweep();
        else
            showChart(static_cast<ChartKind>(id));
    });
}

void ChartsView::createSweepButton()
{
    m_sweepButton = new QPushButton;
    m_sweepButton->setObjectName(QStringLiteral("sweepQuantum"));
    connect(m_sweepButton, &QPushButton::clicked, this, &ChartsView::askForSweep);
}

QWidget* ChartsView::createEmptySweep()
{
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    m_sweepTitle = new QLabel;
    m_sweepTitle->setAlignment(Qt::AlignHCenter);
    m_sweepText = new QLabel;
    m_sweepText->setAlignment(Qt::AlignHCenter);
    m_sweepText->setWordWrap(true);
    m_sweepFirst = new QPushButton;
    m_sweepFirst->setObjectName(QStringLiteral("sweepFirst"));
    m_sweepFirst->setProperty("primary", true);
    connect(m_sweepFirst, &QPushButton::clicked, this, &ChartsView::askForSweep);
    layout->addStretch();
    layout->addWidget(m_sweepTitle);
    layout->addWidget(m_sweepText);
    layout->addSpacing(12);
    layout->addWidget(m_sweepFirst, 0, Qt::AlignHCenter);
    layout->addStretch();
    return page;
}

void ChartsView::askForSweep()
{
    if (m_sweeping) {
        emit cancelSweepRequested();
        return;
    }
    showSweep();
    emit sweepRequested();
}

void ChartsView::setSweep(const IntervalSweep& sweep)
{
    m_sweep = sweep;
    m_sweepContent = SweepContent::of(sweep);
    setSweepProgress(-1);
    showSweep();
}

void ChartsView::setSweepProgress(double share)
{
    m_sweeping = share >= 0;
    m_progress->setText(m_sweeping ? tr("Sweeping the quantum: %1 %").arg(qRound(100 * std::min(share, 1.0)))
                                   : QString());
    refreshSweep();
}

void ChartsView::showSweep()
{
    m_showsSweep = true;
    refresh();
}

QWidget* ChartsView::createEmptyState()
{
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    m_emptyTitle = new QLabel(tr("No trials yet"));
    m_emptyTitle->setAlignment(Qt::AlignHCenter);
    m_emptyText = new QLabel(tr("Run the race several times, unlocked and locked, and compare what each trial lost and "
                                "what each update cost."));
    m_emptyText->setAlignment(Qt::AlignHCenter);
    m_emptyText->setWordWrap(true);
    m_runFirst = new QPushButton(tr("Run trials"));
    m_runFirst->setObjectName(QStringLiteral("runFirstTrials"));
    m_runFirst->setProperty("primary", true);
    m_runFirst->setAccessibleDescription(tr("Runs the race several times with the present parameters"));
    connect(m_runFirst, &QPushButton::clicked, this, &ChartsView::runTrialsRequested);
    layout->addStretch();
    layout->addWidget(m_emptyTitle);
    layout->addWidget(m_emptyText);
    layout->addSpacing(12);
    layout->addWidget(m_runFirst, 0, Qt::AlignHCenter);
    layout->addStretch();
    return page;
}

QWidget* ChartsView::createCanvases()
{
    auto* page = new QWidget;
    m_grid = new QGridLayout(page);
    m_grid->setContentsMargins(0, 0, 0, 0);
    for (ChartCanvas*& canvas : m_canvases) {
        canvas = new ChartCanvas(page);
        connect(canvas, &QWidget::customContextMenuRequested, this,
                [this, canvas](const QPoint& at) { openMenu(canvas->mapToGlobal(at)); });
    }
    return page;
}

void ChartsView::arrange(const std::vector<ChartKind>& shown)
{
    for (ChartCanvas* canvas : m_canvases)
        m_grid->removeWidget(canvas);
    const double u = unitOf(this);
    const bool one = shown.size() == 1;
    const bool two = !one && width() >= twoAbreast * u;
    m_scroll->widget()->setMinimumHeight(one ? 0 : qRound((two ? heightOfTwoRows : heightOfThree) * u));
    if (two) {
        m_grid->addWidget(canvasOf(ChartKind::Lost), 0, 0);
        m_grid->addWidget(canvasOf(ChartKind::Final), 0, 1);
        m_grid->addWidget(canvasOf(ChartKind::Cost), 1, 0, 1, 2);
    } else {
        int row = 0;
        for (const ChartKind kind : shown)
            m_grid->addWidget(canvasOf(kind), row++, 0);
    }
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, two ? 1 : 0);
    for (int row = 0; row < static_cast<int>(kinds.size()); ++row)
        m_grid->setRowStretch(row, row < (one ? 1 : two ? 2 : 3) ? 1 : 0);
}

void ChartsView::setTable(const ResultsTable& table)
{
    m_table = table;
    refreshSoon();
}

void ChartsView::setRunning(bool running)
{
    m_running = running;
    m_run->setText(running ? tr("Cancel") : tr("Run trials"));
    m_run->setAccessibleDescription(running ? tr("Ends the trials; those that are finished stay")
                                            : tr("Runs the race several times with the present parameters"));
    m_runFirst->setVisible(!running);
    m_emptyTitle->setText(running ? tr("Running …") : tr("No trials yet"));
    if (!running && !m_sweeping)
        m_progress->clear();
    refreshSoon();
}

void ChartsView::setProgressText(const QString& text)
{
    m_progress->setText(text);
}

void ChartsView::showChart(ChartKind kind)
{
    m_kind = kind;
    m_all = false;
    m_showsSweep = false;
    refresh();
}

void ChartsView::showAll()
{
    m_all = true;
    m_showsSweep = false;
    refresh();
}

std::vector<ChartKind> ChartsView::shownCharts() const
{
    if (m_all)
        return {kinds.begin(), kinds.end()};
    return {m_kind};
}

Picture ChartsView::picture() const
{
    if (m_showsSweep) {
        const QSizeF size = QSizeF(m_sweepCanvas->size()).expandedTo(smallestPicture * unitOf(this));
        const ChartLook look = ChartLook::of(this);
        return {m_sweepContent.title, size, look.theme->card,
                [content = m_sweepContent, look](QPainter& painter, const QSizeF& whole) {
                    paintChart<SweepChart>(painter, QRectF(QPointF(), whole), content, look);
                }};
    }
    const std::vector<ChartKind> shown = shownCharts();
    // A chart that has not been on screen has no size yet.
    const QSizeF size = QSizeF(canvasOf(shown.front())->size()).expandedTo(smallestPicture * unitOf(this));
    return chartPicture(m_table, shown, ChartLook::of(this),
                        {size.width() * static_cast<double>(shown.size()), size.height()});
}

void ChartsView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (m_all)
        refresh();
}

void ChartsView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void ChartsView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange)
        styleTexts();
}

void ChartsView::refreshSoon()
{
    m_refresh->start();
}

void ChartsView::refresh()
{
    m_refresh->stop();
    const std::vector<ChartKind> shown = shownCharts();
    arrange(shown);
    for (const ChartKind kind : kinds) {
        ChartCanvas* canvas = canvasOf(kind);
        const bool isShown = std::find(shown.begin(), shown.end(), kind) != shown.end();
        if (isShown)
            canvas->setContent(ChartContent::of(m_table, kind));
        canvas->setVisible(isShown);
    }
    m_choice->button(m_showsSweep ? sweepChart : m_all ? allCharts : static_cast<int>(m_kind))->setChecked(true);
    const bool hasSweep = !m_sweepContent.isEmpty();
    m_pages->setCurrentIndex(m_showsSweep ? (hasSweep ? Sweep : NoSweep) : m_table.isEmpty() ? NoTrials : Trials);
    m_run->setVisible(m_running || (!m_showsSweep && !m_table.isEmpty()));
    const bool drawn = m_showsSweep ? hasSweep : !m_table.isEmpty();
    m_exportButton->setEnabled(drawn);
    const QString purpose = drawn        ? tr("Saves or copies the charts, or saves the figures behind them")
                          : m_showsSweep ? tr("There is no sweep to export yet")
                                         : tr("There are no trials to export yet");
    m_exportButton->setToolTip(purpose);
    m_exportButton->setAccessibleDescription(purpose);
    m_export->setEnabled(drawn);
    m_sweepCanvas->setContent(m_sweepContent);
    refreshSweep();
}

void ChartsView::refreshSweep()
{
    const QString explanation = m_sweeping
                                  ? tr("Ends the sweep")
                                  : tr("Runs the program of the machine once for each quantum, and draws what its "
                                       "counter ends at");
    for (QPushButton* button : {m_sweepButton, m_sweepFirst}) {
        button->setText(m_sweeping ? tr("Cancel") : tr("Sweep the quantum"));
        button->setAccessibleDescription(explanation);
        button->setToolTip(explanation);
    }
    // One of them is enough.
    m_sweepButton->setVisible(!m_showsSweep || !m_sweepContent.isEmpty());
    m_sweepTitle->setText(m_sweeping                         ? tr("Running …")
                          : m_sweepContent.problem.isEmpty() ? tr("No sweep yet")
                                                             : tr("Nothing to draw"));
    m_sweepText->setText(
        !m_sweeping && !m_sweepContent.problem.isEmpty()
            ? m_sweepContent.problem
            : tr("The machine runs a program with every quantum from 1 on: where does the scheduler cut "
                 "an update in two?"));
}

void ChartsView::openMenu(const QPoint& at)
{
    QMenu menu(this);
    m_export->fill(&menu);
    menu.exec(at);
}

void ChartsView::showMessage(const QString& sentence, bool failed)
{
    m_messageIsFailure = failed;
    m_message->setText(failed ? QStringLiteral("\u26A0 ") + sentence : QStringLiteral("\u2713 ") + sentence);
    m_message->show();
}

void ChartsView::styleTexts()
{
    QFont large = font();
    large.setPixelSize(static_cast<int>(normalTextPixels * unitOf(this) * 1.5));
    large.setBold(true);
    m_emptyTitle->setFont(large);
    m_sweepTitle->setFont(large);
    setAutoFillBackground(true);
    QPalette soft;
    soft.setColor(QPalette::WindowText, Theme::of(this).softInk);
    m_emptyText->setPalette(soft);
    m_sweepText->setPalette(soft);
    m_progress->setPalette(soft);
}

} // namespace interleave
