// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/timeline_builder.h"

#include "history/history.h"

#include <QMetaObject>
#include <utility>

namespace interleave {

namespace {

std::shared_ptr<const TimelineIndex> sharedOf(Result<TimelineIndex, TimelineError> result)
{
    return result ? std::make_shared<const TimelineIndex>(std::move(result).value()) : nullptr;
}

} // namespace

TimelineBuilder::TimelineBuilder(QObject* parent) : QObject(parent)
{
    m_reporter.setInterval(50);
    connect(&m_reporter, &QTimer::timeout, this, [this] { emit progressed(m_progress); });
}

TimelineBuilder::~TimelineBuilder()
{
    m_thread.request_stop();
}

void TimelineBuilder::build(std::shared_ptr<const History> history)
{
    cancel();
    if (history->steps() <= m_stepsAtOnce) {
        emit built(sharedOf(TimelineIndex::build(*history)));
        return;
    }
    start([this, history = std::move(history)](const std::stop_token& stop) {
        return sharedOf(TimelineIndex::build(
            *history, [this](double done) { m_progress = done; }, stop));
    });
}

void TimelineBuilder::buildWindow(std::shared_ptr<const History> history, Time begin, Time end)
{
    cancel();
    start([history = std::move(history), begin, end](const std::stop_token& stop) {
        return sharedOf(TimelineIndex::buildWindow(*history, begin, end, stop));
    });
}

template <typename Work>
void TimelineBuilder::start(Work&& work)
{
    m_progress = 0;
    m_building = true;
    m_reporter.start();
    m_thread = std::jthread([this, job = m_job, work = std::forward<Work>(work)](const std::stop_token& stop) {
        auto index = work(stop);
        if (!stop.stop_requested())
            QMetaObject::invokeMethod(
                this, [this, job, index = std::move(index)] { finish(job, index); }, Qt::QueuedConnection);
    });
}

void TimelineBuilder::finish(std::uint64_t job, const std::shared_ptr<const TimelineIndex>& index)
{
    if (job != m_job)
        return;
    m_reporter.stop();
    m_building = false;
    if (index)
        emit built(index);
}

void TimelineBuilder::cancel()
{
    ++m_job;
    m_reporter.stop();
    m_building = false;
    m_thread.request_stop();
}

} // namespace interleave
