// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger/ledger_accessible.h"

#include "controls/painted_accessible.h"
#include "ledger/ledger_model.h"
#include "ledger/ledger_table.h"

#include <QItemSelectionModel>

namespace interleave {

namespace {

class Cell : public QAccessibleInterface, public QAccessibleTableCellInterface {
public:
    Cell(LedgerTable* table, const QModelIndex& index) : m_table(table), m_index(index) {}

    [[nodiscard]] bool isValid() const override { return m_table && m_index.isValid(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override { return table(); }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::Cell; }

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        if (kind == QAccessible::Name)
            return m_index.data(Qt::AccessibleTextRole).toString();
        return kind == QAccessible::Description ? m_index.data(Qt::AccessibleDescriptionRole).toString() : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}

    [[nodiscard]] QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect rect = m_table->visualRect(m_index);
        return {m_table->viewport()->mapToGlobal(rect.topLeft()), rect.size()};
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.selectable = true;
        state.focusable = true;
        state.selected = isSelected();
        state.focused = m_table->hasFocus() && m_table->currentIndex() == m_index;
        state.offscreen = !m_table->viewport()->rect().intersects(m_table->visualRect(m_index));
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableCellInterface ? static_cast<QAccessibleTableCellInterface*>(this) : nullptr;
    }

    [[nodiscard]] bool isSelected() const override { return m_table->selectionModel()->isRowSelected(m_index.row()); }
    [[nodiscard]] QList<QAccessibleInterface*> columnHeaderCells() const override { return {}; }
    [[nodiscard]] QList<QAccessibleInterface*> rowHeaderCells() const override { return {}; }
    [[nodiscard]] int columnIndex() const override { return m_index.column(); }
    [[nodiscard]] int rowIndex() const override { return m_index.row(); }
    [[nodiscard]] int columnExtent() const override { return 1; }
    [[nodiscard]] int rowExtent() const override { return 1; }
    [[nodiscard]] QAccessibleInterface* table() const override
    {
        return QAccessible::queryAccessibleInterface(m_table);
    }

private:
    QPointer<LedgerTable> m_table;
    QModelIndex m_index; // the table drops its cells when the model is reset
};

// Children are the cells, row by row: the numbering that QAbstractItemView uses when it tells where the focus went.
class Table : public QAccessibleWidget, public QAccessibleTableInterface {
public:
    explicit Table(LedgerTable* table) : QAccessibleWidget(table, QAccessible::Table), m_table(table) {}

    [[nodiscard]] int childCount() const override { return rowCount() * columnCount(); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        return index < 0 ? nullptr : cellAt(index / columnCount(), index % columnCount());
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override
    {
        const auto* cell = dynamic_cast<const Cell*>(child);
        return cell ? cell->rowIndex() * columnCount() + cell->columnIndex() : -1;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override
    {
        const QModelIndex index = m_table->indexAt(m_table->viewport()->mapFromGlobal(QPoint(x, y)));
        return index.isValid() ? cellAt(index.row(), index.column()) : nullptr;
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override
    {
        const QModelIndex index = m_table->currentIndex();
        return index.isValid() ? cellAt(index.row(), index.column()) : nullptr;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableInterface ? static_cast<QAccessibleTableInterface*>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }

    [[nodiscard]] QAccessibleInterface* caption() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* summary() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* cellAt(int row, int column) const override
    {
        const QModelIndex index = m_table->model()->index(row, column);
        return index.isValid() ? m_cells.child(index, [&] { return new Cell(m_table, index); }) : nullptr;
    }
    [[nodiscard]] int columnCount() const override { return m_table->model()->columnCount(); }
    [[nodiscard]] int rowCount() const override { return m_table->model()->rowCount(); }
    [[nodiscard]] QString columnDescription(int column) const override
    {
        return m_table->model()->headerData(column, Qt::Horizontal).toString();
    }
    [[nodiscard]] QString rowDescription(int row) const override
    {
        const QModelIndex index = m_table->model()->index(row, 0);
        return index.isValid() ? index.data(Qt::AccessibleDescriptionRole).toString() : QString();
    }

    [[nodiscard]] QList<int> selectedRows() const override
    {
        QList<int> rows;
        for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
            rows << index.row();
        return rows;
    }
    [[nodiscard]] int selectedRowCount() const override { return static_cast<int>(selectedRows().size()); }
    [[nodiscard]] int selectedCellCount() const override { return selectedRowCount() * columnCount(); }
    [[nodiscard]] QList<QAccessibleInterface*> selectedCells() const override
    {
        QList<QAccessibleInterface*> cells;
        for (const int row : selectedRows())
            for (int column = 0; column < columnCount(); ++column)
                cells << cellAt(row, column);
        return cells;
    }
    [[nodiscard]] bool isRowSelected(int row) const override { return m_table->selectionModel()->isRowSelected(row); }
    bool selectRow(int row) override
    {
        const QModelIndex index = m_table->model()->index(row, 0);
        m_table->setCurrentIndex(index);
        return index.isValid();
    }
    bool unselectRow(int row) override
    {
        if (isRowSelected(row))
            m_table->selectionModel()->clear();
        return true;
    }
    [[nodiscard]] QList<int> selectedColumns() const override { return {}; }
    [[nodiscard]] int selectedColumnCount() const override { return 0; }
    [[nodiscard]] bool isColumnSelected(int) const override { return false; }
    bool selectColumn(int) override { return false; }
    bool unselectColumn(int) override { return false; }

    void modelChange(QAccessibleTableModelChangeEvent*) override { m_cells.clear(); }

private:
    LedgerTable* m_table;
    mutable AccessibleChildren<QModelIndex> m_cells;
};

} // namespace

void installLedgerAccessibility()
{
    installAccessible<LedgerTable, Table>();
}

} // namespace interleave
