// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/trials.h"
#include "hardware/run.h"

#include <QObject>
#include <QTimer>
#include <functional>
#include <optional>
#include <thread>

namespace interleave {

// Makes runs off the UI thread, one job at a time, and tells when they are done. Lives on the UI thread; all signals
// arrive there.
class RunController : public QObject {
    Q_OBJECT

public:
    explicit RunController(QObject* parent = nullptr);
    ~RunController() override;

    [[nodiscard]] bool isRunning() const { return m_running; }

public slots:
    // One run, recorded and then counted with the same parameters; or only counted. Nothing while a job is running.
    void run(const interleave::RunParameters& parameters, bool recorded);
    // Counted runs of every way to synchronise, trial by trial.
    void runTrials(const interleave::RunParameters& parameters, int trials);
    void cancel();

signals:
    void started();
    // Part of the updates that are done, 0 to 1.
    void progressed(double part);
    // `recorded` is none for a run that was only counted.
    void finished(const std::optional<interleave::RunResult>& recorded, const interleave::RunResult& counted);
    // The trials that are done, while more are to come; and all of them.
    void trialFinished(const interleave::ResultsTable& soFar);
    void trialsFinished(const interleave::ResultsTable& table);
    void failed(const interleave::RunError& error);
    // After whichever of the above came last.
    void stopped();

private:
    template <typename Work>
    void start(std::uint64_t runs, std::uint64_t updatesOfARun, Work&& work);
    void finish();

    TrialsProgress m_progress;
    std::uint64_t m_runs = 1;
    std::uint64_t m_updates = 1;
    QTimer m_reporter;
    bool m_running = false;
    std::jthread m_thread; // last: joined before anything it uses goes
};

} // namespace interleave
