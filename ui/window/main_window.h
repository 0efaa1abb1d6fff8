// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run.h"

#include <QMainWindow>
#include <optional>

class QLabel;
class QMenu;
class QProgressBar;
class QSplitter;
class QTabWidget;
class QToolBar;

namespace interleave {

class Appearance;
class ChartsView;
class ExportActions;
class LedgerView;
class ParametersPanel;
class Playback;
class RunController;
class Selection;
class StageView;

// Puts controls and looks together and owns what they share. Opens on a small recorded run.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

public slots:
    // Runs with the parameters of the panel, or cancels the run that is under way.
    void runOrCancel();
    void runTrials();
    // Cancels the run, or where there is none ends presenting.
    void leave();
    void setPresenting(bool presenting);
    // Asks for a file and writes what the current tab shows.
    void exportCurrent();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void createLayout();
    void createToolBar();
    void createMenus();
    void createExportMenu(QMenu* menu);
    void connectRuns();
    void restore();
    void scaleColumns();
    void showRun(const std::optional<RunResult>& recorded, const RunResult& counted);
    void showError(const QString& sentence);
    void setBusy(bool busy);
    void updateRunAction();
    void tellAbout(const QString& sentence);

    Appearance* m_appearance;
    Playback* m_playback;
    Selection* m_selection;
    RunController* m_runs;
    ParametersPanel* m_parameters = nullptr;
    StageView* m_stage = nullptr;
    ExportActions* m_stageExport = nullptr;
    ChartsView* m_charts = nullptr;
    LedgerView* m_ledger = nullptr;
    QTabWidget* m_tabs = nullptr;
    QSplitter* m_columns = nullptr;
    QAction* m_runAction = nullptr;
    QAction* m_exportAction = nullptr;
    QAction* m_presentAction = nullptr;
    QAction* m_keysAction = nullptr;
    QToolBar* m_toolBar = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_message = nullptr;
    double m_scaleBeforePresenting = 1;
    bool m_opening = true; // until the run that the window opens on has been shown
};

} // namespace interleave
