// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/figure_card.h"

#include "parameters/figure_label.h"
#include "parameters/share_bar.h"
#include "style/theme.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace interleave {

FigureCard::FigureCard(QWidget* parent) : QFrame(parent), m_bar(new ShareBar(this)), m_run(nullptr)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 7, 12, 8);
    column->setSpacing(3);
    m_run = newText(QStringLiteral("runShown"));
    column->addWidget(m_run);
    m_run->hide();
}

QVBoxLayout& FigureCard::column() const
{
    return *static_cast<QVBoxLayout*>(layout());
}

std::pair<QLabel*, FigureLabel*> FigureCard::newFigure(const QString& name, const QString& objectName)
{
    auto* label = new QLabel(name);
    auto* figure = new FigureLabel(name);
    figure->setObjectName(objectName);
    // No accessible name: it would be read in place of the figure.
    label->setBuddy(figure);
    m_names << label;
    return {label, figure};
}

QLabel* FigureCard::newText(const QString& objectName)
{
    auto* text = new QLabel;
    text->setObjectName(objectName);
    text->setWordWrap(true);
    text->setTextFormat(Qt::PlainText);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setFocusPolicy(Qt::NoFocus);
    return text;
}

void FigureCard::setRun(const QString& run)
{
    m_run->setText(run);
    takeLookOfRun();
    m_run->setVisible(!run.isEmpty());
}

void FigureCard::takeLookOfRun()
{
    QFont inOneLine = font();
    inOneLine.setPixelSize(static_cast<int>(runPixels * unitOf(this)));
    colour(m_run, Theme::of(this).ink, inOneLine);
}

QFont FigureCard::smallFont() const
{
    QFont small = font();
    small.setPixelSize(static_cast<int>(smallPixels * unitOf(this)));
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
        takeLookOfRun();
        m_bar->updateGeometry();
    }
}

} // namespace interleave
