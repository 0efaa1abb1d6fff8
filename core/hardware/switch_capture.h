// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/switch_ring.h"

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

namespace interleave {

// Captures the context switches of all threads of one run. The thread that makes this must be the one that creates the
// threads of the run, and makes it before; while it waits for the run it fetches from rings that fill up, and otherwise
// sleeps. If one core is refused, nothing is captured: half a picture would look like a whole one.
class SwitchCapture {
public:
    // `cores`: the operating system's numbers. With SwitchSource::Rusage nothing is opened.
    SwitchCapture(std::uint32_t threads, std::span<const int> cores, SwitchSource asked,
                  SwitchEventOpener opener = openSwitchEvent);
    ~SwitchCapture();
    SwitchCapture(const SwitchCapture&) = delete;
    SwitchCapture& operator=(const SwitchCapture&) = delete;

    // By each thread, before it begins.
    void enter(ThreadIndex thread);
    // By each thread that entered, as the last thing it does. Waits until all threads are here: a thread that ends while
    // others run takes time from them, more so with an event.
    void leave();
    // Waits until every thread has left.
    void fetchUntilAllLeft();

    // What was captured, after the threads were joined; times in nanoseconds of CLOCK_MONOTONIC_RAW.
    [[nodiscard]] SwitchLog take();

    // Bytes of the ring of each core: 16,384 records. Without privileges one may have that much and the page that
    // describes it for every core (perf_event_mlock_kb: 516).
    static constexpr std::size_t ringBytes = std::size_t{512} << 10;
    // Records of one run that are kept at most, in 16 bytes each; more are counted as overflow.
    static constexpr std::uint64_t most = std::uint64_t{1} << 25;

private:
    void refuse(const SwitchRefusal& refusal) { m_log.refusal = refusal; }
    [[nodiscard]] bool isRefused() const { return m_log.refusal.kind != SwitchRefusal::Kind::None; }
    bool watch(int descriptor, std::uint32_t index);
    [[nodiscard]] bool sortedByThread();

    std::vector<SwitchRing> m_rings;                  // by core
    std::vector<std::vector<SwitchRecord>> m_fetched; // by core; their thread is the kernel's number of it
    std::vector<std::uint32_t> m_kernelNumber;        // by thread
    SwitchLog m_log;
    std::atomic<std::uint32_t> m_stillToLeave;
    std::uint32_t m_threads;
    // eventfd(2), a semaphore. Waiting for a std::atomic would yield some times first, and each time is a switch.
    int m_allLeft = -1;
    int m_watch = -1; // epoll(7) of the rings and of m_allLeft
};

} // namespace interleave
