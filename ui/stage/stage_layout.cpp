// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/stage_layout.h"

#include <algorithm>

namespace interleave {

namespace {

// The size at which a design pixel is a unit, and the least that holds everything.
constexpr QSizeF designSize{840, 560};
constexpr QSizeF leastSize{560, 400};
// Below this scale text on a card cannot be read, so less is drawn, larger.
constexpr double leastReadable = 0.86;

constexpr QSizeF leastFull{148, 150};
// From this width on all words of a full card fit, so it grows beyond the normal size only when it has that.
constexpr double comfortableFullWidth = 180;
constexpr double comfortableFull = 214;
constexpr double widestFull = 300;
constexpr double tallestFull = 320;
constexpr QSizeF leastCompact{104, 72};
constexpr double comfortableCompactWidth = 128;
constexpr double widestCompact = 190;
constexpr double tallestCompact = 130;

constexpr double margin = 16;
constexpr double topRowHeight = 30;
constexpr double rowGap = 12;
constexpr double channelHeight = 46;
constexpr double wayInChannel = 16;
constexpr double sharedHeight = 142;

// Wide enough for so many digits, separators and letters, of any font.
double roomFor(int letters, double pixels)
{
    return letters * 0.66 * pixels;
}

constexpr double valuePixels = 13;  // the least size of a value in design pixels on a card that can be read
constexpr double counterWidth = 46; // of the instruction that is next

// What a card needs to show the largest values.
double registerWidth(const StageProgram& program)
{
    return roomFor(program.valueLetters, valuePixels) + 12;
}

double mixed(double from, double to, double k)
{
    return from + (to - from) * k;
}

} // namespace

StageLayout::StageLayout(QSizeF wanted, double unit, const StageProgram& ofProgram)
    : CardGrid(ofProgram.threads, scaleOf(wanted, unit, designSize, leastSize)),
      size(wanted),
      program(ofProgram)
{
    const double s = scale;
    leastText *= std::min(unit, 1.0);
    const double inner = size.width() - 2 * margin * s;
    topRow = QRectF(margin * s, rowGap * s, inner, topRowHeight * s);
    // Shared memory takes its share of a tall stage.
    const double height = std::max(sharedHeight * s, std::min(size.height() * 0.24, sharedHeight * 1.3 * s));
    shared = QRectF(margin * s, size.height() - (margin * 0.75) * s - height, inner, height);
    channel = QRectF(margin * s, shared.top() - channelHeight * s, inner, channelHeight * s);
    cards = QRectF(QPointF(margin * s, topRow.bottom() + rowGap * s), QPointF(margin * s + inner, channel.top()));
    placeShared();
    CardSizes sizes;
    const double values = registerWidth(program) + counterWidth;
    const double tally = roomFor(program.updateLetters, valuePixels) + 18;
    const double widestCard = std::max(leastCompact.width(), 14 + std::max(values + 6, tally + 18));
    sizes.full = {.least = {std::max(leastFull.width(), 20 + std::max(values + 10, tally + 24)), leastFull.height()},
                  .most = {widestFull, tallestFull},
                  .mostScale = 1.4,
                  .enough = 0.92,
                  .comfortableWidth = comfortableFullWidth};
    sizes.compact = {.least = {widestCard, leastCompact.height()},
                     .most = {std::max(widestCompact, widestCard), tallestCompact},
                     .mostScale = 1.5,
                     .enough = 1.5,
                     .comfortableWidth = comfortableCompactWidth};
    sizes.enlarged = {.size = {std::max(widestCompact, widestCard), 80},
                      .mostScale = 1.25,
                      .share = 0.4,
                      .across = 2.2,
                      .leastWidth = widestCard * leastReadable * std::min(unit, 1.0)};
    sizes.readable = leastReadable * std::min(unit, 1.0);
    placeCards(sizes);
}

void StageLayout::placeShared()
{
    const double s = scale;
    const double pad = 14 * s;
    const QRectF inside = shared.adjusted(pad, 9 * s, -pad, -10 * s);
    const double gap = 24 * s;
    const double room = inside.width() - gap;
    const double codeWidth = std::min(room * 0.36, 380 * s);
    code = QRectF(inside.left(), inside.top(), codeWidth, inside.height());
    data = QRectF(QPointF(code.right() + gap, inside.top()), inside.bottomRight());

    const double top = data.top() + 26 * s;
    const double boxHeight = data.bottom() - top - 2 * s;
    const double between = 14 * s;
    double left = data.left();
    // The counter's value can be read whatever else there is.
    const double value = roomFor(program.valueLetters, std::max(leastText, 14 * s)) + 24 * s;
    if (program.locks) {
        lockBox = QRectF(left, top, std::min({data.width() * 0.34, 210 * s, data.width() - value - between}),
                         boxHeight);
        left = lockBox.right() + between;
    }
    const double rest = data.right() - left;
    if (program.sharded) {
        counterBox = QRectF(left, top, std::max(value, std::min(rest * 0.34, 200 * s)), boxHeight);
        shardArea = QRectF(QPointF(counterBox.right() + between, top), QPointF(data.right(), top + boxHeight - 15 * s));
        const double shardGap = 9 * s;
        // As many as are there, as large as they can be, down to the size that can be read.
        const double leastWidth = leastShard();
        const double leastHeight = std::max(34 * s, 28.0 * std::min(s, 1.0));
        const int mostColumns = std::max(1, static_cast<int>((shardArea.width() + shardGap) / (leastWidth + shardGap)));
        const int mostRows = std::max(1, static_cast<int>((shardArea.height() + shardGap) / (leastHeight + shardGap)));
        const int count = std::max(1, static_cast<int>(program.threads));
        shardRows = std::clamp((count + mostColumns - 1) / mostColumns, 1, mostRows);
        shardColumns = std::clamp((count + shardRows - 1) / shardRows, 1, mostColumns);
    } else if (program.erases) {
        // An erased value with its signs, as tall as can be read.
        const double token = roomFor(program.valueLetters, leastText) + 36;
        const double erasedWidth = std::max(token, std::min(rest * (program.locks ? 0.3 : 0.42), 300 * s));
        counterBox = QRectF(left, top, std::min(std::max(value, rest - erasedWidth - between), 420 * s), boxHeight);
        erased = QRectF(counterBox.right() + between, top,
                        std::min(erasedWidth, data.right() - counterBox.right() - between), boxHeight);
    } else {
        counterBox = QRectF(left, top, std::min(rest, 420 * s), boxHeight);
    }
    // Beside the way down to the counter.
    const double captionLeft = counterBox.center().x() + 10 * s;
    caption = QRectF(captionLeft, channel.bottom() - 19 * s, shared.right() - captionLeft - 2 * s, 17 * s);
}

// Of a line of this width: a share of it, or what the largest value needs, as far as the instruction leaves that.
double StageLayout::registerPart(double width, double share, double gap) const
{
    const double scaled = std::max(cardScale, leastReadable * std::min(1.0, leastText / 11));
    const double most = std::max(width * share, width - counterWidth * scaled - gap);
    return std::clamp(registerWidth(program) * scaled, width * share, most);
}

CardParts StageLayout::parts(const QRectF& frame, CardStyle cardStyle) const
{
    CardParts p;
    p.frame = frame;
    if (cardStyle == CardStyle::Cell)
        return p;
    const double c = cardScale;
    const bool full = cardStyle == CardStyle::Full;
    const double pad = (full ? 10 : 7) * c;
    const QRectF inside = frame.adjusted(pad, 0, -pad, 0);
    const auto row = [&inside](double top, double height) {
        return QRectF(inside.left(), top, inside.width(), height);
    };
    const auto leftOf = [](const QRectF& r, double width) { return QRectF(r.topLeft(), QSizeF(width, r.height())); };
    const auto rightOf = [](const QRectF& r, double from) { return r.adjusted(from, 0, 0, 0); };

    if (!full) {
        // A compact card is stretched evenly.
        const double k = std::clamp((frame.height() / c - leastCompact.height()) / 32, 0.0, 1.0);
        p.header = QRectF(frame.topLeft(), QSizeF(frame.width(), mixed(23, 28, k) * c));
        p.name = leftOf(QRectF(inside.left(), p.header.top(), inside.width(), p.header.height()),
                        inside.width() * 0.36);
        p.phase = rightOf(QRectF(inside.left(), p.header.top(), inside.width(), p.header.height()),
                          p.name.width() + 3 * c);
        p.tally = row(p.header.bottom() + mixed(2, 6, k) * c, 16 * c);
        p.badge = leftOf(p.tally, 16 * c);
        p.tally = rightOf(p.tally, 18 * c);
        const double boxHeight = mixed(25, 32, k) * c;
        const QRectF line = row(frame.bottom() - mixed(5, 9, k) * c - boxHeight, boxHeight);
        const double value = registerPart(line.width(), 0.5, 6 * c);
        p.registerBox = leftOf(line, value);
        p.counter = rightOf(line, value + 6 * c);
        p.port = QPointF(p.registerBox.left() + p.registerBox.width() * 0.5, p.registerBox.bottom());
        return p;
    }

    const double k = std::clamp((frame.height() / c - leastFull.height()) / (comfortableFull - leastFull.height()), 0.0,
                                1.0);
    // What is left of a tall card goes to the figures, and to the stack to grow into.
    const double more = std::clamp((frame.height() / c - comfortableFull) / 90, 0.0, 1.0);
    p.header = QRectF(frame.topLeft(), QSizeF(frame.width(), mixed(27, 34, k) * c));
    const QRectF title(inside.left(), p.header.top(), inside.width(), p.header.height());
    p.name = leftOf(title, inside.width() * 0.5);
    p.phase = rightOf(title, p.name.width() + 4 * c);
    double top = p.header.bottom() + mixed(5, 9, k) * c;
    if (k > 0.85) {
        p.stackLabel = row(top, 16 * c);
        top = p.stackLabel.bottom() + 2 * c;
    }
    const double frameHeight = (mixed(20, 27, k) + 4 * more) * c;
    p.mainFrame = row(top, frameHeight);
    p.innerFrame = row(p.mainFrame.bottom() + mixed(2.5, 4, k) * c, frameHeight);
    const double footer = 17 * c;
    p.tally = row(frame.bottom() - mixed(4, 9, k) * c - footer, footer);
    const double boxHeight = (mixed(30, 40, k) + 14 * more) * c;
    const double boxTop = p.tally.top() - mixed(3, 9, k) * c - boxHeight;
    const QRectF line = row(boxTop, boxHeight);
    const double value = registerPart(line.width(), 0.47, 10 * c);
    p.registerBox = leftOf(line, value);
    const QRectF counterSide = rightOf(line, value + 10 * c);
    const QRectF labels = row(boxTop - 17 * c, 16 * c);
    p.registerLabel = leftOf(labels, line.width() * 0.62);
    p.badge = rightOf(labels, line.width() * 0.64);
    p.counterLabel = QRectF(counterSide.topLeft(), QSizeF(counterSide.width(), boxHeight * 0.42));
    p.counter = QRectF(QPointF(counterSide.left(), p.counterLabel.bottom()), counterSide.bottomRight());
    p.port = QPointF(p.registerBox.left() + std::min(p.registerBox.width() * 0.5, 14 * c), p.registerBox.bottom());
    p.tally.setLeft(p.port.x() + 9 * c);
    return p;
}

// Its value and the letters of its thread can be read.
double StageLayout::leastShard() const
{
    return std::max(34 * scale, roomFor(std::max(program.updateLetters, 4), leastText) + 9 * scale);
}

int StageLayout::shardsShown() const
{
    return std::min(shardColumns * shardRows, static_cast<int>(program.threads));
}

ThreadIndex StageLayout::firstShardShown(ThreadIndex thread) const
{
    const auto shown = static_cast<ThreadIndex>(shardsShown());
    if (shown == 0 || thread >= program.threads)
        return 0;
    return std::min(thread / shown * shown, program.threads - shown);
}

QRectF StageLayout::shardFrame(int place) const
{
    const double gap = 9 * scale;
    const double width = std::min((shardArea.width() - gap * (shardColumns - 1)) / shardColumns,
                                  std::max(96 * scale, leastShard()));
    const double height = std::min((shardArea.height() - gap * (shardRows - 1)) / shardRows, 62 * scale);
    return {shardArea.left() + (place % shardColumns) * (width + gap),
            shardArea.top() + (place / shardColumns) * (height + gap), width, height};
}

QPolygonF StageLayout::route(const QRectF& from, CardStyle cardStyle, const QRectF& target) const
{
    const CardParts card = parts(from, cardStyle);
    const double channelY = channel.top() + wayInChannel * scale;
    const bool shard = shardArea.contains(target.center());
    // Into a shard from its side, through the gap between shards: those above it stay readable.
    const double targetX = shard && target.top() > shardArea.top() + 1 ? target.left() - 4.5 * scale
                                                                       : target.center().x();
    QPolygonF way{card.port};
    leadDown(way, from, targetX, channelY);
    way << QPointF(targetX, channelY);
    if (shard && target.top() > shardArea.top() + 1)
        way << QPointF(targetX, target.center().y()) << QPointF(target.left(), target.center().y());
    else
        way << QPointF(targetX, target.top());
    return way;
}

} // namespace interleave
