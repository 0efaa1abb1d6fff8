// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/flow_layout.h"

#include <QStyle>
#include <QWidget>
#include <algorithm>

namespace interleave {

FlowLayout::FlowLayout(QWidget* parent) : QLayout(parent) {}

FlowLayout::~FlowLayout()
{
    for (const QLayoutItem* item : m_items)
        delete item;
}

void FlowLayout::addItem(QLayoutItem* item)
{
    m_items.push_back(item);
}

QLayoutItem* FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    QLayoutItem* const item = itemAt(index);
    if (item)
        m_items.erase(m_items.begin() + index);
    return item;
}

QSize FlowLayout::minimumSize() const
{
    QSize widest;
    for (const QLayoutItem* item : m_items)
        if (!item->isEmpty())
            widest = widest.expandedTo(item->sizeHint());
    const QMargins around = contentsMargins();
    return widest + QSize(around.left() + around.right(), around.top() + around.bottom());
}

QSize FlowLayout::sizeHint() const
{
    const QMargins around = contentsMargins();
    return {widthOf(0, count()) + around.left() + around.right(), minimumSize().height()};
}

int FlowLayout::widthOf(int first, int last) const
{
    int width = 0;
    for (int i = first; i < last; ++i)
        if (!itemAt(i)->isEmpty())
            width += (width > 0 ? spacing() : 0) + itemAt(i)->sizeHint().width();
    return width;
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    placed(rect, true);
}

int FlowLayout::placed(const QRect& rect, bool really) const
{
    const QRect room = rect.marginsRemoved(contentsMargins());
    const int trailing = m_firstTrailing < 0 ? count() : m_firstTrailing;
    int y = room.top();
    int used = 0; // of this row
    int height = 0;
    std::vector<std::pair<QLayoutItem*, int>> row; // with their left edges
    bool isTrailing = false;
    const auto finish = [&] {
        const int shift = isTrailing ? std::max(0, room.width() - used) : 0;
        for (const auto& [item, x] : row) {
            const QSize size = item->sizeHint();
            const bool moved = std::find(m_items.begin() + std::min(trailing, count()), m_items.end(), item)
                            != m_items.end();
            const QRect at(room.left() + x + (moved ? shift : 0), y + (height - size.height()) / 2,
                           std::min(size.width(), room.width()), size.height());
            if (really)
                item->setGeometry(QStyle::visualRect(parentWidget()->layoutDirection(), room, at));
        }
        row.clear();
    };
    for (int i = 0; i < count(); ++i) {
        QLayoutItem* const item = itemAt(i);
        if (item->isEmpty())
            continue;
        const QSize size = item->sizeHint();
        const bool begins = i >= trailing && !isTrailing;
        const int needed = begins ? std::min(widthOf(trailing, count()), room.width()) : size.width();
        const int x = row.empty() ? 0 : used + spacing();
        if (!row.empty() && x + needed > room.width()) {
            finish();
            y += height + spacing();
            height = 0;
            used = 0;
        }
        isTrailing = isTrailing || begins;
        const int left = row.empty() ? 0 : used + spacing();
        row.emplace_back(item, left);
        used = left + size.width();
        height = std::max(height, size.height());
    }
    finish();
    return y + height - rect.top() + contentsMargins().bottom();
}

} // namespace interleave
