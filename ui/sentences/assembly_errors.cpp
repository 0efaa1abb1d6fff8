// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/assembly_errors.h"

#include <QCoreApplication>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::AssemblyErrors)
};

constexpr qsizetype longestWord = 40;

// A word of a file that may hold any bytes.
QString shown(const std::string& word)
{
    QString text = QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
    for (QChar& c : text)
        if (!c.isPrint())
            c = QLatin1Char('?');
    return shortenedWord(text);
}

} // namespace

QString shortenedWord(const QString& text)
{
    return text.size() <= longestWord ? text : text.left(longestWord - 1) + QChar(0x2026);
}

QString reasonOf(const AssemblyError& error)
{
    using Kind = AssemblyError::Kind;
    const QString word = shown(error.word);
    switch (error.kind) {
    case Kind::NotText: return Texts::tr("this is no text, so it is no program");
    case Kind::TwoComments: return Texts::tr("a line can have one # only");
    case Kind::UnknownOpcode: return Texts::tr("there is no opcode '%1'").arg(word);
    case Kind::ExtensionOpcode: return Texts::tr("the opcode '%1' is not part of the classroom dialect").arg(word);
    case Kind::OperandCount: return Texts::tr("'%1' takes another number of operands").arg(word);
    case Kind::OperandNotAllowed: return Texts::tr("the opcode does not take the operand '%1' there").arg(word);
    case Kind::MalformedOperand: return Texts::tr("'%1' is no operand").arg(word);
    case Kind::UnknownRegister: return Texts::tr("there is no register '%1'").arg(word);
    case Kind::UnknownVariable: return Texts::tr("there is no variable '%1'").arg(word);
    case Kind::UnknownLabel: return Texts::tr("there is no label '%1'").arg(word);
    case Kind::NumberTooLarge: return Texts::tr("the number '%1' is too large").arg(word);
    case Kind::MalformedVariable:
        return Texts::tr("'%1': a variable is declared as .var, its name, and if wanted a count from 1").arg(word);
    case Kind::DuplicateVariable: return Texts::tr("the variable '%1' is declared twice").arg(word);
    case Kind::DuplicateLabel: return Texts::tr("the label '%1' stands there twice").arg(word);
    case Kind::VariablesReachCode: return Texts::tr("the variable '%1' reaches the load address").arg(word);
    case Kind::CodeBeyondMemory: return Texts::tr("memory ends before the instruction '%1'").arg(word);
    }
    return {};
}

QString textOf(const AssemblyError& error)
{
    return Texts::tr("line %1, column %2: %3").arg(error.line).arg(error.column).arg(reasonOf(error));
}

} // namespace interleave
