// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run.h"
#include "parameters/source_switch.h"
#include "window/shown_run.h"

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
class KeyFocus;
class LedgerView;
class MachineMode;
class NarrationBar;
class Playback;
class Presenting;
class ProgramDocument;
class RunController;
class Selection;
class SourcePanel;
class StageGuide;
class StageTab;
class StatusLine;
class SweepController;
class TimelinePane;
class TraceExport;
class WindowActions;

// Puts controls and looks together and owns what they share. Opens on two threads that update the counter once each, the
// same at every start; what was set last is there to be run.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    // `room` is what there is for the window with its frame; if empty, that of the screen.
    explicit MainWindow(QWidget* parent = nullptr, const QSize& room = {});
    ~MainWindow() override;

    [[nodiscard]] QSize room() const;

public slots:
    // Runs with the parameters of the panel, or cancels the run that is under way.
    void runOrCancel();
    void runTrials();
    // Runs what was set when the window opened.
    void runLast();
    // The note's program, 50 × 200,000, on real threads.
    void runNote();
    // Cancels the run, or where there is none ends presenting.
    void leave();
    void setPresenting(bool presenting);
    // Asks for a file and writes what the current tab shows.
    void exportCurrent();

protected:
    void showEvent(QShowEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void createLayout();
    void keepShortcuts();
    void connectActions();
    void connectRuns();
    void connectMachine();
    void restore();
    void colourExtension();
    void limitColumns();
    void scaleColumns();
    void shareRows();
    void shapeTimeline();
    void takeScale();
    [[nodiscard]] QSize roomInFrame() const;
    [[nodiscard]] bool fits() const;
    void keepOnScreen();
    void takeTab();
    void openOnARun();
    void takeSource(Source source);
    void takeHardwareRun(const std::optional<RunResult>& recorded, const RunResult& counted);
    void takeMachineRun(const MachineResult& run, bool again);
    // What is on display, from now on, and where.
    void display(ShownRun run, Step step = 0);
    void followShown();
    void connectTimeline();
    void connectTrace();
    void rememberKept();
    void showKept();
    void takeManualRun();
    void makeRoomForTimeline();
    [[nodiscard]] QWidget* home() const;
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
    ShownRun m_shown;
    ShownRun m_hardwareRun; // the last one of real threads
    ShownRun m_kept;        // above the other on the timeline
    RunParameters m_asked;  // of the run that is under way
    KeyFocus* m_keys = nullptr;
    NarrationBar* m_narration = nullptr;
    StageGuide* m_guide = nullptr;
    QList<QWidget*> m_besideCharts; // that are hidden while there are charts
    bool m_crowdedOut = false;      // code and ledger, by larger text
    QByteArray m_rowsBefore;        // presenting
    QSize m_room;
    double m_scale = 1;             // that fits
    std::unique_ptr<Presenting> m_presenting; // null: there is a window to be seen
    bool m_columnsChosen = false; // the user moved them: they stay as they are
    bool m_rowsChosen = false;    // likewise
    bool m_opening = true; // until the window is open on its run
};

} // namespace interleave
