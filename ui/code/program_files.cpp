// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/program_files.h"

#include "code/program_document.h"
#include "code/recent_files.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace interleave {

namespace {

QString filter()
{
    return ProgramFiles::tr("Programs (*.s);;All files (*)");
}

QString askWhatToOpen(QWidget* owner, const QString& suggested)
{
    return QFileDialog::getOpenFileName(owner->window(), ProgramFiles::tr("Open a program"), suggested, filter());
}

QString askWhereToSave(QWidget* owner, const QString& suggested)
{
    QFileDialog dialog(owner->window(), ProgramFiles::tr("Save the program"), QString(), filter());
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    // Before the dialog asks whether to overwrite, so that it asks about the file that will be written.
    dialog.setDefaultSuffix(QStringLiteral("s"));
    const QFileInfo info(suggested);
    if (info.isAbsolute())
        dialog.setDirectory(info.absolutePath());
    dialog.selectFile(info.fileName());
    return dialog.exec() == QDialog::Accepted ? dialog.selectedFiles().value(0) : QString();
}

ProgramFiles::Answer askWithBox(QWidget* owner, const QString& question)
{
    QMessageBox box(QMessageBox::Question, ProgramFiles::tr("Unsaved changes"), question,
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, owner->window());
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
    case QMessageBox::Save: return ProgramFiles::Answer::Save;
    case QMessageBox::Discard: return ProgramFiles::Answer::Discard;
    default: return ProgramFiles::Answer::Cancel;
    }
}

// The file that a drag brings, if it is one program.
QString programIn(const QMimeData* data)
{
    if (!data || data->urls().size() != 1)
        return {};
    const QString path = data->urls().constFirst().toLocalFile();
    return QFileInfo(path).suffix().compare(QLatin1String("s"), Qt::CaseInsensitive) == 0 ? path : QString();
}

} // namespace

ProgramFiles::ProgramFiles(ProgramDocument& document, QWidget* owner)
    : QObject(owner),
      m_document(document),
      m_owner(owner),
      m_recent(new RecentFiles(this)),
      m_askForOpenPath(askWhatToOpen),
      m_askForSavePath(askWhereToSave),
      m_askToSave(askWithBox),
      m_new(addAction(tr("&New program"), tr("Begins a program of your own"), "newProgram", &ProgramFiles::startNew)),
      m_open(addAction(tr("&Open program …"), tr("Opens a program in the classroom dialect from a .s file"),
                       "openProgram", &ProgramFiles::open)),
      m_save(addAction(tr("&Save program"), tr("Saves the program to its file"), "saveProgram", &ProgramFiles::save)),
      m_saveAs(addAction(tr("Save program &as …"), tr("Saves the program to a file of another name"), "saveProgramAs",
                         &ProgramFiles::saveAs))
{
    m_new->setShortcut(QKeySequence::New);
    m_open->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_O));
    m_save->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_S));
    m_saveAs->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    connect(m_recent, &RecentFiles::chosen, this, &ProgramFiles::openFile);
    connect(m_recent, &RecentFiles::missing, this, &ProgramFiles::failed);
    connect(&document, &ProgramDocument::failed, this, &ProgramFiles::failed);
}

QAction* ProgramFiles::addAction(const QString& text, const QString& explanation, const char* name,
                                 bool (ProgramFiles::*slot)())
{
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setStatusTip(explanation);
    action->setToolTip(explanation);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void ProgramFiles::fill(QMenu* menu)
{
    menu->addAction(m_new);
    menu->addAction(m_open);
    m_recent->fill(menu->addMenu(tr("Open &recent")));
    menu->addAction(m_save);
    menu->addAction(m_saveAs);
}

bool ProgramFiles::mayReplace()
{
    if (!m_document.isModified())
        return true;
    switch (m_askToSave(m_owner, tr("%1 has changes that are not saved. Save them?").arg(m_document.name()))) {
    case Answer::Save: return save();
    case Answer::Discard: return true;
    case Answer::Cancel: break;
    }
    return false;
}

bool ProgramFiles::startNew()
{
    if (!mayReplace())
        return false;
    m_document.startNew();
    return true;
}

bool ProgramFiles::showBuiltIn(BuiltIn id)
{
    if (!mayReplace())
        return false;
    m_document.showBuiltIn(id);
    return true;
}

bool ProgramFiles::showText(const QString& text)
{
    if (!mayReplace())
        return false;
    m_document.edit(text);
    m_document.assembleNow();
    return true;
}

bool ProgramFiles::openFile(const QString& path)
{
    if (!mayReplace() || !m_document.openFile(path))
        return false;
    m_recent->add(path);
    emit done(tr("Opened %1.").arg(QDir::toNativeSeparators(path)));
    return true;
}

bool ProgramFiles::open()
{
    const QString path = m_askForOpenPath(m_owner, QFileInfo(m_document.path()).path());
    return !path.isEmpty() && openFile(path);
}

bool ProgramFiles::saveTo(const QString& path)
{
    if (!m_document.save(path))
        return false;
    m_recent->add(path);
    emit done(tr("Saved %1.").arg(QDir::toNativeSeparators(path)));
    return true;
}

bool ProgramFiles::save()
{
    return m_document.path().isEmpty() ? saveAs() : saveTo(m_document.path());
}

bool ProgramFiles::saveAs()
{
    QString suggested = m_document.path();
    if (suggested.isEmpty())
        suggested = m_document.name().replace(u' ', u'-') + QStringLiteral(".s");
    QString path = m_askForSavePath(m_owner, suggested);
    if (path.isEmpty())
        return false;
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".s");
    return saveTo(path);
}

bool ProgramFiles::canOpen(const QMimeData* data)
{
    return !programIn(data).isEmpty();
}

bool ProgramFiles::openDropped(const QMimeData* data)
{
    const QString path = programIn(data);
    return !path.isEmpty() && openFile(path);
}

} // namespace interleave
