// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/stage_tab.h"

#include "export/export_actions.h"
#include "machine/machine_history.h"
#include "manual/manual_panel.h"
#include "playback/playback.h"
#include "stage/machine/compare_stages.h"
#include "stage/machine/machine_stage_view.h"
#include "stage/stage_invitation.h"
#include "stage/stage_view.h"
#include "style/theme.h"

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace interleave {

StageTab::StageTab(Playback& playback, Selection& selection, QWidget* parent)
    : QWidget(parent),
      m_playback(playback),
      m_title(new QLabel),
      m_hint(new QLabel),
      m_stages(new QStackedWidget),
      m_hardware(new StageView(playback, selection)),
      m_machine(new MachineStageView(playback, selection)),
      m_compare(new CompareStages(playback, selection)),
      m_manual(new ManualPanel(playback, selection))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(14, 6, 14, 0);
    head->addWidget(m_title, 1);
    head->addWidget(m_hint);
    column->addLayout(head);
    column->addWidget(m_stages, 1);
    column->addWidget(m_manual);
    m_manual->hide();
    m_title->setObjectName(QStringLiteral("runShown"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setToolTip(tr("The run that is on display, on the stage and everywhere else"));
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_hint->setObjectName(QStringLiteral("stageHint"));
    m_hint->hide();
    m_export = new ExportActions([this] { return picture(); }, this);
    for (QWidget* each :
         {static_cast<QWidget*>(m_hardware), static_cast<QWidget*>(m_machine), static_cast<QWidget*>(m_compare)}) {
        m_stages->addWidget(each);
        each->addActions(m_export->actions());
        each->setContextMenuPolicy(Qt::ActionsContextMenu);
    }
    m_invitations = {new StageInvitation(*m_hardware), new StageInvitation(*m_machine)};
    for (StageInvitation* each : m_invitations)
        connect(each, &StageInvitation::pressed, this, &StageTab::invitationTaken);
    connect(&m_playback, &Playback::historyChanged, this, &StageTab::choose);
    takeLook();
    choose();
}

void StageTab::setTitle(const QString& title)
{
    m_title->setText(title);
}

void StageTab::setHint(const QString& hint)
{
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
}

void StageTab::invite(const QString& words, const QString& button)
{
    for (StageInvitation* each : m_invitations) {
        each->setText(words);
        each->setButton(button);
        each->invite();
    }
}

void StageTab::dismiss()
{
    for (StageInvitation* each : m_invitations)
        each->dismiss();
}

void StageTab::takeLook()
{
    QPalette soft = palette();
    soft.setColor(QPalette::WindowText, Theme::of(this).softInk);
    for (QLabel* label : {m_title, m_hint})
        label->setPalette(soft);
}

void StageTab::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        takeLook();
}

QWidget& StageTab::stage() const
{
    return *m_stages->currentWidget();
}

void StageTab::setBeside(std::shared_ptr<const MachineHistory> history)
{
    m_comparing = history != nullptr;
    m_compare->setSecond(std::move(history));
    choose();
}

void StageTab::setManual(bool manual)
{
    m_manual->setVisible(manual);
}

void StageTab::choose()
{
    const bool machine = dynamic_cast<const MachineHistory*>(m_playback.history().get());
    QWidget* const before = m_stages->currentWidget();
    QWidget* const now = !machine    ? static_cast<QWidget*>(m_hardware)
                       : m_comparing ? static_cast<QWidget*>(m_compare)
                                     : m_machine;
    if (now == before)
        return;
    const bool hadFocus = before->isAncestorOf(focusWidget()) || before->hasFocus();
    m_stages->setCurrentWidget(now);
    if (hadFocus)
        now->setFocus();
}

Picture StageTab::picture() const
{
    QWidget* const shown = &stage();
    Picture picture{tr("Stage"), shown->size(), Theme::of(shown).ground, {}};
    if (const auto* cards = qobject_cast<const CardStage*>(shown)) {
        picture.paint = [cards](QPainter& painter, const QSizeF& size) { cards->paintStage(&painter, size); };
    } else {
        picture.paint = [shown](QPainter& painter, const QSizeF& size) {
            painter.save();
            painter.scale(size.width() / shown->width(), size.height() / shown->height());
            shown->render(&painter, {}, {}, QWidget::DrawChildren);
            painter.restore();
        };
    }
    return picture;
}

} // namespace interleave
