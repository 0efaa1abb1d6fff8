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

    // The update that the playback stands at, marked at the left edge; later ones are dimmed.
    void setReached(Position position);
    // The rightmost column is shown when there is room for it.
    [[nodiscard]] bool showsTime() const;

    [[nodiscard]] QRect visualRect(const QModelIndex& index) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    [[nodiscard]] QModelIndex indexAt(const QPoint& point) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    [[nodiscard]] int horizontalOffset() const override { return 0; }
    [[nodiscard]] int verticalOffset() const override { return 0; }
    [[nodiscard]] bool isIndexHidden(const QModelIndex&) const override { return false; }
    void setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags command) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection& selection) const override;
    void paintEvent(QPaintEvent* event) override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Columns {
        int update = 0, value = 0, fate = 0, time = 0, end = 0; // where each begins
    };
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int firstRow() const;
    [[nodiscard]] int rowsShown() const;
    void takeColumns();
    void paintBracket(QPainter& painter, int row, const QRect& rect) const;
    void paintRow(QPainter& painter, int row, const QRect& rect) const;
    [[nodiscard]] int preemptedMarkWidth() const; // with the gap before it
    [[nodiscard]] QString fateText(const QModelIndex& fate) const;

    LedgerModel* m_model;
    Columns m_columns;
    bool m_shortFates = false;
    Position m_reached = initialPosition;
};

} // namespace interleave
