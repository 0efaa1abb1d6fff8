// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run.h"
#include "machine/machine_history.h"
#include "store/trace_json.h"

#include <QByteArray>
#include <optional>
#include <stop_token>
#include <string_view>

namespace interleave {

using TraceFacts = decltype(TraceOptions::facts);

// What the file of --trace-json says of a run: names as in --json.
[[nodiscard]] TraceFacts factsOf(const RunResult& run, std::uint32_t trial);
[[nodiscard]] TraceFacts factsOf(const MachineHistory& history, std::string_view program);

// The content of that file, threads called as on screen; none if it was stopped.
[[nodiscard]] std::optional<QByteArray> traceOf(const History& history, TraceFacts facts, const std::stop_token& stop);

} // namespace interleave
