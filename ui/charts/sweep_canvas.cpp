// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/sweep_canvas.h"

#include "charts/sweep_chart.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace interleave {

SweepCanvas::SweepCanvas(QWidget* parent) : QChartView(new SweepChart, parent)
{
    m_chart = static_cast<SweepChart*>(chart());
    setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setRubberBand(QChartView::NoRubberBand);
    restyle();
}

void SweepCanvas::setContent(const SweepContent& content)
{
    m_chart->setContent(content, ChartLook::of(this));
    setAccessibleName(content.title);
    setAccessibleDescription(content.description());
}

void SweepCanvas::changeEvent(QEvent* event)
{
    QChartView::changeEvent(event);
    switch (event->type()) {
    case QEvent::PaletteChange:
    case QEvent::FontChange:
    case QEvent::StyleChange: restyle(); break;
    default: break;
    }
}

bool SweepCanvas::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), m_chart->detailAt(mapToScene(help->pos())), this);
        return true;
    }
    return QChartView::viewportEvent(event);
}

void SweepCanvas::focusInEvent(QFocusEvent* event)
{
    QChartView::focusInEvent(event);
    viewport()->update();
}

void SweepCanvas::focusOutEvent(QFocusEvent* event)
{
    QChartView::focusOutEvent(event);
    viewport()->update();
}

void SweepCanvas::paintEvent(QPaintEvent* event)
{
    QChartView::paintEvent(event);
    if (!hasFocus())
        return;
    QPainter painter(viewport());
    painter.setPen(QPen(Theme::of(this).accent, 2));
    painter.drawRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1));
}

void SweepCanvas::restyle()
{
    const ChartLook look = ChartLook::of(this);
    setBackgroundBrush(look.theme->card);
    m_chart->setContent(SweepContent(m_chart->content()), look);
}

} // namespace interleave
