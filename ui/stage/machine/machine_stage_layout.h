// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"
#include "stage/card_grid.h"

#include <QPolygonF>
#include <QRectF>
#include <QSizeF>
#include <vector>

namespace interleave {

struct VariableShape {
    int cells = 1;
    int letters = 1; // of the name
    friend bool operator==(const VariableShape&, const VariableShape&) = default;
};

// What the layout has to know of a run of the machine; the same at every step of it.
struct MachineShape {
    ThreadIndex threads = 0;
    CoreIndex cores = 1;
    int registers = 1;                    // shown on a full card, the stack pointer among them
    bool flags = true;                    // the program tests something
    bool counter = false;                 // one cell is the counter
    bool erases = false;                  // updates of it get lost
    int locks = 0;                        // cells that are taken as locks
    int lockLetters = 4;                  // of the longest of their names
    int valueLetters = 6;                 // of the longest value of a register
    std::vector<VariableShape> variables; // every variable that is neither
    bool heap = false;                    // other cells are written to
    bool blocks = false;                  // threads wait for locks, or sleep
    bool brief = false;                   // no code, no heap: of several runs, each shows only what they differ in
    friend bool operator==(const MachineShape&, const MachineShape&) = default;
};

// Where the parts of one card are. Parts that there is no room for are null.
struct MachineCardParts {
    QRectF frame, header, name, phase;
    QRectF stackLabel, stack; // the frames, growing down
    double stackRow = 0;      // height of a row of them
    QRectF stackLine;         // of a compact card: all of it in one line
    QRectF registerLabel;
    std::vector<QRectF> registers; // as many as there is room for; the last one is the stack pointer's
    QRectF flags, counter, tally;  // `counter` is the program counter
    double leftLane = 0;           // values go up and down here, left and right of the registers
    double rightLane = 0;
};

// One cell of a variable, or all that is shown of a lock.
struct MachineVariablePlace {
    QRectF name;
    std::vector<QRectF> cells; // fewer than the variable has where there is no room
    double lane = 0;           // the way down to it, left of it
};

// Where everything on the stage of a machine is, as arithmetic over its size.
class MachineStageLayout : public CardGrid {
public:
    MachineStageLayout() = default;
    MachineStageLayout(QSizeF size, double unit, const MachineShape& shape);

    QSizeF size;
    MachineShape shape;
    bool stackBeside = false; // on a full card the stack is left of the registers, else above them
    QRectF coresLabel, counts, readyLabel, ready, blockedLabel, blocked; // above the cards
    std::vector<QRectF> coreSlots;
    QRectF channel, caption, shared;
    QRectF code, data, heap; // the parts of shared memory; null where it is brief, and of an empty heap
    QRectF counterBox, erased;
    std::vector<QRectF> lockBoxes;               // fewer than there are where there is no room
    QRectF moreLocks;                            // says how many more
    std::vector<MachineVariablePlace> variables; // fewer than there are where there is no room
    QRectF moreVariables;                        // says how many more
    double leastText = 11;                       // pixels of text that can just be read
    double chip = 0;                             // width of a thread's chip in the top row
    double codeRow = 0;                          // height of a row
    double heapRow = 0;

    [[nodiscard]] MachineCardParts parts(const QRectF& frame, CardStyle cardStyle) const;

    // The side of a letter beside the name of a lock that is told of in one line.
    [[nodiscard]] double lockChip() const;
    [[nodiscard]] int codeRows() const;
    [[nodiscard]] QRectF codeLine(int row) const;
    [[nodiscard]] int heapRows() const;
    [[nodiscard]] QRectF heapLine(int row) const;

    // The way of a value from a box on the card in `from` to a box in shared memory, around other cards.
    [[nodiscard]] QPolygonF route(const QRectF& from, CardStyle cardStyle, const QRectF& source,
                                  const QRectF& target) const;
    // The way of the registers from a core into the card in `to`.
    [[nodiscard]] QPolygonF routeFromCore(CoreIndex core, const QRectF& to, CardStyle cardStyle) const;

private:
    void placeTop();
    void placeShared();
    void placeData();
    void placeVariables(const QRectF& area);
    [[nodiscard]] CardSizes::Cards fullCards(bool beside) const;
    [[nodiscard]] QSizeF leastFull(bool beside) const;
    // What two registers beside each other need, in design pixels.
    [[nodiscard]] double registersWidth() const;
    [[nodiscard]] QPolygonF entryInto(const QRectF& target) const;
    void placeFull(MachineCardParts& parts) const;
    void placeCompact(MachineCardParts& parts) const;
    void placeRegisters(MachineCardParts& parts, const QRectF& area, int most, double rowHeight) const;
};

} // namespace interleave
