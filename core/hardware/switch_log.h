// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace interleave {

// Where what is known about context switches comes from.
enum class SwitchSource : std::uint8_t {
    Kernel, // each one, when it happened, by perf_event_open(2)
    Rusage, // how many there were, by getrusage(2), and nothing else
};

// "kernel" or "rusage": the names used in files and on the command line.
[[nodiscard]] std::string_view nameOf(SwitchSource source);

// A thread left a core, or came to one.
struct SwitchRecord {
    std::int64_t nanoseconds = 0; // since the first thread of the run began
    ThreadIndex thread = 0;
    std::uint16_t core = 0; // the operating system's number
    bool out = false;       // it left; otherwise it came
    bool preempted = false; // out only: it could have gone on. Giving up the core by yielding counts here, as it does
                            // for getrusage(2); otherwise the thread blocked or slept

    friend bool operator==(const SwitchRecord&, const SwitchRecord&) = default;
};

// Why the switches of a run were not captured.
struct SwitchRefusal {
    enum class Kind : std::uint8_t {
        None,          // they were captured
        NotAsked,      // the parameters ask for totals only
        EventRefused,  // perf_event_open failed with `systemError`
        MemoryRefused, // the event was had, but no memory to write its records to: mmap failed with `systemError`
    };
    static constexpr int unknownParanoid = INT32_MIN;

    Kind kind = Kind::None;
    int systemError = 0;
    int paranoid = unknownParanoid; // /proc/sys/kernel/perf_event_paranoid, where it can be read

    friend bool operator==(const SwitchRefusal&, const SwitchRefusal&) = default;
};

// The context switches of one run.
struct SwitchLog {
    SwitchSource source = SwitchSource::Rusage;
    SwitchRefusal refusal;
    // By thread, from the thread's begin to its end, by time: out, in, out, in, ..., for it is on a core at both. Empty
    // unless the source is the kernel.
    std::vector<std::vector<SwitchRecord>> threads;
    // By thread: the core on which it began, the operating system's number; noCore, or no entry, if that is not known.
    std::vector<CoreIndex> beganOn;
    // Records that the kernel made and we have not, because they came faster than they could be fetched; where the
    // kernel cannot tell how many, at least so many. Any thread's can be among them, also from before its begin. If there
    // are some, two records of a thread may follow one another that do not belong together.
    std::uint64_t overflow = 0;

    // Switches captured: each is a thread leaving its core.
    [[nodiscard]] std::uint64_t captured() const;
    // Every switch is here.
    [[nodiscard]] bool isComplete() const { return source == SwitchSource::Kernel && overflow == 0; }
};

} // namespace interleave
