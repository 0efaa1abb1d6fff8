// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_content.h"
#include "charts/sweep_content.h"
#include "experiment/interval_sweep.h"
#include "export/picture.h"

#include <QWidget>
#include <array>
#include <vector>

class QAction;
class QButtonGroup;
class QGridLayout;
class QLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QTimer;

namespace interleave {

class ChartCanvas;
class ExportActions;
class SweepCanvas;

// The charts of a results table: one large, or all where there is room. The table may be set again after every run.
// Beside them the chart of a sweep of the machine's quantum.
class ChartsView : public QWidget {
    Q_OBJECT

public:
    explicit ChartsView(QWidget* parent = nullptr);
    ~ChartsView() override;

    void setTable(const ResultsTable& table);
    [[nodiscard]] const ResultsTable& table() const { return m_table; }

    // While trials run the button cancels them, and the text says how far they are.
    void setRunning(bool running);
    void setProgressText(const QString& text);

    // The sweep that was asked for: its chart is shown, and its button asks for the next one.
    void setSweep(const IntervalSweep& sweep);
    [[nodiscard]] const IntervalSweep& sweep() const { return m_sweep; }
    // The share done, 0 to 1, of a sweep that is under way; a negative one: it has ended without a result.
    void setSweepProgress(double share);
    [[nodiscard]] bool isSweeping() const { return m_sweeping; }

    void showChart(ChartKind kind);
    void showSweep();
    [[nodiscard]] bool showsSweep() const { return m_showsSweep; }
    void showAll();
    // The charts of the table on screen: one, or all.
    [[nodiscard]] std::vector<ChartKind> shownCharts() const;

    // What is shown, as a picture of the size it has on screen.
    [[nodiscard]] Picture picture() const;
    // The same actions as in the context menu, for the File menu and a shortcut.
    [[nodiscard]] ExportActions& exportActions() const { return *m_export; }

signals:
    void runTrialsRequested();
    void cancelRequested();
    // The quantum is to be swept: of the program and the settings that are set elsewhere.
    void sweepRequested();
    void cancelSweepRequested();
    // A sentence on how an export went; it is shown below the charts as well.
    void exportDone(const QString& sentence);
    void exportFailed(const QString& sentence);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* createHeader();
    QWidget* createEmptyState();
    QWidget* createCanvases();
    QWidget* createEmptySweep();
    void createChoice(QLayout& row);
    void createSweepButton();
    void askForSweep();
    void refreshSweep();
    void refreshSoon();
    void refresh();
    void arrange(const std::vector<ChartKind>& shown);
    [[nodiscard]] ChartCanvas* canvasOf(ChartKind kind) const { return m_canvases[static_cast<std::size_t>(kind)]; }
    void openMenu(const QPoint& at);
    void showMessage(const QString& sentence, bool failed);
    void styleTexts();

    static constexpr std::array kinds = {ChartKind::Lost, ChartKind::Final, ChartKind::Cost};

    ResultsTable m_table;
    IntervalSweep m_sweep;
    SweepContent m_sweepContent;
    ChartKind m_kind = ChartKind::Lost;
    bool m_all = false;
    bool m_running = false;
    bool m_showsSweep = false;
    bool m_sweeping = false;
    bool m_messageIsFailure = false;
    ExportActions* m_export;
    QTimer* m_refresh;
    QButtonGroup* m_choice = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_runFirst = nullptr;
    QPushButton* m_sweepButton = nullptr;
    QPushButton* m_sweepFirst = nullptr;
    QPushButton* m_exportButton = nullptr;
    QLabel* m_progress = nullptr;
    QLabel* m_emptyTitle = nullptr;
    QLabel* m_emptyText = nullptr;
    QLabel* m_sweepTitle = nullptr;
    QLabel* m_sweepText = nullptr;
    QLabel* m_message = nullptr;
    QStackedWidget* m_pages = nullptr;
    QScrollArea* m_scroll = nullptr;
    QGridLayout* m_grid = nullptr;
    std::array<ChartCanvas*, kinds.size()> m_canvases{};
    SweepCanvas* m_sweepCanvas = nullptr;
};

} // namespace interleave
