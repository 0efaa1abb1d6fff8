// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger/ledger_table.h"

#include "ledger/ledger_accessible.h"
#include "ledger/ledger_model.h"
#include "sentences/names.h"
#include "style/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
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

// Hollow, for what is not so yet, or for now only.
QPainterPath hollowMark(const QRectF& box)
{
    QPainterPath path;
    path.addEllipse(box);
    return path;
}

// Outlined, and broken in the middle.
QPainterPath doomedMark(const QRectF& box)
{
    QPainterPath path;
    path.addEllipse(box);
    const QPointF half(box.width() * 0.22, box.height() * 0.22);
    path.moveTo(box.center() - half);
    path.lineTo(box.center() + half);
    path.moveTo(box.center() + QPointF(-half.x(), half.y()));
    path.lineTo(box.center() + QPointF(half.x(), -half.y()));
    return path;
}

QPainterPath setAsideMark(const QRectF& box)
{
    QPainterPath path;
    path.addPolygon(QPolygonF{{box.center().x(), box.top()},
                              {box.right(), box.center().y()},
                              {box.center().x(), box.bottom()},
                              {box.left(), box.center().y()},
                              {box.center().x(), box.top()}});
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

// The line above the rows that names their columns.
class LedgerTable::Headings : public QWidget {
public:
    explicit Headings(LedgerTable* table) : QWidget(table), m_table(table)
    {
        setObjectName(QStringLiteral("headings"));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        m_table->paintHeadings(painter, rect());
    }

private:
    LedgerTable* m_table;
};

LedgerTable::LedgerTable(LedgerModel* model, QWidget* parent)
    : QAbstractItemView(parent),
      m_model(model),
      m_headings(new Headings(this))
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
    takeColumns();
    viewport()->update();
}

int LedgerTable::rowHeight() const
{
    return std::max(static_cast<int>(24 * unitOf(this)), fontMetrics().height() + 4);
}

int LedgerTable::headingHeight() const
{
    return fontMetrics().height() + 4;
}

int LedgerTable::heightFor(int rows) const
{
    return headingHeight() + rows * rowHeight();
}

QFont LedgerTable::rowFont(bool bold) const
{
    QFont font = this->font();
    if (m_pixels > 0)
        font.setPixelSize(m_pixels);
    font.setBold(bold);
    return font;
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
    return {static_cast<int>(300 * unitOf(this)), heightFor(8)};
}

QSize LedgerTable::minimumSizeHint() const
{
    return {static_cast<int>(180 * unitOf(this)), heightFor(4)};
}

bool LedgerTable::showsTime() const
{
    return m_columns.time < m_columns.end;
}

int LedgerTable::preemptedMarkWidth() const
{
    return static_cast<int>(22 * unitOf(this));
}

// Columns are as wide as what is shown needs; the numbers of a long run would leave no room for one another. Numbers are
// never cut: the time goes first, then the words of a fate beside its mark, and at last the text gets smaller.
void LedgerTable::takeColumns()
{
    const double unit = unitOf(this);
    const int gap = static_cast<int>(10 * unit);
    const int width = viewport()->width();
    const int last = std::min(m_model->rowCount(), firstRow() + rowsShown() + 1);
    const int markWidth = static_cast<int>(18 * unit);
    constexpr int leastPixels = 11;
    m_pixels = QFontInfo(font()).pixelSize();
    while (true) {
        const QFontMetrics metrics(rowFont(false));
        const QFontMetrics boldMetrics(rowFont(true));
        m_columns = {static_cast<int>(12 * unit), gap, gap, width, width};
        int needed[LedgerModel::columns] = {};
        for (int column = 0; column < LedgerModel::columns; ++column)
            needed[column] = metrics.horizontalAdvance(
                                 m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString())
                           + 2;
        int shortFate = 0;
        int sign = 0;
        for (int row = firstRow(); row < last; ++row) {
            for (int column = 0; column < LedgerModel::columns; ++column) {
                const QModelIndex cell = m_model->index(row, column);
                const QFontMetrics& its = column == LedgerModel::UpdateColumn ? boldMetrics : metrics;
                needed[column] = std::max(needed[column], its.horizontalAdvance(cell.data().toString()) + 2);
            }
            const Update update = m_model->history()->ledger().update(m_model->positionAt(row));
            shortFate = std::max(shortFate, metrics.horizontalAdvance(m_model->shortFate(update)) + 2);
            if (m_model->index(row, LedgerModel::FateColumn).data(LedgerModel::PreemptedRole).toBool())
                sign = preemptedMarkWidth();
        }
        m_columns.value = m_columns.update + needed[LedgerModel::UpdateColumn] + gap;
        m_columns.fate = m_columns.value + needed[LedgerModel::ValueColumn] + gap;
        const int fateLeft = m_columns.fate + markWidth;
        const int wholeEnd = fateLeft + needed[LedgerModel::FateColumn] + sign;
        m_fateRoom = wholeEnd <= width                    ? FateRoom::Whole
                   : fateLeft + shortFate + sign <= width ? FateRoom::Short
                                                          : FateRoom::Mark;
        if (wholeEnd + needed[LedgerModel::TimeColumn] + 2 * gap <= width)
            m_columns.time = width - needed[LedgerModel::TimeColumn] - gap;
        if (fateLeft + sign <= width || m_pixels <= leastPixels)
            break;
        --m_pixels;
    }
    m_headings->update();
}

// Where there is no room for "lost to A 3", the mark says "lost to"; where there is still less, it says it all.
QString LedgerTable::fateText(const QModelIndex& fate) const
{
    if (m_fateRoom == FateRoom::Mark)
        return {};
    return m_fateRoom == FateRoom::Whole
             ? fate.data().toString()
             : m_model->shortFate(m_model->history()->ledger().update(m_model->positionAt(fate.row())));
}

void LedgerTable::paintHeadings(QPainter& painter, const QRect& rect) const
{
    const Theme& theme = Theme::of(this);
    const double unit = unitOf(this);
    const int gap = static_cast<int>(10 * unit);
    painter.setPen(QPen(theme.line, 1));
    painter.drawLine(QPointF(rect.left(), rect.bottom() + 0.5), QPointF(rect.right(), rect.bottom() + 0.5));
    painter.setFont(rowFont(false));
    painter.setPen(theme.softInk);
    const auto draw = [&](int column, int from, int to, Qt::Alignment alignment) {
        painter.drawText(QRect(from, rect.top(), to - from, rect.height() - 1),
                         static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextDontClip,
                         m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    };
    draw(LedgerModel::UpdateColumn, m_columns.update, m_columns.value, Qt::AlignLeft);
    draw(LedgerModel::ValueColumn, m_columns.value, m_columns.fate - gap, Qt::AlignRight);
    if (m_fateRoom != FateRoom::Mark)
        draw(LedgerModel::FateColumn, m_columns.fate + static_cast<int>(18 * unit), m_columns.time, Qt::AlignLeft);
    if (showsTime())
        draw(LedgerModel::TimeColumn, m_columns.time, m_columns.end - gap / 2, Qt::AlignRight);
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
    const int standing = index.data(LedgerModel::StandingRole).toInt();
    const QRectF inner = QRectF(rect).adjusted(1, 1, -1, -1);

    if (selectionModel()->isRowSelected(row)) {
        painter.setPen(hasFocus() ? QPen(theme.accent, 1.5) : QPen(Qt::NoPen));
        painter.setBrush(theme.selectionOn(theme.panel));
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
    const bool notYet = standing == LedgerModel::NotYet;
    if (const int other = m_model->newestFirst() ? row + 1 : row - 1;
        notYet && other >= 0 && other < m_model->rowCount() && m_model->positionAt(other) <= m_reached) {
        // Between what has happened and what is still to come.
        painter.setPen(QPen(theme.softInk, 1, Qt::DashLine));
        const double y = m_model->newestFirst() ? rect.bottom() + 0.5 : rect.top() + 0.5;
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y));
    }
    const auto draw = [&](int column, int from, int to, const QColor& colour, const QFont& textFont) {
        const QRect box(from, rect.top(), to - from, rect.height());
        painter.setFont(textFont);
        painter.setPen(colour);
        const QModelIndex cell = m_model->index(row, column);
        const auto alignment = cell.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
        const QString whole = column == LedgerModel::FateColumn ? fateText(cell) : cell.data().toString();
        painter.drawText(box, static_cast<int>(alignment) | Qt::TextDontClip, whole);
    };
    const int gap = static_cast<int>(10 * unit);
    const QFont bold = rowFont(true);
    const QFont plain = rowFont(false);
    draw(LedgerModel::UpdateColumn, m_columns.update, m_columns.value,
         theme.threadText(index.data(LedgerModel::ThreadRole).toUInt()), bold);
    draw(LedgerModel::ValueColumn, m_columns.value, m_columns.fate - gap, notYet ? theme.softInk : theme.ink, plain);
    const double side = 9 * unit;
    const QRectF mark(m_columns.fate + 1 * unit, rect.center().y() - side / 2 + 0.5, side, side);
    paintFateMark(painter, standing, mark);
    const QColor fate = standing == LedgerModel::Counts ? theme.survived
                      : standing == LedgerModel::Lost   ? theme.lost
                      : standing == LedgerModel::NotYet ? theme.softInk
                                                        : theme.ink;
    const int fateLeft = m_columns.fate + static_cast<int>(18 * unit);
    int fateEnd = m_columns.time;
    if (index.data(LedgerModel::PreemptedRole).toBool()) {
        fateEnd -= preemptedMarkWidth();
        const QString text = fateText(m_model->index(row, LedgerModel::FateColumn));
        const double left = std::min(fateLeft + QFontMetrics(plain).horizontalAdvance(text), fateEnd) + 7 * unit;
        const double diameter = 13 * unit;
        painter.setPen(QPen(theme.softInk, 1.4 * unit, Qt::SolidLine, Qt::RoundCap));
        painter.drawPath(preemptedMark({left, rect.center().y() - diameter / 2 + 0.5, diameter, diameter}));
    }
    draw(LedgerModel::FateColumn, fateLeft, fateEnd, fate, plain);
    if (showsTime())
        draw(LedgerModel::TimeColumn, m_columns.time, m_columns.end - gap / 2, theme.softInk, plain);
}

// A tick and a cross for what is so; hollow marks for what will be, or is for now only.
void LedgerTable::paintFateMark(QPainter& painter, int standing, const QRectF& box) const
{
    const Theme& theme = Theme::of(this);
    const double unit = unitOf(this);
    const auto pen = [&](const QColor& colour, double width) {
        return QPen(colour, width * unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    };
    painter.setBrush(Qt::NoBrush);
    switch (standing) {
    case LedgerModel::Counts:
        painter.setPen(pen(theme.survived, 2));
        painter.drawPath(survivedMark(box));
        break;
    case LedgerModel::Lost:
        painter.setPen(pen(theme.lost, 2));
        painter.drawPath(lostMark(box));
        break;
    case LedgerModel::SetAside:
        painter.setPen(pen(theme.ink, 1.5));
        painter.drawPath(setAsideMark(box));
        break;
    case LedgerModel::Doomed:
        painter.setPen(pen(theme.ink, 1.5));
        painter.drawPath(doomedMark(box));
        break;
    default: painter.setPen(pen(theme.softInk, 1.5)); painter.drawPath(hollowMark(box));
    }
}

void LedgerTable::copyRow() const
{
    if (currentIndex().isValid())
        QGuiApplication::clipboard()->setText(m_model->rowText(currentIndex().row()));
}

// The window has a use for this key, too.
bool LedgerTable::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)
        && currentIndex().isValid()) {
        event->accept();
        return true;
    }
    return QAbstractItemView::event(event);
}

void LedgerTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copyRow();
    else
        QAbstractItemView::keyPressEvent(event);
}

void LedgerTable::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const QModelIndex row = byMouse ? indexAt(event->pos()) : currentIndex();
    if (!row.isValid())
        return;
    setCurrentIndex(row);
    QMenu menu(this);
    QAction* const copy = menu.addAction(tr("&Copy row"), this, &LedgerTable::copyRow);
    copy->setShortcut(QKeySequence::Copy);
    const bool survived = row.data(LedgerModel::SurvivedRole).toBool();
    menu.addAction(survived ? tr("&Go to its store") : tr("&Go to the store that it is lost to"), this,
                   [this, row] { emit jumpWanted(row); });
    menu.exec(byMouse ? event->globalPos() : viewport()->mapToGlobal(visualRect(row).center()));
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
    setViewportMargins(0, headingHeight(), 0, 0);
    m_headings->setGeometry(viewport()->x(), viewport()->y() - headingHeight(), viewport()->width(), headingHeight());
    takeColumns();
    verticalScrollBar()->setRange(0, std::max(0, m_model->rowCount() - rowsShown()));
    verticalScrollBar()->setPageStep(rowsShown());
    verticalScrollBar()->setSingleStep(1);
    QAbstractItemView::updateGeometries();
}

// The row where the playback stands stays in sight if it was.
void LedgerTable::resizeEvent(QResizeEvent* event)
{
    const int first = firstRow();
    const int shown = std::max(1, event->oldSize().height() / rowHeight());
    QAbstractItemView::resizeEvent(event);
    const int rows = m_model->rowCount();
    const auto reached = m_reached == initialPosition && rows > 0 ? std::optional(m_model->newestFirst() ? rows - 1 : 0)
                                                                  : m_model->rowOf(m_reached);
    if (reached && *reached >= first && *reached < first + shown)
        scrollTo(m_model->index(*reached, 0));
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
