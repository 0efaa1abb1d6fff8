// SPDX-License-Identifier: GPL-3.0-or-later
#include "trace_file.h"

#include "sentences/names.h"

#include <string>

namespace interleave {

TraceFacts factsOf(const RunResult& run, std::uint32_t trial)
{
    return {
        {"sync", std::string(nameOf(run.parameters.synchronisation))}, {"trial", std::to_string(trial)},
        {"iterations", std::to_string(run.parameters.iterations)},     {"cores", std::to_string(run.parameters.cores)},
        {"window_ns", std::to_string(run.parameters.window.count())},
    };
}

TraceFacts factsOf(const MachineHistory& history, std::string_view program)
{
    const MachineSettings& settings = history.settings();
    return {
        {"program", std::string(program)},
        {"cores", std::to_string(settings.cores)},
        {"scheduler", std::string(nameOf(settings.policy))},
        {"quantum", std::to_string(settings.quantum)},
        {"switch_cost", std::to_string(settings.switchCost)},
        {"seed", std::to_string(settings.seed)},
    };
}

std::optional<QByteArray> traceOf(const History& history, TraceFacts facts, const std::stop_token& stop)
{
    TraceOptions options;
    options.threadName = [](ThreadIndex thread) { return threadText(thread).toStdString(); };
    options.facts = {{"generator", "Interleave " INTERLEAVE_VERSION}};
    options.facts.insert(options.facts.end(), facts.begin(), facts.end());
    QByteArray bytes;
    const auto written = exportTrace(
        history, options,
        [&bytes](std::string_view piece) { bytes.append(piece.data(), static_cast<qsizetype>(piece.size())); }, stop);
    if (!written)
        return std::nullopt;
    return bytes;
}

} // namespace interleave
