// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/figure_card.h"

#include "parameters/share_bar.h"
#include "style/theme.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace interleave {

FigureCard::FigureCard(QWidget* parent) : QFrame(parent), m_bar(new ShareBar(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 10, 14, 12);
    column->setSpacing(6);
}

QVBoxLayout& FigureCard::column() const
{
    return *static_cast<QVBoxLayout*>(layout());
}

std::pair<QLabel*, QLabel*> FigureCard::newFigure(const QString& name, const QString& objectName)
{
    auto* label = new QLabel(name);
    auto* figure = new QLabel;
    figure->setObjectName(objectName);
    figure->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    figure->setAccessibleName(name);
    m_names << label;
    return {label, figure};
}

QFont FigureCard::figureFont() const
{
    QFont figure = font();
    figure.setPixelSize(static_cast<int>(18 * unitOf(this)));
    return figure;
}

QFont FigureCard::smallFont() const
{
    QFont small = font();
    small.setPixelSize(static_cast<int>(13 * unitOf(this)));
    return small;
}

void FigureCard::colour(QLabel* label, const QColor& ink, QFont with, bool bold) const
{
    QPalette coloured = palette();
    coloured.setColor(QPalette::WindowText, ink);
    with.setBold(bold);
    label->setFont(with);
    label->setPalette(coloured);
}

void FigureCard::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.line);
    painter.setBrush(theme.card);
    const double radius = 6 * unitOf(this);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

void FigureCard::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange) {
        takeColours();
        m_bar->updateGeometry();
    }
}

} // namespace interleave
