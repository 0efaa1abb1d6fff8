// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_options.h"

#include "option_texts.h"
#include "sentences/durations.h"
#include "sentences/names.h"
#include "sentences/run_errors.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <algorithm>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::RunOptions)
};

QString waysToSynchronise()
{
    QStringList names;
    for (const Synchronisation s : allSynchronisations)
        names.append(textOf(s));
    return names.join(QStringLiteral(", "));
}

// The options of `run`, in the order of its help.
struct Flags {
    QCommandLineOption threads{QStringLiteral("threads"),
                               Texts::tr("Threads that race, 1 to %1.").arg(RunParameters::maxThreads),
                               QStringLiteral("n"), QStringLiteral("50")};
    QCommandLineOption iterations{QStringLiteral("iterations"),
                                  Texts::tr("Updates each thread makes, 1 to %1.").arg(RunParameters::maxIterations),
                                  QStringLiteral("n"), QStringLiteral("200000")};
    QCommandLineOption sync{QStringLiteral("sync"),
                            Texts::tr("Ways to synchronise, separated by commas: %1.").arg(waysToSynchronise()),
                            QStringLiteral("ways"), QStringLiteral("none")};
    QCommandLineOption cores{QStringLiteral("cores"),
                             Texts::tr("Cores the threads may use: all, or 1 to %1.").arg(availableCores()),
                             QStringLiteral("n"), QStringLiteral("all")};
    QCommandLineOption window{
        QStringLiteral("window"),
        Texts::tr("Work between load and store: 0, or a time up to 1s such as 500ns, 20us, 1ms; from 1ms it sleeps."),
        QStringLiteral("time"), QStringLiteral("0")};
    QCommandLineOption trials{QStringLiteral("trials"),
                              Texts::tr("Runs of each way, 1 to %1.").arg(RunOptions::maxTrials), QStringLiteral("n"),
                              QStringLiteral("5")};
    QCommandLineOption record{QStringLiteral("record"), Texts::tr("Record every update and prove their order.")};
    QCommandLineOption switches{
        QStringLiteral("switches"),
        Texts::tr("How context switches are watched: kernel, each when it happens, where the system allows it; or "
                  "rusage, totals only."),
        QStringLiteral("source"), QString::fromStdString(std::string(nameOf(SwitchSource::Kernel)))};
    QCommandLineOption json{QStringLiteral("json"), Texts::tr("Print one JSON object in place of the table.")};
    QCommandLineOption csv{QStringLiteral("csv"), Texts::tr("Write the results to a CSV file."),
                           QStringLiteral("file")};
    QCommandLineOption chart{QStringLiteral("chart"), Texts::tr("Draw the results to a .png, .svg or .pdf file."),
                             QStringLiteral("file")};
    QCommandLineOption traceJson{QStringLiteral("trace-json"),
                                 Texts::tr(
                                     "Write the first run, recorded, for trace viewers: Chrome trace event JSON."),
                                 QStringLiteral("file")};
    QCommandLineOption help{QStringList{QStringLiteral("h"), QStringLiteral("help")}, Texts::tr("Print this help.")};

    [[nodiscard]] QList<QCommandLineOption> all() const
    {
        return {threads, iterations, sync, cores, window, trials, record, switches, json, csv, chart, traceJson, help};
    }
};

// Reads options one by one and keeps the first problem.
class Reader {
public:
    Reader(const QCommandLineParser& parser, QString& problem) : m_parser(parser), m_problem(problem) {}

    void number(const QCommandLineOption& option, std::uint64_t most, auto& into)
    {
        const QString text = m_parser.value(option);
        bool ok = false;
        const qulonglong value = text.toULongLong(&ok);
        if (!ok || value < 1 || value > most)
            refuse(Texts::tr("--%1 must be a whole number from 1 to %2, not '%3'.")
                       .arg(option.names().constFirst(), QString::number(most), text));
        else
            into = static_cast<std::remove_reference_t<decltype(into)>>(value);
    }

    void cores(const QCommandLineOption& option, std::uint32_t& into)
    {
        const QString text = m_parser.value(option);
        bool ok = false;
        const uint value = text.toUInt(&ok);
        if (text == QLatin1String("all"))
            into = 0;
        else if (!ok || value < 1 || value > availableCores())
            refuse(Texts::tr("--cores must be 'all' or a whole number from 1 to %1, not '%2'.")
                       .arg(QString::number(availableCores()), text));
        else
            into = value;
    }

    void window(const QCommandLineOption& option, std::chrono::nanoseconds& into)
    {
        const QString text = m_parser.value(option);
        const auto time = parsedTime(text);
        if (!time || *time > RunParameters::maxWindow)
            refuse(Texts::tr("--window must be 0 or a time up to 1s such as 500ns, 20us or 1ms, not '%1'.").arg(text));
        else
            into = *time;
    }

    void synchronisations(const QCommandLineOption& option, std::vector<Synchronisation>& into)
    {
        into.clear();
        const QStringList names = m_parser.value(option).split(QLatin1Char(','));
        for (const QString& name : names) {
            const auto way = synchronisationNamed(name.toStdString());
            if (!way)
                return refuse(
                    Texts::tr("--sync must name ways to synchronise (%1), not '%2'.").arg(waysToSynchronise(), name));
            if (std::find(into.begin(), into.end(), *way) != into.end())
                return refuse(Texts::tr("--sync names '%1' twice; each way can be named once.").arg(name));
            into.push_back(*way);
        }
    }

    void switches(const QCommandLineOption& option, SwitchSource& into)
    {
        const QString text = m_parser.value(option);
        for (const SwitchSource source : {SwitchSource::Kernel, SwitchSource::Rusage}) {
            if (text.toStdString() != nameOf(source))
                continue;
            into = source;
            return;
        }
        refuse(Texts::tr("--switches must be kernel or rusage, not '%1'.").arg(text));
    }

    void chart(const QCommandLineOption& option, QString& into)
    {
        into = m_parser.value(option);
        const QString suffix = QFileInfo(into).suffix().toLower();
        if (m_parser.isSet(option) && suffix != QLatin1String("png") && suffix != QLatin1String("svg")
            && suffix != QLatin1String("pdf"))
            refuse(Texts::tr("--chart must name a .png, .svg or .pdf file, not '%1'.").arg(into));
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

RunOptions::Parsed RunOptions::parse(const QStringList& arguments)
{
    Parsed parsed;
    const Flags flags;
    QCommandLineParser parser;
    parser.addOptions(flags.all());
    if (!parser.parse(QStringList{QStringLiteral("interleave")} + arguments)) {
        parsed.problem = parsingProblem(parser, QStringLiteral("run"));
        return parsed;
    }
    parsed.helpAsked = parser.isSet(flags.help);
    if (parsed.helpAsked)
        return parsed;

    RunOptions& options = parsed.options;
    Reader reader(parser, parsed.problem);
    if (!parser.positionalArguments().isEmpty())
        reader.refuse(Texts::tr("run takes options only, not '%1'; interleave run --help lists them.")
                          .arg(parser.positionalArguments().constFirst()));
    reader.number(flags.threads, RunParameters::maxThreads, options.parameters.threads);
    reader.number(flags.iterations, RunParameters::maxIterations, options.parameters.iterations);
    reader.synchronisations(flags.sync, options.synchronisations);
    reader.cores(flags.cores, options.parameters.cores);
    reader.window(flags.window, options.parameters.window);
    reader.number(flags.trials, maxTrials, options.trials);
    reader.switches(flags.switches, options.parameters.switches);
    reader.chart(flags.chart, options.chartFile);
    options.record = parser.isSet(flags.record);
    options.json = parser.isSet(flags.json);
    options.csvFile = parser.value(flags.csv);
    if (parser.isSet(flags.csv) && options.csvFile.isEmpty())
        reader.refuse(Texts::tr("--csv must name a file."));
    options.traceFile = parser.value(flags.traceJson);
    if (parser.isSet(flags.traceJson) && options.traceFile.isEmpty())
        reader.refuse(Texts::tr("--trace-json must name a file."));
    if (parser.isSet(flags.traceJson) && !options.record)
        reader.refuse(Texts::tr("--trace-json needs --record: only a recorded run knows its updates."));
    if (parsed.problem.isEmpty() && options.record
        && options.parameters.updates() > RunParameters::maxRecordedUpdates) {
        RunError tooMany{RunError::Kind::TooManyUpdates};
        tooMany.value = options.parameters.updates();
        tooMany.most = RunParameters::maxRecordedUpdates;
        reader.refuse(sentenceOf(tooMany, ParameterNames::ofTheCommandLine()));
    }
    return parsed;
}

QString RunOptions::helpText()
{
    const Flags flags;
    const QString text = Texts::tr("Usage: interleave run [options]\n"
                                   "Runs the race on real threads and prints what came of it.\n"
                                   "\n"
                                   "Options:\n");
    return text + helpOf(flags.all());
}

} // namespace interleave
