// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"

#include <QAbstractItemView>

namespace interleave {

class LedgerModel;

// Shows the rows of a ledger. All rows are equally high and the scroll bar counts rows, so that a hundred million of
// them cost what fits on the screen; QTableView keeps a record for each row and counts pixels in an int.
class LedgerTable : public QAbstractItemView {
    Q_OBJECT

public:
    explicit LedgerTable(LedgerModel* model, QWidget* parent = nullptr);

    // The update that the playback stands at, marked at the left edge. A line parts it from those that are still to come.
    void setReached(Position position);
    // The rightmost column is shown when there is room for it.
    [[nodiscard]] bool showsTime() const;

    [[nodiscard]] QRect visualRect(const QModelIndex& index) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    [[nodiscard]] QModelIndex indexAt(const QPoint& point) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    // How high the table is when it shows so many rows.
    [[nodiscard]] int heightFor(int rows) const;
    // The row that is chosen, to the clipboard.
    void copyRow() const;

signals:
    // The menu of a row asks for what Enter does.
    void jumpWanted(const QModelIndex& index);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    [[nodiscard]] int horizontalOffset() const override { return 0; }
    [[nodiscard]] int verticalOffset() const override { return 0; }
    [[nodiscard]] bool isIndexHidden(const QModelIndex&) const override { return false; }
    void setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags command) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection& selection) const override;
    void paintEvent(QPaintEvent* event) override;
    void updateGeometries() override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Columns {
        int update = 0, value = 0, fate = 0, time = 0, end = 0; // where each begins
    };
    class Headings;
    // How much of a fate there is room for.
    enum class FateRoom { Whole, Short, Mark };
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int headingHeight() const;
    [[nodiscard]] QFont rowFont(bool bold) const;
    void paintHeadings(QPainter& painter, const QRect& rect) const;
    void paintFateMark(QPainter& painter, int standing, const QRectF& box) const;
    [[nodiscard]] int firstRow() const;
    [[nodiscard]] int rowsShown() const;
    void takeColumns();
    void paintBracket(QPainter& painter, int row, const QRect& rect) const;
    void paintRow(QPainter& painter, int row, const QRect& rect) const;
    [[nodiscard]] int preemptedMarkWidth() const; // with the gap before it
    [[nodiscard]] QString fateText(const QModelIndex& fate) const;

    LedgerModel* m_model;
    Headings* m_headings;
    Columns m_columns;
    FateRoom m_fateRoom = FateRoom::Whole;
    int m_pixels = 0; // of the text in the rows: smaller where the numbers would not fit
    Position m_reached = initialPosition;
};

} // namespace interleave
