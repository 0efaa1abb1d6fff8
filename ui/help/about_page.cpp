// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/about_page.h"

#include "style/theme.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QStyle>

namespace interleave {

namespace {

QString paragraph(const QString& text)
{
    return QStringLiteral("<p>%1</p>").arg(text);
}

} // namespace

AboutPage::AboutPage(QWidget* parent) : QScrollArea(parent), m_text(new QLabel(this))
{
    const QString program = QApplication::applicationDisplayName();
    const QString version = QApplication::applicationVersion();
    const QString title = version.isEmpty() ? program : tr("%1 %2", "program, version").arg(program, version);
    const QString licence = QStringLiteral("<a href=\"https://www.gnu.org/licenses/gpl-3.0.html\">%1</a>")
                                .arg(tr("GNU General Public License, version 3 or later (GPL-3.0-or-later)"));
    m_text->setTextFormat(Qt::RichText);
    m_text->setText(
        QStringLiteral("<h2>%1</h2>").arg(title.toHtmlEscaped())
        + paragraph(tr("Shows what threads do to shared memory: which store destroyed which update, what a "
                       "context switch saves and restores, and what a lock costs."))
        + paragraph(tr("Free software: you may use it, study it, change it and pass it on under the %1.").arg(licence))
        + paragraph(tr("Made with Qt %1, running on Qt %2.")
                        .arg(QStringLiteral(QT_VERSION_STR), QString::fromLatin1(qVersion())))
        + paragraph(tr("README.md in its source has the walks through the window, the command line, and how "
                       "it knows which update was lost.")));
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_text->setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    m_text->setOpenExternalLinks(true);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setWidget(m_text);
    setFocusProxy(m_text);
    takeSizes();
}

void AboutPage::changeEvent(QEvent* event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        takeSizes();
}

void AboutPage::takeSizes()
{
    m_text->setMargin(qRound(20 * unitOf(this)));
}

} // namespace interleave
