// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/switch_ring.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <linux/perf_event.h>
#include <new>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

namespace interleave {

namespace {

// Since Linux 6.0; not in older headers.
constexpr std::uint64_t formatLost = 1U << 4;

// PERF_RECORD_SWITCH with the sample that we ask for: who, when, where, in this order (perf_event_open(2), sample_id).
struct SwitchOfTheKernel {
    perf_event_header header;
    std::uint32_t process;
    std::uint32_t thread;
    std::uint64_t time;
    std::uint32_t core;
    std::uint32_t reserved;
};
static_assert(sizeof(SwitchOfTheKernel) == 32);

struct LossOfTheKernel {
    perf_event_header header;
    std::uint64_t event;
    std::uint64_t lost;
};

perf_event_attr attributesFor(std::size_t ringBytes)
{
    perf_event_attr attributes{};
    attributes.size = sizeof attributes;
    attributes.type = PERF_TYPE_SOFTWARE;
    attributes.config = PERF_COUNT_SW_DUMMY;
    attributes.sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_CPU;
    attributes.sample_id_all = 1;
    attributes.context_switch = 1;
    attributes.inherit = 1;
    attributes.use_clockid = 1;
    attributes.clockid = CLOCK_MONOTONIC_RAW;
    attributes.exclude_kernel = 1; // what one may ask for without privileges at perf_event_paranoid 2
    attributes.exclude_hv = 1;
    attributes.watermark = 1;
    attributes.wakeup_watermark = static_cast<std::uint32_t>(ringBytes / 2);
    return attributes;
}

int paranoidLevel()
{
    std::ifstream file("/proc/sys/kernel/perf_event_paranoid");
    int level = 0;
    return file >> level ? level : SwitchRefusal::unknownParanoid;
}

SwitchRefusal refused(SwitchRefusal::Kind kind, int systemError)
{
    return {kind, systemError, paranoidLevel()};
}

} // namespace

ParsedSwitches parseSwitches(std::span<const std::byte> bytes, std::vector<SwitchRecord>& into)
{
    ParsedSwitches parsed;
    const auto as = [&bytes](auto record) {
        std::memcpy(&record, bytes.data(), sizeof record);
        return record;
    };
    while (!bytes.empty()) {
        parsed.malformed = bytes.size() < sizeof(perf_event_header);
        if (parsed.malformed)
            break;
        const auto header = as(perf_event_header{});
        const std::size_t least = header.type == PERF_RECORD_SWITCH ? sizeof(SwitchOfTheKernel)
                                : header.type == PERF_RECORD_LOST   ? sizeof(LossOfTheKernel)
                                                                    : sizeof(perf_event_header);
        parsed.malformed = header.size < least || header.size > bytes.size();
        if (parsed.malformed)
            break;
        if (header.type == PERF_RECORD_SWITCH) {
            const auto record = as(SwitchOfTheKernel{});
            const bool out = (header.misc & PERF_RECORD_MISC_SWITCH_OUT) != 0;
            into.push_back({static_cast<std::int64_t>(record.time), record.thread,
                            static_cast<std::uint16_t>(std::min<std::uint32_t>(record.core, UINT16_MAX)), out,
                            out && (header.misc & PERF_RECORD_MISC_SWITCH_OUT_PREEMPT) != 0});
        } else if (header.type == PERF_RECORD_LOST) {
            parsed.lost += as(LossOfTheKernel{}).lost;
        }
        bytes = bytes.subspan(header.size);
    }
    return parsed;
}

int openSwitchEvent(const perf_event_attr& attributes, int core)
{
    constexpr int thisThread = 0;
    constexpr int noGroup = -1;
    return static_cast<int>(syscall(SYS_perf_event_open, &attributes, thisThread, core, noGroup, PERF_FLAG_FD_CLOEXEC));
}

Result<SwitchRing, SwitchRefusal> SwitchRing::open(int core, std::size_t bytes, SwitchEventOpener opener)
{
    SwitchRing ring;
    ring.m_page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    while (true) {
        perf_event_attr attributes = attributesFor(bytes);
        attributes.read_format = formatLost;
        ring.m_countsLost = true;
        ring.m_event = opener(attributes, core);
        if (ring.m_event < 0 && errno == EINVAL) { // an older kernel
            attributes.read_format = 0;
            ring.m_countsLost = false;
            ring.m_event = opener(attributes, core);
        }
        if (ring.m_event < 0)
            return refused(SwitchRefusal::Kind::EventRefused, errno);
        void* const memory = mmap(nullptr, ring.m_page + bytes, PROT_READ | PROT_WRITE, MAP_SHARED, ring.m_event, 0);
        if (memory != MAP_FAILED) {
            ring.m_memory = memory;
            ring.m_bytes = bytes;
            break;
        }
        const int error = errno;
        ring.close();
        if (bytes <= ring.m_page)
            return refused(SwitchRefusal::Kind::MemoryRefused, error);
        bytes /= 2; // with it the watermark, so the event is opened anew
    }
    // Kernels differ in when they map the pages: touched, all are.
    for (std::size_t at = 0; at < ring.m_page + bytes; at += ring.m_page)
        static_cast<void>(*(static_cast<const volatile std::byte*>(ring.m_memory) + at));
    return ring;
}

SwitchRing& SwitchRing::operator=(SwitchRing&& other) noexcept
{
    std::swap(m_event, other.m_event);
    std::swap(m_memory, other.m_memory);
    std::swap(m_page, other.m_page);
    std::swap(m_bytes, other.m_bytes);
    std::swap(m_told, other.m_told);
    std::swap(m_discarded, other.m_discarded);
    std::swap(m_countsLost, other.m_countsLost);
    return *this;
}

void SwitchRing::close()
{
    if (m_memory)
        munmap(m_memory, m_page + m_bytes);
    if (m_event >= 0)
        ::close(m_event);
    m_memory = nullptr;
    m_event = -1;
}

void SwitchRing::drain(std::vector<SwitchRecord>& into)
{
    if (!m_memory)
        return;
    auto& page = *static_cast<perf_event_mmap_page*>(m_memory);
    const std::byte* const ring = static_cast<const std::byte*>(m_memory) + m_page;
    // The kernel writes data_head after the records and reads data_tail before it overwrites them.
    const std::uint64_t head = std::atomic_ref(page.data_head).load(std::memory_order_acquire);
    const std::uint64_t tail = page.data_tail;
    const std::size_t size = std::min<std::size_t>(head - tail, m_bytes);
    if (size == 0)
        return;
    try {
        std::vector<std::byte> bytes(size);
        const std::size_t from = tail & (m_bytes - 1);
        const std::size_t untilTheEnd = std::min(size, m_bytes - from);
        std::memcpy(bytes.data(), ring + from, untilTheEnd);
        std::memcpy(bytes.data() + untilTheEnd, ring, size - untilTheEnd);
        const ParsedSwitches parsed = parseSwitches(bytes, into);
        m_told += parsed.lost;
        m_discarded += parsed.malformed ? 1 : 0;
    } catch (const std::bad_alloc&) {
        m_discarded += size / sizeof(SwitchOfTheKernel);
    }
    std::atomic_ref(page.data_tail).store(head, std::memory_order_release);
}

std::uint64_t SwitchRing::finish(std::vector<SwitchRecord>& into)
{
    if (!m_memory)
        return 0;
    const auto& page = *static_cast<const perf_event_mmap_page*>(m_memory);
    // The kernel always leaves a byte free.
    const bool full = m_bytes - (page.data_head - page.data_tail) <= sizeof(SwitchOfTheKernel);
    drain(into);
    return m_discarded + droppedAtTheEnd(full);
}

std::uint64_t SwitchRing::droppedAtTheEnd(bool full) const
{
    // The kernel tells of a loss with the next record that finds room; after the last there is none.
    struct {
        std::uint64_t count;
        std::uint64_t lost;
    } counted{};
    if (m_countsLost && read(m_event, &counted, sizeof counted) == static_cast<ssize_t>(sizeof counted))
        return std::max(counted.lost, m_told);
    return std::max<std::uint64_t>(m_told, full ? 1 : 0);
}

} // namespace interleave
