// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/machine_controller.h"

#include <QMetaObject>
#include <algorithm>
#include <utility>

namespace interleave {

MachineController::MachineController(QObject* parent) : QObject(parent)
{
    m_reporter.setInterval(33);
    connect(&m_reporter, &QTimer::timeout, this, [this] {
        const auto done = static_cast<double>(m_done.load(std::memory_order_relaxed));
        const auto most = static_cast<double>(std::max<std::uint64_t>(1, m_most.load(std::memory_order_relaxed)));
        emit progressed(std::clamp(done / most, 0.0, 1.0));
    });
}

MachineController::~MachineController()
{
    m_thread.request_stop();
}

void MachineController::run(const MachineJob& job)
{
    if (m_running) {
        m_next = job;
        m_thread.request_stop();
        return;
    }
    m_running = true;
    m_reporter.start();
    emit started();
    start(job);
}

void MachineController::cancel()
{
    m_next.reset();
    m_thread.request_stop();
}

void MachineController::start(const MachineJob& job)
{
    m_done = 0;
    m_most = 1;
    m_thread = std::jthread([this, job](const std::stop_token& stop) {
        const auto progress = [this](std::uint64_t done, std::uint64_t most) {
            m_done.store(done, std::memory_order_relaxed);
            m_most.store(most, std::memory_order_relaxed);
        };
        QMetaObject::invokeMethod(
            this, [this, outcome = carriedOut(job, stop, progress)] { answer(outcome); }, Qt::QueuedConnection);
    });
}

MachineController::Answer MachineController::carriedOut(const MachineJob& job, const std::stop_token& stop,
                                                        const MachineHistory::Progress& progress)
{
    const auto begin = std::chrono::steady_clock::now();
    MachineError cancelled;
    cancelled.kind = MachineError::Kind::Cancelled;
    MachineSettings settings = job.settings;
    if (job.prepare) {
        const QString refusal = job.prepare(settings, stop);
        if (stop.stop_requested())
            return {{}, cancelled, {}};
        if (!refusal.isEmpty())
            return {{}, std::nullopt, refusal};
    }
    MachineResult run;
    for (const bool oneCore : {false, true}) {
        if (oneCore && !job.besideOneCore)
            break;
        if (oneCore)
            settings.cores = 1;
        auto history = MachineHistory::run(job.program, settings, stop, progress);
        if (!history)
            return {{}, history.error(), {}};
        if (!(*history)->prepareLedger(stop))
            return {{}, cancelled, {}};
        (oneCore ? run.onOneCore : run.history) = std::move(history).value();
    }
    run.took = std::chrono::steady_clock::now() - begin;
    return {run, std::nullopt, {}};
}

void MachineController::answer(const Answer& answer)
{
    if (m_next) {
        const MachineJob next = *std::exchange(m_next, std::nullopt);
        start(next);
        return;
    }
    m_reporter.stop();
    m_running = false;
    if (!answer.refusal.isEmpty())
        emit refused(answer.refusal);
    else if (answer.error)
        emit failed(*answer.error);
    else
        emit finished(answer.run);
    // Whoever was told may have asked for the next run.
    if (!m_running)
        emit stopped();
}

} // namespace interleave
