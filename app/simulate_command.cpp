// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulate_command.h"

#include "commands.h"
#include "export/picture.h"
#include "export/trace_file.h"
#include "history/ledger.h"
#include "interruption.h"
#include "output_file.h"
#include "sentences/faults.h"
#include "sentences/machine_errors.h"
#include "simulate_report.h"
#include "simulated_program.h"

#include <QCoreApplication>
#include <QTextStream>
#include <cstdio>
#include <cstring>
#include <memory>
#include <unistd.h>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::SimulateCommand)
};

int fail(const QString& sentence, ExitCode code)
{
    QTextStream(stderr) << QStringLiteral("interleave: ") << sentence << '\n';
    return code;
}

ExitCode codeOf(const MachineError& error)
{
    switch (error.kind) {
    case MachineError::Kind::ImpossibleSchedule: return exitFailure;
    case MachineError::Kind::Cancelled: return exitInterrupted;
    default: return exitUsage;
    }
}

int interruptedAfter(const QString& what)
{
    return fail(Texts::tr("interrupted; %1.", "what that means").arg(what), exitInterrupted);
}

int print(const MachineHistory& history, const SimulateOptions& options, std::chrono::nanoseconds elapsed,
          const Interruption& interruption)
{
    std::stop_source stop;
    const std::stop_callback relay(interruption.token(), [&stop] { stop.request_stop(); });
    const auto buffer = std::make_unique<OutputBuffer>(STDOUT_FILENO, [&stop] { stop.request_stop(); });
    OutputBuffer& out = *buffer;
    const bool faulted = history.outcome() == Outcome::Fault;

    Simulation simulation{options.program.toStdString(), history, elapsed, {}, {}};
    if (!faulted) {
        if (history.counter() && history.prepareLedger(stop.get_token()))
            simulation.lost = history.ledger().lost();
        simulation.schedule = history.schedule(options.json ? longestScheduleInJson : longestScheduleInText,
                                               stop.get_token());
        if (simulation.schedule && simulation.schedule->empty()) // nobody executed anything: there is none to replay
            simulation.schedule.reset();
    }
    if (interruption.happened())
        return interruptedAfter(Texts::tr("nothing was printed"));
    // Of a run that ends in a fault, the steps up to there are all there is to tell.
    if (options.trace && !options.json)
        printTrace(history, stop.get_token(), out);
    if (!faulted && options.json) {
        printJson(simulation, options.trace, stop.get_token(), out);
    } else if (!faulted && !stop.stop_requested()) {
        if (options.trace)
            out.append("\n");
        printSummary(simulation, out);
    }
    out.flush();
    if (out.error() != 0)
        return fail(Texts::tr("the output cannot be written: %1.")
                        .arg(QString::fromLocal8Bit(std::strerror(out.error()))),
                    exitFailure);
    if (interruption.happened())
        return interruptedAfter(Texts::tr("the trace is not complete"));
    if (!options.traceFile.isEmpty()) {
        const auto trace = traceOf(history, factsOf(history, simulation.program), interruption.token());
        if (!trace)
            return interruptedAfter(Texts::tr("no file was written"));
        if (const Exported saved = saveBytes(trace->bytes, options.traceFile); !saved)
            return fail(QStringLiteral("--trace-json: ") + saved.error(), exitFailure);
    }
    if (faulted)
        return fail(sentenceOf(history.fault(), history.program()), exitFailure);
    return history.outcome() == Outcome::Finished ? exitDone : exitUnfinished;
}

} // namespace

int runSimulation(const SimulateOptions& options)
{
    const Interruption interruption;
    const auto loaded = loadProgram(options.program);
    if (!loaded)
        return fail(loaded.error().sentence, loaded.error().code);
    const auto settings = settingsFor(options, loaded->builtIn);
    if (!settings)
        return fail(settings.error(), exitUsage);
    if (!options.traceFile.isEmpty())
        if (const QString problem = writingProblem(QStringLiteral("--trace-json"), options.traceFile);
            !problem.isEmpty())
            return fail(problem, exitFailure);
    const auto begin = std::chrono::steady_clock::now();
    const auto history = MachineHistory::run(loaded->program, *settings, interruption.token());
    const std::chrono::nanoseconds elapsed = std::chrono::steady_clock::now() - begin;
    if (!history) {
        if (interruption.happened())
            return interruptedAfter(Texts::tr("nothing was printed"));
        return fail(sentenceOf(history.error(), SettingNames::ofTheCommandLine()), codeOf(history.error()));
    }
    return print(**history, options, elapsed, interruption);
}

} // namespace interleave
