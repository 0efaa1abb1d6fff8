// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/share_bar.h"

#include "style/theme.h"

#include <QPainter>
#include <algorithm>

namespace interleave {

ShareBar::ShareBar(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ShareBar::setShares(std::uint64_t lost, std::uint64_t expected)
{
    m_lost = expected > 0 ? static_cast<double>(lost) / static_cast<double>(expected) : 0;
    m_known = expected > 0;
    update();
}

QSize ShareBar::sizeHint() const
{
    return {60, static_cast<int>(11 * unitOf(this))};
}

void ShareBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    const double unit = unitOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF all(rect());
    const double radius = 3 * unit;
    if (!m_known) {
        painter.setBrush(theme.line);
        painter.drawRoundedRect(all, radius, radius);
        return;
    }
    // The least loss and the least rest stay visible.
    double lostWidth = all.width() * std::min(m_lost, 1.0);
    if (m_lost > 0)
        lostWidth = std::clamp(lostWidth, 3 * unit, std::max(3 * unit, all.width() - 3 * unit));
    painter.setBrush(theme.survived);
    painter.drawRoundedRect(all.adjusted(0, 0, -lostWidth, 0), radius, radius);
    if (lostWidth > 0) {
        painter.setBrush(theme.lost);
        painter.drawRoundedRect(all.adjusted(all.width() - lostWidth + unit, 0, 0, 0), radius, radius);
    }
}

} // namespace interleave
