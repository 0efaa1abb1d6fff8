// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/builtin.h"
#include "style/theme.h"

#include <QSyntaxHighlighter>
#include <QTextCharFormat>
#include <functional>

namespace interleave {

// Calm colours: comments step back, labels and keywords come forward a little. No thread's colour and no red.
class SourceHighlighter : public QSyntaxHighlighter {
    Q_OBJECT

public:
    explicit SourceHighlighter(QTextDocument* document);

    void setLanguage(ProgramFace language);
    void setTheme(const Theme& theme);
    // Rows without a line number are instructions between the lines of another language.
    void setRowIsLine(std::function<bool(int row)> isLine) { m_isLine = std::move(isLine); }

protected:
    void highlightBlock(const QString& text) override;

private:
    void highlightAssembly(const QString& text);
    void highlightWords(const QString& text);

    ProgramFace m_language = ProgramFace::Assembly;
    std::function<bool(int)> m_isLine;
    QTextCharFormat m_comment;
    QTextCharFormat m_label;
    QTextCharFormat m_opcode;
    QTextCharFormat m_register;
    QTextCharFormat m_number;
    QTextCharFormat m_between;
};

} // namespace interleave
