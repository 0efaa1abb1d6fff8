// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/code_foot.h"

#include "code/source_view.h"
#include "style/theme.h"

#include <QDir>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <algorithm>

namespace interleave {

CodeFoot::CodeFoot(QWidget* parent)
    : QWidget(parent),
      m_nameLabel(new QLabel),
      m_icon(new QLabel),
      m_message(new QLabel)
{
    m_nameLabel->setObjectName(QStringLiteral("programName"));
    m_nameLabel->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_message->setObjectName(QStringLiteral("codeMessage"));
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_icon->setAlignment(Qt::AlignTop);
    m_icon->hide();

    auto* said = new QHBoxLayout;
    said->setSpacing(5);
    said->addWidget(m_icon);
    said->addWidget(m_message, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 4, 12, 6);
    column->setSpacing(2);
    column->addWidget(m_nameLabel);
    column->addLayout(said);
    takeLook();
}

void CodeFoot::setName(const QString& name, const QString& path)
{
    m_name = name;
    m_nameLabel->setAccessibleName(tr("Program: %1").arg(name));
    m_nameLabel->setToolTip(path.isEmpty() ? name : QDir::toNativeSeparators(path));
    fitName();
}

void CodeFoot::setMessage(const QString& sentence, bool isError)
{
    m_icon->setVisible(isError);
    m_message->setText(sentence);
    m_message->setAccessibleName(isError ? tr("Error: %1").arg(sentence) : sentence);
}

void CodeFoot::fitName()
{
    m_nameLabel->setText(
        m_nameLabel->fontMetrics().elidedText(m_name, Qt::ElideMiddle, std::max(m_nameLabel->width(), 1)));
}

void CodeFoot::takeLook()
{
    const Theme& theme = Theme::of(this);
    QPalette soft = palette();
    soft.setColor(QPalette::WindowText, theme.softInk);
    m_nameLabel->setPalette(soft);
    const double u = unitOf(this);
    const int side = qRound(13 * u);
    const double ratio = devicePixelRatioF();
    QPixmap icon(QSize(side, side) * ratio);
    icon.setDevicePixelRatio(ratio);
    icon.fill(Qt::transparent);
    QPainter painter(&icon);
    painter.setRenderHint(QPainter::Antialiasing);
    SourceView::drawWarning(painter, QRectF(0.5 * u, 0.5 * u, side - u, side - u), theme);
    painter.end();
    m_icon->setPixmap(icon);
    // One line always, so that the source above keeps its place.
    m_message->setMinimumHeight(m_message->fontMetrics().lineSpacing());
    fitName();
}

void CodeFoot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange)
        takeLook();
}

void CodeFoot::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitName();
}

} // namespace interleave
