// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "code/program_text.h"
#include "program/assembly_error.h"
#include "program/builtin.h"
#include "program/program.h"

#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>

namespace interleave {

// The program that is looked at: one that comes with Interleave, or the user's own text, in a file or not. The text is
// assembled shortly after each edit.
class ProgramDocument : public QObject {
    Q_OBJECT

public:
    // Begins with the unlocked counter.
    explicit ProgramDocument(QObject* parent = nullptr);

    // Null for a program of the user's own.
    [[nodiscard]] const BuiltInProgram* builtIn() const { return m_builtIn; }
    // "peterson", "copy of peterson", "race.s", "new program".
    [[nodiscard]] QString name() const { return m_name; }
    // Empty while it has no file.
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] const QString& text() const { return m_content.text; }
    // The text differs from the one that was opened, saved or begun with.
    [[nodiscard]] bool isModified() const { return m_modified; }

    // Of the text as it was assembled last; null while there is an error.
    [[nodiscard]] const std::shared_ptr<const Program>& program() const { return m_program; }
    [[nodiscard]] const std::optional<AssemblyError>& error() const { return m_error; }
    // "line 3, column 5: there is no register '%ay'"; columns count characters. Empty without an error.
    [[nodiscard]] QString errorSentence() const;
    // The same place in the text: the character of the line, from 0.
    [[nodiscard]] qsizetype errorColumn() const;
    // The text was edited since it was assembled last.
    [[nodiscard]] bool isPending() const { return m_assembling.isActive(); }
    // Does not wait for a pause in the typing.
    void assembleNow();

    // These replace what was there, modified or not.
    void showBuiltIn(BuiltIn id);
    void startNew();
    // On failure the old program stays.
    bool openFile(const QString& path);

    bool save(const QString& path);
    // An edit. A program that comes with Interleave becomes the user's own copy.
    void edit(const QString& text);

signals:
    // Another program altogether: name, path, text; not for an edit.
    void replaced();
    // Name, path, or whether it comes with Interleave.
    void renamed();
    void edited();
    // Another program came of the text, or none any more.
    void programChanged();
    void errorChanged();
    void modifiedChanged(bool modified);
    void failed(const QString& sentence);

private:
    void replaceBy(const BuiltInProgram* builtIn, const QString& name, const QString& path, ProgramText content);
    void assembleText();
    void setModified(bool modified);

    const BuiltInProgram* m_builtIn = nullptr;
    QString m_name;
    QString m_path;
    ProgramText m_content;
    QString m_kept; // the text that is not worth asking for
    bool m_modified = false;
    std::shared_ptr<const Program> m_program;
    std::optional<AssemblyError> m_error;
    QTimer m_assembling;
};

} // namespace interleave
