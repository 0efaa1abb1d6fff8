// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"

#include <QPolygonF>
#include <QRectF>
#include <QSizeF>
#include <algorithm>
#include <vector>

namespace interleave {

// How much of a thread is drawn: everything, the essentials, or a letter in a cell of a grid.
enum class CardStyle { Full, Compact, Cell };

// How large cards can be: sizes in design pixels, scales relative to that of the stage.
struct CardSizes {
    struct Cards {
        QSizeF least, most;
        double mostScale = 1;
        double enough = 1;           // cards of this scale are not made larger by a further row
        double comfortableWidth = 0; // narrower cards do not grow beyond their normal size
    };
    // The cards above a grid of cells.
    struct Enlarged {
        QSizeF size;
        double mostScale = 1;
        double share = 0.4; // of the height, which the least compact card takes at most
        double across = 2;  // as many of the least compact cards fit side by side
        double indent = 0;
        double leastWidth = 0; // in pixels
    };
    Cards full, compact;
    Enlarged enlarged;
    double readable = 0; // text on cards below this scale, not relative, cannot be read: less is drawn, larger
};

// The cards of all threads in rows, of few threads all that is known of each, of many a cell each with some enlarged
// above them. `scale` is the size of a design pixel on the stage, `cardScale` in the cards.
class CardGrid {
public:
    static constexpr int mostEnlarged = 3;

    double scale = 1;
    double cardScale = 1;
    CardStyle style = CardStyle::Full;
    int columns = 0;
    int rows = 0;
    QRectF cards;  // all of them
    QRectF legend; // of the grid's signs; null where there is no room

    [[nodiscard]] ThreadIndex threads() const { return m_threads; }
    // The card or cell of a thread.
    [[nodiscard]] QRectF frame(ThreadIndex thread) const;
    // Cards of the threads that are enlarged above the grid; only with CardStyle::Cell.
    [[nodiscard]] QRectF enlargedFrame(int place) const;
    [[nodiscard]] int enlargedPlaces() const { return m_enlargedPlaces; }
    // How many of these there is a place for: a picture of another size has other places.
    [[nodiscard]] std::size_t enlargedShown(const std::vector<ThreadIndex>& enlarged) const
    {
        return std::min(enlarged.size(), static_cast<std::size_t>(m_enlargedPlaces));
    }
    // The thread whose card is at a point, noThread if none; the second one with these threads enlarged.
    [[nodiscard]] ThreadIndex threadAt(QPointF point) const;
    [[nodiscard]] ThreadIndex threadAt(QPointF point, const std::vector<ThreadIndex>& enlarged) const;
    // Where a thread's values leave from: its enlarged card if it has one, else its own; and how that is drawn.
    [[nodiscard]] QRectF cardOf(ThreadIndex thread, const std::vector<ThreadIndex>& enlarged) const;
    [[nodiscard]] CardStyle cardStyle() const { return style == CardStyle::Full ? style : CardStyle::Compact; }

protected:
    CardGrid() = default;
    CardGrid(ThreadIndex threads, double scaleOfStage) : scale(scaleOfStage), m_threads(threads) {}
    // The scale of a stage of this size that is made for `design` and needs at least `least`. `unit`: device-independent
    // pixels per design pixel that the user asked for.
    [[nodiscard]] static double scaleOf(const QSizeF& size, double unit, const QSizeF& design, const QSizeF& least);

    // How large full cards of these sizes would be.
    [[nodiscard]] double scaleOfFull(const CardSizes::Cards& sizes) const;
    // Into `cards`.
    void placeCards(const CardSizes& sizes);

    [[nodiscard]] double gap() const { return m_gap; }
    // Leads a way that ends on the card in `from` on to this height in the channel, around the cards below.
    void leadDown(QPolygonF& way, const QRectF& from, double targetX, double channelY) const;

private:
    struct Fit {
        int columns = 1;
        int rows = 1;
        double scale = 0;
    };
    // The grid with the largest cards; or with the fewest rows, of those whose cards are at least `enough` large.
    [[nodiscard]] Fit bestFit(const QRectF& area, QSizeF least, double gap, double mostScale, double enough) const;
    [[nodiscard]] Fit bestFit(const CardSizes::Cards& sizes, double gap) const;
    void placeEnlarged(const CardSizes& sizes);

    ThreadIndex m_threads = 0;
    double m_gap = 0;
    QRectF m_grid; // of the frames
    QSizeF m_frameSize;
    QRectF m_enlargedArea;
    int m_enlargedPlaces = 0;
};

} // namespace interleave
