// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/face_text.h"

#include <QRegularExpression>
#include <QStringList>
#include <algorithm>
#include <map>

namespace interleave {

namespace {

struct Placed {
    std::uint32_t line = 0; // of the assembly
    const Instruction* instruction = nullptr;
    QString text;
};

QString textOfView(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

// "load  g_num", "add   1", "store g_num"; what is neither is shown as it is written.
QString inWords(const Placed& placed, std::int64_t counter, const QString& name)
{
    const Instruction& i = *placed.instruction;
    if (i.opcode == Opcode::Mov && loads(i, counter))
        return QStringLiteral("load  ") + name;
    if (i.opcode == Opcode::Mov && stores(i, counter))
        return QStringLiteral("store ") + name;
    if (i.opcode == Opcode::Add && i.first.kind == OperandKind::Immediate)
        return QStringLiteral("add   ") + QString::number(i.first.value);
    return placed.text;
}

// How many threads are made, seats are taken, and rounds each thread gets.
QString withNumbers(QString source, const RunNumbers& numbers)
{
    static const QRegularExpression threads(QStringLiteral("(?<=for _ in range\\()\\d+(?=\\)\\])"));
    static const QRegularExpression seats(QStringLiteral("(?<=SEATS = |const int n = )\\d+"));
    static const QRegularExpression rounds(QStringLiteral("(?<=args=\\()\\d+(?=,\\))"));
    source.replace(threads, QString::number(numbers.threads));
    source.replace(seats, QString::number(numbers.threads));
    return source.replace(rounds, QString::number(numbers.iterations));
}

qsizetype indentOf(const QString& line)
{
    const auto* const first = std::find_if(line.begin(), line.end(), [](QChar c) { return !c.isSpace(); });
    return first - line.begin();
}

} // namespace

bool isCell(const Operand& operand, std::int64_t address)
{
    return operand.kind == OperandKind::Memory && operand.base == Register::None && operand.index == Register::None
        && operand.value == address;
}

bool loads(const Instruction& instruction, std::int64_t address)
{
    switch (instruction.opcode) {
    case Opcode::Mov: return isCell(instruction.first, address);
    case Opcode::FetchAdd:
    case Opcode::Exchange:
    case Opcode::CompareExchange: return isCell(instruction.second, address);
    default: return false;
    }
}

bool stores(const Instruction& instruction, std::int64_t address)
{
    switch (instruction.opcode) {
    case Opcode::Mov:
    case Opcode::FetchAdd:
    case Opcode::Exchange:
    case Opcode::CompareExchange: return isCell(instruction.second, address);
    default: return false;
    }
}

std::optional<int> FaceText::rowOf(std::uint32_t assemblyLine) const
{
    if (assemblyLine >= m_rowOfAssembly.size() || m_rowOfAssembly[assemblyLine] < 0)
        return std::nullopt;
    return m_rowOfAssembly[assemblyLine];
}

void FaceText::takeRows()
{
    for (std::size_t row = 0; row < rows.size(); ++row)
        for (const std::uint32_t line : rows[row].assembly) {
            if (line >= m_rowOfAssembly.size())
                m_rowOfAssembly.resize(line + 1, -1);
            // A row for one instruction stands below the row of its line, and is more exact.
            m_rowOfAssembly[line] = static_cast<int>(row);
        }
}

FaceText FaceText::ofAssembly(const QString& text)
{
    FaceText shown;
    shown.text = text;
    const auto lines = static_cast<std::uint32_t>(text.count(u'\n') + 1);
    shown.rows.reserve(lines);
    for (std::uint32_t line = 1; line <= lines; ++line)
        shown.rows.push_back({line, {line}});
    shown.takeRows();
    return shown;
}

FaceText FaceText::of(const BuiltInProgram& builtIn, const Program& program, ProgramFace face,
                      const std::optional<RunNumbers>& numbers)
{
    const QString text = textOfView(builtIn.text(face));
    const QString source = numbers && face != ProgramFace::Assembly ? withNumbers(text, *numbers) : text;
    if (face == ProgramFace::Assembly)
        return ofAssembly(source);

    std::map<std::uint32_t, std::vector<Placed>> placedByLine;
    for (std::size_t i = 0; i < program.instructions.size(); ++i) {
        const auto assembly = static_cast<std::uint32_t>(program.sources[i].line);
        if (const std::uint32_t line = builtIn.lineIn(face, assembly))
            placedByLine[line].push_back(
                {assembly, &program.instructions[i], textOfView(program.sources[i].text).simplified()});
    }
    const Variable* const counter = program.variableNamed(builtIn.counter);
    const auto updates = [&](const std::vector<Placed>& placed) {
        return counter && placed.size() > 1
            && std::any_of(placed.begin(), placed.end(),
                           [&](const Placed& p) { return loads(*p.instruction, counter->address); })
            && std::any_of(placed.begin(), placed.end(),
                           [&](const Placed& p) { return stores(*p.instruction, counter->address); });
    };

    FaceText shown;
    QStringList texts;
    std::uint32_t line = 0;
    const QStringList lines = source.split(u'\n');
    for (const QString& whole : lines) {
        const std::vector<Placed>& placed = placedByLine[++line];
        texts.append(whole);
        FaceRow row{line, {}};
        for (const Placed& p : placed)
            row.assembly.push_back(p.line);
        shown.rows.push_back(std::move(row));
        if (!updates(placed))
            continue;
        const QString indent(indentOf(whole) + 2, u' ');
        for (const Placed& p : placed) {
            texts.append(indent + inWords(p, counter->address, textOfView(counter->name)));
            shown.rows.push_back({0, {p.line}});
        }
    }
    shown.text = texts.join(u'\n');
    shown.takeRows();
    return shown;
}

} // namespace interleave
