// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/source_gutter.h"

#include "code/source_view.h"
#include "style/theme.h"

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

constexpr double spaciousWidth = 460; // of the view, in design pixels
constexpr double gap = 1;

void hatch(QPainter& painter, const QRectF& rect, const QColor& colour, double unit)
{
    painter.setPen(QPen(colour, unit));
    const double spacing = 3.6 * unit;
    for (double x = rect.left() - rect.height(); x < rect.right(); x += spacing)
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
}

} // namespace

SourceGutter::SourceGutter(SourceView* view) : QWidget(view), m_view(view)
{
    setObjectName(QStringLiteral("sourceGutter"));
    setAccessibleName(tr("Breakpoints and threads"));
    setAccessibleDescription(
        tr("A click sets or takes away a breakpoint, as F9 does; a click at a thread's letter selects the thread."));
    setCursor(Qt::ArrowCursor);
}

void SourceGutter::setThreads(ThreadIndex threads)
{
    m_threads = threads;
    update();
}

QFont SourceGutter::numberFont() const
{
    QFont font = m_view->font();
    font.setPixelSize(std::max(1, qRound(10.5 * m_view->unit())));
    return font;
}

double SourceGutter::chipWidth() const
{
    const double u = m_view->unit();
    QFont bold = m_view->font();
    bold.setBold(true);
    const auto widest = letterOf(m_threads > 0 ? m_threads - 1 : 0).size();
    return std::max(15 * u, QFontMetricsF(bold).horizontalAdvance(QString(widest, u'M')) + 5 * u);
}

SourceGutter::Columns SourceGutter::columns() const
{
    const double u = m_view->unit();
    Columns c;
    c.bar = 0;
    c.dot = 3 * u;
    c.numbers = c.dot + 11 * u;
    std::uint32_t largest = 9;
    for (int row = m_view->blockCount() - 1; row >= 0; --row)
        if (const std::uint32_t number = m_view->numberOf(row)) {
            largest = std::max(largest, number);
            break;
        }
    const auto digits = QString::number(largest).size();
    c.chips = c.numbers + QFontMetricsF(numberFont()).horizontalAdvance(QString(digits, u'9')) + 4 * u;
    const ThreadIndex room = m_view->width() >= spaciousWidth * u ? 4 : 2;
    const ThreadIndex chips = std::min(m_threads, room);
    c.end = c.chips + chips * (chipWidth() + gap * u) + u;
    return c;
}

int SourceGutter::widthWanted() const
{
    return static_cast<int>(std::ceil(columns().end));
}

std::vector<SourceGutter::Place> SourceGutter::placesOf(int row) const
{
    const QRectF rect = m_view->rowRect(row);
    std::vector<SourceMarks::Chip> chips = m_view->marks().at(row);
    if (!rect.isValid() || chips.empty())
        return {};
    const double u = m_view->unit();
    const Columns c = columns();
    const double width = chipWidth();
    const auto room = static_cast<std::size_t>(std::max(1.0, std::floor((c.end - c.chips) / (width + gap * u))));
    const double height = std::min(rect.height() - 2 * u, 18 * u);
    std::vector<Place> places;
    for (std::size_t i = 0; i < std::min(room, chips.size()); ++i) {
        const double x = c.chips + static_cast<double>(i) * (width + gap * u);
        Place place{QRectF(x, rect.center().y() - height / 2, width, height), {chips[i]}};
        if (i + 1 == room)
            place.threads.assign(chips.begin() + static_cast<std::ptrdiff_t>(i), chips.end());
        places.push_back(std::move(place));
    }
    return places;
}

void SourceGutter::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(event->rect(), m_view->ground());
    for (int row = m_view->firstRowInSight(); row < m_view->blockCount(); ++row) {
        const QRectF rect = m_view->rowRect(row);
        if (!rect.isValid())
            break;
        if (rect.bottom() >= event->rect().top() && rect.top() <= event->rect().bottom())
            paintRow(painter, row, QRectF(0, rect.top(), width(), rect.height()));
    }
}

void SourceGutter::paintRow(QPainter& painter, int row, const QRectF& rect) const
{
    const Theme& theme = m_view->theme();
    const double u = m_view->unit();
    const SourceMarks& marks = m_view->marks();
    const Columns c = columns();
    if (const QColor band = m_view->bandOf(row); band.isValid())
        painter.fillRect(rect, band);
    if (row == marks.executed && marks.acting != noThread)
        painter.fillRect(QRectF(c.bar, rect.top(), 3 * u, rect.height()), theme.thread(marks.acting));
    if (marks.selected && marks.rowOf(*marks.selected) == row) {
        painter.setPen(QPen(theme.accent, 2 * u));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect.adjusted(u, u, 12 * u, -u), 4 * u, 4 * u);
    }

    const auto& breakpoints = m_view->breakpoints();
    if (std::binary_search(breakpoints.begin(), breakpoints.end(), row)) {
        painter.setPen(QPen(theme.ink, 1.4 * u));
        painter.setBrush(theme.accent);
        painter.drawEllipse(QPointF(c.dot + 5.5 * u, rect.center().y()), 4.2 * u, 4.2 * u);
    }
    if (row == m_view->errorRow()) {
        const double side = 11 * u;
        SourceView::drawWarning(painter, {c.chips - 4 * u - side, rect.center().y() - side / 2, side, side * 0.92},
                                theme);
    } else if (const std::uint32_t number = m_view->numberOf(row)) {
        painter.setFont(numberFont());
        painter.setPen(theme.softInk);
        painter.drawText(QRectF(c.numbers, rect.top(), c.chips - 4 * u - c.numbers, rect.height()),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(number));
    }
    for (const Place& place : placesOf(row))
        paintChip(painter, place);
}

void SourceGutter::paintChip(QPainter& painter, const Place& place) const
{
    const Theme& theme = m_view->theme();
    const double u = m_view->unit();
    QFont font = m_view->font();
    font.setBold(true);
    font.setPixelSize(std::max(1, qRound(12 * u)));
    painter.setFont(font);
    const QRectF box = place.rect.adjusted(0.75 * u, 0.75 * u, -0.75 * u, -0.75 * u);
    if (place.threads.size() > 1) {
        painter.setPen(theme.ink);
        painter.drawText(place.rect, Qt::AlignCenter, QStringLiteral("+%1").arg(place.threads.size()));
        return;
    }
    const SourceMarks::Chip& chip = place.threads.front();
    const QColor& colour = theme.thread(chip.thread);
    const bool running = chip.phase == ThreadPhase::Running;
    QPainterPath outline;
    outline.addRoundedRect(box, 4 * u, 4 * u);
    painter.fillPath(outline, running ? colour : theme.card);
    const QString letter = letterOf(chip.thread);
    if (chip.phase == ThreadPhase::Blocked) {
        painter.save();
        painter.setClipPath(outline);
        hatch(painter, box, theme.tinted(colour, 0.5), u);
        painter.restore();
        // On the hatching a letter needs quiet ground.
        const double width = QFontMetricsF(font).horizontalAdvance(letter) + 2 * u;
        painter.fillRect(QRectF(box.center().x() - width / 2, box.top() + 1.5 * u, width, box.height() - 3 * u),
                         theme.card);
    }
    painter.setPen(QPen(colour, 1.5 * u));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(outline);
    painter.setPen(running ? theme.onThread(chip.thread) : theme.threadText(chip.thread));
    painter.drawText(place.rect, Qt::AlignCenter, letter);
}

void SourceGutter::mousePressEvent(QMouseEvent* event)
{
    const int row = m_view->rowAt(qRound(event->position().y()));
    if (event->button() != Qt::LeftButton || row < 0)
        return;
    for (const Place& place : placesOf(row))
        if (place.rect.contains(event->position())) {
            // Of several, the one after who is selected, though that one has moved to the front: clicks go round.
            std::vector<ThreadIndex> threads;
            for (const SourceMarks::Chip& chip : place.threads)
                threads.push_back(chip.thread);
            std::sort(threads.begin(), threads.end());
            const auto& selected = m_view->marks().selected;
            const auto next = selected ? std::upper_bound(threads.begin(), threads.end(), *selected) : threads.begin();
            emit m_view->threadChosen(next == threads.end() ? threads.front() : *next);
            return;
        }
    emit m_view->breakpointAsked(row);
}

void SourceGutter::wheelEvent(QWheelEvent* event)
{
    QApplication::sendEvent(m_view->viewport(), event);
}

bool SourceGutter::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = m_view->rowAt(help->pos().y());
    const QString words = row < 0 ? QString() : m_view->wordsOf(row);
    if (words.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), words, this);
    return true;
}

} // namespace interleave
