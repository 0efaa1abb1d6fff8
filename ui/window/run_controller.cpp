// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/run_controller.h"

#include <QMetaObject>
#include <algorithm>
#include <utility>

namespace interleave {

RunController::RunController(QObject* parent) : QObject(parent)
{
    m_reporter.setInterval(33);
    connect(&m_reporter, &QTimer::timeout, this, [this] {
        const auto runs = static_cast<double>(m_progress.finishedRuns.load(std::memory_order_relaxed));
        const auto updates = static_cast<double>(m_progress.updatesOfThisRun.load(std::memory_order_relaxed));
        const double part = (runs + updates / static_cast<double>(m_updates)) / static_cast<double>(m_runs);
        emit progressed(std::clamp(part, 0.0, 1.0));
    });
}

RunController::~RunController()
{
    m_thread.request_stop();
}

// `work` runs on a thread of its own and returns what to do with its outcome on the UI thread.
template <typename Work>
void RunController::start(std::uint64_t runs, std::uint64_t updatesOfARun, Work&& work)
{
    m_runs = runs;
    m_updates = updatesOfARun;
    m_progress.finishedRuns = 0;
    m_progress.updatesOfThisRun = 0;
    m_running = true;
    m_reporter.start();
    emit started();
    m_thread = std::jthread([this, work = std::forward<Work>(work)](const std::stop_token& stop) {
        auto tell = work(stop);
        QMetaObject::invokeMethod(
            this,
            [this, tell = std::move(tell)] {
                finish();
                tell();
                emit stopped();
            },
            Qt::QueuedConnection);
    });
}

void RunController::finish()
{
    m_reporter.stop();
    m_running = false;
}

void RunController::run(const RunParameters& parameters, bool recorded)
{
    if (m_running)
        return;
    start(recorded ? 2 : 1, parameters.updates(), [this, parameters, recorded](const std::stop_token& stop) {
        std::function<void()> tell;
        const auto telling = [this](const RunError& error) { return [this, error] { emit failed(error); }; };
        std::optional<RunResult> withRecord;
        if (recorded) {
            auto result = runRecorded(parameters, stop, &m_progress.updatesOfThisRun);
            if (!result) {
                tell = telling(result.error());
                return tell;
            }
            withRecord = std::move(result).value();
            m_progress.updatesOfThisRun = 0;
            ++m_progress.finishedRuns;
        }
        const auto counted = runCounted(parameters, stop, &m_progress.updatesOfThisRun);
        if (counted)
            tell = [this, withRecord = std::move(withRecord), result = *counted] { emit finished(withRecord, result); };
        else
            tell = telling(counted.error());
        return tell;
    });
}

void RunController::runTrials(const RunParameters& parameters, int trials)
{
    if (m_running)
        return;
    TrialsPlan plan;
    plan.base = parameters;
    plan.ways.assign(allSynchronisations.begin(), allSynchronisations.end());
    plan.trials = static_cast<std::uint32_t>(trials);
    start(plan.runs(), parameters.updates(), [this, plan](const std::stop_token& stop) {
        ResultsTable soFar;
        const auto table = interleave::runTrials(plan, stop, &m_progress, [&](const ResultsRow& row) {
            soFar.add(row);
            QMetaObject::invokeMethod(
                this, [this, soFar] { emit trialFinished(soFar); }, Qt::QueuedConnection);
        });
        std::function<void()> tell;
        if (table)
            tell = [this, all = *table] { emit trialsFinished(all); };
        else
            tell = [this, error = table.error()] { emit failed(error); };
        return tell;
    });
}

void RunController::cancel()
{
    m_thread.request_stop();
}

} // namespace interleave
