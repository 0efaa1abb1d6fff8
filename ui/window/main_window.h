// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run.h"
#include "parameters/source_switch.h"
#include "window/machine_controller.h"

#include <QMainWindow>
#include <memory>
#include <optional>

class QSplitter;
class QTabWidget;
class QToolBar;

namespace interleave {

class Appearance;
class ChartsView;
class CodeView;
class LedgerView;
class MachineMode;
class Playback;
class ProgramDocument;
class RunController;
class Selection;
class SourcePanel;
class StageTab;
class StatusLine;
class SweepController;
class TimelinePane;
class TraceExport;
class WindowActions;

// Puts controls and looks together and owns what they share. Opens on a small
// recorded run, or where the machine was used last on a run of that.
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
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void createLayout();
    void connectActions();
    void connectRuns();
    void connectMachine();
    void restore();
    void colourExtension();
    void limitColumns();
    void scaleColumns();
    void shareRows();
    void openOnARun();
    void takeSource(Source source);
    void showRun(const std::optional<RunResult>& recorded, const RunResult& counted);
    void showRecorded();
    void showMachineRun(const MachineResult& run, bool again);
    void connectTimeline();
    void connectTrace();
    void rememberKept();
    void showKept();
    void makeRoomForTimeline();
    void focusStage();
    void replayOnMachine();
    void showError(const QString& sentence);
    void updateBusy();
    void updateRunAction();
    [[nodiscard]] bool isBusy() const;

    Appearance* m_appearance;
    Playback* m_playback;
    Selection* m_selection;
    RunController* m_runs;
    ProgramDocument* m_document;
    WindowActions* m_actions;
    StatusLine* m_status;
    SourcePanel* m_sources = nullptr;
    MachineMode* m_machine = nullptr;
    StageTab* m_stage = nullptr;
    ChartsView* m_charts = nullptr;
    CodeView* m_code = nullptr;
    LedgerView* m_ledger = nullptr;
    TimelinePane* m_timeline = nullptr;
    TraceExport* m_trace = nullptr;
    QTabWidget* m_tabs = nullptr;
    QSplitter* m_columns = nullptr;
    QSplitter* m_right = nullptr;
    QSplitter* m_rows = nullptr; // the columns over the timeline
    QToolBar* m_toolBar = nullptr;
    std::optional<RunResult> m_recorded; // the last recorded run
    std::optional<RunResult> m_counted;  // that was made beside it
    // What there is to show of a run beside its history: of real threads or of the machine.
    struct ShownRun {
        std::optional<RunResult> recorded;
        std::optional<RunResult> counted;
        MachineResult machine;
    };
    [[nodiscard]] ShownRun shownRun() const;
    ShownRun m_kept; // above the other on the timeline
    bool m_columnsChosen = false; // the user moved them: they stay as they are
    bool m_rowsChosen = false;    // likewise
    double m_scaleBeforePresenting = 1;
    bool m_opening = true; // until the run that the window opens on has been shown
};

} // namespace interleave
