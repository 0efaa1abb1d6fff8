// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_history.h"
#include "sentences/names.h"
#include "sentences/narration.h"
#include "sentences/run_errors.h"
#include "unexpected_warnings.h"

#include "hardware/recorded_history.h"
#include "hardware/run.h"
#include "history/ledger.h"

#include <QSet>
#include <QTest>
#include <cerrno>

using namespace interleave;

namespace {

constexpr auto L = EventKind::Load;
constexpr auto A = EventKind::Add;
constexpr auto S = EventKind::Store;
constexpr auto X = EventKind::Exit;

// Two updates of A are destroyed by B's stale store; C, who had seen A's last, brings them back and destroys B's.
const MadeHistory& resurrection()
{
    static const MadeHistory history(3, 2,
                                     MadeHistory::spawned(3, {{1, L}, // 4
                                                              {0, L},
                                                              {0, A},
                                                              {0, S},
                                                              {0, L},
                                                              {0, A},
                                                              {0, S}, // 10
                                                              {2, L}, // 11
                                                              {1, A},
                                                              {1, S}, // 13
                                                              {2, A},
                                                              {2, S}, // 15
                                                              {0, X}}));
    return history;
}

const MadeHistory& locked()
{
    using K = EventKind;
    static const MadeHistory history(2, 1,
                                     MadeHistory::spawned(2, {{0, K::LockAcquire},
                                                              {1, K::LockWait, 0},
                                                              {0, L},
                                                              {0, A},
                                                              {0, S},
                                                              {0, K::LockRelease},
                                                              {1, K::LockAcquire},
                                                              {1, L},
                                                              {1, A},
                                                              {1, S},
                                                              {1, K::LockRelease},
                                                              {0, X},
                                                              {1, X}}));
    return history;
}

// A link leads from the store of a lost update to the store that it is lost to, and from there to one that is lost.
void expectLinks(const History& history, Step step, const Narration& told)
{
    for (const NarrationLink& link : told.links) {
        QVERIFY(!link.text.isEmpty());
        QVERIFY(link.step > 0 && link.step <= history.steps());
        const Event there = history.event(link.step - 1);
        QCOMPARE(there.kind, EventKind::Store);
        const Position here = history.event(step - 1).position;
        const bool on = link.leads == NarrationLink::Leads::ToDestroyer;
        QVERIFY(on == (link.step > step));
        QCOMPARE(history.ledger().update(on ? here : there.position).lostTo, on ? there.position : here);
    }
    QVERIFY(!told.loses || told.link(NarrationLink::Leads::ToVictim));
}

} // namespace

class SentencesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void narratesARace_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<QString>("headline");
        QTest::addColumn<QString>("detail");
        QTest::addColumn<bool>("loses");
        const auto row = [](int step, const char* headline, const char* detail, bool loses = false) {
            QTest::addRow("%d", step) << step << QString::fromUtf8(headline) << QString::fromUtf8(detail) << loses;
        };
        row(0, "3 threads will each add 1 to g_num, 2 times.",
            "To add, a thread loads g_num into a register of its own, adds 1 there, and stores the result. 6 is "
            "expected "
            "at the end.");
        row(1, "Thread A is created, and ready.", "Its stack and registers are its own; g_num is shared.");
        row(4, "B loads 0 from g_num into its register.", "It takes a copy; g_num keeps its 0.");
        row(5, "A loads 0 from g_num into its register.", "B took the same 0, and has not stored its result yet.");
        row(6, "A adds 1 in its register: 0 becomes 1.", "Only its register changes; g_num still holds 0.");
        row(7, "A stores 1: g_num changes from 0 to 1.", "The value of its register replaces the initial 0.");
        row(8, "A loads 1 from g_num into its register.",
            "It takes a copy of what it stored itself; g_num keeps its 1.");
        row(10, "A stores 2: g_num changes from 1 to 2.",
            "The value of its register replaces its own 1: nothing is lost.");
        row(11, "C loads 2 from g_num into its register.", "It takes a copy of what A stored; g_num keeps its 2.");
        row(12, "B adds 1 in its register: 0 becomes 1.", "Only its register changes; g_num holds 2 by now.");
        row(13, "B stores 1 over A's 2: 2 updates are set aside.",
            "B had loaded 0 before A stored 2, so B's 1 takes the place of A's 2. Set aside: A's 1 and A's 2. They "
            "will "
            "count again when C stores, 2 steps later. B's own update will be lost to C's store, 2 steps later.");
        row(15, "C stores 3 over B's 1: B's update is lost.",
            "C had loaded 2 before B stored 1, so C's 3 takes the place of B's 1. 2 updates that were set aside count "
            "again: A's 1 and A's 2.",
            true);
        row(16, "All done: g_num is 3, not 6.", "1 update was lost: B's, to C's store.");
    }
    void narratesARace()
    {
        QFETCH(int, step);
        const Narration told = narrate(resurrection(), static_cast<Step>(step));
        QTEST(told.headline, "headline");
        QTEST(told.detail, "detail");
        QTEST(told.loses, "loses");
        const bool someone = step > 0 && step < 16;
        QCOMPARE(told.thread, someone ? resurrection().event(static_cast<Step>(step) - 1).thread : noThread);
    }

    // The first thing that somebody sees who has never heard of it.
    void theFirstLostUpdateIsToldFromTheBeginning()
    {
        const auto race = lostUpdateRace();
        const QStringList told = [&] {
            QStringList lines;
            for (const Step step : std::initializer_list<Step>{0, 3, 4, 5, 6, 7})
                lines << narrate(*race, step).headline << narrate(*race, step).detail;
            return lines;
        }();
        QCOMPARE(told, (QStringList{
                           QStringLiteral("2 threads, A and B, will each add 1 to g_num, once."),
                           QStringLiteral("To add, a thread loads g_num into a register of its own, adds 1 there, and "
                                          "stores the result. 2 is expected at the end."),
                           QStringLiteral("A loads 0 from g_num into its register."),
                           QStringLiteral("It takes a copy; g_num keeps its 0."),
                           QStringLiteral("B loads 0 from g_num into its register."),
                           QStringLiteral("A took the same 0, and has not stored its result yet."),
                           QStringLiteral("A adds 1 in its register: 0 becomes 1."),
                           QStringLiteral("Only its register changes; g_num still holds 0."),
                           QStringLiteral("B adds 1 in its register: 0 becomes 1."),
                           QStringLiteral("Only its register changes; g_num still holds 0."),
                           QStringLiteral("A stores 1: g_num changes from 0 to 1."),
                           QStringLiteral("The value of its register replaces the initial 0. This update will be lost "
                                          "to B's store, 1 step later."),
                       }));
        const Narration lost = narrate(*race, 8);
        QCOMPARE(lost.headline, QStringLiteral("B stores 1 over A's 1: A's update is lost."));
        QVERIFY2(lost.detail.startsWith(
                     QStringLiteral("B had loaded 0 before A stored 1, so B's 1 takes the place of A's 1. A and B each "
                                    "added 1, and g_num is 1, not 2.")),
                 qPrintable(lost.detail));
        // From the one to the other, and back.
        const Narration store = narrate(*race, 7);
        const NarrationLink* on = store.link(NarrationLink::Leads::ToDestroyer);
        QVERIFY(on);
        QCOMPARE(on->text, QStringLiteral("On to B's store"));
        QCOMPARE(on->step, Step{8});
        const NarrationLink* back = lost.link(NarrationLink::Leads::ToVictim);
        QVERIFY(back);
        QCOMPARE(back->text, QStringLiteral("Back to A's store"));
        QCOMPARE(back->step, Step{7});
    }

    // What becomes of all updates of a thread that is finished, also of those that still count then.
    void theFinishedAreToldTheirFate()
    {
        const auto fate = [](const std::vector<MadeHistory::Line>& lines, std::uint32_t iterations, Step step) {
            return narrate(MadeHistory(2, iterations, lines), step).detail;
        };
        QCOMPARE(fate({{0, L}, {1, L}, {0, A}, {0, S}, {0, X}, {1, A}, {1, S}, {1, X}}, 1, 5),
                 QStringLiteral("It made 1 update. This update will be lost to B's store, 2 steps later."));
        QCOMPARE(fate({{0, L}, {1, L}, {0, A}, {0, S}, {1, A}, {1, S}, {0, X}, {1, X}}, 1, 7),
                 QStringLiteral("Its update is lost."));
        QCOMPARE(fate({{1, L}, {0, L}, {0, A}, {0, S}, {0, L}, {0, A}, {0, S}, {0, X}, {1, A}, {1, S}, {1, X}}, 2, 8),
                 QStringLiteral("Of its 2 updates, 2 will be lost."));
        QCOMPARE(fate({{0, L}, {0, A}, {0, S}, {1, L}, {0, L}, {0, A}, {0, S}, {1, A}, {1, S}, {0, X}, {1, X}}, 2, 10),
                 QStringLiteral("Of its 2 updates, 1 survives and 1 is lost."));
        QCOMPARE(fate({{0, L}, {0, A}, {0, S}, {0, L}, {0, A}, {0, S}, {0, X}, {1, X}}, 2, 7),
                 QStringLiteral("All of its 2 updates survive."));
    }

    void narratesALock_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<QString>("headline");
        QTest::addColumn<QString>("detail");
        const auto row = [](int step, const char* headline, const char* detail) {
            QTest::addRow("%d", step) << step << QString::fromUtf8(headline) << QString::fromUtf8(detail);
        };
        row(0, "2 threads, A and B, will each add 1 to g_num, once.",
            "To add, a thread loads g_num into a register of its own, adds 1 there, and stores the result. 2 is "
            "expected "
            "at the end.");
        row(3, "A takes the lock.", "Until A gives it back, nobody else can take it.");
        row(4, "B wants the lock; A holds it.", "B waits, and leaves its core to others.");
        row(8, "A gives the lock back.", "1 thread is waiting for it.");
        row(9, "B takes the lock.", "Until B gives it back, nobody else can take it.");
        row(12, "B stores 2: g_num changes from 1 to 2.",
            "The value of its register replaces A's 1, which it had loaded: nothing is lost.");
        row(13, "B gives the lock back.", "Nobody is waiting for it.");
        row(14, "Thread A is finished.", "Its update survives.");
        row(15, "All done: g_num is 2, as expected.", "No update was lost.");
    }
    void narratesALock()
    {
        QFETCH(int, step);
        const Narration told = narrate(locked(), static_cast<Step>(step));
        QTEST(told.headline, "headline");
        QTEST(told.detail, "detail");
        QVERIFY(!told.loses);
    }

    void narratesASpinningWaiter()
    {
        const MadeHistory history(2, 1,
                                  {{0, EventKind::LockAcquire}, {1, EventKind::LockWait, 0}, {0, L}, {0, A}, {0, S}},
                                  true);
        QCOMPARE(narrate(history, 2).detail,
                 QStringLiteral("B spins: it asks again and again, and stays on its core until it is preempted."));
    }

    void aHistoryThatEndsWithAStoreTellsBoth()
    {
        const MadeHistory history(2, 1, {{0, L}, {1, L}, {0, A}, {0, S}, {1, A}, {1, S}});
        const Narration told = narrate(history, 6);
        QCOMPARE(told.headline, QStringLiteral("B stores 1 over A's 1: A's update is lost."));
        QVERIFY2(told.detail.endsWith(
                     QStringLiteral("All done: g_num is 1, not 2. 1 update was lost: A's, to B's store.")),
                 qPrintable(told.detail));
        QVERIFY(told.loses);
    }

    void manyLostUpdatesAreCounted()
    {
        const LongHistory history(2, 1000, 2); // the third streak destroys a thousand updates at once
        const Narration told = narrate(history, history.storeStep(2001) + 1);
        QCOMPARE(told.headline, QStringLiteral("A stores 1,001 over B's 2,000: 1,000 updates are lost."));
        QVERIFY(!told.detail.contains(QLatin1Char(':')));
    }

    void oneThreadAloneReadsRight()
    {
        const MadeHistory history(1, 1, {{0, L}, {0, A}, {0, S}, {0, X}});
        QCOMPARE(narrate(history, 0).headline, QStringLiteral("1 thread will add 1 to g_num, once."));
    }

    void everyStepOfRealRunsIsTold_data()
    {
        QTest::addColumn<int>("way");
        for (const Synchronisation way : allSynchronisations)
            QTest::newRow(qPrintable(textOf(way))) << static_cast<int>(way);
    }
    void everyStepOfRealRunsIsTold()
    {
        QFETCH(int, way);
        RunParameters parameters;
        parameters.threads = 4;
        parameters.iterations = 5;
        parameters.window = std::chrono::microseconds(5);
        parameters.synchronisation = static_cast<Synchronisation>(way);
        const auto run = runRecorded(parameters);
        QVERIFY(run.hasValue());
        const History& history = *run->history;
        for (Step step = 0; step <= history.steps(); ++step) {
            const Narration told = narrate(history, step);
            QVERIFY(told.headline.endsWith(QLatin1Char('.')));
            for (const QString& text : {told.headline, told.detail})
                QVERIFY2(!text.contains(QLatin1Char('%')) && !text.contains(QStringLiteral("  ")), qPrintable(text));
            // Red is for what is lost at the step, and for nothing else.
            const Event event = step > 0 ? history.event(step - 1) : Event{};
            const bool stores = step < history.steps() && event.kind == EventKind::Store;
            QCOMPARE(told.loses, stores && history.ledger().updatesLostTo(event.position) > 0);
            expectLinks(history, step, told);
        }
        const QString end = narrate(history, history.steps()).headline;
        QVERIFY2(end.contains(numberText(run->final)), qPrintable(end));
        if (parameters.synchronisation == Synchronisation::Sharded)
            QVERIFY(narrate(history, 5).headline.contains(QStringLiteral("its own counter")));
    }

    void errorsNameWhatIsWrong_data()
    {
        using Kind = RunError::Kind;
        using Parameter = RunError::Parameter;
        QTest::addColumn<RunError>("error");
        QTest::addColumn<QString>("commandLine");
        QTest::addColumn<QString>("window");
        const auto row = [](const char* name, RunError error, const QString& commandLine, const QString& window) {
            QTest::newRow(name) << error << commandLine << window;
        };
        row("threads", {Kind::OutOfRange, Parameter::Threads, 0, 1, 1000, 0},
            QStringLiteral("--threads must be between 1 and 1,000, not 0."),
            QStringLiteral("Threads must be between 1 and 1,000, not 0."));
        row("iterations", {Kind::OutOfRange, Parameter::Iterations, 2'000'000'000, 1, 1'000'000'000, 0},
            QStringLiteral("--iterations must be between 1 and 1,000,000,000, not 2,000,000,000."),
            QStringLiteral("Iterations must be between 1 and 1,000,000,000, not 2,000,000,000."));
        row("cores", {Kind::OutOfRange, Parameter::Cores, 9, 1, 4, 0},
            QStringLiteral("--cores must be all, or between 1 and 4, not 9."),
            QStringLiteral("Cores must be all, or between 1 and 4, not 9."));
        row("the only core", {Kind::OutOfRange, Parameter::Cores, 9, 1, 1, 0},
            QStringLiteral("--cores must be all or 1, not 9: this machine has one core to run on."),
            QStringLiteral("Cores must be all or 1, not 9: this machine has one core to run on."));
        row("window", {Kind::OutOfRange, Parameter::Window, 2'000'000'000, 0, 1'000'000'000, 0},
            QStringLiteral("--window must be between 0 and 1 s, not 2 s."),
            QStringLiteral("Window, load to store must be between 0 and 1 s, not 2 s."));
        row("too many", {Kind::TooManyUpdates, Parameter::Iterations, 150'000'000, 1, 134'217'727, 0},
            QStringLiteral("Recording 150,000,000 updates is not possible, at most 134,217,727 can be recorded: lower "
                           "--threads or --iterations."),
            QStringLiteral("Recording 150,000,000 updates is not possible, at most 134,217,727 can be recorded: lower "
                           "Threads or Iterations."));
        row("memory", {Kind::DoesNotFit, Parameter::Iterations, 9'100'000'000, 0, 3'200'000'000, 0},
            QStringLiteral("Recording this run could need 9.1 GB, and 3.2 GB of memory are free: lower --threads or "
                           "--iterations."),
            QStringLiteral("Recording this run could need 9.1 GB, and 3.2 GB of memory are free: lower Threads or "
                           "Iterations."));
        row("refused", {Kind::ThreadRefused, Parameter::Threads, 312, 1, 1000, EAGAIN},
            QStringLiteral("The system allowed 312 of 1,000 threads (%1): lower --threads.")
                .arg(qt_error_string(EAGAIN)),
            QStringLiteral("The system allowed 312 of 1,000 threads (%1): lower Threads.")
                .arg(qt_error_string(EAGAIN)));
        row("pinning", {Kind::PinningRefused, Parameter::Cores, 1, 1, 2, EPERM},
            QStringLiteral("The system refused to keep the threads on 1 of 2 cores (%1): change --cores.")
                .arg(qt_error_string(EPERM)),
            QStringLiteral("The system refused to keep the threads on 1 of 2 cores (%1): change Cores.")
                .arg(qt_error_string(EPERM)));
        row("cancelled", {Kind::Cancelled, Parameter::None, 0, 0, 0, 0}, QStringLiteral("The run was cancelled."),
            QStringLiteral("The run was cancelled."));
        const QString fault = QStringLiteral(
            "The record of this run contradicts itself, so nothing of it is shown. This is "
            "a fault of Interleave: please report it.");
        row("not proven", {Kind::NotProven, Parameter::None, 0, 0, 0, 0}, fault, fault);
    }
    void errorsNameWhatIsWrong()
    {
        QFETCH(RunError, error);
        QTEST(sentenceOf(error, ParameterNames::ofTheCommandLine()), "commandLine");
        QTEST(sentenceOf(error, ParameterNames::ofTheWindow()), "window");
    }

    void realErrorsHaveSentences()
    {
        RunParameters parameters;
        parameters.threads = 0;
        const auto refused = validated(parameters, RunMode::Counted);
        QVERIFY(!refused);
        QCOMPARE(sentenceOf(refused.error(), ParameterNames::ofTheCommandLine()),
                 QStringLiteral("--threads must be between 1 and 1,000, not 0."));
    }

    void timesReadWell_data()
    {
        QTest::addColumn<double>("nanoseconds");
        QTest::addColumn<QString>("text");
        const auto row = [](double nanoseconds, const char* text) {
            QTest::newRow(text) << nanoseconds << QString::fromUtf8(text);
        };
        row(0, "0 ns");
        row(1.5, "1.5 ns");
        row(500, "500 ns");
        row(999.9, "1 µs");
        row(20'000, "20 µs");
        row(1'250, "1.25 µs");
        row(84'560, "84.6 µs");
        row(1'500'000, "1.5 ms");
        row(999'999, "1 ms");
        row(123'400'000, "123 ms");
        row(1e9, "1 s");
        row(12.34e9, "12.3 s");
        row(4321e9, "4,321 s");
    }
    void timesReadWell()
    {
        QFETCH(double, nanoseconds);
        QTEST(timeText(nanoseconds), "text");
    }

    void namesReadWell()
    {
        QCOMPARE(numberText(10'000'000), QStringLiteral("10,000,000"));
        QCOMPARE(threadText(2), QStringLiteral("thread C"));
        QCOMPARE(threadText(27), QStringLiteral("thread AB"));
        QCOMPARE(updateText({2, 3}), QStringLiteral("C 3"));
        QCOMPARE(updateText({}), QStringLiteral("the initial value"));
        QSet<QString> texts;
        for (const Synchronisation way : allSynchronisations) {
            texts << textOf(way);
            QVERIFY(explanationOf(way).endsWith(QLatin1Char('.')));
        }
        QCOMPARE(texts.size(), 7);
        QCOMPARE(textOf(ThreadPhase::Blocked), QStringLiteral("blocked"));
        QCOMPARE(textOf(LoopInstruction::Acquire), QStringLiteral("lock"));
    }
};

QTEST_MAIN(SentencesTest)
#include "sentences_test.moc"
