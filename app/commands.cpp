// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"

#include "programs_command.h"
#include "run_command.h"
#include "run_options.h"
#include "simulate_command.h"
#include "simulate_options.h"
#include "window/application.h"
#include "x86_command.h"
#include "x86_options.h"

#include <QCoreApplication>
#include <QTextStream>
#include <cstdio>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::CommandLine)
};

QString generalHelp()
{
    return Texts::tr("Interleave shows what threads do to shared memory.\n"
                     "\n"
                     "Usage: interleave                    open the window\n"
                     "       interleave run [options]      run the race and print what came of it\n"
                     "       interleave run --help         all options of run\n"
                     "       interleave simulate PROGRAM   run a program on virtual cores and print what came of it\n"
                     "       interleave simulate --help    all options of simulate\n"
                     "       interleave programs           list the programs that come with Interleave\n"
                     "       interleave programs NAME      print the source of one\n"
                     "       interleave x86 -p FILE.s      run a classroom program as the classroom simulator does\n"
                     "       interleave x86 --help         all options of x86\n"
                     "       interleave --version\n");
}

int fail(const QString& sentence)
{
    QTextStream(stderr) << QStringLiteral("interleave: ") << sentence << '\n';
    return exitUsage;
}

int runCommandLine(int& argc, char** argv)
{
    const QStringList arguments = [&] {
        QStringList list;
        for (int i = 1; i < argc; ++i)
            list.append(QString::fromLocal8Bit(argv[i]));
        return list;
    }();
    const QString& command = arguments.first();
    if (command == QLatin1String("run")) {
        const RunOptions::Parsed parsed = RunOptions::parse(arguments.mid(1));
        if (!parsed.problem.isEmpty())
            return fail(parsed.problem);
        if (parsed.helpAsked) {
            QTextStream(stdout) << RunOptions::helpText();
            return exitDone;
        }
        return runRace(parsed.options, argc, argv);
    }
    if (command == QLatin1String("simulate")) {
        const SimulateOptions::Parsed parsed = SimulateOptions::parse(arguments.mid(1));
        if (!parsed.problem.isEmpty())
            return fail(parsed.problem);
        if (parsed.helpAsked) {
            QTextStream(stdout) << SimulateOptions::helpText();
            return exitDone;
        }
        return runSimulation(parsed.options);
    }
    if (command == QLatin1String("programs")) {
        const ProgramsOptions::Parsed parsed = ProgramsOptions::parse(arguments.mid(1));
        if (!parsed.problem.isEmpty())
            return fail(parsed.problem);
        if (parsed.helpAsked) {
            QTextStream(stdout) << ProgramsOptions::helpText();
            return exitDone;
        }
        return listPrograms(parsed.options);
    }
    if (command == QLatin1String("x86")) {
        const X86Options::Parsed parsed = X86Options::parse({argv + 2, argv + argc});
        if (!parsed.problem.isEmpty())
            return fail(parsed.problem);
        if (parsed.helpAsked) {
            QTextStream(stdout) << X86Options::helpText();
            return exitDone;
        }
        return runX86(parsed.options);
    }
    QTextStream out(stdout);
    if (command == QLatin1String("--help") || command == QLatin1String("-h")) {
        out << generalHelp();
        return exitDone;
    }
    if (command == QLatin1String("--version") || command == QLatin1String("-v")) {
        out << QStringLiteral("interleave " INTERLEAVE_VERSION "\n");
        return exitDone;
    }
    return fail(
        Texts::tr("there is no command '%1'; the commands are run, simulate, programs, x86, --help and --version.")
            .arg(command));
}

} // namespace

int runProgram(int& argc, char** argv)
{
    return argc > 1 ? runCommandLine(argc, argv) : runWindow(argc, argv);
}

} // namespace interleave
