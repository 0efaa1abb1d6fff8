// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/machine/machine_stage_layout.h"

#include <algorithm>

namespace interleave {

namespace {

// The size at which a design pixel is a unit, and the least that holds everything.
constexpr QSizeF designSize{840, 560};
constexpr QSizeF designBrief{600, 520};
constexpr QSizeF leastSize{640, 460};
constexpr QSizeF leastBrief{430, 380};
// Below this scale text on a card cannot be read, so less is drawn, larger.
constexpr double leastReadable = 0.86;

constexpr QSizeF leastCompact{120, 68};
constexpr double widestFull = 430;
constexpr double tallestFull = 350;
constexpr double widestCompact = 240;
constexpr double tallestCompact = 190;

constexpr double margin = 16;
constexpr double topGap = 10;
constexpr double coreHeight = 32;
constexpr double queueHeight = 28;
constexpr double channelHeight = 34;
constexpr double wayInChannel = 12;
constexpr double sharedHeight = 164;
constexpr double sharedShare = 0.29; // of a tall stage
constexpr double titleHeight = 24;

// On a full card.
constexpr double headerHeight = 30;
constexpr double labelHeight = 18;
constexpr double registerHeight = 25;
constexpr double stackRowHeight = 19;
constexpr double lineHeight = 19;
constexpr double leastStack = 44;
constexpr double stackWidth = 116; // beside the registers

// Wide enough for so many letters, of a fixed pitch or of any font.
double roomForMono(int letters, double pixels)
{
    return letters * 0.61 * pixels;
}

double roomFor(int letters, double pixels)
{
    return letters * pixels;
}

// Letters of the name of the last of so many threads: A, Z, AA, ALL.
int lettersOf(ThreadIndex threads)
{
    return threads <= 26 ? 1 : threads <= 702 ? 2 : 3;
}

} // namespace

MachineStageLayout::MachineStageLayout(QSizeF wanted, double unit, const MachineShape& ofRun)
    : CardGrid(ofRun.threads,
               scaleOf(wanted, unit, ofRun.brief ? designBrief : designSize, ofRun.brief ? leastBrief : leastSize)),
      size(wanted),
      shape(ofRun)
{
    const double s = scale;
    leastText *= std::min(unit, 1.0);
    chip = std::max(30 * s, roomFor(lettersOf(shape.threads), std::max(leastText, 14.5 * s)) + 8 * s);
    const double inner = size.width() - 2 * margin * s;
    placeTop();
    // Room for a row for each of some variables.
    const bool tall = !shape.brief && (shape.variables.size() > 4 || shape.locks > 4);
    const double high = (shape.brief ? 0.78 : tall ? 1.14 : 1.0) * sharedHeight;
    const double height = std::max(high * s, std::min(size.height() * sharedShare, high * 1.35 * s));
    shared = QRectF(margin * s, size.height() - (margin * 0.7) * s - height, inner, height);
    channel = QRectF(margin * s, shared.top() - channelHeight * s, inner, channelHeight * s);
    cards = QRectF(QPointF(margin * s, ready.bottom() + topGap * s), QPointF(margin * s + inner, channel.top()));
    placeShared();
    CardSizes sizes;
    stackBeside = scaleOfFull(fullCards(true)) >= scaleOfFull(fullCards(false));
    sizes.full = fullCards(stackBeside);
    const double compact = std::max(leastCompact.width(), registersWidth() + 20);
    sizes.compact = {.least = {compact, leastCompact.height()},
                     .most = {std::max(widestCompact, compact), tallestCompact},
                     .mostScale = 1.12,
                     .enough = 1};
    sizes.enlarged = {.size = {std::max(190.0, compact), 96},
                      .mostScale = 1.15,
                      .share = 0.46,
                      .across = 2.1,
                      .indent = 10,
                      .leastWidth = compact * leastReadable * std::min(unit, 1.0)};
    sizes.readable = leastReadable * std::min(unit, 1.0);
    placeCards(sizes);
}

void MachineStageLayout::placeTop()
{
    const double s = scale;
    const QRectF row(margin * s, topGap * s, size.width() - 2 * margin * s, coreHeight * s);
    const double label = 58 * s;
    coresLabel = QRectF(row.left(), row.top(), label - 6 * s, row.height());
    const int cores = std::max(1, static_cast<int>(shape.cores));
    const double gap = (cores > 4 ? 5 : 9) * s;
    // What few cores leave goes to the counts.
    const double least = std::min(row.width() * 0.3, 230 * s);
    const double spare = row.width() - label - 12 * s - cores * 150 * s - gap * (cores - 1);
    const double countsWidth = std::clamp(spare, least, std::max(least, std::min(row.width() * 0.42, 320 * s)));
    counts = QRectF(row.right() - countsWidth, row.top(), countsWidth, row.height());
    const double room = counts.left() - 12 * s - row.left() - label;
    const double width = std::min((room - gap * (cores - 1)) / cores, 210 * s);
    for (int core = 0; core < cores; ++core)
        coreSlots.emplace_back(row.left() + label + core * (width + gap), row.top(), width, row.height());

    const QRectF below(row.left(), row.bottom() + 8 * s, row.width(), queueHeight * s);
    // The lists keep their places, so that a glance finds them again after every step.
    const double share = shape.blocks ? 0.42 : 1;
    readyLabel = QRectF(below.left(), below.top(), label - 6 * s, below.height());
    ready = QRectF(below.left() + label, below.top(), below.width() * share - label - (shape.blocks ? 14 * s : 0),
                   below.height());
    if (shape.blocks) {
        const double left = below.left() + below.width() * share;
        blockedLabel = QRectF(left, below.top(), 64 * s, below.height());
        blocked = QRectF(QPointF(blockedLabel.right() + 4 * s, below.top()), below.bottomRight());
    }
}

void MachineStageLayout::placeShared()
{
    const double s = scale;
    const double pad = 13 * s;
    const QRectF inside = shared.adjusted(pad, 8 * s, -pad, -9 * s);
    const double gap = 24 * s;
    if (shape.brief) {
        data = inside;
    } else {
        const double room = inside.width() - (shape.heap ? 2 : 1) * gap;
        const bool crowded = shape.variables.size() > 2 || shape.locks > 2;
        const double codeWidth = std::min(room * (crowded ? (shape.heap ? 0.3 : 0.34) : 0.38), 400 * s);
        code = QRectF(inside.left(), inside.top(), codeWidth, inside.height());
        double right = inside.right();
        // An empty heap gives up its room.
        if (shape.heap) {
            const double heapWidth = std::min(room * 0.16, 230 * s);
            heap = QRectF(inside.right() - heapWidth, inside.top(), heapWidth, inside.height());
            right = heap.left() - gap;
        }
        data = QRectF(QPointF(code.right() + gap, inside.top()), QPointF(right, inside.bottom()));
        codeRow = std::clamp((code.height() - titleHeight * s) / 9, 18.5 * s, 24 * s);
        heapRow = 23 * s;
    }
    placeData();
    // Over the code: no value's way leads down there.
    if (!shape.brief)
        caption = QRectF(shared.left() + 2 * s, channel.bottom() - 17 * s, code.right() - shared.left(), 15 * s);
}

void MachineStageLayout::placeData()
{
    const double s = scale;
    const double top = data.top() + titleHeight * s;
    const double height = data.bottom() - top;
    const double between = 13 * s;
    const bool others = shape.locks > 0 || !shape.variables.empty();
    const bool crowded = shape.variables.size() > 2 || shape.locks > 2;
    double left = data.left();
    if (shape.counter) {
        const double alone = shape.erases ? 0.58 : 0.8;
        const double beside = crowded ? (shape.erases ? 0.22 : 0.26) : (shape.erases ? 0.3 : 0.36);
        const double width = data.width() * (others ? beside : alone);
        counterBox = QRectF(left, top, std::min(width, (others ? 260 : 460) * s), height);
        left = counterBox.right() + between;
        if (shape.erases) {
            const double room = data.right() - left;
            erased = QRectF(left, top,
                            others ? std::min(room * (crowded ? 0.2 : 0.3), 190 * s) : std::min(room, 240 * s), height);
            left = erased.right() + between;
        }
    }
    if (shape.locks > 0) {
        const double room = data.right() - left;
        const bool lines = shape.locks > 2; // one line each
        const double gap = (lines ? 6 : 11) * s;
        const double area = shape.variables.empty() ? room : room * (lines ? 0.7 : crowded ? 0.31 : 0.46);
        const double least = lines ? std::max(18 * s, leastText + 3) : 50 * s;
        // Padlock, name, who holds it and who waits.
        const double leastWidth = lines ? 42 * s + roomForMono(shape.lockLetters, leastText) + 2.3 * lockChip()
                                        : 50 * s;
        const int mostRows = std::max(1, static_cast<int>((height + gap) / (least + gap)));
        // What is too narrow to be read is not shown at all.
        const int mostColumns = std::max(1, static_cast<int>((area + gap) / (leastWidth + gap)));
        const int lockColumns = std::clamp((shape.locks + mostRows - 1) / mostRows, 1, mostColumns);
        const int lockRows = std::min(mostRows, (shape.locks + lockColumns - 1) / lockColumns);
        const double width = std::min((area - gap * (lockColumns - 1)) / lockColumns, 190 * s);
        const double boxHeight = std::min((height - gap * (lockRows - 1)) / lockRows, (lines ? 30 : 112) * s);
        for (int i = 0; i < std::min(shape.locks, lockColumns * lockRows); ++i)
            lockBoxes.emplace_back(left + (i % lockColumns) * (width + gap),
                                   top + (i / lockColumns) * (boxHeight + gap), width, boxHeight);
        // The last place says how many there is no place for.
        if (shape.locks > lockColumns * lockRows) {
            moreLocks = lockBoxes.back();
            lockBoxes.pop_back();
        }
        left += lockColumns * width + (lockColumns - 1) * gap + between;
    }
    if (!shape.variables.empty() && data.right() - left > 24 * s)
        placeVariables(QRectF(QPointF(left, top), data.bottomRight()));
}

void MachineStageLayout::placeVariables(const QRectF& area)
{
    const double s = scale;
    const double rowGap = 7 * s;
    const double columnGap = 16 * s;
    const int count = static_cast<int>(shape.variables.size());
    const double leastRow = std::max(18 * s, leastText + 3);
    const double leastColumn = std::min(area.width(), 118 * s);
    const int mostRows = std::max(1, static_cast<int>((area.height() + rowGap) / (leastRow + rowGap)));
    const int mostColumns = std::max(1, static_cast<int>((area.width() + columnGap) / (leastColumn + columnGap)));
    const bool tooMany = count > mostRows * mostColumns;
    const double usable = area.height() - (tooMany ? 16 * s : 0);
    const int fittingRows = tooMany ? std::max(1, static_cast<int>((usable + rowGap) / (leastRow + rowGap))) : mostRows;
    const int variableColumns = std::clamp((count + fittingRows - 1) / fittingRows, 1, mostColumns);
    const int variableRows = std::min(fittingRows, (count + variableColumns - 1) / variableColumns);
    const int shown = std::min(count, variableRows * variableColumns);
    const double width = std::min((area.width() - columnGap * (variableColumns - 1)) / variableColumns, 380 * s);
    const double height = std::min((usable - rowGap * (variableRows - 1)) / variableRows, 34 * s);
    for (int i = 0; i < shown; ++i) {
        const double left = area.left() + (i / variableRows) * (width + columnGap);
        const QRectF row(left, area.top() + (i % variableRows) * (height + rowGap), width, height);
        MachineVariablePlace place;
        // The name, its address if there is room for that, and then the cells.
        const VariableShape& variable = shape.variables[static_cast<std::size_t>(i)];
        const double pixels = std::max(leastText, std::min(14 * s, row.height() * 0.62));
        const double letters = roomForMono(variable.letters, pixels) + 2 * s;
        const double address = std::max(30 * s, 5 * 0.61 * leastText);
        const int cells = std::max(1, variable.cells);
        const double cellGap = 3 * s;
        const double wanted = cells * ((cells == 1 ? 44 : 24) * s + cellGap);
        const double nameWidth = letters + address + wanted + 6 * s <= width ? std::max(letters + address, width * 0.3)
                                                                             : std::min(letters, width * 0.5);
        const double leastCell = std::max(17 * s, roomForMono(2, leastText) + 5 * s);
        const auto fitting = [&](double besideName) {
            const double room = row.width() - besideName - 6 * s;
            return std::clamp(static_cast<int>((room + cellGap) / (leastCell + cellGap)), 1, cells);
        };
        // Where only a part of an array is shown, its name says which.
        const double used = fitting(nameWidth) < cells ? std::min(letters + roomForMono(6, pixels), width * 0.6)
                                                       : nameWidth;
        const int shownCells = fitting(used);
        place.name = QRectF(row.topLeft(), QSizeF(used, row.height()));
        place.lane = left - 6 * s;
        const double room = row.right() - place.name.right() - 6 * s;
        const double cell = std::min((room - cellGap * (shownCells - 1)) / shownCells, (cells == 1 ? 120 : 64) * s);
        for (int k = 0; k < shownCells; ++k)
            place.cells.emplace_back(place.name.right() + 6 * s + k * (cell + cellGap), row.top(), cell, row.height());
        variables.push_back(std::move(place));
    }
    if (shown < count)
        moreVariables = QRectF(area.left(), area.bottom() - 15 * s, area.width(), 15 * s);
}

int MachineStageLayout::codeRows() const
{
    return code.isNull() ? 0 : std::max(1, static_cast<int>((code.height() - titleHeight * scale + 0.01) / codeRow));
}

QRectF MachineStageLayout::codeLine(int row) const
{
    return {code.left(), code.top() + titleHeight * scale + row * codeRow, code.width(), codeRow};
}

int MachineStageLayout::heapRows() const
{
    return heap.isNull() ? 0 : std::max(1, static_cast<int>((heap.height() - titleHeight * scale + 0.01) / heapRow));
}

QRectF MachineStageLayout::heapLine(int row) const
{
    return {heap.left(), heap.top() + titleHeight * scale + row * heapRow, heap.width(), heapRow - 3 * scale};
}

double MachineStageLayout::registersWidth() const
{
    return 2 * (31 + roomForMono(shape.valueLetters, 13)) + 6;
}

double MachineStageLayout::lockChip() const
{
    return std::max(16 * scale, leastText + 2);
}

QSizeF MachineStageLayout::leastFull(bool beside) const
{
    const int registerRows = (shape.registers + 1) / 2;
    const double registers = labelHeight + registerRows * registerHeight + (shape.flags ? lineHeight : 0) + lineHeight;
    const double stack = labelHeight + leastStack;
    const double tally = shape.counter ? lineHeight : 0;
    const double fixed = headerHeight + 5 + tally + 8;
    const double width = registersWidth() + 24;
    return beside ? QSizeF(width + stackWidth + 20, fixed + std::max(registers, stack))
                  : QSizeF(width, fixed + registers + stack + 5);
}

CardSizes::Cards MachineStageLayout::fullCards(bool beside) const
{
    return {.least = leastFull(beside),
            .most = {std::max(widestFull, leastFull(beside).width()), tallestFull},
            // Where little is on a card it grows more; where there are calls, the room is for the stack.
            .mostScale = shape.registers <= 3 && !shape.flags ? 1.7 : 1.3,
            .enough = 0.95};
}

void MachineStageLayout::placeRegisters(MachineCardParts& p, const QRectF& area, int most, double rowHeight) const
{
    const double c = cardScale;
    const double gap = 6 * c;
    const int count = std::min(shape.registers, most);
    const int used = std::min(count, 2);
    const double width = (area.width() - gap * (used - 1)) / std::max(1, used);
    for (int i = 0; i < count; ++i)
        p.registers.emplace_back(area.left() + (i % 2) * (width + gap), area.top() + (i / 2) * rowHeight, width,
                                 rowHeight - 4 * c);
}

void MachineStageLayout::placeFull(MachineCardParts& p) const
{
    const double c = cardScale;
    const QRectF& frame = p.frame;
    p.header = QRectF(frame.topLeft(), QSizeF(frame.width(), headerHeight * c));
    const QRectF inside = frame.adjusted(12 * c, headerHeight * c + 5 * c, -12 * c, -6 * c);
    QRectF body = inside;
    if (shape.counter) {
        p.tally = QRectF(body.left(), body.bottom() - lineHeight * c, body.width(), lineHeight * c);
        body.setBottom(p.tally.top());
    }
    const int registerRows = (shape.registers + 1) / 2;
    // The instruction has a line of its own where there is one to spare.
    const bool spare = frame.height() >= (leastFull(stackBeside).height() + lineHeight) * c;
    const double counterHeight = lineHeight * c * (spare ? 2 : 1);
    const double lines = counterHeight + (shape.flags ? lineHeight * c : 0);
    QRectF stack = body;
    QRectF registers = body;
    if (stackBeside) {
        const double middle = std::clamp(body.left() + body.width() * 0.48, body.left() + (stackWidth + 10) * c,
                                         std::max(body.left() + (stackWidth + 10) * c,
                                                  body.right() - (registersWidth() + 10) * c));
        stack.setRight(middle - 10 * c);
        registers.setLeft(middle + 10 * c);
        p.tally.setLeft(shape.counter ? registers.left() : p.tally.left()); // the way down stays free
    } else {
        const double least = labelHeight * c + registerRows * registerHeight * c + lines;
        stack.setBottom(body.bottom() - least - 5 * c);
        registers.setTop(body.bottom() - least);
    }
    p.stackLabel = QRectF(stack.left(), stack.top(), stack.width(), labelHeight * c);
    p.stack = QRectF(QPointF(stack.left(), p.stackLabel.bottom()), stack.bottomRight());
    p.stackRow = std::clamp(p.stack.height() / 8, stackRowHeight * c, 1.2 * stackRowHeight * c);
    p.registerLabel = QRectF(registers.left(), registers.top(), registers.width(), labelHeight * c);
    const QRectF area(QPointF(registers.left(), p.registerLabel.bottom()),
                      QPointF(registers.right(), registers.bottom() - lines));
    const double rowHeight = std::min(area.height() / registerRows, (stackBeside ? 42 : registerHeight) * c);
    placeRegisters(p, area, shape.registers, rowHeight);
    double y = area.top() + registerRows * rowHeight;
    if (shape.flags) {
        p.flags = QRectF(registers.left(), y, registers.width(), lineHeight * c);
        y += lineHeight * c;
    }
    p.counter = QRectF(registers.left(), y, registers.width(), counterHeight);
    p.leftLane = registers.left() - (stackBeside ? 9 : 6) * c;
    p.rightLane = frame.right() - 6 * c;
}

void MachineStageLayout::placeCompact(MachineCardParts& p) const
{
    const double c = cardScale;
    const QRectF& frame = p.frame;
    p.header = QRectF(frame.topLeft(), QSizeF(frame.width(), 23 * c));
    const double row = 18 * c;
    const double registersRow = 24 * c;
    QRectF body = frame.adjusted(10 * c, 25 * c, -10 * c, -4 * c);
    const auto take = [&body](double height) {
        const QRectF taken(body.left(), body.top(), body.width(), height);
        body.setTop(taken.bottom());
        return taken;
    };
    const auto takeLast = [&body](double height) {
        const QRectF taken(body.left(), body.bottom() - height, body.width(), height);
        body.setBottom(taken.top());
        return taken;
    };
    p.counter = takeLast(row);
    // What is left for anything beside one row of registers.
    const auto spare = [&](double height) { return body.height() >= registersRow + height - 0.01; };
    if (spare(row))
        p.stackLine = take(row);
    if (spare(row))
        p.registerLabel = take(row);
    const int wantedRows = (shape.registers + 1) / 2;
    const int fittingRows = std::clamp(static_cast<int>((body.height() + 0.01) / registersRow), 1, wantedRows);
    const double used = std::min(registersRow, body.height() / fittingRows);
    const QRectF area(body.left(), body.top(), body.width(), fittingRows * used);
    // A single row is for the general registers: where the stack pointer is, the line above tells.
    placeRegisters(p, area, fittingRows * 2, used);
    body.setTop(area.bottom());
    if (body.height() >= 0.75 * row) // a line of its own for the instruction
        p.counter = p.counter.united(takeLast(std::min(row, body.height())));
    if (shape.counter && body.height() >= row)
        p.tally = takeLast(row);
    p.leftLane = frame.left() + 4 * c;
    p.rightLane = frame.right() - 4 * c;
}

MachineCardParts MachineStageLayout::parts(const QRectF& frame, CardStyle cardStyle) const
{
    MachineCardParts p;
    p.frame = frame;
    if (cardStyle == CardStyle::Cell)
        return p;
    if (cardStyle == CardStyle::Full)
        placeFull(p);
    else
        placeCompact(p);
    const double pad = 10 * cardScale;
    const double middle = p.header.left() + p.header.width() * 0.5;
    p.name = QRectF(QPointF(p.header.left() + pad, p.header.top()), QPointF(middle, p.header.bottom()));
    p.phase = QRectF(QPointF(middle, p.header.top()), QPointF(p.header.right() - pad, p.header.bottom()));
    return p;
}

QPolygonF MachineStageLayout::entryInto(const QRectF& target) const
{
    const double channelY = channel.top() + wayInChannel * scale;
    const bool first = target.top() < data.top() + (titleHeight + 2) * scale;
    const auto isTarget = [&target](const QRectF& box) { return box.center() == target.center(); };
    if (!heap.isNull() && heap.contains(target.center())) {
        const double lane = heap.left() - 6 * scale;
        return {QPointF(lane, channelY), QPointF(lane, target.center().y()),
                QPointF(target.left(), target.center().y())};
    }
    for (const MachineVariablePlace& variable : variables) {
        if (first || std::none_of(variable.cells.begin(), variable.cells.end(), isTarget))
            continue;
        const double above = target.top() - 3.5 * scale;
        return {QPointF(variable.lane, channelY), QPointF(variable.lane, above), QPointF(target.center().x(), above),
                QPointF(target.center().x(), target.top())};
    }
    if (!first) {
        const double lane = target.left() - 5.5 * scale;
        return {QPointF(lane, channelY), QPointF(lane, target.center().y()),
                QPointF(target.left(), target.center().y())};
    }
    return {QPointF(target.center().x(), channelY), QPointF(target.center().x(), target.top())};
}

QPolygonF MachineStageLayout::route(const QRectF& from, CardStyle cardStyle, const QRectF& source,
                                    const QRectF& target) const
{
    const MachineCardParts card = parts(from, cardStyle);
    const QPolygonF entry = entryInto(target);
    const double channelY = entry.first().y();
    const bool left = source.center().x() < (card.leftLane + card.rightLane) / 2;
    const double lane = left ? card.leftLane : card.rightLane;
    QPolygonF way{QPointF(left ? source.left() : source.right(), source.center().y()),
                  QPointF(lane, source.center().y())};
    leadDown(way, from, entry.first().x(), channelY);
    way << entry;
    return way;
}

QPolygonF MachineStageLayout::routeFromCore(CoreIndex core, const QRectF& to, CardStyle cardStyle) const
{
    const QRectF slot = coreSlots[std::min<std::size_t>(core, coreSlots.size() - 1)];
    const MachineCardParts card = parts(to, cardStyle);
    const QPointF goal = card.registers.empty() ? to.center()
                                                : card.registers.front().united(card.registers.back()).center();
    const double under = cards.top() - topGap * scale / 2;
    QPolygonF way{QPointF(slot.center().x(), slot.bottom())};
    // Down beside the queue, and past the cards of the rows above.
    const bool topRow = to.top() < cards.top() + (cards.height() / std::max(1, rows)) * 0.5 || style == CardStyle::Cell;
    way << QPointF(slot.center().x(), under);
    if (topRow) {
        way << QPointF(goal.x(), under);
    } else {
        const double gutter = to.left() - gap() / 2;
        way << QPointF(gutter, under) << QPointF(gutter, to.top() - gap() / 2)
            << QPointF(goal.x(), to.top() - gap() / 2);
    }
    way << goal;
    return way;
}

} // namespace interleave
