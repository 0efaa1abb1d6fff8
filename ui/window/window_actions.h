// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAction;
class QKeySequence;

namespace interleave {

// What the window can do, with texts and keys; for its menus and its toolbar. Whoever owns the window says what happens.
class WindowActions : public QObject {
    Q_OBJECT

public:
    explicit WindowActions(QObject* parent);

    QAction* run;
    QAction* trials;
    QAction* lastRun; // of the session before
    QAction* noteRun; // the note's program on real threads
    QAction* cancel;
    QAction* machine; // down: runs come from the machine
    QAction* exportCurrent;
    QAction* quit;
    QAction* compare;
    QAction* present;
    QAction* firstSteps;
    QAction* words;
    QAction* keys;
    QAction* about;

    void showBusy(bool busy, bool canRun);

private:
    QAction* add(const QString& text, const QString& explanation, const QList<QKeySequence>& keysOfIt);
};

} // namespace interleave
