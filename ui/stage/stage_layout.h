// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"

#include <QPolygonF>
#include <QRectF>
#include <QSizeF>
#include <vector>

namespace interleave {

// How much of a thread is drawn: everything, the essentials, or a letter in a cell of a grid.
enum class CardStyle { Full, Compact, Cell };

// What the layout has to know of the program that ran.
struct StageProgram {
    ThreadIndex threads = 0;
    bool locks = false;     // a lock is taken
    bool locksLoop = false; // around the whole loop, not around each update
    bool sharded = false;   // each thread counts for itself
    friend bool operator==(const StageProgram&, const StageProgram&) = default;
};

// Where the parts of one card are. Parts that a style does not draw are null.
struct CardParts {
    QRectF frame, header, name, phase;
    QRectF stackLabel, mainFrame, innerFrame;
    QRectF registerLabel, registerBox, badge, counterLabel, counter, tally;
    QPointF port; // where values leave for shared memory and arrive
};

// Where everything on the stage is, as arithmetic over its size. `scale` is the size of a design pixel in the top row
// and in shared memory, `cardScale` in the cards, `cellScale` in the grid.
class StageLayout {
public:
    StageLayout() = default;
    // `unit`: device-independent pixels per design pixel that the user asked for.
    StageLayout(QSizeF size, double unit, const StageProgram& program);

    static constexpr int mostEnlarged = 3;

    QSizeF size;
    StageProgram program;
    double scale = 1;
    double cardScale = 1;
    CardStyle style = CardStyle::Full;
    int columns = 0;
    int rows = 0;
    QRectF topRow, cards, channel, caption, shared;
    QRectF code, data, heap;            // the three parts of shared memory, inside `shared`
    QRectF counterBox, lockBox, erased; // inside `data`; null where the program has none
    QRectF shardArea;
    QRectF legend; // of the grid's signs; null where there is no room
    int shardColumns = 0;
    int shardRows = 0;

    [[nodiscard]] ThreadIndex threads() const { return program.threads; }
    // The card or cell of a thread.
    [[nodiscard]] QRectF frame(ThreadIndex thread) const;
    // Cards of the threads that are enlarged above the grid; only with CardStyle::Cell.
    [[nodiscard]] QRectF enlargedFrame(int place) const;
    [[nodiscard]] int enlargedPlaces() const { return m_enlargedPlaces; }
    [[nodiscard]] CardParts parts(const QRectF& frame, CardStyle cardStyle) const;
    // The thread whose card is at a point, noThread if none.
    [[nodiscard]] ThreadIndex threadAt(QPointF point) const;

    // Shards shown at once, the first of them so that `thread` is among them, and the place of a shard.
    [[nodiscard]] int shardsShown() const;
    [[nodiscard]] ThreadIndex firstShardShown(ThreadIndex thread) const;
    [[nodiscard]] QRectF shardFrame(int place) const;

    // The way of a value from the port of a card in `from` to the top of `target`, around other cards.
    [[nodiscard]] QPolygonF route(const QRectF& from, CardStyle cardStyle, const QRectF& target) const;

private:
    void placeShared();
    void placeCards(double unit);
    struct Grid {
        int columns = 1;
        int rows = 1;
        double scale = 0;
    };
    // The grid with the largest cards; or with the fewest rows, of those whose cards are at least `enough` large.
    [[nodiscard]] Grid bestGrid(const QRectF& area, QSizeF least, double gap, double mostScale, double enough) const;

    double m_gap = 0;
    QRectF m_grid; // of the frames
    QSizeF m_frameSize;
    QRectF m_enlargedArea;
    int m_enlargedPlaces = 0;
};

} // namespace interleave
