// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/switch_capture.h"

#include <algorithm>
#include <cerrno>
#include <new>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <unordered_map>
#include <utility>

namespace interleave {

SwitchCapture::SwitchCapture(std::uint32_t threads, std::span<const int> cores, SwitchSource asked,
                             SwitchEventOpener opener)
    : m_stillToLeave(threads),
      m_threads(threads)
{
    m_allLeft = eventfd(0, EFD_CLOEXEC | EFD_SEMAPHORE);
    if (asked == SwitchSource::Rusage) {
        refuse({SwitchRefusal::Kind::NotAsked, 0, SwitchRefusal::unknownParanoid});
        return;
    }
    m_watch = epoll_create1(EPOLL_CLOEXEC);
    if (m_allLeft < 0 || m_watch < 0 || !watch(m_allLeft, static_cast<std::uint32_t>(cores.size()))) {
        refuse({SwitchRefusal::Kind::EventRefused, errno, SwitchRefusal::unknownParanoid});
        return;
    }
    try {
        m_kernelNumber.resize(threads);
        m_log.threads.resize(threads);
        m_fetched.resize(cores.size());
        m_rings.reserve(cores.size());
    } catch (const std::bad_alloc&) {
        refuse({SwitchRefusal::Kind::MemoryRefused, ENOMEM, SwitchRefusal::unknownParanoid});
        return;
    }
    for (const int core : cores) {
        auto ring = SwitchRing::open(core, ringBytes, opener);
        if (!ring) {
            m_rings.clear();
            refuse(ring.error());
            return;
        }
        m_rings.push_back(std::move(ring).value());
        if (!watch(m_rings.back().event(), static_cast<std::uint32_t>(m_rings.size() - 1))) {
            m_rings.clear();
            refuse({SwitchRefusal::Kind::EventRefused, errno, SwitchRefusal::unknownParanoid});
            return;
        }
    }
}

SwitchCapture::~SwitchCapture()
{
    for (const int descriptor : {m_watch, m_allLeft})
        if (descriptor >= 0)
            ::close(descriptor);
}

bool SwitchCapture::watch(int descriptor, std::uint32_t index)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u32 = index;
    return epoll_ctl(m_watch, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void SwitchCapture::enter(ThreadIndex thread)
{
    if (!isRefused())
        m_kernelNumber[thread] = static_cast<std::uint32_t>(gettid());
}

void SwitchCapture::leave()
{
    const bool last = m_stillToLeave.fetch_sub(1, std::memory_order_acq_rel) == 1;
    if (m_allLeft < 0)
        return;
    if (last) {
        eventfd_write(m_allLeft, m_threads); // one each for the others, and one stays for who fetches
        return;
    }
    eventfd_t taken = 0;
    while (eventfd_read(m_allLeft, &taken) != 0 && errno == EINTR) {}
}

void SwitchCapture::fetchUntilAllLeft()
{
    if (isRefused())
        return;
    std::uint64_t kept = 0;
    while (kept < most) { // after that, full rings refuse, and count, what comes
        epoll_event event{};
        const int ready = epoll_wait(m_watch, &event, 1, -1);
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready < 1 || event.data.u32 >= m_rings.size())
            return; // all left; or else the join waits
        std::vector<SwitchRecord>& fetched = m_fetched[event.data.u32];
        const std::size_t before = fetched.size();
        m_rings[event.data.u32].drain(fetched);
        kept += fetched.size() - before;
    }
}

// Gives every thread its records, by time. False if there is no memory for that.
bool SwitchCapture::sortedByThread()
try {
    std::unordered_map<std::uint32_t, ThreadIndex> indices;
    for (ThreadIndex t = 0; t < m_threads; ++t)
        indices.emplace(m_kernelNumber[t], t);
    for (std::vector<SwitchRecord>& fetched : m_fetched) {
        for (SwitchRecord& record : fetched)
            if (const auto found = indices.find(record.thread); found != indices.end()) {
                record.thread = found->second;
                m_log.threads[record.thread].push_back(record);
            }
        fetched = {};
    }
    for (std::vector<SwitchRecord>& records : m_log.threads)
        std::ranges::stable_sort(records, {}, &SwitchRecord::nanoseconds);
    return true;
} catch (const std::bad_alloc&) {
    return false;
}

SwitchLog SwitchCapture::take()
{
    for (std::size_t i = 0; i < m_rings.size(); ++i)
        m_log.overflow += m_rings[i].finish(m_fetched[i]);
    m_rings.clear();
    if (!isRefused() && !sortedByThread())
        refuse({SwitchRefusal::Kind::MemoryRefused, ENOMEM, SwitchRefusal::unknownParanoid});
    if (isRefused()) {
        m_log.threads.clear();
        m_log.overflow = 0;
    } else {
        m_log.source = SwitchSource::Kernel;
    }
    return std::move(m_log);
}

} // namespace interleave
