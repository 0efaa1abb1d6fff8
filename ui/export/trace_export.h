// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/export_actions.h"
#include "store/trace_json.h"

#include <QObject>
#include <QTimer>
#include <atomic>
#include <functional>
#include <memory>
#include <thread>

namespace interleave {

class History;

// The action that writes a run as a trace for other viewers. It does so off the UI thread, one at a time, the whole file
// or nothing. Lives on the UI thread; signals arrive there.
class TraceExport : public QObject {
    Q_OBJECT

public:
    struct Job {
        std::shared_ptr<const History> history; // null: there is none
        QString program;                        // what the machine ran
    };

    // `job` is asked when the action is triggered. `owner` is the widget whose window the file dialog stands over.
    TraceExport(std::function<Job()> job, QWidget* owner);
    ~TraceExport() override;

    // Enabled as setEnabled() says, and while nothing is being written.
    [[nodiscard]] QAction* action() const { return m_action; }
    void setEnabled(bool enabled);
    void setAskForPath(ExportActions::AskForPath ask) { m_askForPath = std::move(ask); }

    [[nodiscard]] bool isRunning() const { return m_running; }
    // Nothing is written then, unless the file was complete before.
    void cancel();

signals:
    void started();
    // From 0 to 1.
    void progressed(double part);
    // One sentence on how it went: done() says at what level of detail the run is in the file.
    void done(const QString& sentence);
    void failed(const QString& sentence);
    void cancelled();
    // After whichever of those came.
    void stopped();

private:
    void start(const Job& job, const QString& path);

    std::function<Job()> m_job;
    QWidget* m_owner;
    ExportActions::AskForPath m_askForPath;
    QAction* m_action;
    bool m_enabled = false;
    bool m_running = false;
    std::atomic<double> m_progress = 0;
    QTimer m_reporter;
    std::jthread m_thread; // last: joined before anything it uses goes
};

// How much of a run a trace of it shows, in a sentence.
[[nodiscard]] QString detailText(const TraceSummary& summary, bool inTicks);

} // namespace interleave
