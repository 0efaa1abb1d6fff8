// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>
#include <vector>

namespace interleave {

// A row of controls that goes on in further rows where it does not fit. Those from the first trailing one on stand at
// the right, together as long as they fit into one row.
class FlowLayout : public QLayout {
    Q_OBJECT

public:
    explicit FlowLayout(QWidget* parent);
    ~FlowLayout() override;

    // What is added from now on is trailing.
    void beginTrailing() { m_firstTrailing = count(); }

    void addItem(QLayoutItem* item) override;
    [[nodiscard]] int count() const override { return static_cast<int>(m_items.size()); }
    [[nodiscard]] QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override { return placed(QRect(0, 0, width, 0), false); }
    [[nodiscard]] QSize minimumSize() const override;
    [[nodiscard]] QSize sizeHint() const override;
    void setGeometry(const QRect& rect) override;

private:
    // Places the items, or only finds out how high they are.
    int placed(const QRect& rect, bool really) const;
    [[nodiscard]] int widthOf(int first, int last) const;

    std::vector<QLayoutItem*> m_items;
    int m_firstTrailing = -1;
};

} // namespace interleave
