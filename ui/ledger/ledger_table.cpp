// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger/ledger_table.h"

#include "ledger/ledger_accessible.h"
#include "ledger/ledger_model.h"
#include "sentences/names.h"
#include "style/theme.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <algorithm>

namespace interleave {

namespace {

// Drawn, not written: many fonts have neither.
QPainterPath survivedMark(const QRectF& box)
{
    QPainterPath path;
    path.moveTo(box.left(), box.center().y() + box.height() * 0.05);
    path.lineTo(box.left() + box.width() * 0.38, box.bottom() - box.height() * 0.05);
    path.lineTo(box.right(), box.top() + box.height() * 0.08);
    return path;
}

QPainterPath lostMark(const QRectF& box)
{
    QPainterPath path;
    path.moveTo(box.topLeft());
    path.lineTo(box.bottomRight());
    path.moveTo(box.bottomLeft());
    path.lineTo(box.topRight());
    return path;
}

// The sign for a pause in a ring: the thread stood still.
QPainterPath preemptedMark(const QRectF& box)
{
    QPainterPath path;
    path.addEllipse(box);
    for (const double side : {-0.15, 0.15}) {
        const double x = box.center().x() + side * box.width();
        path.moveTo(x, box.top() + box.height() * 0.3);
        path.lineTo(x, box.bottom() - box.height() * 0.3);
    }
    return path;
}

} // namespace

LedgerTable::LedgerTable(LedgerModel* model, QWidget* parent) : QAbstractItemView(parent), m_model(model)
{
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerItem);
    viewport()->setAutoFillBackground(false);
    viewport()->setMouseTracking(true);
    installLedgerAccessibility();
    setModel(model);
}

void LedgerTable::setReached(Position position)
{
    if (m_reached == position)
        return;
    m_reached = position;
    viewport()->update();
}

int LedgerTable::rowHeight() const
{
    return std::max(static_cast<int>(30 * unitOf(this)), fontMetrics().height() + 4);
}

int LedgerTable::firstRow() const
{
    return verticalScrollBar()->value();
}

int LedgerTable::rowsShown() const
{
    return std::max(1, viewport()->height() / rowHeight());
}

QSize LedgerTable::sizeHint() const
{
    return {static_cast<int>(300 * unitOf(this)), 8 * rowHeight()};
}

QSize LedgerTable::minimumSizeHint() const
{
    return {static_cast<int>(180 * unitOf(this)), 3 * rowHeight()};
}

bool LedgerTable::showsTime() const
{
    return m_columns.time < m_columns.end;
}

int LedgerTable::preemptedMarkWidth() const
{
    return static_cast<int>(22 * unitOf(this));
}

// Columns are as wide as what is shown needs; the numbers of a long run would leave no room for one another.
void LedgerTable::takeColumns()
{
    const double unit = unitOf(this);
    const int gap = static_cast<int>(10 * unit);
    const int width = viewport()->width();
    m_columns = {static_cast<int>(12 * unit), gap, gap, width, width};
    QFont bold = font();
    bold.setBold(true);
    const QFontMetrics boldMetrics(bold);
    const int last = std::min(m_model->rowCount(), firstRow() + rowsShown() + 1);
    int needed[LedgerModel::columns] = {};
    for (int row = firstRow(); row < last; ++row)
        for (int column = 0; column < LedgerModel::columns; ++column) {
            const QModelIndex cell = m_model->index(row, column);
            const QFontMetrics& metrics = column == LedgerModel::UpdateColumn ? boldMetrics : fontMetrics();
            int wide = metrics.horizontalAdvance(cell.data().toString()) + 2;
            if (column == LedgerModel::FateColumn && cell.data(LedgerModel::PreemptedRole).toBool())
                wide += preemptedMarkWidth();
            needed[column] = std::max(needed[column], wide);
        }
    m_columns.value = m_columns.update + needed[LedgerModel::UpdateColumn] + gap;
    m_columns.fate = m_columns.value + needed[LedgerModel::ValueColumn] + gap;
    const int fateEnd = m_columns.fate + static_cast<int>(18 * unit) + needed[LedgerModel::FateColumn];
    m_shortFates = fateEnd > width;
    if (fateEnd + needed[LedgerModel::TimeColumn] + 2 * gap <= width)
        m_columns.time = width - needed[LedgerModel::TimeColumn] - gap;
}

// Where there is no room for "lost to A 3", the cross says "lost to".
QString LedgerTable::fateText(const QModelIndex& fate) const
{
    if (!m_shortFates || fate.data(LedgerModel::SurvivedRole).toBool())
        return fate.data().toString();
    const Ledger& ledger = m_model->history()->ledger();
    return updateText(ledger.name(ledger.update(m_model->positionAt(fate.row())).lostTo));
}

QRect LedgerTable::visualRect(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    // 64 bits: a hundred million rows are more pixels than an int counts.
    const qint64 top = (static_cast<qint64>(index.row()) - firstRow()) * rowHeight();
    if (top < -rowHeight() || top > viewport()->height())
        return {};
    const int edges[] = {0, m_columns.value, m_columns.fate, m_columns.time, m_columns.end};
    const int left = edges[index.column()];
    return {left, static_cast<int>(top), edges[index.column() + 1] - left, rowHeight()};
}

QModelIndex LedgerTable::indexAt(const QPoint& point) const
{
    const int row = firstRow() + point.y() / rowHeight();
    if (point.y() < 0 || row >= m_model->rowCount())
        return {};
    const int column = point.x() < m_columns.value ? LedgerModel::UpdateColumn
                     : point.x() < m_columns.fate  ? LedgerModel::ValueColumn
                     : point.x() < m_columns.time  ? LedgerModel::FateColumn
                                                   : LedgerModel::TimeColumn;
    return m_model->index(row, column);
}

void LedgerTable::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    if (!index.isValid())
        return;
    executeDelayedItemsLayout(); // the scroll bar may not know the rows yet
    const int row = index.row();
    const int shown = rowsShown();
    if (hint == PositionAtTop)
        verticalScrollBar()->setValue(row);
    else if (hint == PositionAtBottom)
        verticalScrollBar()->setValue(row - shown + 1);
    else if (hint == PositionAtCenter)
        verticalScrollBar()->setValue(row - shown / 2);
    else if (row < firstRow())
        verticalScrollBar()->setValue(row);
    else if (row >= firstRow() + shown)
        verticalScrollBar()->setValue(row - shown + 1);
}

QModelIndex LedgerTable::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const int rows = m_model->rowCount();
    if (rows == 0)
        return {};
    const int row = currentIndex().isValid() ? currentIndex().row() : -1;
    int to = row;
    switch (action) {
    case MoveUp:
    case MovePrevious: to = row - 1; break;
    case MoveDown:
    case MoveNext: to = row + 1; break;
    case MovePageUp: to = row - rowsShown(); break;
    case MovePageDown: to = row + rowsShown(); break;
    case MoveHome: to = 0; break;
    case MoveEnd: to = rows - 1; break;
    case MoveLeft:
    case MoveRight: break;
    }
    return m_model->index(std::clamp(to, 0, rows - 1), 0);
}

void LedgerTable::setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags command)
{
    const QModelIndex index = indexAt(rect.center());
    selectionModel()->select(QItemSelection(index, index), command);
}

QRegion LedgerTable::visualRegionForSelection(const QItemSelection& selection) const
{
    QRegion region;
    for (const QItemSelectionRange& range : selection) {
        const int first = std::max(range.top(), firstRow());
        const int last = std::min(range.bottom(), firstRow() + rowsShown() + 1);
        if (first <= last)
            region += QRect(0, (first - firstRow()) * rowHeight(), viewport()->width(),
                            (last - first + 1) * rowHeight());
    }
    return region;
}

void LedgerTable::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const int rows = m_model->rowCount();
    const int height = rowHeight();
    for (int row = firstRow(), top = 0; row < rows && top < viewport()->height(); ++row, top += height)
        paintRow(painter, row, QRect(0, top, viewport()->width(), height));
    if (rows == 0 && m_model->history()) {
        painter.setPen(Theme::of(this).softInk);
        painter.drawText(viewport()->rect().adjusted(8, 8, -8, -8), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                         m_model->emptyText());
    }
}

void LedgerTable::paintRow(QPainter& painter, int row, const QRect& rect) const
{
    const Theme& theme = Theme::of(this);
    const double unit = unitOf(this);
    const QModelIndex index = m_model->index(row, 0);
    const Position position = m_model->positionAt(row);
    const bool survived = index.data(LedgerModel::SurvivedRole).toBool();
    const QRectF inner = QRectF(rect).adjusted(1, 1, -1, -1);

    if (selectionModel()->isRowSelected(row)) {
        QColor tint = theme.accent;
        tint.setAlphaF(theme.dark ? 0.26F : 0.18F);
        painter.setPen(hasFocus() ? QPen(theme.accent, 1.5) : QPen(Qt::NoPen));
        painter.setBrush(tint);
        painter.drawRoundedRect(inner, 3 * unit, 3 * unit);
    }
    paintBracket(painter, row, rect);
    if (position == m_reached) { // where the playback stands
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.ink);
        const double middle = inner.center().y();
        painter.drawPolygon(QPolygonF{{inner.left(), middle - 6 * unit},
                                      {inner.left() + 7 * unit, middle},
                                      {inner.left(), middle + 6 * unit}});
    }
    // What has not happened yet in the replay is there to be read, quietly.
    painter.setOpacity(position > m_reached ? 0.7 : 1.0);
    const auto draw = [&](int column, int from, int to, const QColor& colour, const QFont& textFont) {
        const QRect box(from, rect.top(), to - from, rect.height());
        painter.setFont(textFont);
        painter.setPen(colour);
        const QModelIndex cell = m_model->index(row, column);
        const auto alignment = cell.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
        const QString whole = column == LedgerModel::FateColumn ? fateText(cell) : cell.data().toString();
        const QString text = QFontMetrics(textFont).elidedText(whole, Qt::ElideRight, box.width());
        painter.drawText(box, static_cast<int>(alignment), text);
    };
    const int gap = static_cast<int>(10 * unit);
    QFont bold = font();
    bold.setBold(true);
    draw(LedgerModel::UpdateColumn, m_columns.update, m_columns.value,
         theme.thread(index.data(LedgerModel::ThreadRole).toUInt()), bold);
    draw(LedgerModel::ValueColumn, m_columns.value, m_columns.fate - gap, theme.ink, font());
    const double side = 9 * unit;
    const QRectF mark(m_columns.fate + 1 * unit, rect.center().y() - side / 2 + 0.5, side, side);
    const QColor fate = survived ? theme.survived : theme.lost;
    painter.setPen(QPen(fate, 2 * unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(survived ? survivedMark(mark) : lostMark(mark));
    const int fateLeft = m_columns.fate + static_cast<int>(18 * unit);
    int fateEnd = m_columns.time;
    if (index.data(LedgerModel::PreemptedRole).toBool()) {
        fateEnd -= preemptedMarkWidth();
        const QString text = fateText(m_model->index(row, LedgerModel::FateColumn));
        const double left = std::min(fateLeft + fontMetrics().horizontalAdvance(text), fateEnd) + 7 * unit;
        const double diameter = 13 * unit;
        painter.setPen(QPen(theme.softInk, 1.4 * unit, Qt::SolidLine, Qt::RoundCap));
        painter.drawPath(preemptedMark({left, rect.center().y() - diameter / 2 + 0.5, diameter, diameter}));
    }
    draw(LedgerModel::FateColumn, fateLeft, fateEnd, fate, font());
    if (showsTime())
        draw(LedgerModel::TimeColumn, m_columns.time, m_columns.end - gap / 2, theme.softInk, font());
    painter.setOpacity(1);
}

// Around the updates of a stretch that was measured on the timeline.
void LedgerTable::paintBracket(QPainter& painter, int row, const QRect& rect) const
{
    const auto isIn = [this](int at) {
        return at >= 0 && at < m_model->rowCount() && m_model->isInRange(m_model->positionAt(at));
    };
    if (!isIn(row))
        return;
    const double unit = unitOf(this);
    const double x = rect.left() + 1.5 * unit;
    const double cap = 6 * unit;
    painter.setPen(QPen(Theme::of(this).accent, 2.5 * unit, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom() + 1));
    if (!isIn(row - 1))
        painter.drawLine(QPointF(x, rect.top() + 1.25 * unit), QPointF(x + cap, rect.top() + 1.25 * unit));
    if (!isIn(row + 1))
        painter.drawLine(QPointF(x, rect.bottom() - 0.25 * unit), QPointF(x + cap, rect.bottom() - 0.25 * unit));
}

void LedgerTable::updateGeometries()
{
    takeColumns();
    verticalScrollBar()->setRange(0, std::max(0, m_model->rowCount() - rowsShown()));
    verticalScrollBar()->setPageStep(rowsShown());
    verticalScrollBar()->setSingleStep(1);
    QAbstractItemView::updateGeometries();
}

void LedgerTable::scrollContentsBy(int, int)
{
    takeColumns();
    viewport()->update();
}

void LedgerTable::changeEvent(QEvent* event)
{
    QAbstractItemView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometries();
    viewport()->update();
}

void LedgerTable::focusInEvent(QFocusEvent* event)
{
    // Not the first row by itself: that would select an update nobody chose.
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void LedgerTable::focusOutEvent(QFocusEvent* event)
{
    QAbstractItemView::focusOutEvent(event);
    viewport()->update();
}

} // namespace interleave
