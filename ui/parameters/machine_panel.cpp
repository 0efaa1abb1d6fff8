// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/machine_panel.h"

#include "parameters/machine_parameters.h"
#include "parameters/machine_result_card.h"
#include "style/theme.h"

#include <QEvent>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace interleave {

MachinePanel::MachinePanel(QWidget* parent)
    : QWidget(parent),
      m_parameters(new MachineParameters),
      m_notice(new QLabel),
      m_result(new MachineResultCard)
{
    // The result stays in sight where the window is too low for all of the controls.
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_parameters);
    m_notice->setObjectName(QStringLiteral("machineNotice"));
    m_notice->setAccessibleName(tr("Why this cannot run"));
    m_notice->setContentsMargins(10, 8, 10, 8);
    m_notice->setWordWrap(true);
    m_notice->setTextFormat(Qt::PlainText);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll, 1);
    auto* below = new QVBoxLayout;
    below->setContentsMargins(12, 4, 12, 12);
    below->addWidget(m_notice);
    below->addWidget(m_result);
    all->addLayout(below);
    connect(m_parameters, &MachineParameters::changed, this, [this] {
        check();
        emit parametersChanged();
    });
    takeColours();
    check();
}

void MachinePanel::check()
{
    const QString problem = m_parameters->problem();
    m_notice->setText(problem);
    m_notice->setVisible(!problem.isEmpty());
    if (m_canRun == problem.isEmpty())
        return;
    m_canRun = problem.isEmpty();
    emit canRunChanged(m_canRun);
}

void MachinePanel::takeColours()
{
    const Theme& theme = Theme::of(this);
    // A calm card with an accent: red is for what was lost.
    QPalette card = palette();
    card.setColor(QPalette::Window, theme.tinted(theme.accent, 0.16));
    card.setColor(QPalette::WindowText, theme.ink);
    m_notice->setAutoFillBackground(true);
    m_notice->setPalette(card);
}

void MachinePanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange)
        takeColours();
}

} // namespace interleave
