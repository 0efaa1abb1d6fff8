// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/builtin.h"

#include <QObject>
#include <functional>

class QAction;
class QMenu;
class QMimeData;
class QWidget;

namespace interleave {

class ProgramDocument;
class RecentFiles;

// New, open, recent, save: the actions that bring programs in and out of files. Nothing that was changed is lost
// without a question.
class ProgramFiles : public QObject {
    Q_OBJECT

public:
    enum class Answer { Save, Discard, Cancel };
    // Ask for a path; empty if the user gave up. Arguments: the window, the name suggested.
    using AskForPath = std::function<QString(QWidget*, const QString&)>;
    using AskToSave = std::function<Answer(QWidget*, const QString& question)>;

    // `owner` is the widget whose window the dialogs stand over.
    ProgramFiles(ProgramDocument& document, QWidget* owner);

    void setAskForOpenPath(AskForPath ask) { m_askForOpenPath = std::move(ask); }
    void setAskForSavePath(AskForPath ask) { m_askForSavePath = std::move(ask); }
    void setAskToSave(AskToSave ask) { m_askToSave = std::move(ask); }

    [[nodiscard]] QAction* newAction() const { return m_new; }
    [[nodiscard]] QAction* openAction() const { return m_open; }
    [[nodiscard]] QAction* saveAction() const { return m_save; }
    [[nodiscard]] QAction* saveAsAction() const { return m_saveAs; }
    [[nodiscard]] RecentFiles& recent() { return *m_recent; }
    // All of them, with a menu of the recent files.
    void fill(QMenu* menu);

    // Whether the program may be replaced: nothing was changed, or it was saved, or the user lets it go.
    [[nodiscard]] bool mayReplace();
    // Each asks first; false if the program stayed.
    bool startNew();
    bool showBuiltIn(BuiltIn id);
    // Another text, as a change that is not saved.
    bool showText(const QString& text);
    bool openFile(const QString& path);
    bool open();
    bool save();
    bool saveAs();

    // Whether something that is dragged is a program, and opening it.
    [[nodiscard]] static bool canOpen(const QMimeData* data);
    bool openDropped(const QMimeData* data);

signals:
    // One sentence on how it went.
    void done(const QString& sentence);
    void failed(const QString& sentence);

private:
    QAction* addAction(const QString& text, const QString& explanation, const char* name, bool (ProgramFiles::*slot)());
    bool saveTo(const QString& path);

    ProgramDocument& m_document;
    QWidget* m_owner;
    RecentFiles* m_recent;
    AskForPath m_askForOpenPath;
    AskForPath m_askForSavePath;
    AskToSave m_askToSave;
    QAction* m_new;
    QAction* m_open;
    QAction* m_save;
    QAction* m_saveAs;
};

} // namespace interleave
