// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_history.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "stage/stage_layout.h"
#include "stage/stage_moment.h"
#include "stage/stage_text.h"
#include "stage/stage_view.h"
#include "style/theme.h"
#include "unexpected_warnings.h"

#include <QAccessible>
#include <QApplication>
#include <QBuffer>
#include <QImage>
#include <QLineEdit>
#include <QPainter>
#include <QPdfWriter>
#include <QSignalSpy>
#include <QTest>
#include <QtSvg/QSvgGenerator>

using namespace interleave;

namespace {

using Kind = EventKind;

// A made history whose threads also stand in a state and know what they do next, as those of real sources do.
class StagedHistory : public MadeHistory {
public:
    using MadeHistory::MadeHistory;

    [[nodiscard]] State state(Step step) const override
    {
        State state = MadeHistory::state(step);
        for (Step i = 0; i < step; ++i) {
            const Event at = event(i);
            ThreadState& thread = state.threads[at.thread];
            thread.next = after(at.kind);
            thread.current = thread.next == LoopInstruction::Add || thread.next == LoopInstruction::Store
                               ? thread.done + 1
                               : 0;
            if (i + 1 == step && thread.phase == ThreadPhase::Ready)
                thread.phase = ThreadPhase::Running;
        }
        return state;
    }

private:
    [[nodiscard]] LoopInstruction after(Kind kind) const
    {
        switch (kind) {
        case Kind::Spawn:
        case Kind::LockWait: return locks() ? LoopInstruction::Acquire : LoopInstruction::Load;
        case Kind::LockAcquire: return LoopInstruction::Load;
        case Kind::Load: return LoopInstruction::Add;
        case Kind::Add: return LoopInstruction::Store;
        case Kind::Store: return locks() ? LoopInstruction::Release : LoopInstruction::Load;
        case Kind::LockRelease: return LoopInstruction::Acquire;
        default: return LoopInstruction::None;
        }
    }
    [[nodiscard]] bool locks() const
    {
        for (Step i = 0; i < steps(); ++i) {
            if (event(i).kind == Kind::LockAcquire)
                return true;
        }
        return false;
    }
};

// A and B both load 0; A's store is harmless, B's destroys A's update.
std::shared_ptr<const History> race(ThreadIndex threads = 2)
{
    return std::make_shared<StagedHistory>(threads, 1,
                                           MadeHistory::spawned(threads, {{0, Kind::Load},
                                                                          {1, Kind::Load},
                                                                          {0, Kind::Add},
                                                                          {1, Kind::Add},
                                                                          {0, Kind::Store},
                                                                          {1, Kind::Store}}));
}

// After the spawns: what race() does, as steps.
constexpr Step loadA = 1, loadB = 2, addB = 4, storeA = 5, storeB = 6;

std::shared_ptr<const History> locked()
{
    return std::make_shared<StagedHistory>(2, 1,
                                           MadeHistory::spawned(2, {{0, Kind::LockAcquire},
                                                                    {0, Kind::Load},
                                                                    {1, Kind::LockWait, 0},
                                                                    {0, Kind::Add},
                                                                    {0, Kind::Store},
                                                                    {0, Kind::LockRelease},
                                                                    {1, Kind::LockAcquire}}));
}

int pixelsOf(const QImage& image, const QColor& color)
{
    const QRgb wanted = color.rgb();
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += (image.pixel(x, y) & RGB_MASK) == (wanted & RGB_MASK) ? 1 : 0;
    }
    return count;
}

std::size_t coloursIn(const QImage& image)
{
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 2) {
        for (int x = 0; x < image.width(); x += 2)
            colours.insert(image.pixel(x, y));
    }
    return static_cast<std::size_t>(colours.size());
}

} // namespace

class StageViewTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Playback> m_playback;
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<StageView> m_stage;

    [[nodiscard]] QImage picture() const { return m_stage->grab().toImage(); }
    void show(std::shared_ptr<const History> history, Step stepAfterSpawns)
    {
        const Step spawns = history->threads();
        m_playback->setHistory(std::move(history));
        m_playback->setStep(spawns + stepAfterSpawns);
    }

private slots:
    void init()
    {
        QTest::failOnWarning(unexpectedWarning());
        m_playback = std::make_unique<Playback>();
        m_selection = std::make_unique<Selection>();
        m_stage = std::make_unique<StageView>(*m_playback, *m_selection);
        m_stage->resize(900, 600);
        m_stage->setPalette(Theme::light().palette());
    }
    void cleanup()
    {
        m_stage.reset();
        m_selection.reset();
        m_playback.reset();
    }

    void emptyStageSaysSo();
    void everyStepLooksDifferent_data();
    void everyStepLooksDifferent();
    void redMeansLostAndNothingElse_data();
    void redMeansLostAndNothingElse();
    void valuesAreOnTheWayUntilTheyArrive();
    void aStepForwardIsAnimated();
    void aStepBackRunsBackwards();
    void aJumpIsNotAnimated();
    void whatAStoreErased();
    void theProgramIsReadFromTheHistory();
    void clickSelects_data();
    void clickSelects();
    void keysReachEveryCard();
    void tabReachesEveryCardAndGoesOn();
    void exportsCarryText();
    void exportLooksLikeTheScreen();
    void appearanceFollowsThePalette();
    void oneChangedThreadOfAThousandIsRedrawn();
    void screenReadersFindTheCards();
    void wordsTellWhatTheStageShows();
};

void StageViewTest::emptyStageSaysSo()
{
    const QImage image = picture();
    QVERIFY(pixelsOf(image, Theme::light().ground) > image.width() * image.height() / 2);
    QVERIFY(coloursIn(image) > 4);
    QVERIFY(!m_stage->description().isEmpty());
    QTest::mouseClick(m_stage.get(), Qt::LeftButton, {}, QPoint(100, 200));
    QTest::keyClick(m_stage.get(), Qt::Key_Down);
    QVERIFY(!m_selection->thread());
}

void StageViewTest::everyStepLooksDifferent_data()
{
    QTest::addColumn<ThreadIndex>("threads");
    for (const ThreadIndex threads : {2u, 8u, 12u, 24u, 60u, 1000u})
        QTest::addRow("%u threads", threads) << threads;
}

void StageViewTest::everyStepLooksDifferent()
{
    QFETCH(ThreadIndex, threads);
    m_playback->setHistory(race(threads));
    QVERIFY(coloursIn(picture()) > 10);
    QImage last;
    for (Step step = threads; step <= threads + storeB; ++step) {
        m_playback->setStep(step);
        const QImage now = picture();
        QVERIFY2(now != last, QByteArray::number(step).constData());
        last = now;
    }
}

void StageViewTest::redMeansLostAndNothingElse_data()
{
    QTest::addColumn<ThreadIndex>("threads");
    QTest::addColumn<bool>("dark");
    for (const ThreadIndex threads : {2u, 12u, 60u}) {
        QTest::addRow("%u threads, light", threads) << threads << false;
        QTest::addRow("%u threads, dark", threads) << threads << true;
    }
}

void StageViewTest::redMeansLostAndNothingElse()
{
    QFETCH(ThreadIndex, threads);
    QFETCH(bool, dark);
    const Theme& theme = dark ? Theme::darkTheme() : Theme::light();
    m_stage->setPalette(theme.palette());
    for (Step step = 0; step <= storeA; ++step) {
        show(race(threads), step);
        QCOMPARE(pixelsOf(picture(), theme.lost), 0);
    }
    show(race(threads), storeB);
    QVERIFY(pixelsOf(picture(), theme.lost) > 100);
}

void StageViewTest::valuesAreOnTheWayUntilTheyArrive()
{
    show(race(), storeB);
    const QImage atRest = picture();
    const Theme& theme = Theme::light();
    m_stage->setAnimationProgress(0.2);
    const QImage leaving = picture();
    QCOMPARE(pixelsOf(leaving, theme.lost), 0); // nothing is lost before the value arrives
    m_stage->setAnimationProgress(0.45);
    const QImage nearly = picture();
    QVERIFY(nearly != leaving);
    QCOMPARE(pixelsOf(nearly, theme.lost), 0);
    m_stage->setAnimationProgress(0.8);
    const QImage falling = picture();
    QVERIFY(pixelsOf(falling, theme.lost) > 100);
    m_stage->setAnimationProgress(1);
    QCOMPARE(picture(), atRest);
    QVERIFY(falling != atRest);
}

void StageViewTest::aStepForwardIsAnimated()
{
    show(race(), loadA);
    m_playback->stepForward();
    QVERIFY(m_stage->isAnimating());
    QTRY_VERIFY(!m_stage->isAnimating());
    QCOMPARE(m_stage->animationProgress(), 1.0);
    const QImage arrived = picture();
    m_playback->setStep(0);
    m_playback->setStep(2 + loadB);
    QCOMPARE(picture(), arrived);
}

void StageViewTest::aStepBackRunsBackwards()
{
    show(race(), storeB);
    const QImage after = picture();
    show(race(), storeA);
    const QImage before = picture();
    m_playback->setStep(2 + storeB);
    m_playback->stepBack();
    QVERIFY(m_stage->isAnimating());
    m_stage->setAnimationProgress(0);
    QCOMPARE(picture(), after);
    m_stage->setAnimationProgress(0.8); // 0.2 of the way of the store that is taken back
    QCOMPARE(pixelsOf(picture(), Theme::light().lost), 0);
    m_stage->setAnimationProgress(1);
    QVERIFY(!m_stage->isAnimating());
    QCOMPARE(picture(), before);
}

void StageViewTest::aJumpIsNotAnimated()
{
    show(race(), loadA);
    m_playback->setStep(2 + loadB);
    QVERIFY(!m_stage->isAnimating());
    QCOMPARE(m_stage->animationProgress(), 1.0);
}

void StageViewTest::whatAStoreErased()
{
    // B loads 0; A stores 1 to 5; B stores 1 over them all.
    std::vector<MadeHistory::Line> lines{{1, Kind::Load}};
    for (int i = 0; i < 5; ++i)
        lines.insert(lines.end(), {{0, Kind::Load}, {0, Kind::Add}, {0, Kind::Store}});
    lines.insert(lines.end(), {{1, Kind::Add}, {1, Kind::Store}});
    const StagedHistory history(2, 5, MadeHistory::spawned(2, lines));
    const StageMoment moment = StageMoment::at(history, history.state(history.steps()));
    QCOMPARE(moment.erasedCount, std::uint64_t{5});
    QCOMPARE(moment.erased.size(), StageMoment::mostErased);
    for (std::size_t i = 0; i < moment.erased.size(); ++i) {
        QCOMPARE(moment.erased[i].name, (UpdateName{0, static_cast<std::uint32_t>(5 - i)}));
        QCOMPARE(moment.erased[i].value, std::uint64_t{5 - i});
    }
    QCOMPARE(moment.writer, (UpdateName{1, 1}));
    const StageMoment harmless = StageMoment::at(history, history.state(history.steps() - 2));
    QVERIFY(harmless.erased.empty());
    QCOMPARE(harmless.erasedCount, std::uint64_t{0});
}

void StageViewTest::theProgramIsReadFromTheHistory()
{
    QCOMPARE(programOf(*race()), (StageProgram{2, false, false, false}));
    QCOMPARE(programOf(*locked()), (StageProgram{2, true, false, false, false}));
}

void StageViewTest::clickSelects_data()
{
    QTest::addColumn<ThreadIndex>("threads");
    for (const ThreadIndex threads : {2u, 8u, 24u, 60u, 1000u})
        QTest::addRow("%u threads", threads) << threads;
}

void StageViewTest::clickSelects()
{
    QFETCH(ThreadIndex, threads);
    show(race(threads), storeB);
    const QImage before = picture();
    for (const ThreadIndex thread : {0u, threads / 2, threads - 1}) {
        QTest::mouseClick(m_stage.get(), Qt::LeftButton, {}, m_stage->cardRect(thread).center());
        QCOMPARE(m_selection->thread(), std::optional(thread));
    }
    QVERIFY(picture() != before);
    QTest::mouseClick(m_stage.get(), Qt::LeftButton, {}, QPoint(m_stage->width() / 2, m_stage->height() - 4));
    QVERIFY(!m_selection->thread());
    QCOMPARE(picture(), before);
}

void StageViewTest::keysReachEveryCard()
{
    show(race(8), loadA);
    for (ThreadIndex t = 0; t < 8; ++t) {
        QTest::keyClick(m_stage.get(), t % 2 == 0 ? Qt::Key_Down : Qt::Key_Right);
        QCOMPARE(m_selection->thread(), std::optional(t));
    }
    QTest::keyClick(m_stage.get(), Qt::Key_Down);
    QCOMPARE(m_selection->thread(), std::optional<ThreadIndex>(7));
    QTest::keyClick(m_stage.get(), Qt::Key_Up);
    QCOMPARE(m_selection->thread(), std::optional<ThreadIndex>(6));
    QTest::keyClick(m_stage.get(), Qt::Key_Escape);
    QVERIFY(!m_selection->thread());
}

void StageViewTest::tabReachesEveryCardAndGoesOn()
{
    QWidget window;
    auto* before = new QLineEdit(&window);
    auto* stage = new StageView(*m_playback, *m_selection, &window);
    auto* after = new QLineEdit(&window);
    stage->setGeometry(0, 40, 900, 600);
    after->move(0, 650);
    window.resize(900, 700);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    show(race(3), loadA);
    before->setFocus();
    QTest::keyClick(before, Qt::Key_Tab);
    QVERIFY(stage->hasFocus());
    for (ThreadIndex t = 0; t < 3; ++t) {
        QCOMPARE(m_selection->thread(), std::optional(t));
        QTest::keyClick(stage, Qt::Key_Tab);
    }
    QVERIFY(after->hasFocus());
    QTest::keyClick(after, Qt::Key_Backtab);
    QVERIFY(stage->hasFocus());
    QCOMPARE(m_selection->thread(), std::optional<ThreadIndex>(2));
    // A grid of cells is one stop.
    show(race(60), loadA);
    QTest::keyClick(stage, Qt::Key_Tab);
    QVERIFY(after->hasFocus());
}

void StageViewTest::exportsCarryText()
{
    show(race(4), storeB);
    QBuffer svg;
    QVERIFY(svg.open(QIODevice::WriteOnly));
    {
        QSvgGenerator generator;
        generator.setOutputDevice(&svg);
        generator.setSize(QSize(900, 600));
        generator.setViewBox(QRect(0, 0, 900, 600));
        QPainter painter(&generator);
        m_stage->paintStage(&painter, QSizeF(900, 600));
    }
    for (const char* text : {">g_num<", ">thread A<", ">load<", ">store g_num<", ">done 1<", ">lost 1<"})
        QVERIFY2(svg.data().contains(text), text);

    QBuffer pdf;
    QVERIFY(pdf.open(QIODevice::WriteOnly));
    {
        QPdfWriter writer(&pdf);
        writer.setPageSize(QPageSize(QSizeF(900, 600), QPageSize::Point));
        writer.setPageMargins(QMarginsF());
        writer.setResolution(72);
        QPainter painter(&writer);
        m_stage->paintStage(&painter, QSizeF(900, 600));
    }
    QVERIFY(pdf.data().startsWith("%PDF"));
    QVERIFY(pdf.data().contains("/ToUnicode")); // text that can be searched and copied, no outlines
}

void StageViewTest::exportLooksLikeTheScreen()
{
    show(race(60), storeB);
    QImage exported(900, 600, QImage::Format_RGB32);
    exported.fill(Qt::magenta);
    {
        QPainter painter(&exported);
        m_stage->paintStage(&painter, QSizeF(900, 600));
    }
    QCOMPARE(exported, picture().convertToFormat(QImage::Format_RGB32));
}

void StageViewTest::appearanceFollowsThePalette()
{
    show(race(), storeB);
    const QImage light = picture();
    m_stage->setPalette(Theme::darkTheme().palette());
    const QImage dark = picture();
    QCOMPARE(light.pixelColor(1, 1), Theme::light().ground);
    QCOMPARE(dark.pixelColor(1, 1), Theme::darkTheme().ground);
    QFont large = m_stage->font();
    large.setPixelSize(20);
    m_stage->setFont(large);
    QVERIFY(picture() != dark);
}

void StageViewTest::oneChangedThreadOfAThousandIsRedrawn()
{
    m_stage->resize(1600, 900);
    m_playback->setHistory(race(500));
    for (const Step step : {Step{250}, Step{500 + addB}, Step{500 + storeB}, Step{500 + loadA}}) {
        m_playback->setStep(step);
        const QImage kept = picture(); // drawn over what the step before left
        StageView fresh(*m_playback, *m_selection);
        fresh.setPalette(m_stage->palette());
        fresh.resize(m_stage->size());
        const QRect grid = m_stage->cardRect(0).united(m_stage->cardRect(499)).adjusted(-2, -2, 2, 2);
        QCOMPARE(kept.copy(grid), fresh.grab().toImage().copy(grid));
    }
}

void StageViewTest::screenReadersFindTheCards()
{
    show(race(3), addB);
    QAccessibleInterface* stage = QAccessible::queryAccessibleInterface(m_stage.get());
    QVERIFY(stage);
    QCOMPARE(stage->role(), QAccessible::List);
    QCOMPARE(stage->text(QAccessible::Name), QStringLiteral("Stage"));
    QCOMPARE(stage->text(QAccessible::Description), m_stage->description());
    QCOMPARE(stage->childCount(), 3);
    QAccessibleInterface* b = stage->child(1);
    QVERIFY(b && b->isValid());
    QCOMPARE(b->role(), QAccessible::ListItem);
    QCOMPARE(b->text(QAccessible::Name), QStringLiteral("thread B, running, register 1, next store, done 0, lost 0"));
    QCOMPARE(stage->child(2)->text(QAccessible::Name),
             QStringLiteral("thread C, ready, register empty, next load, done 0, lost 0"));
    QCOMPARE(stage->indexOfChild(b), 1);
    QCOMPARE(b->parent(), stage);
    QCOMPARE(b->rect().size(), m_stage->cardRect(1).size());
    QCOMPARE(stage->childAt(b->rect().center().x(), b->rect().center().y()), b);

    QVERIFY(!b->state().selected);
    b->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(m_selection->thread(), std::optional<ThreadIndex>(1));
    QVERIFY(b->state().selected);

    m_playback->setStep(3 + storeB);
    QCOMPARE(stage->child(0)->text(QAccessible::Name),
             QStringLiteral("thread A, ready, register 1, next load, done 1, lost 1"));
    // The run after this one has fewer threads: the cards that are gone say so and nothing breaks.
    show(race(2), loadA);
    QCOMPARE(stage->childCount(), 2);
    QCOMPARE(stage->child(2), nullptr);
}

void StageViewTest::wordsTellWhatTheStageShows()
{
    show(locked(), 3); // B waits for A
    QCOMPARE(cardText(m_playback->state(), 0),
             QStringLiteral("thread A, running, register 0, next add, holds the lock, done 0, lost 0"));
    QCOMPARE(cardText(m_playback->state(), 1),
             QStringLiteral("thread B, blocked, register empty, next lock, done 0, lost 0"));
    QCOMPARE(m_stage->description(), QStringLiteral("g_num 0, lost 0, lock held by thread A, 1 running, 1 blocked"));
    show(race(), storeB);
    QVERIFY(m_stage->description().startsWith(QStringLiteral("g_num 1, lost 1")));
}

QTEST_MAIN(StageViewTest)
#include "stage_view_test.moc"
