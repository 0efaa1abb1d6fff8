// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/recent_files.h"

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>
#include <algorithm>

namespace interleave {

namespace {

QString key()
{
    return QStringLiteral("code/recent");
}

} // namespace

QStringList RecentFiles::paths() const
{
    return QSettings().value(key()).toStringList().mid(0, most);
}

void RecentFiles::add(const QString& path)
{
    const QString file = QFileInfo(path).absoluteFilePath();
    QStringList list = paths();
    list.removeAll(file);
    list.prepend(file);
    QSettings().setValue(key(), list.mid(0, most));
}

void RecentFiles::remove(const QString& path)
{
    QStringList list = paths();
    list.removeAll(path);
    QSettings().setValue(key(), list);
}

void RecentFiles::fill(QMenu* menu)
{
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { refill(menu); });
    refill(menu);
}

void RecentFiles::refill(QMenu* menu)
{
    menu->clear();
    const QStringList list = paths();
    for (const QString& path : list) {
        // A name alone reads better; two files of one name are told apart by their folders.
        const QFileInfo info(path);
        QString text = info.fileName();
        const auto sameName = [&](const QString& other) { return QFileInfo(other).fileName() == info.fileName(); };
        if (std::count_if(list.begin(), list.end(), sameName) > 1)
            text = tr("%1 in %2", "file, folder").arg(text, QDir::toNativeSeparators(info.absolutePath()));
        text.replace(u'&', QLatin1String("&&"));
        QAction* action = menu->addAction(text, this, [this, path] { choose(path); });
        action->setToolTip(QDir::toNativeSeparators(path));
        action->setStatusTip(action->toolTip());
    }
    if (list.isEmpty())
        menu->addAction(tr("No program was opened yet"))->setEnabled(false);
}

void RecentFiles::choose(const QString& path)
{
    if (QFileInfo::exists(path)) {
        emit chosen(path);
        return;
    }
    remove(path);
    emit missing(tr("%1 is not there any more.").arg(QDir::toNativeSeparators(path)));
}

} // namespace interleave
