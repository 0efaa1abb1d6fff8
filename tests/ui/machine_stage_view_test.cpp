// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/flat_slider.h"
#include "made_history.h"
#include "picture_checks.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "program/assembler.h"
#include "program/builtin.h"
#include "stage/machine/compare_stages.h"
#include "stage/machine/machine_moment.h"
#include "stage/machine/machine_stage_view.h"
#include "stage/machine/machine_text.h"
#include "style/theme.h"
#include "unexpected_warnings.h"

#include <QAccessible>
#include <QApplication>
#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QTest>
#include <QtSvg/QSvgGenerator>

using namespace interleave;

namespace {

using Run = std::shared_ptr<const MachineHistory>;

Run runOf(std::string_view source, MachineSettings settings)
{
    auto program = assemble(source, {1000, MachineSettings::memoryCells, true});
    if (!program)
        return nullptr;
    auto run = MachineHistory::run(std::make_shared<const Program>(std::move(program.value())), settings);
    return run ? run.value() : nullptr;
}

Run runOf(BuiltIn id, MachineSettings settings, std::int64_t iterations = 2)
{
    const BuiltInProgram& program = builtInProgram(id);
    if (program.iterations)
        settings.registers = {{{*program.iterations, Integer(iterations)}}};
    settings.counter = std::string(program.counter);
    return runOf(program.assembly, settings);
}

MachineSettings settingsOf(ThreadIndex threads, CoreIndex cores, std::uint64_t quantum, std::uint64_t cost = 0)
{
    MachineSettings settings;
    settings.threads = threads;
    settings.cores = cores;
    settings.quantum = quantum;
    settings.switchCost = cost;
    return settings;
}

// A and B in turn, two instructions each: A's load and add, then B's, and so on.
Run race(std::uint64_t cost = 0)
{
    return runOf(BuiltIn::UnlockedCounter, settingsOf(2, 1, 2, cost));
}

constexpr std::string_view calls = R"(.var total
.main
mov $7, %ax
push %ax
call .work
pop %ax
halt
.work
push %bx
mov $5, %dx
mov %dx, 5000
pop %bx
ret
)";

// Playback's step just after the nth step that fits.
template <typename Fits>
Step after(const MachineHistory& run, Fits fits, int nth = 1)
{
    for (Step step = 0; step < run.steps(); ++step) {
        if (fits(run.event(step)) && --nth == 0)
            return step + 1;
    }
    return 0;
}

Step afterKind(const MachineHistory& run, EventKind kind, int nth = 1)
{
    return after(
        run, [kind](const Event& event) { return event.kind == kind; }, nth);
}

} // namespace

class MachineStageViewTest : public QObject {
    Q_OBJECT

private:
    void show(const Run& run, Step step, const QSize& size = {740, 560})
    {
        QVERIFY(run);
        m_playback.setHistory(run);
        m_stage->resize(size);
        m_playback.setStep(step);
    }
    [[nodiscard]] QByteArray svg() const
    {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize(m_stage->size());
        generator.setResolution(96);
        QPainter painter(&generator);
        m_stage->paintStage(&painter, m_stage->stageSize());
        painter.end();
        return bytes;
    }
    [[nodiscard]] QString texts() const { return u' ' + textOfSvg(svg()) + u' '; }
    [[nodiscard]] QImage picture() const
    {
        QImage image(m_stage->size(), QImage::Format_RGB32);
        QPainter painter(&image);
        m_stage->paintStage(&painter, m_stage->stageSize());
        return image;
    }
    [[nodiscard]] bool shows(const QString& words) const { return texts().contains(u' ' + words + u' '); }
    Playback m_playback;
    Selection m_selection;
    std::unique_ptr<MachineStageView> m_stage;

private slots:
    void init()
    {
        QTest::failOnWarning(unexpectedWarning());
        qApp->setPalette(Theme::light().palette());
        m_playback.setHistory(nullptr);
        m_selection.clear();
        m_stage = std::make_unique<MachineStageView>(m_playback, m_selection);
    }
    void cleanup() { m_stage.reset(); }

    void withoutARunItSaysSo();
    void anotherSourceIsNotShown();
    void registersAreInTheCoreOrInTheTcb();
    void aContextSwitchIsThreeSteps();
    void theSwitchCostRunsDown();
    void aChangedRegisterIsMarked();
    void stacksShowFramesAndAddresses();
    void heapCellsAreShown();
    void aClobberingStoreErases();
    void aWrittenCellShowsWhatWasThere();
    void deadlockIsNamed();
    void whoWaitsStandsBehindTheHolder();
    void movementsMove_data();
    void movementsMove();
    void aStepBackEndsWhereItBegan();
    void nothingIsCutOff_data();
    void nothingIsCutOff();
    void manyThreadsAreCellsWithSomeEnlarged();
    void darkAndLightDiffer();
    void cardsAreAccessible();
    void keysSelectCards();
    void longNumbersAreToldAbout();
    void twoRunsShareOneAxis();
    void theSecondRunFollowsTheFirst();
};

void MachineStageViewTest::withoutARunItSaysSo()
{
    QVERIFY(!m_stage->hasHistory());
    QCOMPARE(m_stage->threads(), ThreadIndex{0});
    QVERIFY(texts().contains(QLatin1String("No run of the machine yet")));
    QVERIFY(!m_stage->description().isEmpty());
}

void MachineStageViewTest::anotherSourceIsNotShown()
{
    m_playback.setHistory(
        std::make_shared<MadeHistory>(2, 1, MadeHistory::spawned(2, {{0, EventKind::Load}, {0, EventKind::Store}})));
    QVERIFY(!m_stage->hasHistory());
    m_playback.setStep(1);
    m_stage->setAnimationProgress(0.5);
    QVERIFY(texts().contains(QLatin1String("No run of the machine yet")));
    show(race(), 3);
    QVERIFY(m_stage->hasHistory());
}

void MachineStageViewTest::registersAreInTheCoreOrInTheTcb()
{
    const Run run = race();
    show(run, afterKind(*run, EventKind::SwitchIn));
    QVERIFY(m_stage->cardDescription(0).contains(QLatin1String("running on core 0")));
    QVERIFY(m_stage->cardDescription(0).contains(QLatin1String("registers")));
    QVERIFY(m_stage->cardDescription(1).contains(QLatin1String("saved in TCB")));
    QCOMPARE(texts().count(QLatin1String("saved in TCB")), 1);
    QVERIFY(shows(QStringLiteral("registers")));
    QVERIFY(shows(QStringLiteral("128000")));
    QVERIFY(shows(QStringLiteral("127000")));
}

void MachineStageViewTest::aContextSwitchIsThreeSteps()
{
    const Run run = race();
    const Step out = afterKind(*run, EventKind::SwitchOut);
    show(run, out - 1);
    QVERIFY(shows(QStringLiteral("thread A")));
    QCOMPARE(texts().count(QLatin1String("saved in TCB")), 1);
    m_playback.setStep(out);
    QCOMPARE(texts().count(QLatin1String("saved in TCB")), 2);
    QVERIFY(shows(QStringLiteral("picking")));
    m_playback.setStep(out + 1);
    QVERIFY(shows(QStringLiteral("restoring B")));
    m_playback.setStep(out + 2);
    QVERIFY(m_stage->cardDescription(1).contains(QLatin1String("running on core 0")));
    QVERIFY(texts().contains(QLatin1String("1 switch: 0 voluntary, 1 involuntary")));
}

void MachineStageViewTest::theSwitchCostRunsDown()
{
    MachineSettings settings = settingsOf(3, 2, 5, 12);
    settings.policy = Policy::Random; // so that one core goes on while the other is switching
    const Run run = runOf(BuiltIn::UnlockedCounter, settings, 8);
    Step begin = 0;
    Step end = 0;
    for (Step step = 1; step <= run->steps() && begin == 0; ++step) {
        const CoreState core = run->machineState(step).cores[0];
        end = step;
        while (end < run->steps() && core.phase == CorePhase::Restoring
               && run->machineState(end + 1).cores[0].phase == CorePhase::Restoring)
            ++end;
        if (run->machineState(end).tick >= run->machineState(step).tick + 5)
            begin = step;
    }
    QVERIFY(begin > 0);
    const QColor barGround = Theme::light().line;
    const QRect firstCore(0, 0, 250, 40);
    show(run, begin);
    QVERIFY(texts().contains(QLatin1String("restoring")));
    const int atFirst = pixelsOf(picture().copy(firstCore), barGround);
    m_playback.setStep(end);
    QVERIFY2(pixelsOf(picture().copy(firstCore), barGround) < atFirst - 50, "the bar has filled");
}

void MachineStageViewTest::aChangedRegisterIsMarked()
{
    const Run run = race();
    const Step add = afterKind(*run, EventKind::Add);
    show(run, add);
    QVERIFY2(texts().contains(QStringLiteral("0→")), qPrintable(texts()));
    const QColor accent = Theme::light().accent;
    QVERIFY(pixelsOf(picture(), accent) > 0);
    m_playback.setStep(afterKind(*run, EventKind::SwitchOut));
    QVERIFY(!texts().contains(u'→'));
    QCOMPARE(pixelsOf(picture(), accent), 0);
}

void MachineStageViewTest::stacksShowFramesAndAddresses()
{
    const Run run = runOf(calls, settingsOf(2, 1, 100));
    const Step push = afterKind(*run, EventKind::FramePush);
    QVERIFY(push > 0);
    show(run, push);
    const MachineRun told = MachineRun::of(*run);
    auto frames = framesOf(told, m_stage->state(), 0);
    QCOMPARE(frames.size(), std::size_t{2});
    QCOMPARE(frames[0].function, QStringLiteral("main"));
    QCOMPARE(frames[0].cells, std::vector<std::int64_t>{127996});
    QCOMPARE(frames[1].function, QStringLiteral("work"));
    QCOMPARE(frames[1].base, std::optional<std::int64_t>(127992));
    QVERIFY(frames[1].cells.empty());
    QVERIFY(shows(QStringLiteral("main")));
    QVERIFY(shows(QStringLiteral("work")));
    QVERIFY(shows(QStringLiteral("127996")));
    QVERIFY2(texts().contains(QLatin1String("1003")), "where it returns to");
    m_playback.setStep(push + 1); // push %bx
    frames = framesOf(told, m_stage->state(), 0);
    QCOMPARE(frames[1].cells, std::vector<std::int64_t>{127988});
    QVERIFY(shows(QStringLiteral("127988")));
    m_playback.setStep(afterKind(*run, EventKind::FramePop));
    QCOMPARE(framesOf(told, m_stage->state(), 0).size(), std::size_t{1});
}

void MachineStageViewTest::heapCellsAreShown()
{
    const Run run = runOf(calls, settingsOf(2, 1, 100));
    show(run, 0);
    QVERIFY(shows(QStringLiteral("empty")));
    m_playback.toEnd();
    QVERIFY(shows(QStringLiteral("5000")));
    QVERIFY(!shows(QStringLiteral("empty")));

    // More than fit: those that the step touched are among them, and it is told how many there are beside.
    const Run many = runOf("mov $40, %bx\n.top\nmov %bx, 5000(%bx,%bx,3)\nsub $1, %bx\ntest $0, %bx\njgt .top\n"
                           "mov %bx, 5160\nhalt\n",
                           settingsOf(1, 1, 1000));
    QVERIFY(many);
    Step last = many->steps();
    while (!many->machineStep(last - 1).written)
        --last;
    show(many, last);
    QVERIFY(shows(QStringLiteral("5160")));
    QVERIFY2(texts().contains(QLatin1String("more ")), qPrintable(texts()));
}

void MachineStageViewTest::aClobberingStoreErases()
{
    const Run run = race();
    const Step store = after(*run, [](const Event& event) { return event.clobbering; });
    QVERIFY(store > 0);
    const QColor red = Theme::light().lost;
    show(run, store - 1);
    QCOMPARE(pixelsOf(picture(), red), 0);
    m_playback.setStep(store);
    QVERIFY(pixelsOf(picture(), red) > 100);
    QVERIFY(shows(QStringLiteral("lost 1")));
    m_stage->setAnimationProgress(0.1);
    QVERIFY2(!shows(QStringLiteral("lost 1")), "the store has not arrived");
}

void MachineStageViewTest::aWrittenCellShowsWhatWasThere()
{
    const Run run = runOf(BuiltIn::Peterson, settingsOf(2, 1, 3));
    const MachineRun told = MachineRun::of(*run);
    Step step = 0;
    for (Step at = 0; at < run->steps() && step == 0; ++at) {
        const MachineStep did = run->machineStep(at);
        const bool variable = did.written && told.stackOwner(did.written->address) == noThread
                           && (!told.counter || told.counter->address != did.written->address);
        if (variable && did.written->before != did.written->after)
            step = at + 1;
    }
    QVERIFY(step > 0);
    show(run, step);
    const QImage marked = picture();
    m_playback.setStep(step + 1);
    const QImage after = picture();
    QVERIFY(marked != after);
    const Theme& theme = Theme::light();
    const QColor fill = theme.rowTint(theme.thread(run->event(step - 1).thread));
    // The line that is executed is marked alike, before and after.
    QVERIFY(pixelsOf(marked, fill) > pixelsOf(after, fill) + 100);
}

void MachineStageViewTest::deadlockIsNamed()
{
    const Run run = runOf(BuiltIn::DeadlockByOrder, settingsOf(2, 1, 2));
    QVERIFY(run);
    QVERIFY(run->outcome() == Outcome::Deadlock);
    show(run, run->steps());
    QVERIFY(texts().contains(QLatin1String("deadlock")));
    const QString words = m_stage->description();
    QVERIFY(words.contains(QLatin1String("thread A blocked: right, held by B")));
    QVERIFY(words.contains(QLatin1String("thread B blocked: left, held by A")));
    QVERIFY(words.endsWith(QLatin1String("deadlock")));
    QVERIFY(m_stage->cardDescription(0).contains(QLatin1String("waits for right")));
    QVERIFY(m_stage->cardDescription(0).contains(QLatin1String("holds left")));
    m_playback.setStep(run->steps() - 1);
    QVERIFY(!texts().contains(QLatin1String("deadlock")));
}

void MachineStageViewTest::whoWaitsStandsBehindTheHolder()
{
    const Run run = runOf(BuiltIn::LockAroundLoop, settingsOf(3, 1, 2));
    const Step wait = afterKind(*run, EventKind::LockWait);
    QVERIFY(wait > 0);
    show(run, wait);
    QVERIFY(shows(QStringLiteral("←")));
    const ThreadIndex waiting = run->event(wait - 1).thread;
    QVERIFY(m_stage->cardDescription(waiting).contains(QLatin1String("waits for mutex, held by A")));
    QVERIFY(m_stage->cardDescription(0).contains(QLatin1String("holds mutex")));
}

void MachineStageViewTest::movementsMove_data()
{
    QTest::addColumn<BuiltIn>("program");
    QTest::addColumn<EventKind>("kind");
    QTest::newRow("load") << BuiltIn::UnlockedCounter << EventKind::Load;
    QTest::newRow("add") << BuiltIn::UnlockedCounter << EventKind::Add;
    QTest::newRow("store") << BuiltIn::UnlockedCounter << EventKind::Store;
    QTest::newRow("save") << BuiltIn::UnlockedCounter << EventKind::SwitchOut;
    QTest::newRow("pick") << BuiltIn::UnlockedCounter << EventKind::Pick;
    QTest::newRow("restore") << BuiltIn::UnlockedCounter << EventKind::SwitchIn;
    QTest::newRow("update") << BuiltIn::FetchAndAdd << EventKind::Update;
    QTest::newRow("lock") << BuiltIn::LockAroundLoop << EventKind::LockAcquire;
    QTest::newRow("wait") << BuiltIn::LockAroundLoop << EventKind::LockWait;
    QTest::newRow("unlock") << BuiltIn::LockAroundLoop << EventKind::LockRelease;
    QTest::newRow("call") << BuiltIn::LockAroundIncrement << EventKind::FramePush;
    QTest::newRow("return") << BuiltIn::LockAroundIncrement << EventKind::FramePop;
    QTest::newRow("sleep") << BuiltIn::IoBound << EventKind::Sleep;
    QTest::newRow("wake") << BuiltIn::IoBound << EventKind::Wake;
}

void MachineStageViewTest::movementsMove()
{
    QFETCH(BuiltIn, program);
    QFETCH(EventKind, kind);
    const Run run = runOf(program, settingsOf(3, 2, 2, 1));
    const Step step = afterKind(*run, kind);
    QVERIFY(step > 0);
    show(run, step);
    const QImage rests = picture();
    m_playback.setStep(step - 1);
    m_playback.setStep(step);
    QList<QImage> seen{rests};
    for (const double progress : {0.15, 0.4, 0.9}) {
        m_stage->setAnimationProgress(progress);
        QCOMPARE(m_stage->animationProgress(), progress);
        const QImage at = picture();
        QVERIFY2(!seen.contains(at), "something has moved");
        seen.append(at);
        // What the widget shows from its layers is what paintStage() draws.
        QCOMPARE(m_stage->grab().toImage().convertToFormat(QImage::Format_RGB32), at);
    }
    m_stage->setAnimationProgress(1);
    QCOMPARE(picture(), rests);
}

void MachineStageViewTest::aStepBackEndsWhereItBegan()
{
    const Run run = race();
    const Step step = afterKind(*run, EventKind::Store);
    show(run, step - 1);
    const QImage before = picture();
    m_playback.stepForward();
    QVERIFY(m_stage->isAnimating());
    m_stage->setAnimationProgress(1);
    m_playback.stepBack();
    QVERIFY(m_stage->isAnimating());
    QCOMPARE(m_stage->state().step, step - 1); // told is where the playback is
    QTRY_VERIFY(!m_stage->isAnimating());
    QCOMPARE(picture(), before);
}

void MachineStageViewTest::nothingIsCutOff_data()
{
    QTest::addColumn<BuiltIn>("program");
    QTest::addColumn<ThreadIndex>("threads");
    QTest::addColumn<CoreIndex>("cores");
    for (const BuiltInProgram& program : builtInPrograms()) {
        for (const auto& [threads, cores] : {std::pair{2u, 1u}, std::pair{4u, 2u}}) {
            if (program.mostThreads != 0 && threads > program.mostThreads)
                continue;
            QTest::addRow("%s, %u threads", std::string(program.name).c_str(), threads)
                << program.id << ThreadIndex{threads} << CoreIndex{cores};
        }
    }
}

// At 1280x800 the stage has about this. No text ends in dots, at whichever step.
void MachineStageViewTest::nothingIsCutOff()
{
    QFETCH(BuiltIn, program);
    QFETCH(ThreadIndex, threads);
    QFETCH(CoreIndex, cores);
    const Run run = runOf(program, settingsOf(threads, cores, 3, 2));
    QVERIFY(run);
    for (Step k = 0; k <= 16; ++k) {
        show(run, run->steps() * k / 16);
        const QString words = texts();
        const qsizetype cut = words.indexOf(u'…');
        QVERIFY2(cut < 0, qPrintable(words.mid(std::max<qsizetype>(0, cut - 30), 40)));
    }
}

void MachineStageViewTest::manyThreadsAreCellsWithSomeEnlarged()
{
    const Run run = runOf(BuiltIn::UnlockedCounter, settingsOf(100, 8, 3));
    show(run, 250, {1100, 700});
    QCOMPARE(m_stage->threads(), ThreadIndex{100});
    QVERIFY(!m_stage->cardRect(99).isEmpty());
    QVERIFY(shows(QStringLiteral("CV"))); // the hundredth
    QVERIFY(texts().contains(QLatin1String("running")));
    QTest::mouseClick(m_stage.get(), Qt::LeftButton, {}, m_stage->cardRect(42).center());
    QCOMPARE(m_stage->selectedThread(), std::optional<ThreadIndex>(42));
}

void MachineStageViewTest::darkAndLightDiffer()
{
    show(race(), 8);
    const QImage light = picture();
    m_stage->setPalette(Theme::darkTheme().palette());
    const QImage dark = picture();
    QVERIFY(pixelsOf(light, Theme::light().ground) > 10000);
    QVERIFY(pixelsOf(dark, Theme::darkTheme().ground) > 10000);
}

void MachineStageViewTest::cardsAreAccessible()
{
    const Run run = race();
    show(run, afterKind(*run, EventKind::SwitchIn));
    m_stage->show();
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(m_stage.get());
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->childCount(), 2);
    QCOMPARE(list->child(0)->text(QAccessible::Name), m_stage->cardDescription(0));
    QVERIFY(list->child(1)->text(QAccessible::Name).startsWith(QLatin1String("thread B, ready")));
    QVERIFY(list->child(1)->text(QAccessible::Name).contains(QLatin1String("sp 127000")));
    QCOMPARE(list->text(QAccessible::Description), m_stage->description());
    QVERIFY(list->text(QAccessible::Description).contains(QLatin1String("core 0: thread A")));
    QVERIFY(list->text(QAccessible::Description).contains(QLatin1String("ready: B")));
}

void MachineStageViewTest::keysSelectCards()
{
    show(race(), 6);
    QTest::keyClick(m_stage.get(), Qt::Key_Down);
    QCOMPARE(m_selection.thread(), std::optional<ThreadIndex>(0));
    QTest::keyClick(m_stage.get(), Qt::Key_Down);
    QCOMPARE(m_selection.thread(), std::optional<ThreadIndex>(1));
    QTest::keyClick(m_stage.get(), Qt::Key_Escape);
    QCOMPARE(m_selection.thread(), std::nullopt);
}

void MachineStageViewTest::longNumbersAreToldAbout()
{
    const Integer large = *Integer::parsed("-12345678901234567890123456789");
    QCOMPARE(valueText(large, 40), QStringLiteral("-12345678901234567890123456789"));
    QCOMPARE(valueText(large, 12), QStringLiteral("≈-1.2e28"));
    QCOMPARE(valueText(Integer(1234567), 12), QStringLiteral("1,234,567"));
    const Run run = runOf(".var a\nmov $123456789012345678901234567890, %ax\nmov %ax, a\nmov $1, %bx\nhalt\n",
                          settingsOf(2, 1, 50));
    show(run, run->steps());
    QVERIFY2(texts().contains(QStringLiteral("≈1.2e29")), qPrintable(texts()));
    QVERIFY(!texts().contains(u'…'));
}

void MachineStageViewTest::twoRunsShareOneAxis()
{
    const Run one = runOf(BuiltIn::UnlockedCounter, settingsOf(4, 1, 5), 5);
    const Run four = runOf(BuiltIn::UnlockedCounter, settingsOf(4, 4, 5), 5);
    QVERIFY(one && four);
    QVERIFY(four->ticks() < one->ticks());
    m_playback.setHistory(one);
    CompareStages both(m_playback, m_selection);
    both.setSecond(four);
    both.resize(1100, 700);
    QCOMPARE(both.lastTick(), one->ticks());
    QCOMPARE(both.second().threads(), ThreadIndex{4});

    both.setTick(four->ticks());
    QCOMPARE(both.second().state().step, four->steps());
    QVERIFY(both.first().state().step < one->steps());
    QCOMPARE(both.first().state().step, one->stepAt(four->ticks()));
    both.slider()->setValue(both.slider()->maximum());
    QCOMPARE(both.tick(), one->ticks());
    QCOMPARE(both.first().state().step, one->steps());
    QCOMPARE(both.second().state().step, four->steps());
    both.slider()->setValue(0);
    QCOMPARE(both.tick(), std::uint64_t{0});

    // The other way round, time goes on when the first is over.
    m_playback.setHistory(four);
    both.setSecond(one);
    QCOMPARE(both.lastTick(), one->ticks());
    both.setTick(one->ticks() - 1);
    QCOMPARE(m_playback.step(), four->steps());
    QVERIFY(both.second().state().tick >= four->ticks());
    both.setSecond(nullptr);
    QVERIFY(!both.second().hasHistory());
    QCOMPARE(both.lastTick(), four->ticks());
}

void MachineStageViewTest::theSecondRunFollowsTheFirst()
{
    const Run one = runOf(BuiltIn::UnlockedCounter, settingsOf(2, 1, 5), 5);
    const Run two = runOf(BuiltIn::UnlockedCounter, settingsOf(2, 2, 5), 5);
    m_playback.setHistory(one);
    CompareStages both(m_playback, m_selection);
    both.setSecond(two);
    QCOMPARE(both.second().state().step, Step{0});
    for (const Step step : {one->steps() / 3, one->steps() / 2, one->steps()}) {
        m_playback.setStep(step);
        QCOMPARE(m_playback.step(), step); // it is not moved by what follows it
        const std::uint64_t tick = step == one->steps() ? one->ticks() : one->machineStep(step - 1).tick;
        QCOMPARE(both.tick(), tick);
        QCOMPARE(both.second().state().step, tick >= two->ticks() ? two->steps() : two->stepAt(tick));
    }
}

QTEST_MAIN(MachineStageViewTest)
#include "machine_stage_view_test.moc"
