// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"
#include "parameters/machine_choice.h"

#include <QObject>
#include <QTimer>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

namespace interleave {

// A run of the machine to be made.
struct MachineJob {
    std::shared_ptr<const Program> program;
    MachineSettings settings;
    // Called first, off the UI thread, where the settings take time to work out. One sentence if there are none.
    std::function<QString(MachineSettings& settings, const std::stop_token& stop)> prepare;
    // The same once more on one core.
    bool besideOneCore = false;
};

// What came of it, ledgers made; and what it takes to make it again.
struct MachineResult {
    std::shared_ptr<const MachineHistory> history;
    std::shared_ptr<const MachineHistory> onOneCore; // null unless asked for
    std::chrono::nanoseconds took{0};
    MachineChoice choice;
    QString program; // what it is called: "peterson", "race.s"
    QString text;    // its source
};

// Runs the machine off the UI thread. The latest request wins: one that comes while a run is under way stops it and
// takes its place, so that nothing queues up behind a slider. Lives on the UI thread; all signals arrive there.
class MachineController : public QObject {
    Q_OBJECT

public:
    explicit MachineController(QObject* parent = nullptr);
    ~MachineController() override;

    [[nodiscard]] bool isRunning() const { return m_running; }

public slots:
    void run(const interleave::MachineJob& job);
    void cancel();

signals:
    void started();
    // Part of the instructions that are done of those expected at most, 0 to 1.
    void progressed(double part);
    // Of the latest request only.
    void finished(const interleave::MachineResult& run);
    void failed(const interleave::MachineError& error);
    // The settings could not be worked out.
    void refused(const QString& sentence);
    // Nothing is under way any more.
    void stopped();

private:
    struct Answer {
        MachineResult run;
        std::optional<MachineError> error;
        QString refusal;
    };

    void start(const MachineJob& job);
    void answer(const Answer& answer);
    static Answer carriedOut(const MachineJob& job, const std::stop_token& stop,
                             const MachineHistory::Progress& progress);

    std::optional<MachineJob> m_next;
    std::atomic<std::uint64_t> m_done{0};
    std::atomic<std::uint64_t> m_most{1};
    QTimer m_reporter;
    bool m_running = false;
    std::jthread m_thread; // last: joined before anything it uses goes
};

} // namespace interleave
