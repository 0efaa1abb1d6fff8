// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/controls_panel.h"

#include "style/theme.h"

#include <QEvent>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace interleave {

ControlsPanel::ControlsPanel(QWidget* parent) : QWidget(parent), m_scroll(new QScrollArea), m_notice(new QLabel)
{
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus); // it follows the focus of the controls in it
    m_notice->setAccessibleName(tr("Why this cannot run"));
    m_notice->setContentsMargins(10, 8, 10, 8);
    m_notice->setWordWrap(true);
    m_notice->setTextFormat(Qt::PlainText);
}

void ControlsPanel::setUp(QWidget* controls, QWidget* result, const QString& noticeName)
{
    m_notice->setObjectName(noticeName);
    m_scroll->setWidget(controls);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_scroll, 1);
    auto* below = new QVBoxLayout;
    below->setContentsMargins(12, 4, 12, 12);
    below->addWidget(m_notice);
    below->addWidget(result);
    all->addLayout(below);
    takeColours();
}

QSize ControlsPanel::minimumSizeHint() const
{
    const QWidget* controls = m_scroll->widget();
    const int width = controls->minimumSizeHint().width() + m_scroll->verticalScrollBar()->sizeHint().width();
    return QWidget::minimumSizeHint().expandedTo({width, 0});
}

void ControlsPanel::setChecked(const QString& notice, bool canRun)
{
    m_notice->setText(notice);
    m_notice->setVisible(!notice.isEmpty());
    if (m_canRun == canRun)
        return;
    m_canRun = canRun;
    emit canRunChanged(m_canRun);
}

void ControlsPanel::takeColours()
{
    const Theme& theme = Theme::of(this);
    // A calm card with an accent: red is for what was lost.
    QPalette card = palette();
    card.setColor(QPalette::Window, theme.tinted(theme.accent, 0.16));
    card.setColor(QPalette::WindowText, theme.ink);
    m_notice->setAutoFillBackground(true);
    m_notice->setPalette(card);
}

void ControlsPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange)
        takeColours();
}

} // namespace interleave
