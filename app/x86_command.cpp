// SPDX-License-Identifier: GPL-3.0-or-later
#include "x86_command.h"

#include "commands.h"
#include "interruption.h"
#include "output_buffer.h"
#include "program/assembler.h"
#include "program_file.h"
#include "sentences/assembly_errors.h"
#include "sentences/faults.h"
#include "x86_trace.h"

#include <QCoreApplication>
#include <QTextStream>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>
#include <unistd.h>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::X86Command)
};

int fail(OutputBuffer& out, const QString& sentence, ExitCode code = exitFailure)
{
    out.flush();
    QTextStream(stderr) << QStringLiteral("interleave: ") << sentence << '\n';
    return code;
}

// What the original refuses it says among its output.
int abortBecause(OutputBuffer& out, const QString& why)
{
    out.append("ABORT:: ");
    out.append(why.toLocal8Bit().toStdString());
    out.append("\n");
    out.flush();
    return exitFailure;
}

void printArguments(const X86Options& options, OutputBuffer& out)
{
    const auto truth = [](bool is) { return std::string(is ? "True" : "False"); };
    const std::array<std::pair<const char*, std::string>, 14> lines{{
        {"seed", options.seed.toString()},
        {"numthreads", std::to_string(options.threads)},
        {"program", options.program},
        {"interrupt frequency", std::to_string(options.interval)},
        {"interrupt randomness", truth(options.randomIntervals)},
        {"procsched", options.schedule},
        {"argv", options.registers},
        {"load address", std::to_string(options.loadAddress)},
        {"memsize", std::to_string(options.memoryKilobytes)},
        {"memtrace", options.tracedCells},
        {"regtrace", options.tracedRegisters},
        {"cctrace", truth(options.traceFlags)},
        {"printstats", truth(options.statistics)},
        {"verbose", truth(options.verbose)},
    }};
    for (const auto& [name, value] : lines) {
        out.append("ARG ");
        out.append(name);
        out.append(" ");
        out.append(value);
        out.append("\n");
    }
    out.append("\n");
}

void printLoading(const Program& program, OutputBuffer& out)
{
    for (const Variable& variable : program.variables)
        out.append("LOAD " + std::to_string(variable.address) + " .var " + variable.name + ' '
                   + std::to_string(variable.cells) + '\n');
    for (const Label& label : program.labels)
        out.append("LOAD " + std::to_string(label.address) + ' ' + label.name + '\n');
    for (std::int64_t address = program.loadAddress; const SourceLine& source : program.sources)
        out.append("LOAD " + std::to_string(address++) + ' ' + source.text + '\n');
}

void printStatistics(std::uint64_t instructions, double seconds, OutputBuffer& out)
{
    const double rate = static_cast<double>(instructions) / std::max(seconds, 1e-9) / 1000;
    out.append("\nSTATS:: Instructions    " + std::to_string(instructions) + '\n');
    out.append("STATS:: Emulation Rate  " + QString::number(rate, 'f', 2).toStdString() + " kinst/sec\n");
}

// The numbers that the original takes as they come, and fails on later.
QString problemWith(const X86Options& options)
{
    if (options.program.empty())
        return Texts::tr("-p must name a program");
    if (options.threads < 1 || options.threads > X86Options::mostThreads)
        return Texts::tr("-t must be from 1 to %1, not %2").arg(X86Options::mostThreads).arg(options.threads);
    if (options.memoryKilobytes < 1 || options.memoryKilobytes > X86Options::mostKilobytes)
        return Texts::tr("-m must be from 1 to %1, not %2").arg(X86Options::mostKilobytes).arg(options.memoryKilobytes);
    if (options.loadAddress < 0)
        return Texts::tr("-L must be 0 or more, not %1").arg(options.loadAddress);
    return {};
}

// A traced cell that cannot be printed, as the fault that reading it would be.
QString problemWith(const X86TraceColumns& columns, const Program& program, std::int64_t memoryCells)
{
    if (columns.values)
        for (const auto& cell : columns.cells) {
            const QString title = QString::fromStdString(cell.title);
            if (cell.address < 0 || cell.address >= memoryCells)
                return Texts::tr("-M: the address %1 is out of range; memory ends before %2.")
                    .arg(title)
                    .arg(memoryCells);
            if (program.holdsCode(cell.address))
                return Texts::tr("-M: the address %1 holds code, not a number.").arg(title);
        }
    return {};
}

} // namespace

int runX86(const X86Options& options)
{
    const Interruption interruption;
    std::stop_source stop;
    const std::stop_callback relay(interruption.token(), [&stop] { stop.request_stop(); });
    const auto buffer = std::make_unique<OutputBuffer>(STDOUT_FILENO, [&stop] { stop.request_stop(); });
    OutputBuffer& out = *buffer;

    printArguments(options, out);
    if (const QString problem = problemWith(options); !problem.isEmpty())
        return abortBecause(out, problem);
    const auto source = contentOfProgram(QString::fromLocal8Bit(options.program.c_str()));
    if (!source)
        return fail(out, Texts::tr("-p %1", "cannot read a file").arg(source.error()));
    const std::int64_t memoryCells = options.memoryKilobytes * ClassroomSettings::cellsOfKilobyte;
    const auto program = assemble({source->constData(), static_cast<std::size_t>(source->size())},
                                  {options.loadAddress, memoryCells, false});
    if (!program)
        return abortBecause(out, textOf(program.error()));
    if (options.verbose)
        printLoading(*program, out);
    const auto settings = settingsOf(options);
    if (!settings)
        return abortBecause(out, settings.error());
    const auto columns = columnsOf(options, *program);
    if (!columns)
        return abortBecause(out, columns.error());
    if (const QString problem = problemWith(*columns, *program, memoryCells); !problem.isEmpty())
        return fail(out, problem);

    X86Trace trace(*program, *columns, settings->threads, out);
    ClassroomSimulator simulator(*program, *settings);
    const auto begin = std::chrono::steady_clock::now();
    const auto ending = simulator.run(trace, stop.get_token());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (ending == ClassroomSimulator::Ending::Finished && options.statistics)
        printStatistics(simulator.instructions(), took.count(), out);
    out.flush();
    if (out.error() != 0)
        return fail(out, Texts::tr("the output cannot be written: %1.")
                             .arg(QString::fromLocal8Bit(std::strerror(out.error()))));
    if (ending == ClassroomSimulator::Ending::Stopped)
        return fail(out, Texts::tr("interrupted after %1 instructions.").arg(simulator.instructions()),
                    exitInterrupted);
    if (ending == ClassroomSimulator::Ending::Faulted)
        return fail(out, classroomSentenceOf(simulator.fault(), memoryCells));
    return exitDone;
}

} // namespace interleave
