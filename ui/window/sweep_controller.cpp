// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/sweep_controller.h"

#include <QMetaObject>
#include <chrono>

namespace interleave {

namespace {

constexpr std::chrono::milliseconds betweenReports{33};

}

SweepController::~SweepController()
{
    m_thread.request_stop();
}

void SweepController::run(const IntervalSweepPlan& plan)
{
    if (m_running)
        return;
    m_running = true;
    m_thread = std::jthread([this, plan](const std::stop_token& stop) {
        // Thousands of short runs, of which nobody sees more than some dozens a second.
        auto told = std::chrono::steady_clock::now();
        const auto progress = [this, &told](double share) {
            const auto now = std::chrono::steady_clock::now();
            if (now - told < betweenReports)
                return;
            told = now;
            QMetaObject::invokeMethod(
                this, [this, share] { emit progressed(share); }, Qt::QueuedConnection);
        };
        QMetaObject::invokeMethod(
            this,
            [this, sweep = sweepIntervals(plan, stop, progress)] {
                m_running = false;
                if (sweep)
                    emit finished(*sweep);
                else
                    emit failed(sweep.error());
            },
            Qt::QueuedConnection);
    });
}

void SweepController::cancel()
{
    m_thread.request_stop();
}

} // namespace interleave
