// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace interleave {

class HelpRowModel;

// Paints the rows of the help: headings, words with meanings and pictures, keys with what they do. A row is as high as
// its text is at this width.
class RowsView : public QListView {
    Q_OBJECT

public:
    explicit RowsView(HelpRowModel& rows, QWidget* parent = nullptr);

    void goTo(const QModelIndex& index);

signals:
    // A letter was typed where nothing is edited.
    void typed(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
};

} // namespace interleave
