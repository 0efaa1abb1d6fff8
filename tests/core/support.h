// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "draw.h"
#include "hardware/run_parameters.h"
#include "history/ledger.h"

#include <algorithm>
#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
inline constexpr bool underSanitizer = true;
#else
inline constexpr bool underSanitizer = false;
#endif

namespace interleave {

inline RunParameters parametersOf(Synchronisation synchronisation, ThreadIndex threads, std::uint32_t iterations,
                                  std::chrono::nanoseconds window = std::chrono::nanoseconds{0})
{
    RunParameters parameters;
    parameters.threads = threads;
    parameters.iterations = iterations;
    parameters.synchronisation = synchronisation;
    parameters.window = window;
    return parameters;
}

// "mutex-coarse" with 3 threads becomes "mutex_coarse_3", which GoogleTest takes as a name.
inline std::string caseName(Synchronisation synchronisation)
{
    std::string name(nameOf(synchronisation));
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

using SynchronisationAndThreads = std::tuple<Synchronisation, ThreadIndex>;

inline std::string caseNameOf(const testing::TestParamInfo<SynchronisationAndThreads>& info)
{
    return caseName(std::get<0>(info.param)) + "_" + std::to_string(std::get<1>(info.param));
}

inline std::string caseNameOfSynchronisation(const testing::TestParamInfo<Synchronisation>& info)
{
    return caseName(info.param);
}

inline std::string written(std::span<const Streak> streaks)
{
    std::string text;
    for (const Streak& s : streaks)
        text += std::string("{") + std::to_string(s.thread) + ", " + std::to_string(s.firstNumber) + ", "
              + std::to_string(s.length) + ", " + std::to_string(s.seen) + "}, ";
    return text;
}

inline void PrintTo(Synchronisation synchronisation, std::ostream* out)
{
    *out << nameOf(synchronisation);
}

inline void PrintTo(const UpdateName& name, std::ostream* out)
{
    if (name.isInitialValue())
        *out << "initial value";
    else
        *out << "thread " << name.thread << " #" << name.number;
}

} // namespace interleave
