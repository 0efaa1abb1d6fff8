// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/fold.h"

#include "parameters/parameter_label.h"
#include "parameters/quiet_button.h"
#include "style/theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSettings>
#include <QVBoxLayout>

namespace interleave {

Fold::Fold(const QString& title, const QString& settingsKey, QWidget* parent)
    : QWidget(parent),
      m_title(title),
      m_settingsKey(settingsKey),
      m_button(new QuietButton(title)),
      m_says(new QLabel),
      m_contents(new QWidget),
      m_head(new QHBoxLayout),
      m_column(new QVBoxLayout(m_contents))
{
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(2);
    m_head->setSpacing(4);
    m_head->addWidget(m_button);
    m_head->addStretch(1);
    all->addLayout(m_head);
    all->addWidget(m_says);
    all->addWidget(m_contents);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(5);
    m_button->setObjectName(QStringLiteral("foldButton"));
    m_says->setObjectName(QStringLiteral("foldUnusual"));
    m_says->setWordWrap(true);
    m_says->setTextFormat(Qt::PlainText);
    if (!QCoreApplication::organizationName().isEmpty())
        m_unfolded = QSettings().value(m_settingsKey).toBool();
    connect(m_button, &QAbstractButton::clicked, this, [this] {
        setUnfolded(!m_unfolded);
        if (!QCoreApplication::organizationName().isEmpty())
            QSettings().setValue(m_settingsKey, m_unfolded);
    });
    takeLook();
    showState();
}

void Fold::addToHead(QWidget* widget)
{
    m_head->addWidget(widget);
}

bool Fold::isUnfolded() const
{
    return m_unfolded;
}

void Fold::setUnfolded(bool unfolded)
{
    if (m_unfolded == unfolded)
        return;
    m_unfolded = unfolded;
    showState();
    emit toggled(unfolded);
}

void Fold::setUnusual(const QStringList& unusual)
{
    if (m_unusual == unusual)
        return;
    m_unusual = unusual;
    showState();
}

void Fold::setMarked(bool marked)
{
    if (m_marked == marked)
        return;
    m_marked = marked;
    showState();
}

void Fold::showState()
{
    m_contents->setVisible(m_unfolded);
    m_button->setArrow(m_unfolded ? QuietButton::Arrow::Down : QuietButton::Arrow::Right);
    const bool marked = m_marked && !m_unfolded;
    m_button->setText(marked ? markedText(m_title) : m_title);
    m_button->setAccessibleName(m_title);
    const QString does = m_unfolded ? tr("Hide what is below.") : tr("Show what is hidden here.");
    m_button->setToolTip(does);
    const QString unusual = m_unusual.join(tr(" · ", "between parameters and their values: Cores 1 · Trials 7"));
    m_says->setText(tr("Set: %1", "parameters and their values: Cores 1 · Trials 7").arg(unusual));
    m_says->setVisible(!m_unfolded && !m_unusual.isEmpty());
    m_button->setAccessibleDescription(
        m_says->isHidden() ? does : tr("%1 %2", "two sentences").arg(does, tr("Hidden, and set to: %1.").arg(unusual)));
}

void Fold::takeLook()
{
    QFont small = font();
    small.setPixelSize(static_cast<int>(13 * unitOf(this)));
    QPalette soft = palette();
    soft.setColor(QPalette::WindowText, Theme::of(this).softInk);
    m_says->setFont(small);
    m_says->setPalette(soft);
}

void Fold::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange)
        takeLook();
}

} // namespace interleave
