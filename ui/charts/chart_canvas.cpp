// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_canvas.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace interleave {

StyledCanvas::StyledCanvas(StyledChart* chart, QWidget* parent) : QChartView(chart, parent), m_chart(chart)
{
    setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::TabFocus); // the mouse leaves the keys with whoever had them
    setContextMenuPolicy(Qt::CustomContextMenu);
    setRubberBand(QChartView::NoRubberBand);
    restyle();
}

void StyledCanvas::changeEvent(QEvent* event)
{
    QChartView::changeEvent(event);
    switch (event->type()) {
    case QEvent::PaletteChange:
    case QEvent::FontChange:
    case QEvent::StyleChange: restyle(); break;
    default: break;
    }
}

bool StyledCanvas::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), m_chart->detailAt(mapToScene(help->pos())), this);
        return true;
    }
    return QChartView::viewportEvent(event);
}

void StyledCanvas::focusInEvent(QFocusEvent* event)
{
    QChartView::focusInEvent(event);
    viewport()->update();
}

void StyledCanvas::focusOutEvent(QFocusEvent* event)
{
    QChartView::focusOutEvent(event);
    viewport()->update();
}

void StyledCanvas::paintEvent(QPaintEvent* event)
{
    QChartView::paintEvent(event);
    if (!hasFocus())
        return;
    QPainter painter(viewport());
    painter.setPen(QPen(Theme::of(this).accent, 2));
    painter.drawRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1));
}

void StyledCanvas::restyle()
{
    const ChartLook look = ChartLook::of(this);
    setBackgroundBrush(look.theme->card);
    m_chart->setLook(look);
}

} // namespace interleave
