// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_command.h"

#include "charts/chart_export.h"
#include "commands.h"
#include "experiment/trials.h"
#include "export/picture.h"
#include "export/trace_file.h"
#include "hardware/recorded_history.h"
#include "interruption.h"
#include "output_file.h"
#include "run_report.h"
#include "sentences/run_errors.h"
#include "store/results_csv.h"

#include <QApplication>
#include <QTextStream>
#include <memory>
#include <optional>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::RunCommand)
};

int fail(const QString& sentence, ExitCode code)
{
    QTextStream(stderr) << QStringLiteral("interleave: ") << sentence << '\n';
    return code;
}

ExitCode codeOf(const RunError& error)
{
    switch (error.kind) {
    case RunError::Kind::OutOfRange:
    case RunError::Kind::TooManyUpdates: return exitUsage;
    default: return exitFailure;
    }
}

} // namespace

int runRace(const RunOptions& options, int& argc, char** argv)
{
    Interruption interruption;
    std::unique_ptr<QCoreApplication> application;
    if (options.chartFile.isEmpty()) {
        application = std::make_unique<QCoreApplication>(argc, argv);
    } else {
        // stderr is for our own sentences; Qt warns there of what a session without a display lacks.
        qInstallMessageHandler([](QtMsgType type, const QMessageLogContext&, const QString& text) {
            if (type >= QtCriticalMsg)
                QTextStream(stderr) << text << '\n';
        });
        qputenv("QT_QPA_PLATFORM", "offscreen"); // drawing to a file needs no display
        application = std::make_unique<QApplication>(argc, argv);
    }

    for (const auto& [flag, name] :
         {std::pair{QStringLiteral("--csv"), options.csvFile}, std::pair{QStringLiteral("--chart"), options.chartFile},
          std::pair{QStringLiteral("--trace-json"), options.traceFile}}) {
        if (name.isEmpty())
            continue;
        if (const QString problem = writingProblem(flag, name); !problem.isEmpty())
            return fail(problem, exitFailure);
    }

    TrialsPlan plan;
    plan.base = options.parameters;
    plan.ways = options.synchronisations;
    plan.trials = static_cast<std::uint32_t>(options.trials);
    plan.mode = options.record ? RunMode::Recorded : RunMode::Counted;
    std::optional<TraceFile> trace;
    RunFinished traceFirst;
    if (!options.traceFile.isEmpty())
        traceFirst = [&](const RunResult& run, std::uint32_t trial) {
            if (!trace && run.history)
                trace = traceOf(*run.history, factsOf(run.parameters, trial), interruption.token());
        };
    const auto table = runTrials(plan, interruption.token(), nullptr, {}, traceFirst);
    const bool traceMissing = !options.traceFile.isEmpty() && !trace; // it is only ever given up when interrupted
    if (!table || traceMissing) {
        if (table || interruption.happened())
            return fail(Texts::tr("interrupted; nothing was written."), exitInterrupted);
        return fail(sentenceOf(table.error(), ParameterNames::ofTheCommandLine()), codeOf(table.error()));
    }

    QTextStream out(stdout);
    out << (options.json ? resultsAsJson(*table) : resultsAsText(*table));
    out.flush();
    if (!options.csvFile.isEmpty()) {
        const Exported saved = saveBytes(QByteArray::fromStdString(toCsv(*table)), options.csvFile);
        if (!saved)
            return fail(QStringLiteral("--csv: ") + saved.error(), exitFailure);
    }
    if (!options.chartFile.isEmpty()) {
        const Exported saved = writeChart(*table, options.chartFile);
        if (!saved)
            return fail(QStringLiteral("--chart: ") + saved.error(), exitFailure);
    }
    if (trace) {
        const Exported saved = saveBytes(trace->bytes, options.traceFile);
        if (!saved)
            return fail(QStringLiteral("--trace-json: ") + saved.error(), exitFailure);
    }
    return exitDone;
}

} // namespace interleave
