// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/card_grid.h"

#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

constexpr ThreadIndex mostFull = 8;
constexpr ThreadIndex mostCompact = 24;
constexpr double fullGap = 12;
constexpr double compactGap = 9;
constexpr double enlargedGap = 10;
constexpr QSizeF leastCell{46, 34};
constexpr QSizeF mostCell{90, 62};
constexpr double leastLegend = 130;

} // namespace

double CardGrid::scaleOf(const QSizeF& size, double unit, const QSizeF& design, const QSizeF& least)
{
    const double comfortable = std::min(size.width() / design.width(), size.height() / design.height());
    const double most = std::min(size.width() / least.width(), size.height() / least.height());
    return std::min(std::max(comfortable, 0.8) * unit, most);
}

CardGrid::Fit CardGrid::bestFit(const QRectF& area, QSizeF least, double gap, double mostScale, double enough) const
{
    Fit best;
    const int count = std::max(1, static_cast<int>(m_threads));
    for (int wantedRows = 1; wantedRows <= count && best.scale < enough; ++wantedRows) {
        Fit fit;
        fit.columns = (count + wantedRows - 1) / wantedRows;
        fit.rows = (count + fit.columns - 1) / fit.columns;
        const double width = (area.width() - gap * (fit.columns - 1)) / fit.columns;
        const double height = (area.height() - gap * (fit.rows - 1)) / fit.rows;
        fit.scale = std::min({width / least.width(), height / least.height(), mostScale});
        if (fit.scale > best.scale * 1.04) // one row fewer is worth a little size
            best = fit;
    }
    return best;
}

CardGrid::Fit CardGrid::bestFit(const CardSizes::Cards& sizes, double gap) const
{
    Fit fit = bestFit(cards, sizes.least, gap, sizes.mostScale * scale, sizes.enough * scale);
    if (sizes.comfortableWidth > 0) {
        const double width = (cards.width() - gap * (fit.columns - 1)) / fit.columns;
        fit.scale = std::min(fit.scale, std::max(0.95 * scale, width / sizes.comfortableWidth));
    }
    return fit;
}

double CardGrid::scaleOfFull(const CardSizes::Cards& sizes) const
{
    return bestFit(sizes, fullGap * scale).scale;
}

void CardGrid::placeCards(const CardSizes& sizes)
{
    if (m_threads == 0)
        return;

    Fit fit;
    if (m_threads <= mostFull) {
        style = CardStyle::Full;
        m_gap = fullGap * scale;
        fit = bestFit(sizes.full, m_gap);
    }
    if (m_threads > mostFull || fit.scale < sizes.readable) {
        style = CardStyle::Compact;
        m_gap = compactGap * scale;
        fit = bestFit(sizes.compact, m_gap);
    }
    m_grid = cards;
    QSizeF most;
    if (m_threads > mostCompact || fit.scale < sizes.readable) {
        style = CardStyle::Cell;
        placeEnlarged(sizes);
        m_gap = std::clamp(std::sqrt(m_grid.width() * m_grid.height() / m_threads) * 0.12, 2.0,
                           std::max(2.0, 6 * scale));
        fit = bestFit(m_grid, leastCell, m_gap, 1e9, 1e9);
        most = mostCell * scale;
    } else {
        cardScale = fit.scale;
        most = (style == CardStyle::Full ? sizes.full : sizes.compact).most * cardScale;
    }
    columns = fit.columns;
    rows = fit.rows;

    const double width = std::min((m_grid.width() - m_gap * (columns - 1)) / columns, most.width());
    const double height = std::min((m_grid.height() - m_gap * (rows - 1)) / rows, most.height());
    m_frameSize = QSizeF(width, height);
    const QSizeF used(columns * width + m_gap * (columns - 1), rows * height + m_gap * (rows - 1));
    const double left = m_grid.left() + (style == CardStyle::Cell ? 0 : (m_grid.width() - used.width()) / 2);
    m_grid = QRectF(QPointF(left, m_grid.top() + (m_grid.height() - used.height()) / 2), used);
}

// The enlarged cards stand above the grid; the way down from them is left free on its left side.
void CardGrid::placeEnlarged(const CardSizes& sizes)
{
    const double s = scale;
    const CardSizes::Enlarged& enlarged = sizes.enlarged;
    const QSizeF least = sizes.compact.least;
    cardScale = std::min({enlarged.mostScale * s, cards.height() * enlarged.share / least.height(),
                          cards.width() / (enlarged.across * least.width())});
    const double height = std::min(enlarged.size.height() * cardScale, cards.height() * 0.5);
    const double width = std::min(std::max(enlarged.leastWidth, std::min(enlarged.size.width() * cardScale,
                                                                         (cards.width() - enlargedGap * s) / 2)),
                                  cards.width() - enlarged.indent * s);
    m_enlargedPlaces = std::clamp(static_cast<int>((cards.width() + enlargedGap * s) / (width + enlargedGap * s)), 1,
                                  mostEnlarged);
    m_enlargedArea = QRectF(cards.left() + enlarged.indent * s, cards.top(), width - enlarged.indent / 2 * s, height);
    // Who acts and whose value that is come before the legend, a third card after it.
    const auto legendLeft = [&] { return enlargedFrame(m_enlargedPlaces).left() + 8 * s; };
    const auto fits = [&] { return cards.right() - legendLeft() > leastLegend * s; };
    if (!fits() && m_enlargedPlaces > 2)
        --m_enlargedPlaces;
    if (fits())
        legend = QRectF(legendLeft(), cards.top(), cards.right() - legendLeft(), height);
    m_grid = cards.adjusted(10 * s, height + 12 * s, 0, 0);
}

QRectF CardGrid::frame(ThreadIndex thread) const
{
    if (columns == 0)
        return {};
    const int column = static_cast<int>(thread) % columns;
    const int row = static_cast<int>(thread) / columns;
    return {QPointF(m_grid.left() + column * (m_frameSize.width() + m_gap),
                    m_grid.top() + row * (m_frameSize.height() + m_gap)),
            m_frameSize};
}

QRectF CardGrid::enlargedFrame(int place) const
{
    return m_enlargedArea.translated(place * (m_enlargedArea.width() + enlargedGap * scale), 0);
}

ThreadIndex CardGrid::threadAt(QPointF point) const
{
    if (columns == 0 || !m_grid.contains(point))
        return noThread;
    const int column = static_cast<int>((point.x() - m_grid.left()) / (m_frameSize.width() + m_gap));
    const int row = static_cast<int>((point.y() - m_grid.top()) / (m_frameSize.height() + m_gap));
    const int thread = row * columns + column;
    if (column >= columns || thread >= static_cast<int>(m_threads))
        return noThread;
    return frame(static_cast<ThreadIndex>(thread)).contains(point) ? static_cast<ThreadIndex>(thread) : noThread;
}

ThreadIndex CardGrid::threadAt(QPointF point, const std::vector<ThreadIndex>& enlarged) const
{
    for (std::size_t place = 0; style == CardStyle::Cell && place < enlargedShown(enlarged); ++place) {
        if (enlargedFrame(static_cast<int>(place)).contains(point))
            return enlarged[place];
    }
    return threadAt(point);
}

QRectF CardGrid::cardOf(ThreadIndex thread, const std::vector<ThreadIndex>& enlarged) const
{
    const auto end = enlarged.begin() + static_cast<std::ptrdiff_t>(enlargedShown(enlarged));
    const auto found = std::find(enlarged.begin(), end, thread);
    if (style == CardStyle::Cell && found != end)
        return enlargedFrame(static_cast<int>(found - enlarged.begin()));
    return frame(thread);
}

void CardGrid::leadDown(QPolygonF& way, const QRectF& from, double targetX, double channelY) const
{
    const double x = way.last().x();
    const bool straight = style != CardStyle::Cell && from.bottom() + m_gap > m_grid.bottom();
    if (straight) {
        way << QPointF(x, channelY);
        return;
    }
    const double below = from.bottom() + (style == CardStyle::Cell ? 6 * scale : m_gap / 2);
    double gutter = targetX < x ? from.left() - m_gap / 2 : from.right() + m_gap / 2;
    if (style == CardStyle::Cell)
        gutter = cards.left() + 3 * scale;
    way << QPointF(x, below) << QPointF(gutter, below) << QPointF(gutter, channelY);
}

} // namespace interleave
