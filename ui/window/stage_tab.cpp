// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/stage_tab.h"

#include "export/export_actions.h"
#include "machine/machine_history.h"
#include "playback/playback.h"
#include "stage/machine/machine_stage_view.h"
#include "stage/stage_view.h"
#include "style/theme.h"

#include <QAction>

namespace interleave {

StageTab::StageTab(Playback& playback, Selection& selection, QWidget* parent)
    : QStackedWidget(parent),
      m_playback(playback),
      m_hardware(new StageView(playback, selection)),
      m_machine(new MachineStageView(playback, selection))
{
    const auto picture = [this] {
        CardStage& shown = stage();
        return Picture{tr("Stage"), shown.stageSize(), Theme::of(&shown).ground,
                       [&shown](QPainter& painter, const QSizeF& size) { shown.paintStage(&painter, size); }};
    };
    m_export = new ExportActions(picture, this);
    addWidget(m_hardware);
    addWidget(m_machine);
    for (CardStage* each : findChildren<CardStage*>()) {
        each->addActions(m_export->actions());
        each->setContextMenuPolicy(Qt::ActionsContextMenu);
    }
    connect(&m_playback, &Playback::historyChanged, this, &StageTab::choose);
    choose();
}

CardStage& StageTab::stage() const
{
    return *static_cast<CardStage*>(currentWidget());
}

void StageTab::choose()
{
    const bool machine = dynamic_cast<const MachineHistory*>(m_playback.history().get());
    setCurrentWidget(machine ? static_cast<QWidget*>(m_machine) : m_hardware);
    setFocusProxy(currentWidget());
}

} // namespace interleave
