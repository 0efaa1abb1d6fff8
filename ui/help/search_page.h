// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "help/help_rows.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace interleave {

class RowsView;

// A page of rows with a field above that narrows them down. Arrows move through the rows while the field has the keys.
class SearchPage : public QWidget {
    Q_OBJECT

public:
    // `name`: of the rows, for who does not see them.
    SearchPage(const QString& name, const QString& hint, QWidget* parent = nullptr);

    [[nodiscard]] HelpRowModel& rows() const { return *m_rows; }
    [[nodiscard]] RowsView& view() const { return *m_view; }
    [[nodiscard]] QLineEdit& field() const { return *m_field; }
    // Shows all rows, and goes to the one with this title.
    void goTo(const QString& title);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void filterBy(const QString& text);
    void takeSizes();

    HelpRowModel* m_rows;
    RowsView* m_view;
    QLineEdit* m_field;
    QLabel* m_count;
};

} // namespace interleave
