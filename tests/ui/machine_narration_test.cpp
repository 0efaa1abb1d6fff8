// SPDX-License-Identifier: GPL-3.0-or-later
#include "narration/narration_bar.h"
#include "sentences/machine_errors.h"
#include "sentences/machine_narration.h"

#include "history/ledger.h"
#include "ledger/ledger_model.h"
#include "program/assembler.h"
#include "program/builtin.h"
#include "sentences/durations.h"
#include "unexpected_warnings.h"

#include <QApplication>
#include <QRegularExpression>
#include <QTest>

using namespace interleave;

namespace {

std::shared_ptr<const MachineHistory> ran(std::string_view source, MachineSettings settings = {})
{
    AssemblyOptions options;
    options.extensions = true;
    auto program = assemble(source, options);
    if (!program)
        return nullptr;
    auto history = MachineHistory::run(std::make_shared<const Program>(std::move(*program)), settings);
    return history ? *history : nullptr;
}

std::shared_ptr<const MachineHistory> ran(BuiltIn id, MachineSettings settings, std::int64_t iterations = 2)
{
    settings.registers = {{{Register::Bx, Integer(iterations)}}};
    settings.counter = builtInProgram(id).counter;
    return ran(builtInProgram(id).assembly, settings);
}

MachineSettings manual(Schedule schedule, ThreadIndex threads = 2)
{
    MachineSettings settings;
    settings.threads = threads;
    settings.policy = Policy::Manual;
    settings.schedule = std::move(schedule);
    return settings;
}

QStringList headlinesOf(const MachineHistory& history)
{
    QStringList lines;
    for (Step step = 0; step <= history.steps(); ++step)
        lines << narrate(history, step).headline;
    return lines;
}

// The headline of the last step of one thread running alone, `instructions` of them.
QString after(std::string_view source, std::uint64_t instructions)
{
    const auto history = ran(source, manual({{0, instructions}}, 1));
    return history ? narrate(*history, history->steps()).headline : QString();
}

} // namespace

class MachineNarrationTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void tellsWhatAnInstructionDid_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<int>("instructions");
        QTest::addColumn<QString>("headline");
        const auto row = [](const char* source, int instructions, const char* headline) {
            QTest::newRow(headline) << QString::fromUtf8(source) << instructions << QString::fromUtf8(headline);
        };
        row("mov $3, %bx\nsub $1, %bx\nhalt\n", 2, "A executes sub $1, %bx: bx is now 2.");
        row("sub $5, %bx\nhalt\n", 1, "A executes sub $5, %bx: bx is now -5.");
        row("mov $4, %ax\nneg %ax\nhalt\n", 2, "A executes neg %ax: ax is now -4.");
        row(".var x\nmov $7, x\nhalt\n", 1, "A executes mov $7, x: 7 is stored in x.");
        row(".var x 3\nmov $8, %ax\nmov %ax, 108\nhalt\n", 2, "A executes mov %ax, 108: 8 is stored in x[2].");
        row(".var x\nmov x, %cx\nhalt\n", 1, "A executes mov x, %cx: 0 is loaded from x into cx.");
        row(".var x\nlea x, %cx\nhalt\n", 1, "A executes lea x, %cx: cx is now 100.");
        row("mov $3, %bx\ntest $1, %bx\nhalt\n", 2, "A executes test $1, %bx: bx, which is 3, is greater than 1.");
        row("test $0, %bx\nhalt\n", 1, "A executes test $0, %bx: bx, which is 0, is equal to 0.");
        row(".top\nnop\nj .top\n", 2, "A executes j .top: it jumps to .top.");
        row(".top\ntest $1, %bx\njgt .top\nhalt\n", 2, "A executes jgt .top: it does not jump, and goes on with halt.");
        row(".var x\nmov $1, %ax\nxchg %ax, x\nhalt\n", 2,
            "A executes xchg %ax, x: x is now 1, and ax has its old value 0.");
        row(".var x\nmov $1, %ax\nfetchadd %ax, x\nhalt\n", 2,
            "A executes fetchadd %ax, x: x is now 1, and ax has its old value 0.");
        row(".var x\nmov $9, %bx\ncmpxchg %bx, x\nhalt\n", 2,
            "A executes cmpxchg %bx, x: x was 0, as ax expects, so it is now 9.");
        row(".var x\nmov $5, %ax\ncmpxchg %bx, x\nhalt\n", 2,
            "A executes cmpxchg %bx, x: x is 0, not 5, so nothing is stored.");
        row("mov $6, %ax\npush %ax\nhalt\n", 2, "A executes push %ax: 6 is put on its stack, at 127,996.");
        row("mov $6, %ax\npush %ax\npop %bx\nhalt\n", 3,
            "A executes pop %bx: 6 comes from the top of its stack to bx.");
        row("call .work\nhalt\n.work\nret\n", 1, "A executes call .work: a frame for .work is put on its stack.");
        row("call .work\nhalt\n.work\nret\n", 2, "A executes ret: its frame leaves the stack, and it goes on at halt.");
        row("nop\nhalt\n", 1, "A executes nop: nothing happens.");
        row("yield\nhalt\n", 1, "A executes yield: it leaves its core voluntarily, though it could go on.");
    }
    void tellsWhatAnInstructionDid()
    {
        QFETCH(QString, source);
        QFETCH(int, instructions);
        QTEST(after(source.toStdString(), static_cast<std::uint64_t>(instructions)), "headline");
    }

    void tellsAContextSwitch()
    {
        MachineSettings settings;
        settings.threads = 3;
        settings.quantum = 50;
        settings.switchCost = 4;
        const auto history = ran(BuiltIn::UnlockedCounter, settings, 1000);
        const QStringList lines = headlinesOf(*history);
        const qsizetype at = lines.indexOf(
            QStringLiteral("B was preempted after 50 instructions: core 0 saves its registers to its TCB."));
        QVERIFY(at > 0);
        QCOMPARE(lines[at + 1], QStringLiteral("The scheduler picks C, the head of the ready queue."));
        QCOMPARE(lines[at + 2], QStringLiteral("C is on core 0 for the first time; it begins at mov g_num, %ax."));
        QCOMPARE(narrate(*history, static_cast<Step>(at) + 1).detail,
                 QStringLiteral("A and B stay in the queue. The switch costs 4 ticks."));
        const qsizetype back = lines.indexOf(
            QRegularExpression(QStringLiteral("^A's registers are restored from its TCB; it goes on at .+\\.$")));
        QVERIFY(back > at);
        QVERIFY(narrate(*history, static_cast<Step>(at)).detail.contains(QStringLiteral("Saved: ax ")));
    }

    void tellsTheCounterByItsName()
    {
        const auto history = ran(".var hits\nmov hits, %ax\nsub $2, %ax\nmov %ax, hits\nhalt\n", [] {
            MachineSettings settings = manual({{0, 1}, {1, 3}, {0, 2}, {1, 1}, {0, 1}});
            return settings;
        }());
        QVERIFY(history);
        const QStringList lines = headlinesOf(*history);
        QVERIFY2(lines.contains(QStringLiteral("A loads 0 from hits into its register ax.")),
                 qPrintable(lines.join(u'\n')));
        QVERIFY(lines.contains(QStringLiteral("A subtracts 2 in its register ax: 0 becomes -2.")));
        const qsizetype clobber = lines.indexOf(QStringLiteral("A stores -2 over B's -2: B's update is lost."));
        QVERIFY(clobber > 0);
        const Narration told = narrate(*history, static_cast<Step>(clobber));
        QVERIFY(told.loses);
        QVERIFY2(told.detail.startsWith(
                     QStringLiteral("A had loaded 0 before B stored -2, so A's -2 takes the place of B's -2.")),
                 qPrintable(told.detail));
        QCOMPARE(lines.last(), QStringLiteral("All done: hits is -2, not -4."));
        QCOMPARE(narrate(*history, history->steps()).detail, QStringLiteral("1 update was lost: B's, to A's store."));
        const qsizetype add = lines.indexOf(QStringLiteral("A subtracts 2 in its register ax: 0 becomes -2."));
        QCOMPARE(narrate(*history, static_cast<Step>(add)).detail,
                 QStringLiteral("Only its register changes; hits holds -2 by now."));
    }

    void namesLocksAndWhoHasThem()
    {
        const auto history = ran(".var m\nlock m\nnop\nunlock m\nhalt\n",
                                 manual({{0, 1}, {1, 1}, {0, 2}, {1, 3}, {0, 1}}));
        QVERIFY(history);
        const QStringList lines = headlinesOf(*history);
        const auto has = [&](const char* line) {
            return lines.contains(QLatin1String(line)) ? true : (qWarning("%s", qPrintable(lines.join(u'\n'))), false);
        };
        QVERIFY(has("A takes the lock m."));
        QVERIFY(has("B wants the lock m; A holds it."));
        QVERIFY(has("B waits for the lock m: core 0 saves its registers to its TCB."));
        QVERIFY(has("A gives the lock m back."));
        QVERIFY(has("B is handed the lock m, and is ready again."));
        QVERIFY(has("You pick B."));
        QVERIFY(has("B gives the lock m back."));
        QCOMPARE(narrate(*history, static_cast<Step>(lines.indexOf(QStringLiteral("A gives the lock m back.")))).detail,
                 QStringLiteral("B has waited for it the longest, and gets it."));
        QCOMPARE(lines.last(), QStringLiteral("All done: every thread is finished."));
    }

    void tellsSleepAndWake()
    {
        const auto history = ran("sleep 20\nhalt\n", manual({{0, 2}}, 1));
        QVERIFY(history);
        const QStringList lines = headlinesOf(*history);
        const qsizetype at = lines.indexOf(
            QStringLiteral("A executes sleep 20: it leaves its core voluntarily, for a time."));
        QVERIFY(at > 0);
        QVERIFY(narrate(*history, static_cast<Step>(at)).detail.startsWith(QStringLiteral("Until tick 2")));
        QVERIFY(lines.contains(QStringLiteral("A sleeps: core 0 saves its registers to its TCB.")));
        QVERIFY(lines.contains(QStringLiteral("A has slept long enough: it is ready.")));
    }

    void namesADeadlock()
    {
        MachineSettings settings;
        settings.quantum = 1;
        const auto history = ran(BuiltIn::DeadlockByOrder, settings);
        QCOMPARE(history->outcome(), Outcome::Deadlock);
        const Narration told = narrate(*history, history->steps());
        QCOMPARE(told.headline, QStringLiteral("Deadlock: A and B wait for one another."));
        QVERIFY2(told.detail.startsWith(QStringLiteral("Thread A waits for right")), qPrintable(told.detail));
        QVERIFY(told.detail.contains(QStringLiteral("thread B")));
    }

    void saysBrieflyWhoWaits()
    {
        const auto waits = [](std::vector<std::pair<ThreadIndex, ThreadIndex>> pairs) {
            std::vector<WaitingThread> waiting;
            for (const auto& [thread, holder] : pairs) {
                waiting.emplace_back();
                waiting.back().thread = thread;
                waiting.back().heldBy = holder;
            }
            return deadlockHeadline(waiting);
        };
        QCOMPARE(waits({{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 0}}),
                 QStringLiteral("Deadlock: A, B, C, D and E wait for one another."));
        QCOMPARE(waits({{2, 2}}), QStringLiteral("Deadlock: C waits for itself."));
        // C waits for the two, but nobody for C; A has finished with the lock; two circles.
        QCOMPARE(waits({{0, 1}, {1, 0}, {2, 0}}), QStringLiteral("Deadlock: nobody can go on."));
        QCOMPARE(waits({{1, 0}}), QStringLiteral("Deadlock: nobody can go on."));
        QCOMPARE(waits({{0, 1}, {1, 0}, {2, 3}, {3, 2}}), QStringLiteral("Deadlock: nobody can go on."));
        QCOMPARE(waits({{0, 0}, {1, 0}}), QStringLiteral("Deadlock: nobody can go on."));
        std::vector<std::pair<ThreadIndex, ThreadIndex>> many;
        for (ThreadIndex thread = 0; thread < 30; ++thread)
            many.emplace_back(thread, (thread + 7) % 30);
        QCOMPARE(waits(many), QStringLiteral("Deadlock: 30 threads wait for one another."));
        QVERIFY(waits({}).isEmpty());
    }

    void longTextsAreCutBetweenWords()
    {
        const QString text = QStringLiteral("Thread A waits for forks[1], held by thread B, which waits for forks[2], "
                                            "held by thread C, which waits for forks[0], held by thread A.");
        const QFont font = QApplication::font();
        const QFontMetricsF metrics(font);
        QCOMPARE(textInLines(text, font, 1e5, 2), text);
        const QStringList words = text.split(u' ');
        for (const double width : {60.0, 150.0, 220.0, 300.0, 411.0, 800.0})
            for (const int lines : {1, 2, 3}) {
                const QString shown = textInLines(text, font, width, lines);
                const QStringList rows = shown.split(u'\n');
                QVERIFY(rows.size() <= lines);
                QStringList kept = shown.split(QRegularExpression(QStringLiteral("\\s+")), Qt::SkipEmptyParts);
                for (const QString& row : rows)
                    QVERIFY2(metrics.horizontalAdvance(row) <= width + 1, qPrintable(row));
                const bool cut = kept.last() == QChar(0x2026);
                if (cut)
                    kept.removeLast();
                QCOMPARE(kept, words.mid(0, kept.size()));
                QCOMPARE(cut, kept.size() < words.size());
            }
    }

    void tellsOtherEnds()
    {
        const auto failed = ran("nop\nmov -4(%ax), %bx\nhalt\n");
        QCOMPARE(failed->outcome(), Outcome::Fault);
        QVERIFY(narrate(*failed, failed->steps()).detail.contains(QStringLiteral("out of range")));
        MachineSettings settings;
        settings.maxSteps = 100;
        const auto endless = ran(".top\nj .top\n", settings);
        QCOMPARE(endless->outcome(), Outcome::StepLimit);
        QVERIFY(narrate(*endless, endless->steps()).detail.contains(QStringLiteral("limit of 100 steps")));
        const auto whole = ran(BuiltIn::FetchAndAdd, {});
        QCOMPARE(narrate(*whole, whole->steps()).headline, QStringLiteral("All done: g_num is 4, as expected."));
        QCOMPARE(narrate(*whole, 0).headline, QStringLiteral("2 threads, A and B, will each add 1 to g_num, 2 times."));
        QCOMPARE(narrate(*whole, 0).detail, QStringLiteral("4 is expected at the end."));
    }

    // Nothing is expected of a program without a counter, and nothing was lost by it.
    void withoutACounterNothingIsSaidOfLosses()
    {
        const auto history = ran("nop\nhalt\n");
        QCOMPARE(narrate(*history, 0).headline, QStringLiteral("2 threads will run on 1 core."));
        QCOMPARE(narrate(*history, 0).detail, QString());
        QCOMPARE(narrate(*history, history->steps()).headline, QStringLiteral("All done: every thread is finished."));
        QCOMPARE(narrate(*history, history->steps()).detail, QString());
        for (Step step = 0; step <= history->steps(); ++step)
            QVERIFY(!narrate(*history, step).detail.contains(QStringLiteral("lost")));
    }

    // Two cores execute the note's race in step: what is told of it, from the first load to the loss.
    void tellsTheRaceOfTwoCores()
    {
        MachineSettings settings;
        settings.cores = 2;
        settings.quantum = 100;
        const auto history = ran(BuiltIn::UnlockedCounter, settings, 1);
        QVERIFY(history);
        QCOMPARE(narrate(*history, 0).headline, QStringLiteral("2 threads, A and B, will each add 1 to g_num, once."));
        QStringList lines = headlinesOf(*history);
        lines.removeIf([](const QString& line) {
            return !line.contains(QLatin1String("load")) && !line.contains(QLatin1String("add"))
                && !line.contains(QLatin1String("stores"));
        });
        lines.removeFirst();
        QCOMPARE(lines, (QStringList{QStringLiteral("A loads 0 from g_num into its register ax."),
                                     QStringLiteral("B loads 0 from g_num into its register ax."),
                                     QStringLiteral("A adds 1 in its register ax: 0 becomes 1."),
                                     QStringLiteral("B adds 1 in its register ax: 0 becomes 1."),
                                     QStringLiteral("A stores 1: g_num changes from 0 to 1."),
                                     QStringLiteral("B stores 1 over A's 1: A's update is lost.")}));
        QCOMPARE(narrate(*history, history->steps()).headline, QStringLiteral("All done: g_num is 1, not 2."));
    }

    void saysWhichCoreWhereThereAreSeveral()
    {
        MachineSettings settings;
        settings.cores = 2;
        const auto history = ran("nop\nhalt\n", settings);
        bool onOne = false;
        for (Step step = 1; step < history->steps(); ++step)
            onOne = onOne || narrate(*history, step).detail.contains(QStringLiteral("On core 1, in tick "));
        QVERIFY(onOne);
    }

    void everyStepOfEveryProgramIsTold_data()
    {
        QTest::addColumn<int>("program");
        QTest::addColumn<int>("cores");
        for (const BuiltInProgram& program : builtInPrograms())
            for (const int cores : {1, 3})
                QTest::addRow("%s, %d", program.name.data(), cores) << static_cast<int>(program.id) << cores;
    }
    void everyStepOfEveryProgramIsTold()
    {
        QFETCH(int, program);
        QFETCH(int, cores);
        const BuiltInProgram& builtIn = builtInProgram(static_cast<BuiltIn>(program));
        MachineSettings settings;
        settings.threads = builtIn.threads;
        settings.cores = static_cast<CoreIndex>(cores);
        settings.policy = Policy::Random;
        settings.quantum = 9;
        settings.maxSteps = 3000;
        const auto history = ran(builtIn.id, settings);
        QVERIFY(history);
        for (Step step = 0; step <= history->steps(); ++step) {
            const Narration told = narrate(*history, step);
            const QString text = told.headline + QLatin1Char('|') + told.detail;
            QVERIFY2(told.headline.endsWith(QLatin1Char('.')), qPrintable(text));
            QVERIFY2(told.detail.isEmpty() || told.detail.endsWith(QLatin1Char('.')), qPrintable(text));
            QVERIFY2(!text.contains(QRegularExpression(QStringLiteral("%[0-9L]|  | ,| \\.$| \\. |: \\.$"))),
                     qPrintable(text));
            QVERIFY2(told.headline.size() < 130, qPrintable(text));
        }
    }

    void momentsHaveTheirUnit()
    {
        QCOMPARE(momentText(1200, TimeUnit::Ticks), QStringLiteral("tick 1,200"));
        QCOMPARE(momentText(84'560, TimeUnit::Nanoseconds), QStringLiteral("84.6 µs"));
        QCOMPARE(ticksText(1), QStringLiteral("1 tick"));
        QCOMPARE(ticksText(1200), QStringLiteral("1,200 ticks"));
    }

    void theLedgerCountsInTicks()
    {
        MachineSettings settings;
        settings.quantum = 7;
        const auto history = ran(BuiltIn::UnlockedCounter, settings, 40);
        LedgerModel model;
        model.setHistory(history);
        QCOMPARE(model.rowCount(), 80);
        for (int row = 0; row < model.rowCount(); ++row) {
            const Position position = model.positionAt(row);
            const Step store = history->storeStep(position);
            QCOMPARE(model.index(row, LedgerModel::TimeColumn).data().toString(),
                     momentText(history->timeOf(store), TimeUnit::Ticks));
            QCOMPARE(model.index(row, LedgerModel::ValueColumn).data().toString().toLongLong(),
                     history->event(store).value);
        }
    }

    void theLedgerSaysThatThereIsNoCounter()
    {
        LedgerModel model;
        QVERIFY(model.emptyText().isEmpty());
        model.setHistory(ran("nop\nhalt\n"));
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.emptyText(), QStringLiteral("No cell of this program is a counter."));
        model.setHistory(ran("nop\nhalt\n", manual({})));
        QCOMPARE(model.emptyText(), QStringLiteral("No update was made yet."));
        model.setHistory(ran(BuiltIn::FetchAndAdd, {}));
        model.setLostOnly(true);
        QCOMPARE(model.emptyText(), QStringLiteral("No update was lost."));
    }
};

QTEST_MAIN(MachineNarrationTest)
#include "machine_narration_test.moc"
