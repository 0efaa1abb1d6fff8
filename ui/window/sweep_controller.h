// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/interval_sweep.h"

#include <QObject>
#include <thread>

namespace interleave {

// Sweeps the machine's quantum off the UI thread, one sweep at a time. Lives on the UI thread; all signals arrive there.
class SweepController : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    ~SweepController() override;

    [[nodiscard]] bool isRunning() const { return m_running; }

public slots:
    // Nothing while a sweep is running.
    void run(const interleave::IntervalSweepPlan& plan);
    void cancel();

signals:
    // The share done, 0 to 1.
    void progressed(double share);
    void finished(const interleave::IntervalSweep& sweep);
    void failed(const interleave::MachineError& error);

private:
    bool m_running = false;
    std::jthread m_thread; // last: joined before anything it uses goes
};

} // namespace interleave
