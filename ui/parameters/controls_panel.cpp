// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/controls_panel.h"

#include "parameters/action_button.h"
#include "parameters/parameter_label.h"
#include "parameters/quiet_button.h"
#include "style/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace interleave {

ControlsPanel::ControlsPanel(QWidget* parent)
    : QWidget(parent),
      m_scroll(new QScrollArea),
      m_notice(new QLabel),
      m_run(new ActionButton(tr("Run"), ActionButton::Without::Stand)),
      m_lastRun(new ActionButton(tr("Last run"), ActionButton::Without::Hide)),
      m_hint(new QLabel),
      m_defaults(new QuietButton(tr("Defaults")))
{
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus); // it follows the focus of the controls in it
    m_notice->setContentsMargins(8, 4, 8, 4);
    m_notice->setWordWrap(true);
    m_notice->setTextFormat(Qt::PlainText);
    m_run->setObjectName(QStringLiteral("runButton"));
    m_run->setProperty("primary", true);
    m_lastRun->setObjectName(QStringLiteral("lastRunButton"));
    m_hint->setObjectName(QStringLiteral("runHint"));
    m_hint->setWordWrap(true);
    m_hint->setTextFormat(Qt::PlainText);
    m_defaults->setAccessibleName(tr("Defaults of these parameters"));
    m_defaults->setObjectName(QStringLiteral("defaultsButton"));
    setAtDefaults(true);
    m_runText = m_run->text();
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, &ControlsPanel::showHint);
    connect(m_run, &ActionButton::followed, this, &ControlsPanel::showHint);
}

void ControlsPanel::setUp(QWidget* controls, QLabel* hidden, QWidget* result, const QString& noticeName)
{
    m_notice->setObjectName(noticeName);
    m_scroll->setWidget(controls);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_scroll, 1);
    auto* below = new QVBoxLayout;
    below->setContentsMargins(12, 4, 12, 10);
    below->setSpacing(6);
    below->addWidget(hidden); // where no scrolling takes it out of sight
    below->addWidget(m_notice);
    below->addWidget(createRunRow());
    below->addWidget(result);
    all->addLayout(below);
    takeColours();
    showHint();
}

void ControlsPanel::setOptional(QWidget* text)
{
    m_optional = text;
    m_scroll->viewport()->installEventFilter(this);
    m_scroll->widget()->installEventFilter(this);
}

void ControlsPanel::shareRoom()
{
    if (!m_optional)
        return;
    const QLayout* controls = m_scroll->widget()->layout();
    const QSize room = m_scroll->viewport()->size();
    int needed = controls->hasHeightForWidth() ? controls->totalHeightForWidth(room.width())
                                               : controls->totalMinimumSize().height();
    if (m_optional->isHidden())
        needed += controls->spacing() + m_optional->heightForWidth(room.width() - 24);
    m_optional->setHidden(needed > room.height());
}

bool ControlsPanel::eventFilter(QObject* watched, QEvent* event)
{
    if ((event->type() == QEvent::Resize && watched == m_scroll->viewport())
        || (event->type() == QEvent::LayoutRequest && watched == m_scroll->widget()))
        shareRoom();
    return QWidget::eventFilter(watched, event);
}

QWidget* ControlsPanel::createRunRow()
{
    auto* group = new QWidget;
    auto* row = new QHBoxLayout(group);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(5);
    row->addWidget(m_run);
    row->addWidget(m_lastRun);
    row->addWidget(m_hint, 1);
    return group;
}

void ControlsPanel::setRunAction(QAction* action)
{
    m_run->setAction(action);
    m_runText = m_run->text();
    showHint();
}

void ControlsPanel::setLastRunAction(QAction* action)
{
    m_lastRun->setAction(action);
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
    m_run->setReason(canRun ? QString() : notice);
    if (m_canRun == canRun)
        return;
    m_canRun = canRun;
    showHint();
    emit canRunChanged(m_canRun);
}

void ControlsPanel::setDiffers(bool differs)
{
    if (m_differs == differs)
        return;
    m_differs = differs;
    if (differs && m_runsByItself)
        m_patience.start();
    else
        showHint();
    emit differsChanged(differs);
}

void ControlsPanel::setAtDefaults(bool atDefaults)
{
    m_defaults->setEnabled(!atDefaults);
    m_defaults->setToolTip(atDefaults ? tr("Everything is as it began.")
                                      : tr("Bring all of this back to how it began."));
    m_defaults->setAccessibleDescription(m_defaults->toolTip());
}

// The key, and whether it has been pressed with what is set.
void ControlsPanel::showHint()
{
    // While a run is under way the action is another one.
    if (m_run->text() != m_runText)
        m_hint->setText(tr("Esc", "the key"));
    else if (!m_canRun)
        m_hint->setText(tr("Cannot run like this."));
    else if (m_differs && !m_patience.isActive())
        m_hint->setText(markedText(tr("Not run yet: press Enter")));
    else
        m_hint->setText(tr("Enter", "the key"));
    takeColours();
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
    QFont small = font();
    // In few lines, the hint in two at most beside two buttons: the controls are to stay in sight.
    small.setPixelSize(static_cast<int>(12 * unitOf(this)));
    m_notice->setFont(small);
    m_hint->setFont(small);
    QPalette hint = palette();
    hint.setColor(QPalette::WindowText, m_canRun && m_differs && !m_patience.isActive() ? theme.accent : theme.softInk);
    m_hint->setPalette(hint);
}

void ControlsPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange)
        takeColours();
}

} // namespace interleave
