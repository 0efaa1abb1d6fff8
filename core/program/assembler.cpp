// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/assembler.h"

#include "program/opcodes.h"
#include "program/operand_parser.h"

#include <algorithm>
#include <array>
#include <optional>

namespace interleave {

namespace {

using Kind = AssemblyError::Kind;

struct Line {
    std::string_view whole; // the line as it stands
    std::string_view text;  // without comment, ends stripped
    std::size_t number = 0;
};

// The word that `text` begins with.
std::string_view firstWord(std::string_view text)
{
    return text.substr(0, text.find_first_of(blanks));
}

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && blanks.find(c) == std::string_view::npos;
}

class Assembler {
public:
    Assembler(std::string_view source, const AssemblyOptions& options) : m_source(source), m_options(options)
    {
        m_program.loadAddress = options.loadAddress;
    }

    Result<Program, AssemblyError> assemble()
    {
        // Names may be used above the line that makes them, so they are gathered first.
        if (!readLines() || !assembleAll())
            return *std::move(m_error);
        return std::move(m_program);
    }

private:
    bool fail(const Line& line, std::string_view word, Kind kind)
    {
        const auto column = static_cast<std::size_t>(word.data() - line.whole.data()) + 1;
        m_error = AssemblyError{line.number, column, kind, std::string(word)};
        return false;
    }

    bool readLines()
    {
        std::string_view rest = m_source;
        for (std::size_t number = 1; !rest.empty(); ++number) {
            const std::size_t end = rest.find('\n');
            const std::string_view whole = rest.substr(0, end);
            rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
            if (!readLine(whole, number))
                return false;
        }
        return true;
    }

    bool readLine(std::string_view whole, std::size_t number)
    {
        const std::size_t comment = whole.find('#');
        const Line line{whole, stripped(whole.substr(0, comment)), number};
        if (const auto odd = std::find_if(whole.begin(), whole.end(), isControl); odd != whole.end())
            return fail(line, whole.substr(static_cast<std::size_t>(odd - whole.begin()), 1), Kind::NotText);
        if (comment != std::string_view::npos)
            if (const std::size_t second = whole.find('#', comment + 1); second != std::string_view::npos)
                return fail(line, whole.substr(second, 1), Kind::TwoComments);
        if (line.text.empty())
            return true;
        const std::string_view word = firstWord(line.text);
        if (word == ".var")
            return readVariable(line);
        if (whole.front() == '.' && word.size() == line.text.size())
            return readLabel(line);
        if (nextAddress() >= m_options.memoryCells)
            return fail(line, line.text, Kind::CodeBeyondMemory);
        m_lines.push_back(line);
        return true;
    }

    bool readVariable(const Line& line)
    {
        std::array<std::string_view, 3> words; // .var, name, count
        std::size_t count = 0;
        for (std::string_view rest = line.text; !rest.empty();) {
            const std::string_view word = firstWord(rest);
            if (count == words.size())
                return fail(line, word, Kind::MalformedVariable);
            words[count++] = word;
            rest = rest.substr(word.size());
            rest = rest.substr(std::min(rest.find_first_not_of(blanks), rest.size()));
        }
        const std::string_view name = words[1];
        if (count < 2)
            return fail(line, words[0], Kind::MalformedVariable);
        if (!isNameStart(name.front()) || !std::all_of(name.begin(), name.end(), isNameCharacter))
            return fail(line, name, Kind::MalformedVariable);
        if (m_variables.contains(name))
            return fail(line, name, Kind::DuplicateVariable);
        std::int64_t cells = 1;
        if (count > 2) {
            const auto number = Integer::parsed(words[2]);
            if (!number || *number < Integer(1))
                return fail(line, words[2], Kind::MalformedVariable);
            cells = number->isSmall() ? number->small() : m_options.loadAddress;
        }
        // The last cell lies below the load address.
        const std::int64_t room = m_options.loadAddress - m_nextVariable;
        if (room <= 0 || cells - 1 > (room - 1) / cellDistance)
            return fail(line, name, Kind::VariablesReachCode);
        m_variables.emplace(name, m_nextVariable);
        m_program.variables.push_back({std::string(name), m_nextVariable, cells, line.number});
        m_nextVariable += cells * cellDistance;
        return true;
    }

    bool readLabel(const Line& line)
    {
        if (!m_labels.emplace(line.text, nextAddress()).second)
            return fail(line, line.text, Kind::DuplicateLabel);
        m_program.labels.push_back({std::string(line.text), nextAddress(), line.number});
        return true;
    }

    [[nodiscard]] std::int64_t nextAddress() const
    {
        return m_options.loadAddress + static_cast<std::int64_t>(m_lines.size());
    }

    bool assembleAll()
    {
        m_program.instructions.reserve(m_lines.size());
        m_program.sources.reserve(m_lines.size());
        return std::all_of(m_lines.begin(), m_lines.end(), [this](const Line& line) { return assembleLine(line); });
    }

    bool assembleLine(const Line& line)
    {
        const std::string_view word = firstWord(line.text);
        const OpcodeForms* const opcode = opcodeNamed(word);
        if (!opcode)
            return fail(line, word, Kind::UnknownOpcode);
        if (opcode->extension && !m_options.extensions)
            return fail(line, word, Kind::ExtensionOpcode);

        std::array<std::string_view, 2> texts;
        std::size_t count = 0;
        if (const std::string_view rest = stripped(line.text.substr(word.size())); !rest.empty()) {
            std::size_t begin = 0;
            int depth = 0;
            for (std::size_t i = 0; i <= rest.size(); ++i) {
                if (i < rest.size() && (rest[i] == '(' || rest[i] == ')'))
                    depth += rest[i] == '(' ? 1 : -1;
                if (i < rest.size() && (rest[i] != ',' || depth > 0))
                    continue;
                if (count == texts.size())
                    return fail(line, word, Kind::OperandCount);
                texts[count++] = stripped(rest.substr(begin, i - begin));
                begin = i + 1;
            }
        }

        Instruction instruction;
        instruction.opcode = opcode->opcode;
        const std::array<Operand*, 2> operands{&instruction.first, &instruction.second};
        const OperandParser parser(m_variables, m_labels, m_program.constants);
        for (std::size_t i = 0; i < count; ++i) {
            auto operand = parser.parse(texts[i]);
            if (!operand)
                return fail(line, operand.error().word, operand.error().kind);
            if (!opcode->readsIndex) {
                operand->index = Register::None;
                operand->scale = 1;
            }
            *operands[i] = *operand;
        }
        if (!takes(line, *opcode, instruction, texts, count))
            return false;
        m_program.instructions.push_back(instruction);
        m_program.sources.push_back({std::string(line.text), line.number});
        return true;
    }

    bool takes(const Line& line, const OpcodeForms& opcode, const Instruction& instruction,
               const std::array<std::string_view, 2>& texts, std::size_t count)
    {
        const auto first = kindsOf(instruction.first);
        const auto second = kindsOf(instruction.second);
        const auto fits = [](OpcodeForms::Kinds have, OpcodeForms::Kinds may) {
            return have == 0 ? may == 0 : (have & may) != 0;
        };
        bool countFits = false;
        bool firstFits = false;
        for (const OpcodeForms::Form& form : opcode.forms) {
            countFits = countFits || count == std::size_t{form.first != 0} + std::size_t{form.second != 0};
            firstFits = firstFits || fits(first, form.first);
            if (fits(first, form.first) && fits(second, form.second))
                return true;
        }
        if (!countFits)
            return fail(line, firstWord(line.text), Kind::OperandCount);
        return fail(line, firstFits ? texts[1] : texts[0], Kind::OperandNotAllowed);
    }

    std::string_view m_source;
    AssemblyOptions m_options;
    Program m_program;
    std::vector<Line> m_lines; // those with an instruction
    Addresses m_variables;
    Addresses m_labels;
    std::int64_t m_nextVariable = firstVariableAddress;
    std::optional<AssemblyError> m_error;
};

} // namespace

Result<Program, AssemblyError> assemble(std::string_view source, const AssemblyOptions& options)
{
    return Assembler(source, options).assemble();
}

} // namespace interleave
