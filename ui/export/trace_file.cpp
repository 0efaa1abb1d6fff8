// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/trace_file.h"

#include "hardware/recorded_history.h"
#include "sentences/names.h"

#include <string>
#include <utility>

namespace interleave {

TraceFacts factsOf(const RunParameters& parameters, std::optional<std::uint32_t> trial)
{
    TraceFacts facts{{"sync", std::string(nameOf(parameters.synchronisation))}};
    if (trial)
        facts.emplace_back("trial", std::to_string(*trial));
    facts.emplace_back("iterations", std::to_string(parameters.iterations));
    facts.emplace_back("cores", std::to_string(parameters.cores));
    facts.emplace_back("window_ns", std::to_string(parameters.window.count()));
    return facts;
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

TraceFacts factsOf(const History& history, std::string_view program)
{
    if (const auto* machine = dynamic_cast<const MachineHistory*>(&history))
        return factsOf(*machine, program);
    if (const auto* recorded = dynamic_cast<const RecordedHistory*>(&history))
        return factsOf(recorded->parameters());
    return {};
}

std::optional<TraceFile> traceOf(const History& history, TraceFacts facts, const std::stop_token& stop,
                                 std::function<void(double)> progress)
{
    TraceOptions options;
    options.progress = std::move(progress);
    options.threadName = [](ThreadIndex thread) { return threadText(thread).toStdString(); };
    options.facts = {{"generator", "Interleave " INTERLEAVE_VERSION}};
    options.facts.insert(options.facts.end(), facts.begin(), facts.end());
    TraceFile file;
    const auto written = exportTrace(
        history, options,
        [&file](std::string_view piece) { file.bytes.append(piece.data(), static_cast<qsizetype>(piece.size())); },
        stop);
    if (!written)
        return std::nullopt;
    file.summary = *written;
    return file;
}

} // namespace interleave
