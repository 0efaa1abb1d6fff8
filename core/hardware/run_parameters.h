// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/switch_log.h"
#include "hardware/synchronisation.h"
#include "result.h"

#include <chrono>
#include <cstdint>

namespace interleave {

// What a run is asked to do. The defaults are the program everyone starts from: fifty threads that each add one
// 200,000 times.
struct RunParameters {
    static constexpr std::uint32_t maxThreads = 1000;
    static constexpr std::uint32_t maxIterations = 1'000'000'000;
    // Updates of a recorded run: numbers and values have 27 bits in the tagged counter.
    static constexpr std::uint64_t maxRecordedUpdates = (std::uint64_t{1} << 27) - 1;
    static constexpr std::chrono::nanoseconds maxWindow = std::chrono::seconds{1};
    // From here on the window sleeps; below it computes.
    static constexpr std::chrono::nanoseconds sleepingWindow = std::chrono::milliseconds{1};

    std::uint32_t threads = 50;         // 1 to maxThreads
    std::uint32_t iterations = 200'000; // updates per thread, 1 to maxIterations
    Synchronisation synchronisation = Synchronisation::None;
    std::uint32_t cores = 0;             // cores the threads may use; 0: all there are
    std::chrono::nanoseconds window{0};  // work between load and store, 0 to maxWindow
    // How context switches are watched. Where the kernel refuses to tell, they are counted all the same.
    SwitchSource switches = SwitchSource::Kernel;

    [[nodiscard]] std::uint64_t updates() const { return std::uint64_t{threads} * iterations; }
    friend bool operator==(const RunParameters&, const RunParameters&) = default;
};

enum class RunMode : std::uint8_t {
    Counted,  // nothing is recorded
    Recorded, // every update is recorded, and its order proven
};

// Why a run could not be made, or was not finished.
struct RunError {
    enum class Kind : std::uint8_t {
        OutOfRange,     // `parameter` is `value`, must be `least` to `most`
        TooManyUpdates, // recorded: `value` updates, at most `most`
        DoesNotFit,     // recorded: up to `value` bytes needed, `most` bytes free
        ThreadRefused,  // the system gave `value` threads and then refused, with errno `systemError`
        PinningRefused, // the system refused the cores, with errno `systemError`
        Cancelled,
        NotProven,      // the record contradicts itself
    };
    enum class Parameter : std::uint8_t { None, Threads, Iterations, Cores, Window };

    Kind kind = Kind::Cancelled;
    Parameter parameter = Parameter::None;
    std::uint64_t value = 0;
    std::uint64_t least = 0;
    std::uint64_t most = 0;
    int systemError = 0;
};

// Number of cores this process may use.
[[nodiscard]] std::uint32_t availableCores();

// Bytes of memory that can be had without swapping (proc(5): MemAvailable).
[[nodiscard]] std::uint64_t availableMemory();

// Bytes of memory that a recorded run can need at most, its history included.
[[nodiscard]] std::uint64_t mostBytesToRecord(const RunParameters& parameters);

// The parameters, if a run can be made with them; checks ranges, and for a recorded run the memory available now.
[[nodiscard]] Result<RunParameters, RunError> validated(const RunParameters& parameters, RunMode mode);

} // namespace interleave
