// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of the stages, whatever runs and however large the stage is: numbers are whole, nothing is too small to be
// read, nothing lies upon anything else.
#include "history/ledger.h"
#include "layout_checks.h"
#include "machine_run.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "sentences/names.h"
#include "stage/machine/machine_stage_view.h"
#include "stage/stage_moment.h"
#include "stage/stage_view.h"
#include "style/theme.h"
#include "unexpected_warnings.h"

#include <QApplication>
#include <QMap>
#include <QTest>

using namespace interleave;

namespace {

enum class Way { Race, Lock, Shards };

// Three steps at the end of a run of any length: thread 1 loaded the initial value before all else, and now destroys
// what thread 0 has counted since.
class LateHistory : public History {
public:
    LateHistory(ThreadIndex threads, std::uint64_t most, Way way)
        : m_threads(threads),
          m_most(most),
          m_way(way),
          m_done(static_cast<std::uint32_t>(std::clamp<std::uint64_t>(most / threads, 1, 2'000'000'000))),
          m_ledger(ledgerOf(threads, m_done, way))
    {}

    [[nodiscard]] Step steps() const override { return 3; }
    [[nodiscard]] Event event(Step step) const override
    {
        Event event;
        event.kind = step == 0 ? EventKind::Load : step == 1 ? EventKind::Add : EventKind::Store;
        event.thread = actor();
        event.number = 1;
        event.position = m_done + 1;
        event.value = static_cast<std::int64_t>(step == 0 ? 0 : m_most);
        event.clobbering = event.kind == EventKind::Store && m_way == Way::Race;
        return event;
    }
    [[nodiscard]] State state(Step step) const override
    {
        State state;
        state.step = step;
        state.counter = static_cast<std::int64_t>(m_most);
        state.lastStore = step == 3 ? m_done + 1 : m_done;
        state.threads.resize(m_threads);
        for (ThreadIndex t = 0; t < m_threads; ++t) {
            ThreadState& thread = state.threads[t];
            const bool waits = m_way == Way::Lock && t % 4 == 2;
            thread.phase = t == actor() || t % 4 == 0 ? ThreadPhase::Running
                         : waits                      ? ThreadPhase::Blocked
                         : t % 4 == 1                 ? ThreadPhase::Ready
                                                      : ThreadPhase::Finished;
            thread.next = waits ? LoopInstruction::Acquire : LoopInstruction::Store;
            thread.done = m_done;
            thread.setAside = m_way == Way::Race && t % 3 == 1 ? m_done / 3 : 0;
            thread.surviving = m_way == Way::Race ? m_done / 3 : m_done;
            thread.current = 1;
            thread.registerValue = static_cast<std::int64_t>(m_most);
        }
        if (m_way == Way::Race) {
            state.lost = m_most;
            state.setAside = m_most / 3;
        }
        if (m_way == Way::Lock)
            state.lockHolder = actor();
        if (m_way == Way::Shards)
            state.shards.assign(m_threads, m_done);
        return state;
    }
    [[nodiscard]] ThreadIndex threads() const override { return m_threads; }
    [[nodiscard]] std::uint32_t iterations() const override { return m_done; }
    [[nodiscard]] const Ledger& ledger() const override { return m_ledger; }
    [[nodiscard]] Step storeStep(Position) const override { return 2; }
    [[nodiscard]] Step loadStep(Position) const override { return 0; }
    [[nodiscard]] double timeOf(Step step) const override { return static_cast<double>(step); }

private:
    [[nodiscard]] ThreadIndex actor() const { return m_threads - 1; }
    static Ledger ledgerOf(ThreadIndex threads, std::uint32_t done, Way way)
    {
        const Position seen = way == Way::Race ? 0 : done;
        const std::uint32_t number = threads == 1 ? done + 1 : 1;
        return Ledger::fromStreaks(std::vector<Streak>{{0, 1, done, 0}, {threads - 1, number, 1, seen}}, threads)
            .value();
    }

    ThreadIndex m_threads;
    std::uint64_t m_most;
    Way m_way;
    std::uint32_t m_done;
    Ledger m_ledger;
};

// Nothing on the stage is below this at scale 1.
constexpr double least = 11;

QString placed(const PaintedText& text)
{
    return QStringLiteral("“%1” at %2,%3 %4x%5, %6 px")
        .arg(text.text)
        .arg(text.ink.x())
        .arg(text.ink.y())
        .arg(text.ink.width())
        .arg(text.ink.height())
        .arg(text.pixels);
}

// What is wrong with the texts of a stage of that size; nothing if all is well.
QString faultOf(const std::vector<PaintedText>& texts, const QSizeF& size)
{
    const QRectF stage(QPointF(0, 0), size);
    for (const PaintedText& text : texts) {
        if (text.text != text.whole)
            return QStringLiteral("elided: %1 of “%2”").arg(placed(text), text.whole);
        if (text.pixels < least)
            return QStringLiteral("too small: %1").arg(placed(text));
        if (!stage.adjusted(-0.5, -0.5, 0.5, 0.5).contains(text.ink))
            return QStringLiteral("outside: %1").arg(placed(text));
    }
    std::vector<const PaintedText*> sorted;
    for (const PaintedText& text : texts)
        sorted.push_back(&text);
    std::ranges::sort(sorted, {}, [](const PaintedText* text) { return text->ink.top(); });
    constexpr double tolerance = 0.8;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const QRectF ink = sorted[i]->ink.adjusted(tolerance, tolerance, -tolerance, -tolerance);
        for (std::size_t j = i + 1; j < sorted.size() && sorted[j]->ink.top() < ink.bottom(); ++j) {
            if (ink.intersects(sorted[j]->ink.adjusted(tolerance, tolerance, -tolerance, -tolerance)))
                return QStringLiteral("%1 lies upon %2").arg(placed(*sorted[i]), placed(*sorted[j]));
        }
    }
    return {};
}

bool has(const std::vector<PaintedText>& texts, const QString& text)
{
    return std::ranges::any_of(texts, [&](const PaintedText& each) { return each.text == text; });
}

const std::vector<QSizeF>& sizes()
{
    static const std::vector<QSizeF> all = [] {
        std::vector<QSizeF> each;
        for (const double width : {500, 600, 690, 900, 1280, 1900})
            for (const double height : {300, 360, 420, 640, 1000})
                each.emplace_back(width, height);
        return each;
    }();
    return all;
}

// The least size of each text, by what it says.
QMap<QString, double> pixelsByText(const std::vector<PaintedText>& texts)
{
    QMap<QString, double> pixels;
    for (const PaintedText& text : texts)
        pixels[text.text] = pixels.contains(text.text) ? std::min(pixels[text.text], text.pixels) : text.pixels;
    return pixels;
}

} // namespace

class StageTextsTest : public QObject {
    Q_OBJECT

private:
    Playback m_playback;
    Selection m_selection;

    // A fault of any of the sizes, with the size.
    template <typename Stage>
    QString faultAtAnySize(const Stage& stage)
    {
        for (const QSizeF& size : sizes()) {
            const_cast<Stage&>(stage).resize(size.toSize());
            const QString fault = faultOf(stage.paintedTexts(size), size);
            if (!fault.isEmpty())
                return QStringLiteral("%1x%2: %3").arg(size.width()).arg(size.height()).arg(fault);
        }
        return {};
    }

private slots:
    void initTestCase()
    {
        // At scale 1, as the window has it.
        QFont font = qApp->font();
        font.setPixelSize(normalTextPixels);
        qApp->setFont(font);
    }
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void hardwareTextsAreWholeAndApart_data();
    void hardwareTextsAreWholeAndApart();
    void machineTextsAreWholeAndApart_data();
    void machineTextsAreWholeAndApart();
    void everyLockIsShownOrCounted_data();
    void everyLockIsShownOrCounted();
    void everyThreadOfAListIsShownOrCounted();
    void presentingEnlargesEveryText_data();
    void presentingEnlargesEveryText();
    void theScaleOfTheWindowEnlargesEveryText();
    void anEmptyHeapGivesItsRoomAway();
    void whatIsSetAsideIsNamedOnlyWhereThereIsSome();
};

void StageTextsTest::hardwareTextsAreWholeAndApart_data()
{
    QTest::addColumn<ThreadIndex>("threads");
    QTest::addColumn<qulonglong>("most");
    QTest::addColumn<int>("way");
    for (const ThreadIndex threads : {1u, 2u, 8u, 10u, 50u, 100u, 500u, 1000u}) {
        for (const qulonglong most : {12ULL, 10'000ULL, 10'000'000ULL, 10'000'000'000ULL}) {
            for (const auto& [name, way] :
                 {std::pair{"race", Way::Race}, std::pair{"lock", Way::Lock}, std::pair{"shards", Way::Shards}})
                QTest::addRow("%u threads, %llu, %s", threads, most, name) << threads << most << static_cast<int>(way);
        }
    }
}

void StageTextsTest::hardwareTextsAreWholeAndApart()
{
    QFETCH(ThreadIndex, threads);
    QFETCH(qulonglong, most);
    QFETCH(int, way);
    StageView stage(m_playback, m_selection);
    m_playback.setHistory(std::make_shared<LateHistory>(threads, most, static_cast<Way>(way)));
    for (const Step step : {Step{0}, Step{3}}) {
        m_playback.setStep(step);
        const QString fault = faultAtAnySize(stage);
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }
    const auto texts = stage.paintedTexts(QSizeF(500, 300));
    QVERIFY(has(texts, numberText(std::uint64_t{most})));
    m_playback.setHistory(nullptr);
}

void StageTextsTest::machineTextsAreWholeAndApart_data()
{
    QTest::addColumn<BuiltIn>("program");
    QTest::addColumn<unsigned>("threads");
    for (const unsigned threads : {1u, 2u, 8u, 10u, 50u, 100u})
        QTest::addRow("unlocked counter, %u", threads) << BuiltIn::UnlockedCounter << threads;
    QTest::newRow("philosophers, 10") << BuiltIn::DiningPhilosophers << 10u;
    QTest::newRow("philosophers, 5") << BuiltIn::DiningPhilosophers << 5u;
    QTest::newRow("bounded buffer") << BuiltIn::BoundedBuffer << 4u;
    QTest::newRow("deadlock") << BuiltIn::DeadlockByOrder << 2u;
    QTest::newRow("ticket lock") << BuiltIn::TicketLock << 4u;
    QTest::newRow("io bound") << BuiltIn::IoBound << 6u;
}

void StageTextsTest::machineTextsAreWholeAndApart()
{
    QFETCH(BuiltIn, program);
    QFETCH(unsigned, threads);
    for (const CoreIndex cores : {1u, 2u, 8u}) {
        const auto run = machineRun(program, threads, 3, cores);
        QVERIFY(run);
        MachineStageView stage(m_playback, m_selection);
        m_playback.setHistory(run);
        const Step steps = run->steps();
        for (const Step step : {Step{0}, steps / 4, steps / 2, steps * 3 / 4, steps}) {
            m_playback.setStep(step);
            const QString fault = faultAtAnySize(stage);
            QVERIFY2(fault.isEmpty(),
                     qPrintable(QStringLiteral("%1 cores, step %2: %3").arg(cores).arg(step).arg(fault)));
        }
        m_playback.setHistory(nullptr);
    }
}

void StageTextsTest::everyLockIsShownOrCounted_data()
{
    QTest::addColumn<QSizeF>("size");
    for (const QSizeF& size : sizes())
        QTest::addRow("%gx%g", size.width(), size.height()) << size;
}

void StageTextsTest::everyLockIsShownOrCounted()
{
    QFETCH(QSizeF, size);
    const auto run = machineRun(BuiltIn::DiningPhilosophers, 10, 3);
    QVERIFY(run);
    MachineStageView stage(m_playback, m_selection);
    stage.resize(size.toSize());
    m_playback.setHistory(run);
    m_playback.setStep(run->steps() / 2);
    const auto texts = stage.paintedTexts(size);
    const MachineRun of = MachineRun::of(*run);
    QCOMPARE(of.locks.size(), std::size_t{10});
    const auto shown = std::ranges::count_if(of.locks, [&](const MachineRun::Lock& lock) {
        return has(texts, lock.name) || has(texts, lock.brief);
    });
    if (shown < 10) {
        const QString more = numberText(10 - shown);
        QVERIFY(has(texts, QStringLiteral("+%1 more").arg(more)) || has(texts, QStringLiteral("+%1").arg(more)));
    }
    if (size.width() >= 690 && size.height() >= 420)
        QCOMPARE(shown, 10);
    m_playback.setHistory(nullptr);
}

void StageTextsTest::everyThreadOfAListIsShownOrCounted()
{
    const auto run = machineRun(BuiltIn::UnlockedCounter, 100, 1);
    QVERIFY(run);
    MachineStageView stage(m_playback, m_selection);
    stage.resize(690, 420);
    m_playback.setHistory(run);
    m_playback.setStep(run->steps() / 2);
    const auto texts = stage.paintedTexts(QSizeF(690, 420));
    QVERIFY(std::ranges::any_of(texts, [](const PaintedText& text) { return text.text.startsWith(u'+'); }));
    m_playback.setHistory(nullptr);
}

void StageTextsTest::presentingEnlargesEveryText_data()
{
    QTest::addColumn<bool>("machine");
    QTest::addColumn<ThreadIndex>("threads");
    QTest::addColumn<QSizeF>("presented");
    for (const bool machine : {false, true}) {
        for (const ThreadIndex threads : {2u, 4u}) {
            for (const QSizeF presented : {QSizeF(1280, 640), QSizeF(1920, 900)})
                QTest::addRow("%s, %u threads, %gx%g", machine ? "machine" : "hardware", threads, presented.width(),
                              presented.height())
                    << machine << threads << presented;
        }
    }
}

void StageTextsTest::presentingEnlargesEveryText()
{
    QFETCH(bool, machine);
    QFETCH(ThreadIndex, threads);
    QFETCH(QSizeF, presented);
    std::unique_ptr<CardStage> stage;
    if (machine) {
        stage = std::make_unique<MachineStageView>(m_playback, m_selection);
        m_playback.setHistory(machineRun(BuiltIn::UnlockedCounter, threads, 1, 1));
    } else {
        stage = std::make_unique<StageView>(m_playback, m_selection);
        m_playback.setHistory(std::make_shared<LateHistory>(threads, 12, Way::Race));
    }
    m_playback.setStep(m_playback.history()->steps());
    for (const QSizeF normal : {QSizeF(690, 420), QSizeF(740, 520)}) {
        const auto before = pixelsByText(stage->paintedTexts(normal));
        const auto after = pixelsByText(stage->paintedTexts(presented));
        int compared = 0;
        for (auto text = before.begin(); text != before.end(); ++text) {
            if (!after.contains(text.key()))
                continue;
            ++compared;
            QVERIFY2(after[text.key()] > text.value(), qPrintable(QStringLiteral("“%1”: %2 px, presented %3 px")
                                                                      .arg(text.key())
                                                                      .arg(text.value())
                                                                      .arg(after[text.key()])));
        }
        QVERIFY(compared > 10);
    }
    m_playback.setHistory(nullptr);
}

void StageTextsTest::theScaleOfTheWindowEnlargesEveryText()
{
    StageView hardware(m_playback, m_selection);
    m_playback.setHistory(std::make_shared<LateHistory>(2, 12, Way::Race));
    const QSizeF size(900, 600);
    const auto before = pixelsByText(hardware.paintedTexts(size));
    QFont large = hardware.font();
    large.setPixelSize(static_cast<int>(normalTextPixels * 1.4));
    hardware.setFont(large);
    const auto after = pixelsByText(hardware.paintedTexts(size));
    for (auto text = before.begin(); text != before.end(); ++text) {
        // What is large already may give some of its room to what is not.
        if (after.contains(text.key()))
            QVERIFY2(after[text.key()] > std::min(text.value(), 17.0),
                     qPrintable(QStringLiteral("%1: %2, %3").arg(text.key()).arg(text.value()).arg(after[text.key()])));
    }
    m_playback.setHistory(nullptr);
}

void StageTextsTest::anEmptyHeapGivesItsRoomAway()
{
    const auto counter = machineRun(BuiltIn::UnlockedCounter, 2, 1);
    MachineShape shape = MachineRun::of(*counter).shape;
    QVERIFY(!shape.heap);
    const MachineStageLayout empty({690, 420}, 1, shape);
    QVERIFY(empty.heap.isNull());
    shape.heap = true;
    const MachineStageLayout filled({690, 420}, 1, shape);
    QVERIFY(!filled.heap.isNull());
    QVERIFY(empty.data.width() > filled.data.width() + 40);
}

void StageTextsTest::whatIsSetAsideIsNamedOnlyWhereThereIsSome()
{
    StageView stage(m_playback, m_selection);
    for (const Way way : {Way::Race, Way::Lock}) {
        m_playback.setHistory(std::make_shared<LateHistory>(2, 12, way));
        m_playback.setStep(3);
        const auto texts = stage.paintedTexts(QSizeF(900, 600));
        const bool named = std::ranges::any_of(texts, [](const PaintedText& text) {
            return text.text.startsWith(QStringLiteral("set aside"));
        });
        QCOMPARE(named, way == Way::Race);
    }
    m_playback.setHistory(nullptr);
}

QTEST_MAIN(StageTextsTest)
#include "stage_texts_test.moc"
