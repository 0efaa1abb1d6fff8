// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run_parameters.h"
#include "machine/machine_history.h"
#include "store/trace_json.h"

#include <QByteArray>
#include <functional>
#include <optional>
#include <stop_token>
#include <string_view>

namespace interleave {

using TraceFacts = decltype(TraceOptions::facts);

// What a trace says of a run beside what is in its history: names as in --json.
[[nodiscard]] TraceFacts factsOf(const RunParameters& parameters, std::optional<std::uint32_t> trial = std::nullopt);
[[nodiscard]] TraceFacts factsOf(const MachineHistory& history, std::string_view program);
// Of either; `program` is what the machine ran.
[[nodiscard]] TraceFacts factsOf(const History& history, std::string_view program);

// A trace for other viewers, and how much of the run is in it.
struct TraceFile {
    QByteArray bytes;
    TraceSummary summary;
};

// Threads are called as on screen; none if it was stopped. `progress` as of TraceOptions.
[[nodiscard]] std::optional<TraceFile> traceOf(const History& history, TraceFacts facts, const std::stop_token& stop,
                                               std::function<void(double)> progress = {});

} // namespace interleave
