// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/status_line.h"

#include <QLabel>
#include <QProgressBar>
#include <QStatusBar>

namespace interleave {

StatusLine::StatusLine(QStatusBar* bar) : QObject(bar), m_bar(bar), m_message(new QLabel), m_progress(new QProgressBar)
{
    m_message->setObjectName(QStringLiteral("statusMessage"));
    m_message->setContentsMargins(10, 4, 10, 4);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_progress->setRange(0, 1000);
    m_progress->setAccessibleName(tr("Progress of the run"));
    m_progress->hide();
    m_bar->addWidget(m_message, 1);
    m_bar->addPermanentWidget(m_progress);
    m_bar->setSizeGripEnabled(false);
}

QString StatusLine::sentence() const
{
    return m_message->text();
}

void StatusLine::tell(const QString& sentence)
{
    m_message->setText(sentence);
    m_bar->setVisible(!sentence.isEmpty());
    m_message->setAccessibleName(sentence);
}

void StatusLine::setBusy(bool busy)
{
    m_progress->setValue(0);
    m_progress->setVisible(busy);
    if (busy)
        tell(tr("Running…"));
    else if (sentence() == tr("Running…"))
        tell({});
}

void StatusLine::setProgress(double part)
{
    m_progress->setValue(static_cast<int>(part * m_progress->maximum()));
}

} // namespace interleave
