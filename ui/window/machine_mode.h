// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/builtin.h"
#include "window/machine_controller.h"

#include <QObject>
#include <QTimer>
#include <memory>

class QSettings;

namespace interleave {

class History;
class MachinePanel;
class ProgramDocument;
class ProgramFiles;
class RecordedHistory;

// Runs what the panel and the document say, and keeps the two together. While it is active, every change is run at once
// as long as runs are quick; otherwise it waits to be told.
class MachineMode : public QObject {
    Q_OBJECT

public:
    // A run that takes longer than this is not made anew at every change.
    static constexpr std::chrono::milliseconds quick{300};

    // Programs are replaced through `files`, which asks where something would be lost.
    MachineMode(MachinePanel& panel, ProgramDocument& document, ProgramFiles& files, QObject* parent = nullptr);

    [[nodiscard]] MachineController& controller() const { return *m_controller; }
    // The last run; null if there is none.
    [[nodiscard]] const std::shared_ptr<const MachineHistory>& history() const { return m_run.history; }
    [[nodiscard]] const MachineResult& lastRun() const { return m_run; }
    // A run has been under way for long enough that someone waits for it.
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] bool isComparing() const { return m_comparing; }
    // Someone picks every instruction: that is for whoever hears manualWanted() to run.
    [[nodiscard]] bool isManual() const;

public slots:
    // Changes are run at once only while active. Becoming active makes the first run.
    void setActive(bool active);
    // Active from the start, on a run that is there already or with none until one is asked for.
    void open(const interleave::MachineResult& run);
    void run();
    void cancel();
    // Also runs the same on one core, where the panel says more than one.
    void setComparing(bool comparing);
    // A race that was recorded on real threads, once more and instruction by instruction. Sets panel and document to it;
    // false if there is nothing to be replayed, or the program in the editor is to stay.
    bool replay(const std::shared_ptr<const interleave::RecordedHistory>& recorded);

    // A run that was made before is the last one again, and panel and document are those that it was made with; those
    // stay as they are if the program in the editor is to stay.
    void takeEarlier(const interleave::MachineResult& run);
    // A run that someone made pick by pick.
    void takeManual(const std::shared_ptr<const interleave::MachineHistory>& history);

signals:
    void manualChanged(bool manual);
    // This is to be scheduled by hand.
    void manualWanted(const interleave::MachineJob& job);
    void busyChanged(bool busy);
    void progressed(double part);
    // `again`: made by itself after a change, so whoever looks at it goes on where they were.
    void finished(const interleave::MachineResult& run, bool again);
    // What there is to say about a run that was made.
    void said(const QString& sentence);
    // One sentence on why there is none.
    void failed(const QString& sentence);

private:
    enum class Reason : std::uint8_t { Asked, Change, Replay };

    void remember();

    void start(Reason reason);
    void changed();
    void tellManual();
    void pick(BuiltIn program);
    void showProgram();
    void takeProgram();
    void show(const MachineResult& run);
    void showFailure(const QString& sentence);
    void setBusy(bool busy);

    MachinePanel& m_panel;
    ProgramDocument& m_document;
    ProgramFiles& m_files;
    MachineController* m_controller;
    QTimer m_pause;   // after the last change
    QTimer m_waiting; // since the run began
    MachineResult m_run;
    std::shared_ptr<const RecordedHistory> m_recorded; // that is being replayed
    std::shared_ptr<const Program> m_running; // what the controller was asked for last
    MachineResult m_asked;                    // likewise, with no history yet
    Reason m_reason = Reason::Asked;
    std::chrono::nanoseconds m_lastTook{0};
    bool m_active = false;
    bool m_manual = false;
    bool m_busy = false;
    bool m_comparing = false;
    bool m_setting = false;
};

} // namespace interleave
