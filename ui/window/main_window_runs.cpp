// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/trace_export.h"
#include "parameters/parameters_panel.h"
#include "parameters/source_panel.h"
#include "playback/playback.h"
#include "timeline/timeline_pane.h"
#include "window/machine_mode.h"
#include "window/main_window.h"
#include "window/status_line.h"

#include <QSplitter>
#include <algorithm>
#include <utility>

namespace interleave {

// Two runs above one another on the timeline: what the window knows of them beside their histories.

void MainWindow::connectTimeline()
{
    connect(m_timeline, &TimelinePane::said, m_status, &StatusLine::tell);
    connect(m_timeline, &TimelinePane::keptChanged, this, &MainWindow::rememberKept);
    connect(m_timeline, &TimelinePane::swapping, this, &MainWindow::showKept);
}

// Someone goes on picking: the same run, longer or shorter.
void MainWindow::takeManualRun()
{
    m_shown = {};
    m_shown.machine = m_machine->lastRun();
    m_shown.when = QDateTime::currentDateTime();
    followShown();
}

void MainWindow::rememberKept()
{
    if (!m_timeline->hasKept())
        m_kept = {};
    else if (m_timeline->keptPlayback().history() == m_playback->history())
        m_kept = m_shown; // kept just now; after a swap it is remembered already
    makeRoomForTimeline();
}

// Panel and code go along with the run that they belong to.
void MainWindow::showKept()
{
    const ShownRun run = std::exchange(m_kept, m_shown);
    if (run.isEmpty())
        return;
    if (run.isOfMachine()) {
        m_machine->takeEarlier(run.machine);
        m_sources->setSource(Source::Machine);
    } else {
        m_hardwareRun = run;
        m_sources->hardware().setParameters(run.asked, m_sources->hardware().trials(), run.recorded.has_value());
        m_sources->hardware().setResult(run.recorded ? *run.recorded : *run.counted, run.counted);
        m_sources->setSource(Source::Hardware);
    }
    display(run);
}

// Two need more of it than one; a height that was chosen and is enough stays.
void MainWindow::makeRoomForTimeline()
{
    if (m_rowsChosen && !m_timeline->hasKept())
        return;
    const int before = m_timeline->height();
    shareRows();
    if (m_rowsChosen && m_rows->sizes().value(1) < before) {
        const int all = m_rows->height();
        m_rows->setSizes({std::max(1, all - before), before});
    }
}

void MainWindow::connectTrace()
{
    const auto offer = [this] { m_trace->setEnabled(m_playback->steps() > 0); };
    connect(m_playback, &Playback::historyChanged, m_trace, offer);
    offer();
    connect(m_trace, &TraceExport::started, this, [this] {
        updateBusy();
        m_status->tell(tr("Writing the trace…"));
    });
    connect(m_trace, &TraceExport::progressed, m_status, &StatusLine::setProgress);
    connect(m_trace, &TraceExport::stopped, this, &MainWindow::updateBusy);
    connect(m_trace, &TraceExport::done, m_status, &StatusLine::tell);
    connect(m_trace, &TraceExport::cancelled, this, [this] { m_status->tell(tr("The trace was not written.")); });
    connect(m_trace, &TraceExport::failed, this, &MainWindow::showError);
}

} // namespace interleave
