// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sweep_csv.h"

#include <string_view>

namespace interleave {

namespace {

constexpr std::string_view lineEnd = "\r\n";

std::string_view nameOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Finished: return "finished";
    case Outcome::Deadlock: return "deadlock";
    case Outcome::StepLimit: return "step-limit";
    case Outcome::Paused: return "paused";
    case Outcome::Fault: return "fault";
    }
    return {};
}

// A program is called as its user likes.
std::string quoted(std::string_view text)
{
    std::string field = "\"";
    for (const char c : text) {
        if (c == '"')
            field += '"';
        field += c;
    }
    return field + '"';
}

} // namespace

std::string toCsv(const IntervalSweep& sweep)
{
    const MachineSettings& settings = sweep.plan.settings;
    const std::string common = quoted(sweep.plan.name) + ',' + std::to_string(settings.threads) + ','
                             + std::to_string(settings.cores) + ',' + std::string(nameOf(settings.policy)) + ','
                             + std::to_string(settings.switchCost) + ',';
    std::string csv = "program,threads,cores,scheduler,switch_cost,quantum,seed,outcome,expected,final,lost";
    csv += lineEnd;
    for (const SweepRun& run : sweep.runs) {
        csv += common + std::to_string(run.quantum) + ',' + std::to_string(run.seed) + ',';
        csv += std::string(nameOf(run.outcome)) + ',';
        if (run.counted)
            csv += std::to_string(run.expected) + ',' + std::to_string(run.final) + ',' + std::to_string(run.lost);
        else
            csv += ",,";
        csv += lineEnd;
    }
    return csv;
}

} // namespace interleave
