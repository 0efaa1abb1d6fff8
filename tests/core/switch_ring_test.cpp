// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/switch_ring.h"

#include "hardware/tick_clock.h"
#include "support.h"

#include <cerrno>
#include <cstring>
#include <ctime>
#include <linux/perf_event.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

namespace interleave {
namespace {

// --- Reading the kernel's records ------------------------------------------------------------------------------------

using Bytes = std::vector<std::byte>;

template <typename Part>
void append(Bytes& bytes, const Part& part)
{
    const auto* const begin = reinterpret_cast<const std::byte*>(&part);
    bytes.insert(bytes.end(), begin, begin + sizeof part);
}

void appendHeader(Bytes& bytes, std::uint32_t type, int misc, std::size_t size)
{
    append(bytes, perf_event_header{type, static_cast<std::uint16_t>(misc), static_cast<std::uint16_t>(size)});
}

void appendSample(Bytes& bytes, std::uint64_t time, std::uint32_t core)
{
    append(bytes, std::uint32_t{77}); // process
    append(bytes, std::uint32_t{78}); // thread
    append(bytes, time);
    append(bytes, core);
    append(bytes, std::uint32_t{0});
}

constexpr int in = 0;
constexpr int out = PERF_RECORD_MISC_SWITCH_OUT;
constexpr int preempted = PERF_RECORD_MISC_SWITCH_OUT | PERF_RECORD_MISC_SWITCH_OUT_PREEMPT;

void appendSwitch(Bytes& bytes, int misc, std::uint64_t time, std::uint32_t core)
{
    appendHeader(bytes, PERF_RECORD_SWITCH, misc, 32);
    appendSample(bytes, time, core);
}

void appendLoss(Bytes& bytes, std::uint64_t lost)
{
    appendHeader(bytes, PERF_RECORD_LOST, 0, 48);
    append(bytes, std::uint64_t{5}); // event
    append(bytes, lost);
    appendSample(bytes, 1, 1);
}

Bytes threeSwitchesAndALoss()
{
    Bytes bytes;
    appendSwitch(bytes, preempted, 1'000, 1);
    appendHeader(bytes, PERF_RECORD_THROTTLE, 0, 16); // not ours
    append(bytes, std::uint64_t{0});
    appendSwitch(bytes, in, 2'500, 0);
    appendLoss(bytes, 40);
    appendSwitch(bytes, out, 9'000'000'000'000, 3);
    return bytes;
}

TEST(ParseSwitchesTest, ReadsSwitchesAndLosses)
{
    std::vector<SwitchRecord> records{{1, 1, 1, true, true}};
    const ParsedSwitches parsed = parseSwitches(threeSwitchesAndALoss(), records);
    EXPECT_FALSE(parsed.malformed);
    EXPECT_EQ(parsed.lost, 40U);
    ASSERT_EQ(records.size(), 4U) << "appended";
    EXPECT_EQ(records[1], (SwitchRecord{1'000, 78, 1, true, true}));
    EXPECT_EQ(records[2], (SwitchRecord{2'500, 78, 0, false, false}));
    EXPECT_EQ(records[3], (SwitchRecord{9'000'000'000'000, 78, 3, true, false}));
}

TEST(ParseSwitchesTest, NothingIsNotMalformed)
{
    std::vector<SwitchRecord> records;
    const ParsedSwitches parsed = parseSwitches({}, records);
    EXPECT_FALSE(parsed.malformed);
    EXPECT_EQ(parsed.lost, 0U);
    EXPECT_TRUE(records.empty());
}

TEST(ParseSwitchesTest, ACoreThatDoesNotFitIsTheLargest)
{
    Bytes bytes;
    appendSwitch(bytes, in, 1, 70'000);
    std::vector<SwitchRecord> records;
    EXPECT_FALSE(parseSwitches(bytes, records).malformed);
    EXPECT_EQ(records.at(0).core, UINT16_MAX);
}

// A copy of exactly the bytes there are, so that reading past them is caught.
TEST(ParseSwitchesTest, ReadsWhatIsWholeOfTruncatedRecords)
{
    const Bytes whole = threeSwitchesAndALoss();
    const std::size_t ends[] = {32, 48, 80, 128, 160};
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        const Bytes bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        std::vector<SwitchRecord> records;
        const ParsedSwitches parsed = parseSwitches(bytes, records);
        const bool atAnEnd = size == 0 || std::find(std::begin(ends), std::end(ends), size) != std::end(ends);
        EXPECT_EQ(parsed.malformed, !atAnEnd) << size;
        EXPECT_EQ(records.size(), (size >= 32 ? 1U : 0U) + (size >= 80 ? 1U : 0U) + (size >= 160 ? 1U : 0U)) << size;
        EXPECT_EQ(parsed.lost, size >= 128 ? 40U : 0U) << size;
    }
}

TEST(ParseSwitchesTest, ARecordThatIsTooShortEndsTheReading)
{
    for (const std::uint32_t type :
         {std::uint32_t{PERF_RECORD_SWITCH}, std::uint32_t{PERF_RECORD_LOST}, std::uint32_t{PERF_RECORD_THROTTLE}}) {
        const std::size_t least = type == PERF_RECORD_SWITCH ? 32 : type == PERF_RECORD_LOST ? 24 : 8;
        for (std::size_t size = 0; size < least; ++size) {
            Bytes bytes;
            appendHeader(bytes, type, out, size);
            bytes.resize(64);
            std::vector<SwitchRecord> records;
            EXPECT_TRUE(parseSwitches(bytes, records).malformed) << type << ", " << size;
            EXPECT_TRUE(records.empty());
        }
    }
}

TEST(ParseSwitchesTest, GarbageIsReadWithoutHarm)
{
    Draw draw(7);
    for (int i = 0; i < 20'000; ++i) {
        Bytes bytes(draw.below(200));
        for (std::byte& byte : bytes)
            byte = static_cast<std::byte>(draw.below(256));
        if (bytes.size() >= 8 && draw.oneIn(2)) { // more often something that begins like a record
            const perf_event_header header{draw.oneIn(2) ? std::uint32_t{PERF_RECORD_SWITCH}
                                                         : std::uint32_t{PERF_RECORD_LOST},
                                           static_cast<std::uint16_t>(draw.below(65'536)),
                                           static_cast<std::uint16_t>(draw.below(bytes.size() + 9))};
            std::memcpy(bytes.data(), &header, sizeof header);
        }
        std::vector<SwitchRecord> records;
        parseSwitches(bytes, records);
        EXPECT_LE(records.size() * 32, bytes.size());
    }
}

// --- Opening ---------------------------------------------------------------------------------------------------------

template <int error>
int refuseWith(const perf_event_attr&, int)
{
    errno = error;
    return -1;
}

TEST(SwitchRingTest, SaysWhyItWasRefused)
{
    const std::pair<SwitchEventOpener, int> openers[] = {
        {refuseWith<EACCES>, EACCES}, {refuseWith<EPERM>, EPERM},   {refuseWith<ENOSYS>, ENOSYS},
        {refuseWith<EMFILE>, EMFILE}, {refuseWith<EINVAL>, EINVAL},
    };
    for (const auto& [opener, error] : openers) {
        const auto ring = SwitchRing::open(0, 1 << 16, opener);
        ASSERT_FALSE(ring) << error;
        EXPECT_EQ(ring.error().kind, SwitchRefusal::Kind::EventRefused);
        EXPECT_EQ(ring.error().systemError, error);
    }
}

TEST(SwitchRingTest, SaysThatThereIsNoMemory)
{
    // Not an event, so it cannot be mapped.
    const auto ring = SwitchRing::open(0, 1 << 16, [](const perf_event_attr&, int) { return dup(0); });
    ASSERT_FALSE(ring);
    EXPECT_EQ(ring.error().kind, SwitchRefusal::Kind::MemoryRefused);
    EXPECT_NE(ring.error().systemError, 0);
}

int asAnOlderKernel(const perf_event_attr& attributes, int core)
{
    if (attributes.read_format == 0)
        return openSwitchEvent(attributes, core);
    errno = EINVAL;
    return -1;
}

// Keeps the thread on the core that it is on.
class Pinned {
public:
    Pinned() : m_core(sched_getcpu())
    {
        sched_getaffinity(0, sizeof m_before, &m_before);
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(static_cast<std::size_t>(m_core), &one);
        sched_setaffinity(0, sizeof one, &one);
    }
    ~Pinned() { sched_setaffinity(0, sizeof m_before, &m_before); }
    Pinned(const Pinned&) = delete;
    Pinned& operator=(const Pinned&) = delete;
    [[nodiscard]] int core() const { return m_core; }

private:
    int m_core;
    cpu_set_t m_before{};
};

#define OPEN_OR_SKIP(ring, bytes, opener)                                                                              \
    const Pinned pinned;                                                                                               \
    auto opened = SwitchRing::open(pinned.core(), bytes, opener);                                                      \
    if (!opened)                                                                                                       \
        GTEST_SKIP() << "the kernel captures no switches here: " << std::strerror(opened.error().systemError)          \
                     << ", perf_event_paranoid " << opened.error().paranoid;                                           \
    SwitchRing ring = std::move(opened).value()

std::uint64_t switchesOfThisThread()
{
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    return static_cast<std::uint64_t>(usage.ru_nvcsw + usage.ru_nivcsw);
}

// Leaves the core once.
void blockOnce()
{
    constexpr timespec shortly{0, 20'000};
    nanosleep(&shortly, nullptr);
}

TEST(SwitchRingTest, CapturesItsOwnThread)
{
    const std::uint64_t outerFrom = switchesOfThisThread();
    OPEN_OR_SKIP(ring, 1 << 16, openSwitchEvent);
    constexpr std::uint64_t blocks = 50;
    const std::uint64_t innerFrom = switchesOfThisThread();
    const std::uint64_t begin = ticksNow();
    for (std::uint64_t i = 0; i < blocks; ++i)
        blockOnce();
    const std::uint64_t end = ticksNow();
    const std::uint64_t inner = switchesOfThisThread() - innerFrom;
    std::vector<SwitchRecord> records;
    const std::uint64_t overflow = ring.finish(records);
    const std::uint64_t outer = switchesOfThisThread() - outerFrom;
    const TickScale scale = TickScale::calibrated();

    EXPECT_EQ(overflow, 0U);
    ASSERT_GE(records.size(), 2 * inner);
    ASSERT_LE(records.size(), 2 * outer);
    std::uint64_t voluntary = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const SwitchRecord& record = records[i];
        EXPECT_EQ(record.out, i % 2 == 0) << "out and in take turns";
        EXPECT_EQ(record.thread, static_cast<ThreadIndex>(gettid()));
        EXPECT_EQ(record.core, pinned.core());
        EXPECT_TRUE(record.out || !record.preempted);
        if (i > 0) {
            EXPECT_GE(record.nanoseconds, records[i - 1].nanoseconds);
        }
        const auto time = static_cast<double>(record.nanoseconds);
        const bool whileItSlept = time >= scale.monotonicAt(begin) && time <= scale.monotonicAt(end);
        voluntary += whileItSlept && record.out && !record.preempted ? 1 : 0;
    }
    EXPECT_GE(voluntary, blocks) << "by the times of the one clock, too";
}

void expectOverflowIsCounted(SwitchEventOpener opener, bool exactly)
{
    const std::uint64_t outerFrom = switchesOfThisThread();
    OPEN_OR_SKIP(ring, static_cast<std::size_t>(sysconf(_SC_PAGESIZE)), opener);
    const std::size_t room = ring.bytes() / 32;
    const std::uint64_t innerFrom = switchesOfThisThread();
    for (std::size_t i = 0; i < room; ++i) // two records each
        blockOnce();
    const std::uint64_t inner = switchesOfThisThread() - innerFrom;
    std::vector<SwitchRecord> records;
    const std::uint64_t overflow = ring.finish(records);
    const std::uint64_t outer = switchesOfThisThread() - outerFrom;
    EXPECT_LE(records.size(), room);
    EXPECT_GE(records.size(), room - 1);
    EXPECT_GT(overflow, 0U);
    EXPECT_LE(records.size() + overflow, 2 * outer);
    if (exactly) {
        EXPECT_GE(records.size() + overflow, 2 * inner);
    }
}

TEST(SwitchRingTest, CountsWhatDoesNotFit)
{
    perf_event_attr probe{};
    probe.size = sizeof probe;
    probe.type = PERF_TYPE_SOFTWARE;
    probe.config = PERF_COUNT_SW_DUMMY;
    probe.exclude_kernel = 1;
    probe.read_format = 1U << 4; // PERF_FORMAT_LOST
    const int event = openSwitchEvent(probe, -1);
    const bool exactly = event >= 0;
    if (exactly)
        close(event);
    expectOverflowIsCounted(openSwitchEvent, exactly);
}

TEST(SwitchRingTest, NoticesWhatDoesNotFitOnAnOlderKernel)
{
    expectOverflowIsCounted(asAnOlderKernel, false);
}

TEST(SwitchRingTest, ARingThatIsFetchedFromInTimeLosesNothing)
{
    OPEN_OR_SKIP(ring, static_cast<std::size_t>(sysconf(_SC_PAGESIZE)), openSwitchEvent);
    const std::size_t blocks = 3 * ring.bytes() / 32; // six times round
    const std::uint64_t from = switchesOfThisThread();
    std::vector<SwitchRecord> records;
    for (std::size_t i = 0; i < blocks; ++i) {
        blockOnce();
        ring.drain(records);
    }
    const std::uint64_t switches = switchesOfThisThread() - from;
    const std::uint64_t overflow = ring.finish(records);
    EXPECT_EQ(overflow, 0U);
    EXPECT_GE(records.size(), 2 * switches);
    for (std::size_t i = 0; i < records.size(); ++i)
        ASSERT_EQ(records[i].out, i % 2 == 0);
}

} // namespace
} // namespace interleave
