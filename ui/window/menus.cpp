// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/menus.h"

#include "charts/charts_view.h"
#include "code/code_view.h"
#include "code/program_files.h"
#include "export/export_actions.h"
#include "narration/narration_bar.h"
#include "playback/playback.h"
#include "playback/playback_bar.h"
#include "timeline/timeline_pane.h"
#include "timeline/timeline_view.h"
#include "window/appearance.h"
#include "window/stage_tab.h"
#include "window/window_actions.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenuBar>
#include <QSplitter>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <QWhatsThis>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::MainWindow)
};

void fillFile(QMenu& menu, const MenuParts& parts)
{
    menu.addAction(parts.actions.run);
    menu.addAction(parts.actions.noteRun);
    menu.addAction(parts.actions.lastRun);
    menu.addAction(parts.actions.trials);
    menu.addAction(parts.actions.cancel);
    menu.addAction(parts.actions.machine);
    menu.addSeparator();
    parts.code.files().fill(&menu);
    menu.addSeparator();
    menu.addAction(parts.actions.exportCurrent);
    parts.stage.exportActions().fill(menu.addMenu(Texts::tr("Export the &stage")));
    parts.timeline.exportActions().fill(menu.addMenu(Texts::tr("Export the &timeline")));
    parts.charts.exportActions().fill(menu.addMenu(Texts::tr("Export the c&hart")));
    menu.addAction(&parts.exportTrace);
    menu.addSeparator();
    menu.addAction(parts.actions.quit);
}

void fillView(QMenu& menu, const MenuParts& parts)
{
    QTabWidget* const tabs = &parts.tabs;
    const auto addTabAction = [&menu, tabs](const QString& text, Qt::Key key, QWidget* tab) {
        auto* action = menu.addAction(text, tabs, [tabs, tab] { tabs->setCurrentWidget(tab); });
        action->setShortcut(QKeySequence(Qt::CTRL | key));
    };
    addTabAction(Texts::tr("Show the &stage"), Qt::Key_1, &parts.stage);
    addTabAction(Texts::tr("Show the &charts"), Qt::Key_2, &parts.charts);
    menu.addSeparator();
    const std::tuple<QString, QWidget*, Qt::Key> parted[] = {{Texts::tr("&Parameters"), parts.columns.widget(0),
                                                              Qt::Key_3},
                                                             {Texts::tr("Code and &ledger"), parts.columns.widget(2),
                                                              Qt::Key_4},
                                                             {Texts::tr("&Timeline"), &parts.timeline, Qt::Key_5}};
    for (const auto& [text, part, key] : parted) {
        QAction* action = menu.addAction(text);
        action->setCheckable(true);
        action->setChecked(true);
        action->setShortcut(QKeySequence(Qt::CTRL | key));
        QObject::connect(action, &QAction::toggled, part, &QWidget::setVisible);
    }
    menu.addAction(parts.actions.compare);
    menu.addAction(parts.actions.present);
    menu.addSeparator();
    parts.appearance.addActionsTo(&menu);
}

} // namespace

void fillMenus(QMenuBar& bar, const MenuParts& parts)
{
    fillFile(*bar.addMenu(Texts::tr("&File")), parts);
    QMenu* playback = bar.addMenu(Texts::tr("&Playback"));
    playback->addActions(parts.playback.actions());
    playback->addAction(parts.playback.stopsAtLossAction());
    playback->addSeparator();
    playback->addActions({parts.narration.followAction(), parts.narration.followBackAction(), parts.narration.copyAction()});
    playback->addSeparator();
    parts.code.fillBreakpointMenu(playback);
    fillView(*bar.addMenu(Texts::tr("&View")), parts);
    QMenu* timeline = bar.addMenu(Texts::tr("&Timeline"));
    timeline->addActions(parts.timeline.replayed().keyActions());
    timeline->addSeparator();
    timeline->addActions(parts.timeline.pairActions());
    QMenu* help = bar.addMenu(Texts::tr("&Help"));
    help->addAction(parts.actions.firstSteps);
    help->addAction(parts.actions.words);
    help->addAction(parts.actions.keys);
    help->addAction(QWhatsThis::createAction(help));
    help->addAction(parts.actions.about);
}

void fillToolBar(QToolBar& bar, Playback& playback, const WindowActions& actions)
{
    bar.setObjectName(QStringLiteral("toolbar"));
    bar.setMovable(false);
    bar.setContextMenuPolicy(Qt::PreventContextMenu);
    bar.addWidget(new PlaybackBar(playback));
    bar.addAction(actions.run);
    bar.widgetForAction(actions.run)->setProperty("primary", true);
    bar.addAction(actions.exportCurrent);
    bar.addAction(actions.present);
    bar.addAction(actions.keys);
    // A tool bar takes its buttons out of the round of Tab.
    for (QAction* action : bar.actions())
        if (auto* button = qobject_cast<QToolButton*>(bar.widgetForAction(action)))
            button->setFocusPolicy(Qt::TabFocus);
    bar.widgetForAction(actions.keys)->setAccessibleName(Texts::tr("All keys"));
}

} // namespace interleave
