// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/switch_log.h"
#include "result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

struct perf_event_attr;

namespace interleave {

// What a stretch of the kernel's records held besides switches.
struct ParsedSwitches {
    std::uint64_t lost = 0; // records the kernel says it dropped (PERF_RECORD_LOST)
    bool malformed = false; // a record that cannot be one: what follows it was not read
};

// Reads the records of an event as SwitchRing opens it (perf_event_open(2), "MMAP layout") and appends its switches to
// `into`: their time in nanoseconds of CLOCK_MONOTONIC_RAW, and as the thread the one that the kernel names (gettid(2)).
// Any bytes may be given; other kinds of records are passed over. May throw std::bad_alloc.
ParsedSwitches parseSwitches(std::span<const std::byte> bytes, std::vector<SwitchRecord>& into);

// perf_event_open(2) for the calling thread while it is on a core. Tests give another, to be refused.
using SwitchEventOpener = int (*)(const perf_event_attr& attributes, int core);
[[nodiscard]] int openSwitchEvent(const perf_event_attr& attributes, int core);

// The kernel's context switches on one core of a thread and the threads that it creates: an event that counts nothing,
// and the ring of memory that the kernel writes their switches to while the event is open.
//
// One ring a core for all threads, which inherit the event, and not an event and a ring for each thread: between threads
// of one inheritance the kernel does not take the events off and put them on again, which halves what a captured switch
// costs more than another; the memory stays in the core's cache; and a thousand threads take no thousand descriptors.
class SwitchRing {
public:
    // For the calling thread and those that it creates from now on, while they are on `core` (the operating system's
    // number). The ring has `bytes` bytes (a power of two, at least a page), or less, down to a page, where the system
    // does not let us have that much (RLIMIT_MEMLOCK, perf_event_mlock_kb).
    static Result<SwitchRing, SwitchRefusal> open(int core, std::size_t bytes,
                                                  SwitchEventOpener opener = openSwitchEvent);

    SwitchRing() = default;
    SwitchRing(SwitchRing&& other) noexcept { *this = std::move(other); }
    SwitchRing& operator=(SwitchRing&& other) noexcept;
    ~SwitchRing() { close(); }

    // Becomes readable (poll(2)) when the ring is half full.
    [[nodiscard]] int event() const { return m_event; }
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }

    // Moves what the ring holds to `into`, in any one thread at a time. What there is no memory for is counted.
    void drain(std::vector<SwitchRecord>& into);
    // The same, when no more switches are made. Returns how many records went missing since the ring was opened.
    std::uint64_t finish(std::vector<SwitchRecord>& into);

private:
    void close();
    // What was dropped because the ring was full, as the kernel counts it (PERF_FORMAT_LOST, Linux 6.0); or what can be
    // told without that.
    [[nodiscard]] std::uint64_t droppedAtTheEnd(bool full) const;

    int m_event = -1;
    void* m_memory = nullptr; // a page that describes the ring, and the ring
    std::size_t m_page = 0;
    std::size_t m_bytes = 0;
    std::uint64_t m_told = 0;      // dropped, by PERF_RECORD_LOST
    std::uint64_t m_discarded = 0; // by us
    bool m_countsLost = false;
};

} // namespace interleave
