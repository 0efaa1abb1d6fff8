// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulate_options.h"

#include "option_texts.h"
#include "register_sets.h"
#include "sentences/machine_errors.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::SimulateOptions)
};

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// Those that the command line takes: a manual schedule needs somebody who goes on with it.
QString policyNames()
{
    QStringList names;
    for (const Policy policy : policies)
        if (policy != Policy::Manual)
            names.append(textOf(nameOf(policy)));
    return names.join(QStringLiteral(", "));
}

// An option with a number, and what the number may be.
struct Number {
    QCommandLineOption option;
    std::uint64_t least;
    std::uint64_t most;

    Number(const char* name, const QString& what, std::uint64_t from, std::uint64_t to, const QString& normal)
        : option(QString::fromLatin1(name),
                 Texts::tr("%1, %2 to %3.", "what it is").arg(what, QString::number(from), QString::number(to)),
                 QStringLiteral("n"), normal),
          least(from),
          most(to)
    {}
};

QString normal(std::uint64_t value)
{
    return QString::number(value);
}

// The options of `simulate`, in the order of its help.
struct Flags {
    MachineSettings defaults;
    // Their defaults are the program's, so the parser gets none.
    Number threads{"threads", Texts::tr("Threads"), 1, MachineSettings::mostThreads, {}};
    Number cores{"cores", Texts::tr("Virtual cores"), 1, MachineSettings::mostCores, {}};
    QCommandLineOption scheduler{QStringLiteral("scheduler"), Texts::tr("Who goes on: %1.").arg(policyNames()),
                                 QStringLiteral("name"), textOf(nameOf(defaults.policy))};
    Number quantum{"quantum", Texts::tr("Instructions before the scheduler is asked again"), 1,
                   MachineSettings::mostQuantum, normal(defaults.quantum)};
    Number seed{"seed", Texts::tr("Seed of random, pct and random-interval"), 0, UINT64_MAX, normal(defaults.seed)};
    Number switchCost{"switch-cost", Texts::tr("Ticks that a context switch takes"), 0, MachineSettings::mostSwitchCost,
                      normal(defaults.switchCost)};
    QCommandLineOption schedule{
        QStringLiteral("schedule"),
        Texts::tr("Replay a schedule: threads, and how many instructions each executes, as in 0:3,1:12."),
        QStringLiteral("entries")};
    QCommandLineOption argv{QStringLiteral("argv"),
                            Texts::tr("Start registers, for all threads or for each: ax=1:bx=2,cx=3."),
                            QStringLiteral("sets")};
    Number maxSteps{"max-steps", Texts::tr("Steps after which the run is ended"), 1, MachineSettings::mostMaxSteps,
                    normal(defaults.maxSteps)};
    Number pctDepth{"pct-depth", Texts::tr("Depth of the bug that pct looks for"), 1, MachineSettings::mostPctDepth,
                    normal(defaults.pctDepth)};
    QCommandLineOption counter{QStringLiteral("counter"),
                               Texts::tr("Variable or address whose updates are counted as kept or lost."),
                               QStringLiteral("name")};
    QCommandLineOption json{QStringLiteral("json"), Texts::tr("Print one JSON object in place of the summary.")};
    QCommandLineOption trace{QStringLiteral("trace"), Texts::tr("Print every step, too.")};
    QCommandLineOption traceJson{QStringLiteral("trace-json"),
                                 Texts::tr("Write the run for trace viewers: Chrome trace event JSON."),
                                 QStringLiteral("file")};
    QCommandLineOption help{QStringList{QStringLiteral("h"), QStringLiteral("help")}, Texts::tr("Print this help.")};

    [[nodiscard]] QList<QCommandLineOption> all() const
    {
        return {threads.option,    cores.option, scheduler, quantum.option,  seed.option,
                switchCost.option, schedule,     argv,      maxSteps.option, pctDepth.option,
                counter,           json,         trace,     traceJson,       help};
    }
};

// Reads options one by one and keeps the first problem.
class Reader {
public:
    Reader(const QCommandLineParser& parser, QString& problem) : m_parser(parser), m_problem(problem) {}

    template <typename Value>
    void number(const Number& number, Value& into)
    {
        const QString text = m_parser.value(number.option);
        bool ok = false;
        const qulonglong value = text.toULongLong(&ok);
        if (!ok || value < number.least || value > number.most)
            refuse(Texts::tr("--%1 must be a whole number from %2 to %3, not '%4'.")
                       .arg(number.option.names().constFirst(), QString::number(number.least),
                            QString::number(number.most), text));
        else
            into = static_cast<Value>(value);
    }

    void policy(const QCommandLineOption& option, Policy& into)
    {
        const QString text = m_parser.value(option);
        const auto policy = policyNamed(text.toStdString());
        if (!policy || *policy == Policy::Manual)
            refuse(Texts::tr("--scheduler must be one of %1, not '%2'.").arg(policyNames(), text));
        else
            into = *policy;
    }

    void refuse(const QString& sentence)
    {
        if (m_problem.isEmpty())
            m_problem = sentence;
    }

private:
    const QCommandLineParser& m_parser;
    QString& m_problem;
};

} // namespace

SimulateOptions::Parsed SimulateOptions::parse(const QStringList& arguments)
{
    Parsed parsed;
    const Flags flags;
    QCommandLineParser parser;
    parser.addOptions(flags.all());
    if (!parser.parse(QStringList{QStringLiteral("interleave")} + arguments)) {
        parsed.problem = parsingProblem(parser, QStringLiteral("simulate"));
        return parsed;
    }
    parsed.helpAsked = parser.isSet(flags.help);
    if (parsed.helpAsked)
        return parsed;

    SimulateOptions& options = parsed.options;
    MachineSettings& settings = options.settings;
    Reader reader(parser, parsed.problem);
    const QStringList programs = parser.positionalArguments();
    if (programs.size() > 1)
        reader.refuse(Texts::tr("simulate takes one program, not '%1' and '%2'.").arg(programs[0], programs[1]));
    if (programs.isEmpty() || programs.constFirst().isEmpty())
        reader.refuse(Texts::tr("simulate needs a program: a file, or a name that interleave programs lists."));
    else
        options.program = programs.constFirst();
    if (parser.isSet(flags.threads.option))
        reader.number(flags.threads, options.threads.emplace());
    if (parser.isSet(flags.cores.option))
        reader.number(flags.cores, options.cores.emplace());
    reader.policy(flags.scheduler, settings.policy);
    reader.number(flags.quantum, settings.quantum);
    reader.number(flags.seed, settings.seed);
    reader.number(flags.switchCost, settings.switchCost);
    reader.number(flags.maxSteps, settings.maxSteps);
    reader.number(flags.pctDepth, settings.pctDepth);
    if (parser.isSet(flags.schedule)) {
        options.schedule = parser.value(flags.schedule);
        if (!parser.isSet(flags.scheduler))
            settings.policy = Policy::Replay;
        else if (settings.policy != Policy::Replay)
            reader.refuse(
                Texts::tr("--schedule is for --scheduler replay, not '%1'.").arg(parser.value(flags.scheduler)));
    } else if (settings.policy == Policy::Replay) {
        reader.refuse(Texts::tr("--scheduler replay needs a --schedule such as 0:3,1:12."));
    }
    if (parser.isSet(flags.argv))
        options.registers = parser.value(flags.argv);
    settings.counter = parser.value(flags.counter).toStdString();
    if (parser.isSet(flags.counter) && settings.counter.empty())
        reader.refuse(Texts::tr("--counter must name a variable or an address."));
    options.json = parser.isSet(flags.json);
    options.trace = parser.isSet(flags.trace);
    options.traceFile = parser.value(flags.traceJson);
    if (parser.isSet(flags.traceJson) && options.traceFile.isEmpty())
        reader.refuse(Texts::tr("--trace-json must name a file."));
    return parsed;
}

QString SimulateOptions::helpText()
{
    return Texts::tr("Usage: interleave simulate FILE.s|NAME [options]\n"
                     "Runs a program of the classroom dialect on virtual cores, the same way each time.\n"
                     "NAME is one of those that interleave programs lists.\n"
                     "\n"
                     "Options:\n")
         + helpOf(Flags().all())
         + Texts::tr("\n"
                     "Without --threads, --cores and --argv, a built-in program runs as it is meant to, and a file\n"
                     "with %1 threads on one core, their registers 0. Exit status: 0 finished, 3 deadlock or --max-steps reached,\n"
                     "1 a fault or a file that is no program, 2 wrong usage, 130 interrupted.\n")
               .arg(MachineSettings().threads);
}

Result<MachineSettings, QString> settingsFor(const SimulateOptions& options, const BuiltInProgram* program)
{
    MachineSettings settings = options.settings;
    if (program) {
        settings.threads = program->threads;
        settings.cores = program->cores;
        if (settings.counter.empty())
            settings.counter = program->counter;
    }
    settings.threads = options.threads.value_or(settings.threads);
    settings.cores = options.cores.value_or(settings.cores);
    if (program) {
        const ThreadIndex most = program->mostThreads == 0 ? MachineSettings::mostThreads : program->mostThreads;
        if (settings.threads < program->fewestThreads || settings.threads > most)
            return program->fewestThreads == most
                     ? Texts::tr("--threads must be %1 for %2, not '%3'.")
                           .arg(QString::number(most), textOf(program->name), QString::number(settings.threads))
                     : Texts::tr("--threads must be from %1 to %2 for %3, not '%4'.")
                           .arg(QString::number(program->fewestThreads), QString::number(most), textOf(program->name),
                                QString::number(settings.threads));
    }
    const QString registers = options.registers.value_or(program ? textOf(program->startRegisters) : QString());
    if (options.registers || !registers.isEmpty()) {
        auto sets = registerSets(registers.toStdString(), settings.threads, QStringLiteral("--argv"));
        if (!sets)
            return sets.error() + QLatin1Char('.');
        settings.registers = *std::move(sets);
    }
    if (options.schedule) {
        auto schedule = parseSchedule(options.schedule->toStdString(), settings.threads);
        if (!schedule)
            return sentenceOf(schedule.error(), SettingNames::ofTheCommandLine());
        settings.schedule = *std::move(schedule);
    }
    return settings;
}

} // namespace interleave
