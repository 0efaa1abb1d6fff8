// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/classroom/simulator.h"
#include "program/integer.h"
#include "program/program.h"
#include "result.h"
#include "x86_trace.h"

#include <QString>
#include <cstdint>
#include <string>
#include <vector>

namespace interleave {

// The flags of `interleave x86`, as they were given.
struct X86Options {
    Integer seed;
    std::int64_t threads = 2;
    std::string program;
    std::int64_t interval = 50;
    bool randomIntervals = false;
    std::string schedule;
    std::string registers; // ax=1:bx=2,cx=3
    std::int64_t loadAddress = 1000;
    std::int64_t memoryKilobytes = 128;
    std::string tracedCells;
    std::string tracedRegisters;
    bool traceFlags = false;
    bool statistics = false;
    bool verbose = false;
    std::int64_t headerEvery = -1;
    bool compute = false;

    static constexpr std::int64_t mostThreads = 100'000;
    static constexpr std::int64_t mostKilobytes = std::int64_t{1} << 20;

    struct Parsed;

    // What stands behind `interleave x86`. As the original reads it: -t2, -cS, --thr=2 and --thr 2 are fine.
    [[nodiscard]] static Parsed parse(const std::vector<std::string>& arguments);
    [[nodiscard]] static QString helpText();
};

struct X86Options::Parsed {
    X86Options options;
    bool helpAsked = false;
    QString problem; // a sentence about the first thing that is wrong; empty if nothing is
};

// What the options mean, or, as one sentence, why they mean nothing.
[[nodiscard]] Result<ClassroomSettings, QString> settingsOf(const X86Options& options);
[[nodiscard]] Result<X86TraceColumns, QString> columnsOf(const X86Options& options, const Program& program);

} // namespace interleave
