// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"
#include "machine/schedule.h"
#include "machine/start_registers.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace interleave {

// The scheduling policies, by their field names.
enum class Policy : std::uint8_t {
    RoundRobin, // the ready queue in turn, `quantum` instructions each
    Random,     // uniformly among all that can run, for 1 to `quantum` instructions, uniformly
    Pct,        // priorities with `pctDepth` - 1 changes. (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010.)
    Replay,     // a schedule; what it leaves over runs on in turn
    Interval,   // the classroom simulator's: by index in turn, `quantum` instructions each
    RandomInterval, // the same with intervals drawn as CPython draws them
    Manual,         // a schedule, and the run stops where it ends
};

inline constexpr std::array policies{Policy::RoundRobin, Policy::Random,         Policy::Pct,   Policy::Replay,
                                     Policy::Interval,   Policy::RandomInterval, Policy::Manual};

// Its name on the command line and in files: "round-robin", "random", "pct", "replay", "interval", "random-interval",
// "manual".
[[nodiscard]] std::string_view nameOf(Policy policy);
[[nodiscard]] std::optional<Policy> policyNamed(std::string_view name);

// Everything a run of the machine depends on, besides the program.
struct MachineSettings {
    static constexpr ThreadIndex mostThreads = 100;
    static constexpr CoreIndex mostCores = 8;
    static constexpr std::uint64_t mostQuantum = 1'000'000'000;
    static constexpr std::uint64_t mostSwitchCost = 1'000'000;
    static constexpr std::uint64_t mostMaxSteps = 4'000'000'000;
    static constexpr std::uint32_t mostPctDepth = 100;
    static constexpr std::int64_t memoryCells = 128 * 1024; // addresses below this exist

    ThreadIndex threads = 2; // 1 to mostThreads
    CoreIndex cores = 1;     // 1 to mostCores
    Policy policy = Policy::RoundRobin;
    std::uint64_t quantum = 50; // instructions, 1 to mostQuantum
    std::uint64_t seed = 0;
    std::uint64_t switchCost = 0;         // ticks from save to restore, 0 to mostSwitchCost
    std::uint64_t maxSteps = 100'000'000; // the run ends after so many, 1 to mostMaxSteps
    std::uint32_t pctDepth = 3;           // the depth of the bug to look for, 1 to mostPctDepth
    std::uint64_t pctLength = 0;          // instructions among which the changes fall; 0: as many as round robin takes
    Schedule schedule = {};               // of Replay and Manual
    std::vector<StartRegisters> registers = {}; // none, one set for all threads, or one for each
    std::string counter = {};                   // variable or address whose updates the ledger keeps; empty: found
};

// Why a run of the machine is refused, or did not come to an end of its own.
struct MachineError {
    enum class Kind : std::uint8_t {
        OutOfRange,         // a setting: which, and what it may be
        UnknownCounter,     // no such variable, and no address of a cell
        RegisterSets,       // neither one set of start registers, nor one for each thread
        NoSchedule,         // Replay without a schedule
        UnknownThread,      // the schedule names a thread that the run does not have
        ImpossibleSchedule, // it names a thread that cannot execute then: blocked, finished, or on no core in time
        Cancelled,
    };
    enum class Setting : std::uint8_t { Threads, Cores, Quantum, SwitchCost, MaxSteps, PctDepth };

    Kind kind = Kind::OutOfRange;
    Setting setting = Setting::Threads;
    std::uint64_t value = 0;
    std::uint64_t least = 0;
    std::uint64_t most = 0;
    std::string name = {};         // UnknownCounter: as it was given
    ThreadIndex thread = noThread; // UnknownThread, ImpossibleSchedule
    std::uint64_t instruction = 0; // ImpossibleSchedule: instructions executed before
};

// The first thing that is wrong with the settings.
[[nodiscard]] std::optional<MachineError> problemOf(const MachineSettings& settings);

} // namespace interleave
