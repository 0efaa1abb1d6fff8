// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stage/card_grid.h"

#include <QPolygonF>
#include <QRectF>
#include <QSizeF>

namespace interleave {

// What the layout has to know of the program that ran.
struct StageProgram {
    ThreadIndex threads = 0;
    bool locks = false;     // a lock is taken
    bool locksLoop = false; // around the whole loop, not around each update
    bool sharded = false;   // each thread counts for itself
    bool erases = true;     // updates get lost
    int valueLetters = 4;   // of the largest value that the counter can have
    int updateLetters = 3;  // of the number of updates of one thread
    friend bool operator==(const StageProgram&, const StageProgram&) = default;
};

// Where the parts of one card are. Parts that a style does not draw are null.
struct CardParts {
    QRectF frame, header, name, phase;
    QRectF stackLabel, mainFrame, innerFrame;
    QRectF registerLabel, registerBox, badge, counterLabel, counter, tally;
    QPointF port; // where values leave for shared memory and arrive
};

// Where everything on the stage is, as arithmetic over its size.
class StageLayout : public CardGrid {
public:
    StageLayout() = default;
    // `unit`: device-independent pixels per design pixel that the user asked for.
    StageLayout(QSizeF size, double unit, const StageProgram& program);

    QSizeF size;
    StageProgram program;
    QRectF topRow, channel, caption, shared;
    QRectF code, data;                  // parts of shared memory, inside `shared`; nothing is on the heap
    QRectF counterBox, lockBox, erased; // inside `data`; null where the program has none
    QRectF shardArea;
    double leastText = 11; // pixels of text that can just be read
    int shardColumns = 0;
    int shardRows = 0;

    [[nodiscard]] CardParts parts(const QRectF& frame, CardStyle cardStyle) const;

    // Shards shown at once, the first of them so that `thread` is among them, and the place of a shard.
    [[nodiscard]] int shardsShown() const;
    [[nodiscard]] ThreadIndex firstShardShown(ThreadIndex thread) const;
    [[nodiscard]] QRectF shardFrame(int place) const;

    // The way of a value from the port of a card in `from` to the top of `target`, around other cards.
    [[nodiscard]] QPolygonF route(const QRectF& from, CardStyle cardStyle, const QRectF& target) const;

private:
    void placeShared();
    [[nodiscard]] double registerPart(double width, double share, double gap) const;
    [[nodiscard]] double leastShard() const;
};

} // namespace interleave
