// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulated_program.h"

#include "machine/machine_settings.h"
#include "program/assembler.h"
#include "program_file.h"
#include "sentences/assembly_errors.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringDecoder>
#include <algorithm>
#include <numeric>
#include <vector>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::SimulatedProgram)
};

constexpr AssemblyOptions dialect{1000, MachineSettings::memoryCells, true};

// Levenshtein's: single characters put in, left out or replaced.
qsizetype distance(const QString& a, const QString& b)
{
    std::vector<qsizetype> row(static_cast<std::size_t>(b.size()) + 1);
    std::iota(row.begin(), row.end(), qsizetype{0});
    for (qsizetype i = 0; i < a.size(); ++i) {
        qsizetype diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 1; j < row.size(); ++j) {
            const qsizetype replaced = diagonal + (a[i] == b[static_cast<qsizetype>(j) - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

// The built-in name most like this one; empty if none is like it.
QString nearest(const QString& name)
{
    QString best;
    qsizetype least = std::max<qsizetype>(2, name.size() / 3) + 1;
    for (const BuiltInProgram& program : builtInPrograms()) {
        const QString candidate = QString::fromUtf8(program.name.data(), static_cast<qsizetype>(program.name.size()));
        const bool isPart = name.size() > 2 && candidate.contains(name, Qt::CaseInsensitive);
        const qsizetype apart = isPart ? 1 : distance(name.toLower(), candidate);
        if (apart < least) {
            least = apart;
            best = candidate;
        }
    }
    return best;
}

// What somebody who reads it needs of a source, and the assembler does not ask for.
bool isText(const QByteArray& content)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(content);
    return !decoder.hasError() && !text.contains(QChar(0));
}

Result<SimulatedProgram, Refusal> loadFile(const QString& name)
{
    const auto content = contentOfProgram(name);
    if (!content)
        return Refusal{content.error()};
    if (!isText(*content))
        return Refusal{Texts::tr("'%1' is no text in UTF-8, so it is no program.").arg(name)};
    auto program = assemble({content->constData(), static_cast<std::size_t>(content->size())}, dialect);
    if (!program)
        return Refusal{Texts::tr("'%1', %2.", "file, what is wrong where").arg(name, textOf(program.error()))};
    return SimulatedProgram{std::make_shared<const Program>(*std::move(program)), nullptr};
}

} // namespace

Result<SimulatedProgram, Refusal> loadProgram(const QString& name)
{
    if (name.contains(QLatin1Char('/')) || name.endsWith(QLatin1String(".s")))
        return loadFile(name);
    const BuiltInProgram* const builtIn = builtInNamed(name.toStdString());
    if (!builtIn)
        return QFileInfo::exists(name) ? loadFile(name) : Refusal{unknownProgram(name), exitUsage};
    auto program = assemble(builtIn->text(ProgramFace::Assembly), dialect);
    if (!program)
        return Refusal{Texts::tr("'%1', %2.", "file, what is wrong where").arg(name, textOf(program.error()))};
    return SimulatedProgram{std::make_shared<const Program>(*std::move(program)), builtIn};
}

QString unknownProgram(const QString& name)
{
    const QString meant = nearest(name);
    return meant.isEmpty()
             ? Texts::tr("there is no program '%1'; interleave programs lists those that there are.").arg(name)
             : Texts::tr("there is no program '%1', but there is %2; interleave programs lists all of them.")
                   .arg(name, meant);
}

} // namespace interleave
