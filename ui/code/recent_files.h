// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

class QMenu;

namespace interleave {

// The files that were opened or saved last, latest first; remembered in the settings.
class RecentFiles : public QObject {
    Q_OBJECT

public:
    static constexpr int most = 8;

    using QObject::QObject;

    [[nodiscard]] QStringList paths() const;
    void add(const QString& path);
    void remove(const QString& path);
    // Keeps the entries of the menu as the list is whenever the menu is opened.
    void fill(QMenu* menu);

signals:
    void chosen(const QString& path);
    // A file that was chosen is gone, and is not listed any more.
    void missing(const QString& sentence);

private:
    void choose(const QString& path);
    void refill(QMenu* menu);
};

} // namespace interleave
