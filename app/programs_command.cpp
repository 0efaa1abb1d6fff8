// SPDX-License-Identifier: GPL-3.0-or-later
#include "programs_command.h"

#include "commands.h"
#include "json_text.h"
#include "option_texts.h"
#include "program/builtin.h"
#include "sentences/programs.h"
#include "simulated_program.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <unistd.h>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::ProgramsCommand)
};

constexpr std::array<std::pair<std::string_view, ProgramFace>, 3> faces{{
    {"assembly", ProgramFace::Assembly},
    {"python", ProgramFace::Python},
    {"cpp", ProgramFace::Cpp},
}};

std::optional<ProgramFace> faceNamed(const QString& name)
{
    for (const auto& [known, face] : faces)
        if (name.toStdString() == known)
            return face;
    return std::nullopt;
}

struct Flags {
    QCommandLineOption face{QStringLiteral("face"), Texts::tr("How to print it: assembly, python or cpp."),
                            QStringLiteral("face"), QStringLiteral("assembly")};
    QCommandLineOption json{QStringLiteral("json"), Texts::tr("Print the list as JSON.")};
    QCommandLineOption help{QStringList{QStringLiteral("h"), QStringLiteral("help")}, Texts::tr("Print this help.")};

    [[nodiscard]] QList<QCommandLineOption> all() const { return {face, json, help}; }
};

int fail(const QString& sentence, ExitCode code)
{
    QTextStream(stderr) << QStringLiteral("interleave: ") << sentence << '\n';
    return code;
}

void printList(OutputBuffer& out)
{
    std::size_t widest = 0;
    for (const BuiltInProgram& program : builtInPrograms())
        widest = std::max(widest, program.name.size());
    for (const BuiltInProgram& program : builtInPrograms()) {
        out.append(program.name);
        out.appendSpaces(widest - program.name.size() + 2);
        out.append(summaryOf(program.id).toStdString());
        out.append("\n");
    }
}

void printJson(OutputBuffer& out)
{
    JsonText json(out);
    json.beginArray();
    for (const BuiltInProgram& program : builtInPrograms()) {
        json.breakLine();
        json.beginObject();
        json.member("name").string(program.name);
        json.member("summary").string(summaryOf(program.id).toStdString());
        json.member("counter");
        if (program.counter.empty())
            json.null();
        else
            json.string(program.counter);
        json.member("threads").number(std::uint64_t{program.threads});
        json.endObject();
    }
    json.breakLine();
    json.endArray();
    out.append("\n");
}

} // namespace

ProgramsOptions::Parsed ProgramsOptions::parse(const QStringList& arguments)
{
    Parsed parsed;
    const Flags flags;
    QCommandLineParser parser;
    parser.addOptions(flags.all());
    if (!parser.parse(QStringList{QStringLiteral("interleave")} + arguments)) {
        parsed.problem = parsingProblem(parser, QStringLiteral("programs"));
        return parsed;
    }
    parsed.helpAsked = parser.isSet(flags.help);
    if (parsed.helpAsked)
        return parsed;
    const QStringList names = parser.positionalArguments();
    ProgramsOptions& options = parsed.options;
    options.json = parser.isSet(flags.json);
    options.face = parser.value(flags.face);
    if (!names.isEmpty())
        options.program = names.constFirst();
    if (names.size() > 1)
        parsed.problem = Texts::tr("programs takes one name, not '%1' and '%2'.").arg(names[0], names[1]);
    else if (!faceNamed(options.face))
        parsed.problem = Texts::tr("--face must be assembly, python or cpp, not '%1'.").arg(options.face);
    else if (names.isEmpty() && parser.isSet(flags.face))
        parsed.problem = Texts::tr("--face needs the name of a program before it.");
    else if (!names.isEmpty() && options.json)
        parsed.problem = Texts::tr("--json prints the list, not the source of '%1'.").arg(names[0]);
    return parsed;
}

QString ProgramsOptions::helpText()
{
    return Texts::tr("Usage: interleave programs [--json]\n"
                     "       interleave programs NAME [--face assembly|python|cpp]\n"
                     "Lists the programs that come with Interleave, or prints the source of one.\n"
                     "\n"
                     "Options:\n")
         + helpOf(Flags().all());
}

int listPrograms(const ProgramsOptions& options)
{
    const auto buffer = std::make_unique<OutputBuffer>(STDOUT_FILENO);
    OutputBuffer& out = *buffer;
    if (options.program.isEmpty()) {
        options.json ? printJson(out) : printList(out);
    } else {
        const BuiltInProgram* const program = builtInNamed(options.program.toStdString());
        if (!program)
            return fail(unknownProgram(options.program), exitUsage);
        const std::string_view source = program->text(*faceNamed(options.face));
        if (source.empty()) {
            QStringList others;
            for (const auto& [name, face] : faces)
                if (!program->text(face).empty())
                    others.append(QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())));
            return fail(Texts::tr("%1 has no face --face %2; it has: %3.")
                            .arg(options.program, options.face, others.join(QStringLiteral(", "))),
                        exitUsage);
        }
        out.append(source);
        if (!source.ends_with('\n'))
            out.append("\n");
    }
    out.flush();
    if (out.error() != 0)
        return fail(Texts::tr("the output cannot be written: %1.")
                        .arg(QString::fromLocal8Bit(std::strerror(out.error()))),
                    exitFailure);
    return exitDone;
}

} // namespace interleave
