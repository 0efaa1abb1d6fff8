// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/breakpoint_search.h"

#include <QMetaObject>
#include <utility>

namespace interleave {

BreakpointSearch::~BreakpointSearch()
{
    m_thread.request_stop();
}

void BreakpointSearch::start(std::shared_ptr<const MachineHistory> history, std::vector<std::int64_t> addresses,
                             Step from)
{
    const quint64 search = ++m_search;
    setSearching(true);
    m_thread = std::jthread([this, search, history = std::move(history), addresses = std::move(addresses),
                             from](const std::stop_token& stop) {
        const std::optional<Step> step = history->nextExecutionOf(addresses, from, history->steps(), stop);
        QMetaObject::invokeMethod(
            this, [this, search, step] { finish(search, step); }, Qt::QueuedConnection);
    });
}

void BreakpointSearch::cancel()
{
    ++m_search; // whatever the one under way finds came too late
    m_thread.request_stop();
    setSearching(false);
}

void BreakpointSearch::finish(quint64 search, const std::optional<Step>& step)
{
    if (search != m_search)
        return;
    setSearching(false);
    if (step)
        emit found(*step);
    else
        emit foundNone();
}

void BreakpointSearch::setSearching(bool searching)
{
    if (m_searching == searching)
        return;
    m_searching = searching;
    emit searchingChanged(searching);
}

} // namespace interleave
