// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/run_parameters.h"

#include "hardware/recorder.h"

#include <fstream>
#include <sched.h>
#include <string>
#include <unistd.h>

namespace interleave {

namespace {

// What the order proof and the ledger hold, at most, for each update: a streak, and the ledger's arrays for it.
constexpr std::uint64_t historyBytesPerUpdate = 64;

} // namespace

std::uint64_t availableMemory()
{
    std::ifstream meminfo("/proc/meminfo");
    std::string key;
    std::uint64_t kilobytes = 0;
    std::string unit;
    while (meminfo >> key >> kilobytes) {
        std::getline(meminfo, unit);
        if (key == "MemAvailable:")
            return kilobytes * 1024;
    }
    return static_cast<std::uint64_t>(sysconf(_SC_AVPHYS_PAGES)) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::uint32_t availableCores()
{
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return 1;
    return static_cast<std::uint32_t>(CPU_COUNT(&allowed));
}

std::uint64_t mostBytesToRecord(const RunParameters& parameters)
{
    return parameters.updates() * (StreakRecorder::maxBytesPerUpdate + historyBytesPerUpdate);
}

Result<RunParameters, RunError> validated(const RunParameters& parameters, RunMode mode)
{
    using Kind = RunError::Kind;
    using Parameter = RunError::Parameter;
    const auto outOfRange = [](Parameter parameter, std::uint64_t value, std::uint64_t least, std::uint64_t most) {
        return RunError{Kind::OutOfRange, parameter, value, least, most, 0};
    };
    if (parameters.threads < 1 || parameters.threads > RunParameters::maxThreads)
        return outOfRange(Parameter::Threads, parameters.threads, 1, RunParameters::maxThreads);
    if (parameters.iterations < 1 || parameters.iterations > RunParameters::maxIterations)
        return outOfRange(Parameter::Iterations, parameters.iterations, 1, RunParameters::maxIterations);
    if (parameters.cores > availableCores())
        return outOfRange(Parameter::Cores, parameters.cores, 1, availableCores());
    if (parameters.window.count() < 0 || parameters.window > RunParameters::maxWindow)
        return outOfRange(Parameter::Window, static_cast<std::uint64_t>(parameters.window.count()), 0,
                          static_cast<std::uint64_t>(RunParameters::maxWindow.count()));
    if (mode == RunMode::Recorded) {
        if (parameters.updates() > RunParameters::maxRecordedUpdates)
            return RunError{Kind::TooManyUpdates, Parameter::Iterations, parameters.updates(), 1,
                            RunParameters::maxRecordedUpdates, 0};
        const std::uint64_t needed = mostBytesToRecord(parameters);
        const std::uint64_t available = availableMemory();
        if (needed > available)
            return RunError{Kind::DoesNotFit, Parameter::Iterations, needed, 0, available, 0};
    }
    return parameters;
}

} // namespace interleave
