// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/window_actions.h"

#include <QAction>
#include <QKeySequence>

namespace interleave {

WindowActions::WindowActions(QObject* parent) : QObject(parent)
{
    run = add(tr("&Run"), tr("Run with these parameters (Enter)"),
              {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter), QKeySequence(Qt::CTRL | Qt::Key_R)});
    trials = add(tr("Run &trials for the charts"), tr("Run every way to synchronise, several times (Ctrl+T)"),
                 {QKeySequence(Qt::CTRL | Qt::Key_T)});
    lastRun = add(tr("&Last run"), tr("Make the last run of the session before once more (Ctrl+L)"),
                  {QKeySequence(Qt::CTRL | Qt::Key_L)});
    noteRun = add(tr("50 real &threads × 200,000"),
                  tr("Run the note's program on the real threads of this computer: 10,000,000 is expected (Ctrl+G)"),
                  {QKeySequence(Qt::CTRL | Qt::Key_G)});
    cancel = add(tr("&Cancel the run, or end presenting"), {}, {QKeySequence(Qt::Key_Escape)});
    machine = add(tr("Run on the &machine"), tr("Run a program on virtual cores, and not on real threads (Ctrl+M)"),
                  {QKeySequence(Qt::CTRL | Qt::Key_M)});
    machine->setCheckable(true);
    exportCurrent = add(tr("&Export…"), tr("Save what this tab shows as PNG, SVG or PDF (Ctrl+E)"),
                        {QKeySequence(Qt::CTRL | Qt::Key_E)});
    exportCurrent->setIconText(tr("Export"));
    quit = add(tr("&Quit"), {}, {QKeySequence(QKeySequence::Quit)});
    compare = add(tr("&One core beside many"), tr("Show the same program on one core and on several, side by side"),
                  {QKeySequence(Qt::CTRL | Qt::Key_B)});
    compare->setCheckable(true);
    present = add(tr("&Present"), tr("Full screen and larger, for the projector (F5)"),
                  {QKeySequence(Qt::Key_F5), QKeySequence(Qt::Key_F11)});
    present->setCheckable(true);
    firstSteps = add(tr("&First steps"), tr("What to try first, key by key"), {QKeySequence(Qt::Key_F2)});
    words = add(tr("&Words"), tr("Every word on the screen, in a sentence or two"),
                {QKeySequence(Qt::CTRL | Qt::Key_F1)});
    keys = add(tr("&Keys…"), tr("All keys (F1)"), {QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)});
    keys->setIconText(QStringLiteral("?"));
    about = add(tr("&About Interleave"), {}, {});
}

QAction* WindowActions::add(const QString& text, const QString& explanation, const QList<QKeySequence>& keysOfIt)
{
    auto* action = new QAction(text, this);
    if (!explanation.isEmpty())
        action->setToolTip(explanation);
    action->setShortcuts(keysOfIt);
    return action;
}

void WindowActions::showBusy(bool busy, bool canRun)
{
    run->setText(busy ? tr("&Cancel") : tr("&Run"));
    run->setToolTip(busy ? tr("Cancel the run (Escape)") : tr("Run with these parameters (Enter)"));
    run->setEnabled(busy || canRun);
}

} // namespace interleave
