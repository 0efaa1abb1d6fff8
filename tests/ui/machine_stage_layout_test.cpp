// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout_checks.h"
#include "stage/machine/machine_stage_layout.h"
#include "unexpected_warnings.h"

#include <QPointF>
#include <QTest>

using namespace interleave;

namespace {

QByteArray named(const QRectF& rect)
{
    return QStringLiteral("%1,%2 %3x%4").arg(rect.x()).arg(rect.y()).arg(rect.width()).arg(rect.height()).toUtf8();
}

MachineShape counterShape(ThreadIndex threads, CoreIndex cores)
{
    MachineShape shape;
    shape.threads = threads;
    shape.cores = cores;
    shape.registers = 3;
    shape.counter = true;
    shape.erases = true;
    return shape;
}

// A ring, its ends, its lock and a heap.
MachineShape fullShape(ThreadIndex threads, CoreIndex cores)
{
    MachineShape shape = counterShape(threads, cores);
    shape.registers = 7;
    shape.locks = 1;
    shape.variables = {{4, 4}, {1, 2}, {1, 3}, {1, 4}, {1, 5}};
    shape.heap = true;
    shape.blocks = true;
    return shape;
}

MachineShape manyLocks(ThreadIndex threads, CoreIndex cores)
{
    MachineShape shape = counterShape(threads, cores);
    shape.erases = false;
    shape.locks = 7;
    shape.variables = {{1, 4}, {64, 12}};
    shape.blocks = true;
    return shape;
}

MachineShape manyVariables(ThreadIndex threads, CoreIndex cores)
{
    MachineShape shape;
    shape.threads = threads;
    shape.cores = cores;
    shape.flags = false;
    shape.variables = std::vector<VariableShape>(40, {3, 9});
    return shape;
}

MachineShape briefShape(ThreadIndex threads, CoreIndex cores)
{
    MachineShape shape = fullShape(threads, cores);
    shape.brief = true;
    return shape;
}

} // namespace

class MachineStageLayoutTest : public QObject {
    Q_OBJECT

private:
    static void addRows();
    static MachineStageLayout layoutOfRow();

private slots:
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void theGreatPartsStandApartInsideTheStage_data() { addRows(); }
    void theGreatPartsStandApartInsideTheStage();
    void theTopRowHoldsCoresAndQueues_data() { addRows(); }
    void theTopRowHoldsCoresAndQueues();
    void cardsStandApartInsideTheirArea_data() { addRows(); }
    void cardsStandApartInsideTheirArea();
    void partsOfACardStandApartInsideIt_data() { addRows(); }
    void partsOfACardStandApartInsideIt();
    void sharedMemoryHoldsItsBoxes_data() { addRows(); }
    void sharedMemoryHoldsItsBoxes();
    void waysAvoidOtherCards_data() { addRows(); }
    void waysAvoidOtherCards();
    void waysEndAtTheirCell_data() { addRows(); }
    void waysEndAtTheirCell();
    void aPointFindsItsCard_data() { addRows(); }
    void aPointFindsItsCard();
    void styleFollowsTheNumberOfThreads_data();
    void styleFollowsTheNumberOfThreads();
    void everythingImportantIsThereInASmallWindow_data();
    void everythingImportantIsThereInASmallWindow();
    void theUnitEnlarges();
};

void MachineStageLayoutTest::addRows()
{
    QTest::addColumn<QSizeF>("size");
    QTest::addColumn<double>("unit");
    QTest::addColumn<MachineShape>("shape");
    for (const QSizeF size : {QSizeF(520, 380), QSizeF(740, 560), QSizeF(1100, 700), QSizeF(1920, 1080)}) {
        for (const double unit : {1.0, 1.35}) {
            for (const ThreadIndex threads : {1u, 2u, 4u, 7u, 8u, 9u, 24u, 25u, 100u}) {
                for (const CoreIndex cores : {1u, 2u, 8u}) {
                    for (const auto& [name, make] :
                         {std::pair{"counter", &counterShape}, std::pair{"full", &fullShape},
                          std::pair{"locks", &manyLocks}, std::pair{"variables", &manyVariables},
                          std::pair{"brief", &briefShape}})
                        QTest::addRow("%gx%g unit %g, %u threads on %u, %s", size.width(), size.height(), unit, threads,
                                      cores, name)
                            << size << unit << make(threads, cores);
                }
            }
        }
    }
}

MachineStageLayout MachineStageLayoutTest::layoutOfRow()
{
    QFETCH(QSizeF, size);
    QFETCH(double, unit);
    QFETCH(MachineShape, shape);
    return {size, unit, shape};
}

void MachineStageLayoutTest::theGreatPartsStandApartInsideTheStage()
{
    const MachineStageLayout layout = layoutOfRow();
    const QRectF stage(QPointF(0, 0), layout.size);
    QVERIFY(!layout.cards.isEmpty());
    for (const QRectF& part : {layout.cards, layout.channel, layout.shared, layout.ready})
        QVERIFY2(within(stage, part), named(part).constData());
    QVERIFY(layout.ready.bottom() <= layout.cards.top());
    QVERIFY(layout.cards.bottom() <= layout.channel.top() + slack);
    QVERIFY(layout.channel.bottom() <= layout.shared.top() + slack);
    QCOMPARE(layout.caption.isNull(), layout.shape.brief);
    if (!layout.shape.brief)
        QVERIFY(within(layout.channel, layout.caption));
}

void MachineStageLayoutTest::theTopRowHoldsCoresAndQueues()
{
    const MachineStageLayout layout = layoutOfRow();
    std::vector<QRectF> parts = layout.coreSlots;
    QCOMPARE(parts.size(), std::size_t{layout.shape.cores});
    for (const QRectF& slot : layout.coreSlots)
        QVERIFY2(slot.width() > 20, "a core with its thread's letter");
    parts.insert(parts.end(), {layout.coresLabel, layout.counts, layout.readyLabel, layout.ready});
    if (layout.shape.blocks)
        parts.insert(parts.end(), {layout.blockedLabel, layout.blocked});
    for (std::size_t a = 0; a < parts.size(); ++a) {
        QVERIFY2(within(QRectF(QPointF(0, 0), layout.size), parts[a]), named(parts[a]).constData());
        QVERIFY(parts[a].bottom() <= layout.cards.top());
        for (std::size_t b = a + 1; b < parts.size(); ++b)
            QVERIFY2(apart(parts[a], parts[b]), (named(parts[a]) + " " + named(parts[b])).constData());
    }
}

void MachineStageLayoutTest::cardsStandApartInsideTheirArea()
{
    const MachineStageLayout layout = layoutOfRow();
    std::vector<QRectF> frames;
    for (ThreadIndex t = 0; t < layout.threads(); ++t)
        frames.push_back(layout.frame(t));
    if (layout.style == CardStyle::Cell) {
        for (int place = 0; place < layout.enlargedPlaces(); ++place)
            frames.push_back(layout.enlargedFrame(place));
        if (!layout.legend.isNull())
            frames.push_back(layout.legend);
    }
    for (std::size_t a = 0; a < frames.size(); ++a) {
        QVERIFY2(within(layout.cards, frames[a]), named(frames[a]).constData());
        for (std::size_t b = a + 1; b < frames.size(); ++b)
            QVERIFY2(apart(frames[a], frames[b]), (named(frames[a]) + " " + named(frames[b])).constData());
    }
}

void MachineStageLayoutTest::partsOfACardStandApartInsideIt()
{
    const MachineStageLayout layout = layoutOfRow();
    const bool grid = layout.style == CardStyle::Cell;
    const CardStyle style = layout.style == CardStyle::Full ? CardStyle::Full : CardStyle::Compact;
    const MachineCardParts p = layout.parts(grid ? layout.enlargedFrame(0) : layout.frame(0), style);
    std::vector<QRectF> parts;
    for (const QRectF& part :
         {p.name, p.phase, p.stackLabel, p.stack, p.stackLine, p.registerLabel, p.flags, p.counter, p.tally}) {
        if (!part.isNull())
            parts.push_back(part);
    }
    QVERIFY(!p.registers.empty());
    parts.insert(parts.end(), p.registers.begin(), p.registers.end());
    for (std::size_t a = 0; a < parts.size(); ++a) {
        QVERIFY2(parts[a].width() > 0 && parts[a].height() > 0, named(parts[a]).constData());
        QVERIFY2(within(p.frame, parts[a]), named(parts[a]).constData());
        for (std::size_t b = a + 1; b < parts.size(); ++b)
            QVERIFY2(apart(parts[a], parts[b]), (named(parts[a]) + " " + named(parts[b])).constData());
    }
    for (const double lane : {p.leftLane, p.rightLane})
        QVERIFY(lane > p.frame.left() && lane < p.frame.right());
    if (layout.style == CardStyle::Full) {
        QCOMPARE(static_cast<int>(p.registers.size()), layout.shape.registers);
        QVERIFY2(p.stack.height() >= 2 * p.stackRow, "room for two rows of the stack");
    }
}

void MachineStageLayoutTest::sharedMemoryHoldsItsBoxes()
{
    const MachineStageLayout layout = layoutOfRow();
    std::vector<QRectF> boxes = layout.lockBoxes;
    if (layout.shape.counter)
        boxes.push_back(layout.counterBox);
    if (!layout.erased.isNull())
        boxes.push_back(layout.erased);
    for (const MachineVariablePlace& variable : layout.variables) {
        boxes.push_back(variable.name);
        boxes.insert(boxes.end(), variable.cells.begin(), variable.cells.end());
        QVERIFY(!variable.cells.empty());
    }
    if (!layout.moreVariables.isNull())
        boxes.push_back(layout.moreVariables);
    QCOMPARE(!layout.moreVariables.isNull(), layout.variables.size() < layout.shape.variables.size());
    for (std::size_t a = 0; a < boxes.size(); ++a) {
        QVERIFY2(boxes[a].width() > 4 && boxes[a].height() > 4, named(boxes[a]).constData());
        QVERIFY2(within(layout.data, boxes[a]), named(boxes[a]).constData());
        for (std::size_t b = a + 1; b < boxes.size(); ++b)
            QVERIFY2(apart(boxes[a], boxes[b]), (named(boxes[a]) + " " + named(boxes[b])).constData());
    }
    if (layout.shape.brief) {
        QCOMPARE(layout.codeRows(), 0);
        return;
    }
    QVERIFY(layout.code.right() < layout.data.left());
    QVERIFY(layout.codeRows() >= 4);
    QVERIFY(within(layout.code, layout.codeLine(layout.codeRows() - 1)));
    QCOMPARE(layout.heap.isNull(), !layout.shape.heap); // an empty one gives its room away
    if (!layout.heap.isNull()) {
        QVERIFY(layout.data.right() < layout.heap.left());
        QVERIFY(within(layout.heap, layout.heapLine(layout.heapRows() - 1)));
    }
}

void MachineStageLayoutTest::waysAvoidOtherCards()
{
    const MachineStageLayout layout = layoutOfRow();
    const bool grid = layout.style == CardStyle::Cell;
    const CardStyle style = layout.style == CardStyle::Full ? CardStyle::Full : CardStyle::Compact;
    const QRectF target = layout.shape.counter ? layout.counterBox : layout.variables.front().cells.front();
    for (ThreadIndex t = 0; t < std::min<ThreadIndex>(layout.threads(), grid ? 1 : 24); ++t) {
        const QRectF from = grid ? layout.enlargedFrame(0) : layout.frame(t);
        const MachineCardParts p = layout.parts(from, style);
        for (const QRectF& source : {p.registers.front(), p.registers.back(), p.counter}) {
            const QPolygonF way = layout.route(from, style, source, target);
            for (int i = 1; i < way.size(); ++i) {
                QVERIFY2(layout.caption.isNull() || apart(partOf(way, i), layout.caption), "the caption is readable");
                QVERIFY2(within(QRectF(QPointF(0, 0), layout.size), partOf(way, i)), named(partOf(way, i)).constData());
                for (ThreadIndex other = 0; other < layout.threads(); ++other) {
                    if (grid || other != t)
                        QVERIFY2(apart(partOf(way, i), layout.frame(other)), named(partOf(way, i)).constData());
                }
                // Inside its own card it keeps off what it does not come from.
                for (const QRectF& box : p.registers)
                    QVERIFY2(box == source || apart(partOf(way, i), box), named(box).constData());
            }
        }
    }
}

void MachineStageLayoutTest::waysEndAtTheirCell()
{
    const MachineStageLayout layout = layoutOfRow();
    const bool grid = layout.style == CardStyle::Cell;
    const CardStyle style = layout.style == CardStyle::Full ? CardStyle::Full : CardStyle::Compact;
    const QRectF from = grid ? layout.enlargedFrame(0) : layout.frame(0);
    const QRectF source = layout.parts(from, style).registers.front();
    std::vector<QRectF> targets = layout.lockBoxes;
    for (const MachineVariablePlace& variable : layout.variables)
        targets.insert(targets.end(), variable.cells.begin(), variable.cells.end());
    if (layout.shape.heap && !layout.shape.brief)
        targets.push_back(layout.heapLine(layout.heapRows() - 1));
    for (const QRectF& target : targets) {
        const QPolygonF way = layout.route(from, style, source, target);
        const QRectF end(way.last() - QPointF(0.1, 0.1), QSizeF(0.2, 0.2));
        QVERIFY2(target.adjusted(-0.5, -0.5, 0.5, 0.5).intersects(end), named(target).constData());
        // The last part must not go through another cell.
        for (const QRectF& other : targets) {
            for (int i = static_cast<int>(way.size()) - 2; i < way.size(); ++i)
                QVERIFY2(other == target || apart(partOf(way, i), other),
                         (named(target) + " " + named(other)).constData());
        }
    }
}

void MachineStageLayoutTest::aPointFindsItsCard()
{
    const MachineStageLayout layout = layoutOfRow();
    for (ThreadIndex t = 0; t < layout.threads(); ++t)
        QCOMPARE(layout.threadAt(layout.frame(t).center()), t);
    QCOMPARE(layout.threadAt(QPointF(1, 1)), noThread);
    QCOMPARE(layout.threadAt(layout.shared.center()), noThread);
}

void MachineStageLayoutTest::styleFollowsTheNumberOfThreads_data()
{
    QTest::addColumn<ThreadIndex>("threads");
    QTest::addColumn<CardStyle>("style");
    QTest::newRow("1") << ThreadIndex{1} << CardStyle::Full;
    QTest::newRow("8") << ThreadIndex{8} << CardStyle::Full;
    QTest::newRow("9") << ThreadIndex{9} << CardStyle::Compact;
    QTest::newRow("24") << ThreadIndex{24} << CardStyle::Compact;
    QTest::newRow("25") << ThreadIndex{25} << CardStyle::Cell;
    QTest::newRow("100") << ThreadIndex{100} << CardStyle::Cell;
}

void MachineStageLayoutTest::styleFollowsTheNumberOfThreads()
{
    QFETCH(ThreadIndex, threads);
    QFETCH(CardStyle, style);
    QCOMPARE(MachineStageLayout(QSizeF(1920, 1080), 1, counterShape(threads, 2)).style, style);
}

// At 1280x800 the stage has about this; two and four threads are told of in full there.
void MachineStageLayoutTest::everythingImportantIsThereInASmallWindow_data()
{
    QTest::addColumn<MachineShape>("shape");
    QTest::newRow("two threads") << counterShape(2, 1);
    QTest::newRow("two threads, all there is") << fullShape(2, 1);
    QTest::newRow("four threads on two cores") << counterShape(4, 2);
    QTest::newRow("four threads, all there is") << fullShape(4, 2);
}

void MachineStageLayoutTest::everythingImportantIsThereInASmallWindow()
{
    QFETCH(MachineShape, shape);
    const MachineStageLayout layout({740, 560}, 1, shape);
    QCOMPARE(layout.style, CardStyle::Full);
    QVERIFY(layout.cardScale >= 0.7);
    QCOMPARE(layout.variables.size(), shape.variables.size());
    if (!shape.variables.empty())
        QVERIFY(layout.variables.front().cells.size() == 4);
}

void MachineStageLayoutTest::theUnitEnlarges()
{
    const MachineShape shape = counterShape(4, 2);
    QVERIFY(MachineStageLayout({1100, 700}, 1.35, shape).scale > MachineStageLayout({1100, 700}, 1, shape).scale);
}

QTEST_MAIN(MachineStageLayoutTest)
#include "machine_stage_layout_test.moc"
