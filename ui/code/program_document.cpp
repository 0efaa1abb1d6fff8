// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/program_document.h"

#include "export/picture.h"
#include "machine/machine_settings.h"
#include "program/assembler.h"
#include "sentences/assembly_errors.h"

#include <QFileInfo>
#include <algorithm>

namespace interleave {

namespace {

constexpr int pauseInTyping = 200; // milliseconds

QString textOfView(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

} // namespace

ProgramDocument::ProgramDocument(QObject* parent) : QObject(parent)
{
    m_assembling.setSingleShot(true);
    m_assembling.setInterval(pauseInTyping);
    connect(&m_assembling, &QTimer::timeout, this, &ProgramDocument::assembleNow);
    showBuiltIn(BuiltIn::UnlockedCounter);
}

QString ProgramDocument::errorSentence() const
{
    if (!m_error)
        return {};
    AssemblyError shown = *m_error;
    shown.column = static_cast<std::size_t>(errorColumn()) + 1;
    return interleave::textOf(shown);
}

qsizetype ProgramDocument::errorColumn() const
{
    if (!m_error)
        return 0;
    qsizetype begin = 0;
    for (std::size_t line = 1; line < m_error->line; ++line)
        begin = m_content.text.indexOf(u'\n', begin) + 1;
    const qsizetype end = m_content.text.indexOf(u'\n', begin);
    const QByteArray line =
        QStringView(m_content.text).sliced(begin, (end < 0 ? m_content.text.size() : end) - begin).toUtf8();
    return QString::fromUtf8(line.left(static_cast<qsizetype>(std::max<std::size_t>(m_error->column, 1) - 1))).size();
}

void ProgramDocument::assembleText()
{
    m_assembling.stop();
    const QByteArray source = m_content.text.toUtf8();
    AssemblyOptions options;
    options.extensions = true;
    options.memoryCells = MachineSettings::memoryCells;
    auto result = assemble(std::string_view(source.constData(), static_cast<std::size_t>(source.size())), options);
    if (result) {
        m_program = std::make_shared<const Program>(std::move(result).value());
        m_error.reset();
    } else {
        m_program.reset();
        m_error = result.error();
    }
}

void ProgramDocument::assembleNow()
{
    const bool hadError = m_error.has_value();
    assembleText();
    if (hadError || m_error)
        emit errorChanged();
    emit programChanged();
}

void ProgramDocument::replaceBy(const BuiltInProgram* builtIn, const QString& name, const QString& path,
                                ProgramText content)
{
    m_builtIn = builtIn;
    m_name = name;
    m_path = path;
    m_content = std::move(content);
    m_kept = m_content.text;
    assembleText();
    emit replaced();
    emit renamed();
    setModified(false);
    emit errorChanged();
    emit programChanged();
}

void ProgramDocument::showBuiltIn(BuiltIn id)
{
    const BuiltInProgram& program = builtInProgram(id);
    ProgramText content;
    content.text = textOfView(program.assembly);
    replaceBy(&program, textOfView(program.name), {}, std::move(content));
}

void ProgramDocument::startNew()
{
    ProgramText content;
    content.text = tr("# A program of your own: every thread starts at the first instruction.\n"
                      ".var g_num\n"
                      "\n"
                      ".main\n"
                      "mov g_num, %ax\n"
                      "add $1, %ax\n"
                      "mov %ax, g_num\n"
                      "halt\n");
    replaceBy(nullptr, tr("new program"), {}, std::move(content));
}

bool ProgramDocument::openFile(const QString& path)
{
    auto content = readProgramText(path);
    if (!content) {
        emit failed(content.error());
        return false;
    }
    const QFileInfo info(path);
    replaceBy(nullptr, info.fileName(), info.absoluteFilePath(), std::move(content).value());
    return true;
}

bool ProgramDocument::save(const QString& path)
{
    if (const Exported saved = saveBytes(m_content.bytes(), path); !saved) {
        emit failed(saved.error());
        return false;
    }
    const QFileInfo info(path);
    m_path = info.absoluteFilePath();
    m_name = info.fileName();
    m_kept = m_content.text;
    m_builtIn = nullptr;
    emit renamed();
    setModified(false);
    return true;
}

void ProgramDocument::edit(const QString& text)
{
    if (text == m_content.text)
        return;
    m_content.text = text;
    m_assembling.start();
    if (m_builtIn) {
        m_name = tr("copy of %1").arg(m_name);
        m_builtIn = nullptr;
        emit renamed();
    }
    setModified(m_content.text != m_kept);
    emit edited();
}

void ProgramDocument::setModified(bool modified)
{
    if (m_modified == modified)
        return;
    m_modified = modified;
    emit modifiedChanged(modified);
}

} // namespace interleave
