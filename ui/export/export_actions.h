// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/picture.h"

#include <QList>
#include <QObject>
#include <functional>

class QAction;
class QMenu;
class QWidget;

namespace interleave {

// The actions that export what a look shows: for its context menu, its button and the File menu alike.
class ExportActions : public QObject {
    Q_OBJECT

public:
    // Asks for a path; empty if the user gave up. Arguments: the window, the name suggested, the filter.
    using AskForPath = std::function<QString(QWidget*, const QString&, const QString&)>;

    // `picture` is called when an action is triggered. `owner` is the widget whose window the file dialog stands over.
    ExportActions(std::function<Picture()> picture, QWidget* owner);

    // Offers the data behind the picture too.
    void offerCsv(std::function<QByteArray()> csv);
    void setEnabled(bool enabled);
    void setAskForPath(AskForPath ask) { m_askForPath = std::move(ask); }

    // One for each format and scale.
    [[nodiscard]] QList<QAction*> actions() const { return m_actions; }
    // Leaves the format to the name that the user gives; for a shortcut.
    [[nodiscard]] QAction* exportAction() const { return m_export; }
    void fill(QMenu* menu) const;

signals:
    // One sentence on how it went.
    void done(const QString& sentence);
    void failed(const QString& sentence);

private:
    QAction* newAction(const QString& text, const QString& explanation, const char* name);
    QAction* addAction(const QString& text, const QString& explanation, const char* name);
    void savePicture(const QString& suffix, const QString& filter, int scale);
    void save(const QString& title, const QString& suffix, const QString& filter,
              const std::function<Exported(const QString&)>& write);

    std::function<Picture()> m_picture;
    std::function<QByteArray()> m_csv;
    QWidget* m_owner;
    AskForPath m_askForPath;
    QAction* m_export;
    QList<QAction*> m_actions;
};

// Asks with a file dialog, whose suffix is that of the name that is suggested.
[[nodiscard]] QString askForExportPath(QWidget* owner, const QString& suggested, const QString& filter);

} // namespace interleave
