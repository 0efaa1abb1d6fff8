// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/source_highlighter.h"

#include <QFont>
#include <algorithm>
#include <array>

namespace interleave {

namespace {

using namespace std::string_view_literals;

constexpr std::array pythonWords{"and"sv,  "as"sv,     "break"sv,  "class"sv, "continue"sv, "def"sv,
                                 "else"sv, "elif"sv,   "False"sv,  "for"sv,   "from"sv,     "global"sv,
                                 "if"sv,   "import"sv, "in"sv,     "is"sv,    "None"sv,     "not"sv,
                                 "or"sv,   "pass"sv,   "return"sv, "True"sv,  "while"sv,    "with"sv};
constexpr std::array cppWords{"auto"sv,      "bool"sv,     "break"sv,     "case"sv,   "class"sv,  "const"sv,
                              "constexpr"sv, "do"sv,       "else"sv,      "false"sv,  "for"sv,    "if"sv,
                              "int"sv,       "long"sv,     "namespace"sv, "return"sv, "static"sv, "struct"sv,
                              "true"sv,      "unsigned"sv, "using"sv,     "void"sv,   "while"sv};

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

qsizetype endOfWord(const QString& text, qsizetype from)
{
    while (from < text.size() && isWordCharacter(text[from]))
        ++from;
    return from;
}

template <typename Words>
bool contains(const Words& words, QStringView word)
{
    return std::any_of(words.begin(), words.end(), [word](std::string_view known) {
        return word == QLatin1String(known.data(), static_cast<qsizetype>(known.size()));
    });
}

QColor mixed(const QColor& a, const QColor& b)
{
    return {(a.red() + b.red()) / 2, (a.green() + b.green()) / 2, (a.blue() + b.blue()) / 2};
}

} // namespace

SourceHighlighter::SourceHighlighter(QTextDocument* document) : QSyntaxHighlighter(document) {}

void SourceHighlighter::setLanguage(ProgramFace language)
{
    m_language = language;
}

void SourceHighlighter::setTheme(const Theme& theme)
{
    m_comment.setForeground(theme.softInk);
    m_comment.setFontItalic(true);
    m_label.setForeground(theme.text(theme.accent));
    m_opcode.setForeground(theme.ink);
    m_opcode.setFontWeight(QFont::DemiBold);
    m_register.setForeground(mixed(theme.text(theme.accent), theme.ink));
    m_number.setForeground(mixed(theme.softInk, theme.ink));
    m_between.setForeground(mixed(theme.softInk, theme.ink));
    rehighlight();
}

void SourceHighlighter::highlightBlock(const QString& text)
{
    if (m_language == ProgramFace::Assembly)
        highlightAssembly(text);
    else if (m_isLine && !m_isLine(currentBlock().blockNumber()))
        setFormat(0, static_cast<int>(text.size()), m_between);
    else
        highlightWords(text);
}

void SourceHighlighter::highlightAssembly(const QString& text)
{
    const auto format = [this](qsizetype from, qsizetype to, const QTextCharFormat& as) {
        setFormat(static_cast<int>(from), static_cast<int>(to - from), as);
    };
    qsizetype end = text.indexOf(u'#');
    if (end < 0)
        end = text.size();
    format(end, text.size(), m_comment);
    bool first = true;
    for (qsizetype at = 0; at < end;) {
        const QChar c = text[at];
        if (c.isSpace()) {
            ++at;
            continue;
        }
        qsizetype to = at + 1;
        if (c == u'.' || c == u'%' || isWordCharacter(c) || ((c == u'$' || c == u'-') && at + 1 < end)) {
            to = at + 1;
            if (c == u'$' && to < end && text[to] == u'-')
                ++to;
            to = std::min(endOfWord(text, to), end);
            if (c == u'.')
                format(at, to, m_label);
            else if (c == u'%')
                format(at, to, m_register);
            else if (first)
                format(at, to, m_opcode);
            else if (c == u'$' || c == u'-' || c.isDigit())
                format(at, to, m_number);
        }
        first = false;
        at = to;
    }
}

void SourceHighlighter::highlightWords(const QString& text)
{
    const QLatin1String comment(m_language == ProgramFace::Python ? "#" : "//");
    qsizetype end = text.indexOf(comment);
    // An include is no comment in C++, and a # within quotes is none in Python; the latter does not occur.
    if (end < 0)
        end = text.size();
    setFormat(static_cast<int>(end), static_cast<int>(text.size() - end), m_comment);
    for (qsizetype at = 0; at < end;) {
        if (!isWordCharacter(text[at])) {
            ++at;
            continue;
        }
        const qsizetype to = std::min(endOfWord(text, at), end);
        const QStringView word = QStringView(text).sliced(at, to - at);
        const bool known = m_language == ProgramFace::Python ? contains(pythonWords, word) : contains(cppWords, word);
        const auto from = static_cast<int>(at);
        const auto length = static_cast<int>(to - at);
        if (known)
            setFormat(from, length, m_opcode);
        else if (word.front().isDigit())
            setFormat(from, length, m_number);
        at = to;
    }
}

} // namespace interleave
