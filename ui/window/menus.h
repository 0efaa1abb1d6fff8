// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAction;
class QMenuBar;
class QSplitter;
class QTabWidget;
class QToolBar;

namespace interleave {

class Appearance;
class ChartsView;
class CodeView;
class NarrationBar;
class Playback;
class StageTab;
class TimelinePane;
class WindowActions;

// What the menus are made of.
struct MenuParts {
    const WindowActions& actions;
    const Playback& playback;
    NarrationBar& narration;
    Appearance& appearance;
    StageTab& stage;
    ChartsView& charts;
    CodeView& code;
    QTabWidget& tabs;
    QSplitter& columns; // parameters, middle, code and ledger
    TimelinePane& timeline;
    QAction& exportTrace;
};

// Fills the menu bar of the window. The sheet of keys is read from it.
void fillMenus(QMenuBar& bar, const MenuParts& parts);
void fillToolBar(QToolBar& bar, Playback& playback, const WindowActions& actions);

} // namespace interleave
