// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/sweep_facts.h"
#include "machine/machine_history.h"
#include "machine/machine_settings.h"
#include "program/program.h"
#include "result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace interleave {

// What a sweep is to run: one program with one set of settings, at many quanta.
struct IntervalSweepPlan {
    // Every quantum up to here is run; beyond, about equally many in each doubling.
    static constexpr std::uint64_t everyQuantumTo = 200;
    static constexpr std::uint32_t quantaOfADoubling = 32;
    static constexpr std::uint64_t mostQuantum = 1'000'000;
    static constexpr std::uint32_t mostSeeds = 20;

    std::shared_ptr<const Program> program;
    std::string name;           // of the program, as it is shown
    MachineSettings settings;   // policies that know no quantum are replaced by round robin
    std::uint64_t quanta = 200; // the largest quantum, 1 to mostQuantum
    std::uint32_t seeds = 5;    // runs at each quantum where the policy draws, 1 to mostSeeds

    // The quanta that are run, rising.
    [[nodiscard]] std::vector<std::uint64_t> steps() const;
    // Runs in all.
    [[nodiscard]] std::uint64_t runs() const;
    [[nodiscard]] bool draws() const; // the policy depends on the seed
};

// One run of it.
struct SweepRun {
    std::uint64_t quantum = 0;
    std::uint64_t seed = 0;
    Outcome outcome = Outcome::Finished;
    bool counted = false; // the run has a counter, so that what follows means something
    std::int64_t final = 0;
    std::int64_t expected = 0;
    std::uint64_t lost = 0; // counted along the links, never by subtracting
};

struct IntervalSweep {
    IntervalSweepPlan plan;     // as it was run: with the policy that was used
    std::string counter;        // the name of the counter; empty if no run had one
    std::vector<SweepRun> runs; // by quantum, then by seed
    // Of the first run at the least and at the largest quantum, where all runs came to the same.
    std::optional<SweepFacts> facts;

    // Every run came to an end of its own and to the same, whatever the quantum; and there is more than one quantum.
    [[nodiscard]] bool isFlat() const;
    // What a finished run without loss ends at; none if no finished run had a counter.
    [[nodiscard]] std::optional<std::int64_t> expected() const;
};

// Runs the plan, one run after the other, each deterministic. `progress` is told the share done, 0 to 1, after each.
// Errors: those of the machine, Kind::Cancelled, and Kind::OutOfRange with Setting::Quantum for the plan's own limits.
[[nodiscard]] Result<IntervalSweep, MachineError> sweepIntervals(const IntervalSweepPlan& plan,
                                                                 const std::stop_token& stop = {},
                                                                 const std::function<void(double)>& progress = {});

} // namespace interleave
