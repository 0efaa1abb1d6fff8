// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout_checks.h"
#include "stage/stage_layout.h"
#include "unexpected_warnings.h"

#include <QPointF>
#include <QTest>

using namespace interleave;

class StageLayoutTest : public QObject {
    Q_OBJECT

private:
    static void addRows();
    static StageLayout layoutOfRow();

private slots:
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void theGreatPartsStandApartInsideTheStage_data() { addRows(); }
    void theGreatPartsStandApartInsideTheStage();
    void cardsStandApartInsideTheirArea_data() { addRows(); }
    void cardsStandApartInsideTheirArea();
    void partsOfACardStandApartInsideIt_data() { addRows(); }
    void partsOfACardStandApartInsideIt();
    void sharedMemoryHoldsItsBoxes_data() { addRows(); }
    void sharedMemoryHoldsItsBoxes();
    void waysAvoidOtherCards_data() { addRows(); }
    void waysAvoidOtherCards();
    void aPointFindsItsCard_data() { addRows(); }
    void aPointFindsItsCard();
    void styleFollowsTheNumberOfThreads_data();
    void styleFollowsTheNumberOfThreads();
    void textStaysReadable_data();
    void textStaysReadable();
    void theUnitEnlarges();
    void everyShardHasAPage();
};

void StageLayoutTest::addRows()
{
    QTest::addColumn<QSizeF>("size");
    QTest::addColumn<double>("unit");
    QTest::addColumn<StageProgram>("program");
    for (const QSizeF size : {QSizeF(520, 380), QSizeF(640, 900), QSizeF(800, 560), QSizeF(1250, 720),
                              QSizeF(1600, 420), QSizeF(1920, 1080), QSizeF(3840, 2000)}) {
        for (const double unit : {0.7, 1.0, 1.6}) {
            for (const ThreadIndex threads : {1u, 2u, 4u, 5u, 8u, 9u, 12u, 24u, 25u, 50u, 500u, 1000u}) {
                for (const auto& [name, locks, sharded] :
                     {std::tuple{"race", false, false}, std::tuple{"lock", true, false},
                      std::tuple{"shards", false, true}}) {
                    QTest::addRow("%gx%g unit %g, %u threads, %s", size.width(), size.height(), unit, threads, name)
                        << size << unit << StageProgram{threads, locks, false, sharded};
                }
            }
        }
    }
}

StageLayout StageLayoutTest::layoutOfRow()
{
    QFETCH(QSizeF, size);
    QFETCH(double, unit);
    QFETCH(StageProgram, program);
    return {size, unit, program};
}

void StageLayoutTest::theGreatPartsStandApartInsideTheStage()
{
    const StageLayout layout = layoutOfRow();
    const QRectF stage(QPointF(0, 0), layout.size);
    const std::vector<QRectF> parts{layout.topRow, layout.cards, layout.channel, layout.shared};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        QVERIFY(parts[i].width() > 0 && parts[i].height() > 0);
        QVERIFY(within(stage, parts[i]));
        for (std::size_t j = 0; j < i; ++j)
            QVERIFY(apart(parts[i], parts[j]));
    }
    QVERIFY(within(layout.channel, layout.caption));
}

void StageLayoutTest::cardsStandApartInsideTheirArea()
{
    const StageLayout layout = layoutOfRow();
    std::vector<QRectF> frames;
    for (ThreadIndex t = 0; t < layout.threads(); ++t)
        frames.push_back(layout.frame(t));
    if (layout.style == CardStyle::Cell) {
        QVERIFY(layout.enlargedPlaces() >= 1);
        for (int place = 0; place < layout.enlargedPlaces(); ++place)
            frames.push_back(layout.enlargedFrame(place));
        if (!layout.legend.isNull())
            frames.push_back(layout.legend);
    }
    for (std::size_t i = 0; i < frames.size(); ++i) {
        QVERIFY(frames[i].width() > 3 && frames[i].height() > 3);
        QVERIFY(within(layout.cards, frames[i]));
        for (std::size_t j = 0; j < i; ++j) {
            if (!apart(frames[i], frames[j])) // a QVERIFY for each of half a million pairs takes its time
                QFAIL(qPrintable(QStringLiteral("%1 and %2 overlap").arg(i).arg(j)));
        }
    }
}

void StageLayoutTest::partsOfACardStandApartInsideIt()
{
    const StageLayout layout = layoutOfRow();
    const bool cells = layout.style == CardStyle::Cell;
    const CardStyle style = cells ? CardStyle::Compact : layout.style;
    const QRectF frame = cells ? layout.enlargedFrame(0) : layout.frame(0);
    const CardParts p = layout.parts(frame, style);
    std::vector<QRectF> parts{p.name,        p.phase,        p.stackLabel, p.mainFrame, p.innerFrame, p.registerLabel,
                              p.registerBox, p.counterLabel, p.counter,    p.badge,     p.tally};
    std::erase_if(parts, [](const QRectF& part) { return part.isNull(); });
    QVERIFY(parts.size() >= 6);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        QVERIFY(parts[i].width() > 1 && parts[i].height() > 1);
        QVERIFY2(within(frame, parts[i]), QByteArray::number(i).constData());
        for (std::size_t j = 0; j < i; ++j)
            QVERIFY2(apart(parts[i], parts[j]), qPrintable(QStringLiteral("%1 and %2").arg(i).arg(j)));
    }
    QVERIFY(within(p.header, p.name) && within(p.header, p.phase));
    QCOMPARE(p.port.y(), p.registerBox.bottom());
    QVERIFY(p.port.x() > p.registerBox.left() && p.port.x() < p.registerBox.right());
}

void StageLayoutTest::sharedMemoryHoldsItsBoxes()
{
    const StageLayout layout = layoutOfRow();
    QVERIFY(within(layout.shared, layout.code) && within(layout.shared, layout.data));
    QVERIFY(layout.code.right() < layout.data.left());
    QCOMPARE(layout.lockBox.isNull(), !layout.program.locks);
    std::vector<QRectF> boxes{layout.lockBox, layout.counterBox, layout.erased};
    if (layout.program.sharded) {
        QVERIFY(layout.shardsShown() >= 1);
        for (int place = 0; place < layout.shardsShown(); ++place)
            boxes.push_back(layout.shardFrame(place));
    }
    std::erase_if(boxes, [](const QRectF& box) { return box.isNull(); });
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        QVERIFY(boxes[i].width() > 8 && boxes[i].height() > 8);
        QVERIFY(within(layout.data, boxes[i]));
        for (std::size_t j = 0; j < i; ++j)
            QVERIFY(apart(boxes[i], boxes[j]));
    }
}

void StageLayoutTest::waysAvoidOtherCards()
{
    const StageLayout layout = layoutOfRow();
    const bool cells = layout.style == CardStyle::Cell;
    const CardStyle style = cells ? CardStyle::Compact : layout.style;
    const auto starts = cells ? static_cast<ThreadIndex>(layout.enlargedPlaces()) : layout.threads();
    std::vector<QRectF> targets{layout.counterBox};
    if (layout.program.locks)
        targets.push_back(layout.lockBox);
    if (layout.program.sharded)
        targets.push_back(layout.shardFrame(layout.shardsShown() - 1));
    for (ThreadIndex start = 0; start < starts; ++start) {
        const QRectF from = cells ? layout.enlargedFrame(static_cast<int>(start)) : layout.frame(start);
        for (const QRectF& target : targets) {
            const QPolygonF way = layout.route(from, style, target);
            QCOMPARE(way.first(), layout.parts(from, style).port);
            QVERIFY(target.adjusted(-slack, -slack, slack, slack).contains(way.last()));
            for (int i = 1; i < way.size(); ++i) {
                QVERIFY(way[i].x() == way[i - 1].x() || way[i].y() == way[i - 1].y());
                for (ThreadIndex t = 0; t < layout.threads(); ++t) {
                    const QRectF other = layout.frame(t);
                    if (other != from && !apart(partOf(way, i), other))
                        QFAIL(qPrintable(QStringLiteral("from %1, part %2 crosses card %3").arg(start).arg(i).arg(t)));
                }
            }
        }
    }
}

void StageLayoutTest::aPointFindsItsCard()
{
    const StageLayout layout = layoutOfRow();
    for (ThreadIndex t = 0; t < layout.threads(); ++t) {
        const QRectF frame = layout.frame(t);
        QCOMPARE(layout.threadAt(frame.center()), t);
        QCOMPARE(layout.threadAt(frame.topLeft() + QPointF(0.3, 0.3)), t);
        QVERIFY(layout.threadAt(frame.topLeft() - QPointF(0.3, 0.3)) != t);
    }
    QCOMPARE(layout.threadAt(layout.shared.center()), noThread);
    QCOMPARE(layout.threadAt(QPointF(-5, -5)), noThread);
}

void StageLayoutTest::styleFollowsTheNumberOfThreads_data()
{
    QTest::addColumn<QSizeF>("size");
    QTest::addColumn<ThreadIndex>("threads");
    QTest::addColumn<CardStyle>("style");
    for (const QSizeF size : {QSizeF(800, 560), QSizeF(1250, 720), QSizeF(3840, 2000)}) {
        QTest::addRow("one at %g", size.width()) << size << 1u << CardStyle::Full;
        QTest::addRow("eight at %g", size.width()) << size << 8u << CardStyle::Full;
        QTest::addRow("nine at %g", size.width()) << size << 9u << CardStyle::Compact;
        QTest::addRow("24 at %g", size.width()) << size << 24u << CardStyle::Compact;
        QTest::addRow("25 at %g", size.width()) << size << 25u << CardStyle::Cell;
        QTest::addRow("1000 at %g", size.width()) << size << 1000u << CardStyle::Cell;
    }
    QTest::newRow("four in a small window") << QSizeF(690, 420) << 4u << CardStyle::Full;
    QTest::newRow("where four would be unreadable") << QSizeF(520, 380) << 4u << CardStyle::Compact;
    QTest::newRow("where eight would be unreadable") << QSizeF(520, 380) << 8u << CardStyle::Compact;
    QTest::newRow("where 24 would be unreadable") << QSizeF(520, 380) << 24u << CardStyle::Cell;
}

void StageLayoutTest::styleFollowsTheNumberOfThreads()
{
    QFETCH(QSizeF, size);
    QFETCH(ThreadIndex, threads);
    QFETCH(CardStyle, style);
    QCOMPARE(StageLayout(size, 1, {threads, false, false, false}).style, style);
}

void StageLayoutTest::textStaysReadable_data()
{
    QTest::addColumn<QSizeF>("size");
    QTest::addColumn<double>("least"); // pixels of a text of normal size
    QTest::newRow("least window") << QSizeF(520, 380) << 10.0;
    QTest::newRow("window at 1280x800") << QSizeF(800, 560) << 13.0;
    QTest::newRow("window at 1920x1080") << QSizeF(1250, 720) << 16.0;
    QTest::newRow("4K") << QSizeF(3840, 2000) << 30.0;
}

void StageLayoutTest::textStaysReadable()
{
    QFETCH(QSizeF, size);
    QFETCH(double, least);
    for (const ThreadIndex threads : {1u, 2u, 4u, 8u, 24u, 50u}) {
        const StageLayout layout(size, 1, {threads, false, false, false});
        QVERIFY2(layout.scale * 14 >= least, QByteArray::number(layout.scale * 14).constData());
        QVERIFY2(layout.cardScale * 14 >= least, QByteArray::number(layout.cardScale * 14).constData());
    }
}

void StageLayoutTest::theUnitEnlarges()
{
    const StageProgram four{4, false, false, false};
    QVERIFY(StageLayout({1250, 720}, 1.3, four).scale > StageLayout({1250, 720}, 1, four).scale * 1.2);
    QVERIFY(StageLayout({1250, 720}, 0.8, four).scale < StageLayout({1250, 720}, 1, four).scale);
}

void StageLayoutTest::everyShardHasAPage()
{
    const StageLayout layout({800, 560}, 1, {1000, false, false, true});
    const auto shown = static_cast<ThreadIndex>(layout.shardsShown());
    QVERIFY(shown > 1 && shown < 1000);
    for (ThreadIndex t = 0; t < 1000; ++t) {
        const ThreadIndex first = layout.firstShardShown(t);
        QVERIFY(first <= t && t < first + shown);
        QVERIFY(first + shown <= 1000);
    }
    QCOMPARE(layout.firstShardShown(noThread), 0u);
}

QTEST_MAIN(StageLayoutTest)
#include "stage_layout_test.moc"
